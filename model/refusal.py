"""What does a refusal say?

    where: what was found; what is allowed

One printable line. What comes from a file or a command line may hold line breaks, terminal escapes or a number of a
million digits; none of them reaches the line as it is. Where a page shows refusals, text and values are kept apart
(`Phrase`), so that it can say them in its own language; what a file holds is a value, never a text with placeholders.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

LONGEST_LINE = 600
LONGEST_VALUE = 120
MOST_DIGITS_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Phrase:
    """An English text and the values of its placeholders; `str` puts them together."""

    text: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """The text in English."""
        return self.text.format(**self.values)

    def said_by(self, translate: Callable[[str], str]) -> str:
        """The text in the language into which `translate` puts texts, those among the values included."""
        values = {name: value.said_by(translate) if isinstance(value, Phrase) else value for name, value in self.values.items()}
        return translate(self.text).format(**values)


Text = str | Phrase


def phrase(text: str, /, **values: object) -> Phrase:
    """A text with {placeholders} for its values."""
    return Phrase(text, values)


def said_by(text: Text, translate: Callable[[str], str]) -> str:
    """A text in the language of `translate`; one without values kept apart stays as it is."""
    return text.said_by(translate) if isinstance(text, Phrase) else text


class ScenarioError(ValueError):
    """Bad input, said in one printable line: in which file or option, what was found, what is allowed."""

    def __init__(self, where: str, found: Text, allowed: Text) -> None:
        super().__init__(cut(printable(f"{where}: {found}; {allowed}"), LONGEST_LINE))
        self.where, self.found, self.allowed = where, found, allowed

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        """How it travels from a worker to whoever asked: without this the worker's pool would break."""
        return type(self), (self.where, self.found, self.allowed)


class SeveralError(ScenarioError):
    """Several things wrong with one file: the text tells the first and how many more there are."""

    def __init__(self, errors: tuple[ScenarioError, ...]) -> None:
        first, more = errors[0], len(errors) - 1
        super().__init__(first.where, first.found, phrase("{allowed} (and {n} more)", allowed=first.allowed, n=f"{more:,}"))
        self.errors = errors

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        """How it travels from a worker to whoever asked."""
        return type(self), (self.errors,)


MOST_ERRORS = 50
"""So many are looked for in one place: who made more has another file in hand."""


def refuse_all(errors: Sequence[ScenarioError]) -> None:
    """Raise what was found wrong, if anything was."""
    if len(errors) == 1:
        raise errors[0]
    if errors:
        raise SeveralError(tuple(errors))


class DistrictWarning(UserWarning):
    """What looks odd in a planner's own district, or was read in another way than it stands there; it is never refused."""


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
