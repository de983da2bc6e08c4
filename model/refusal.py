"""What does a refusal say?

    where: what was found; what is allowed

One printable line. What comes from a file or a command line may hold line breaks, terminal escapes or a number of a
million digits; none of them reaches the line as it is.
"""

LONGEST_LINE = 600
LONGEST_VALUE = 120
MOST_DIGITS_SHOWN = 30


class ScenarioError(ValueError):
    """Bad input, said in one printable line: in which file or option, what was found, what is allowed."""

    def __init__(self, where: str, found: str, allowed: str) -> None:
        super().__init__(cut(printable(f"{where}: {found}; {allowed}"), LONGEST_LINE))
        self._said = (where, found, allowed)

    def __reduce__(self) -> tuple[type, tuple[str, str, str]]:
        """How it travels from a worker to whoever asked: without this the worker's pool would break."""
        return type(self), self._said


def printable(text: str) -> str:
    """The text on one line, with every character that a terminal would not simply show written as an escape."""
    return "".join(character if character.isprintable() else ascii(character)[1:-1] for character in text)


def cut(text: str, longest: int) -> str:
    """The text, ended by dots where it is too long."""
    return text if len(text) <= longest else text[: longest - 3] + "..."


def shortened(value: object) -> str:
    """A value as one short line."""
    if isinstance(value, bool):
        return str(value).lower()
    try:
        text = str(value) if type(value).__module__ == "datetime" else repr(value)
    except ValueError:  # Python writes no whole number of more than some thousand digits
        return "a number of thousands of digits"
    if isinstance(value, int) and len(text) > MOST_DIGITS_SHOWN:
        return f"a whole number of {len(text.lstrip('-'))} digits"
    return printable(cut(text, LONGEST_VALUE))


def number(value: float) -> str:
    """A number as people write it: thousands apart, no exponent for a whole one."""
    return f"{int(value):,}" if float(value).is_integer() else f"{value:g}"
