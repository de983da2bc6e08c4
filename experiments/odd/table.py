"""How is a table written in Markdown?"""

from collections.abc import Iterable, Sequence


def markdown_table(head: Sequence[str], lines: Iterable[Sequence[object]]) -> str:
    """A table with a head, its bars escaped."""
    rule = ["---"] * len(head)
    return "\n".join(f"| {' | '.join(cell(value) for value in line)} |" for line in [head, rule, *lines])


def cell(value: object) -> str:
    """What a cell shows: one line without bars of its own."""
    return " ".join(str(value).split()).replace("|", "\\|")


def code(text: str) -> str:
    """A name of the code."""
    return f"`{text}`" if text else ""
