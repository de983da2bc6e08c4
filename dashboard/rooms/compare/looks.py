"""How does one tell the policies apart, in every picture and table?

By a letter, by dashes and by a hue, the same everywhere: each of the three alone would do. The hues stay apart for the
colour-blind, and none of them is a red or a green that could be read as bad or good.
"""

from __future__ import annotations

from typing import Any

from dashboard.rooms.compare.beside import Entry

COLOURS = tuple(f"var(--compare-{n})" for n in range(1, 7))
BASELINE = "var(--baseline)"
DASHES: tuple[tuple[int, ...], ...] = ((), (8, 4), (2, 3), (10, 3, 2, 3), (16, 4), (8, 3, 2, 3, 2, 3))


def colour_of(entry: Entry) -> str:
    """Return the hue of an entry's lines and dots, by its name in the style."""
    return BASELINE if entry.is_baseline else COLOURS[entry.n % len(COLOURS)]


def dash_of(entry: Entry) -> list[int]:
    """Return the lengths of an entry's dashes and gaps [pixels], none for a solid line."""
    return list(DASHES[entry.n % len(DASHES)])


def head_of(entry: Entry) -> dict[str, Any]:
    """Return what stands on top of an entry's column."""
    return {
        "name": entry.name, "letter": entry.letter, "colour": colour_of(entry), "dash": dash_of(entry),
        "is_baseline": entry.is_baseline,
    }  # fmt: skip
