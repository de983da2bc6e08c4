"""Whose life is worth looking at? Children whose fate is another in the other world, and a search among all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from agents.units import WEEKS_OF_CHILDHOOD, WEEKS_PER_YEAR
from dashboard.rooms.children.fates import Both
from dashboard.rooms.children.groups import GROUPINGS, groups

MOST, MOST_FOUND = 2, 12
NOTICED_YUAN = 1.0
STORIES = ("fewer", "more", "sooner", "later", "cheaper", "dearer")
MISSES_COUNT = 1e6
DAYS_COUNT = 1e3
"""A miss weighs more than any number of days, a day more than the yuan of most lives."""


def stories(both: Both) -> dict[str, list[int]]:
    """Return the rows of children of each kind of story, the most telling first; no child stands twice."""
    missed, days, paid = (both.change(name).astype(float) for name in ("missed", "untreated", "paid"))
    alike = missed == 0
    weights = {
        "fewer": np.where(missed < 0, -MISSES_COUNT * missed - days, 0),
        "more": np.where(missed > 0, MISSES_COUNT * missed + days, 0),
        "sooner": np.where(alike, -days, 0),
        "later": np.where(alike, days, 0),
        "cheaper": np.where(alike & (days == 0) & (paid < -NOTICED_YUAN), -paid, 0),
        "dearer": np.where(alike & (days == 0) & (paid > NOTICED_YUAN), paid, 0),
    }
    return {name: best(weight, MOST) for name, weight in weights.items()}


def best(weight: np.ndarray, most: int) -> list[int]:
    """Return the rows of the greatest weights above 0."""
    order = np.argsort(-weight, kind="stable")[:most]
    return [int(row) for row in order if weight[row] > 0]


def age_years(both: Both, row: int) -> float:
    """Age of a child as the worlds begin to differ [years]; negative if it is born later."""
    return (both.start_week - (int(both.register.last_week[row]) - WEEKS_OF_CHILDHOOD)) / WEEKS_PER_YEAR


def asked_number(text: object, n: int) -> int | None:
    """Return the child's row that a text names, None if it names none."""
    is_number = isinstance(text, str) and text.isascii() and text.isdecimal() and len(text) <= len(str(n))
    return int(text) if is_number and int(text) < n else None  # pyright: ignore[reportArgumentType] - a text by then


def search(both: Both, asked: Mapping[str, Any]) -> tuple[int, list[int]]:
    """Return how many children have all the asked-for properties, and the first of them, those of other fates first.

    Keys are the groupings, each with the name of a group, and `other`: whether serious illnesses must fare differently.
    What no control could ask for is ignored.
    """
    is_wanted = both.weeks_lived > 0
    for grouping, of in groups(both.register, both.start_week).items():
        if (name := asked.get(grouping)) in GROUPINGS[grouping]:
            is_wanted &= of == GROUPINGS[grouping].index(name)
    differs = np.abs(both.change("missed")) * MISSES_COUNT + np.abs(both.change("untreated")) * DAYS_COUNT
    if asked.get("other") is True:
        is_wanted &= differs > 0
    weight = np.where(is_wanted, 1 + differs + np.abs(both.change("paid")), 0)
    return int(is_wanted.sum()), best(weight, MOST_FOUND)
