"""Who gains and who loses, by groups of children?

Groups are formed by what no policy moves: income, age when the worlds begin to differ, how often a child is ill, how far it
lives from the alliance hospital. A figure of a group is a sum over its children by the years they lived in the register. The
difference is taken world by world; its 95 % interval is that of the paired differences.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from agents.units import WEEKS_OF_CHILDHOOD, WEEKS_PER_YEAR, WEEKS_UNTIL_5, WEEKS_UNTIL_10
from dashboard.rooms.children.fates import MEASURES, Both, Register
from experiments.interval import mean_and_half_width
from experiments.paired import Difference, difference_of

GROUPINGS: dict[str, tuple[str, ...]] = {
    "income": ("1", "2", "3", "4", "5"),
    "age": ("0_4", "5_9", "10_14", "later"),
    "illness": ("1", "2", "3", "4", "5"),
    "place": ("near", "middle", "far"),
}
ALL = "all"
PER: dict[str, float] = {"missed": 10_000, "untreated": 1000, "own": 1, "paid": 1, "alliance": 100, "hospital": 100}
"""Children in whose year a measure is given."""

Key = tuple[str, str]
"""A grouping and one of its groups; the whole zone is (all, all)."""


@dataclass(frozen=True, eq=False)
class Sums:
    """One pair of worlds: sums of both by group and measure, and years lived by group."""

    years: dict[Key, float]
    first: dict[Key, dict[str, float]]
    second: dict[Key, dict[str, float]]

    def rate(self, which: str, key: Key, measure: str) -> float:
        """A measure by PER children and year, not a number for a group that nobody is in."""
        years = self.years[key]
        sums = self.first if which == "first" else self.second
        return PER[measure] * sums[key][measure] / years if years > 0 else float("nan")


def groups(register: Register, start_week: int) -> dict[str, np.ndarray]:
    """Return the group of each child by grouping, as its place in GROUPINGS, shape (n_children,) each."""
    age = start_week - (register.last_week - WEEKS_OF_CHILDHOOD)
    by_age = np.where(age < WEEKS_UNTIL_5, 0, np.where(age < WEEKS_UNTIL_10, 1, 2))
    return {
        "income": register.fifth.astype(int),
        "age": np.where(register.first_week > start_week, 3, by_age),
        "illness": _quantile_groups(register.frailty, len(GROUPINGS["illness"])),
        "place": _quantile_groups(register.minutes, len(GROUPINGS["place"])),
    }


def _quantile_groups(values: np.ndarray, n: int) -> np.ndarray:
    """Equal parts by size of the value; equal values stay together."""
    return np.searchsorted(np.quantile(values, np.arange(1, n) / n), values, side="left")


def sums_of(both: Both) -> Sums:
    """Return the sums of one pair of worlds."""
    weeks = both.weeks_lived
    found = Sums({}, {}, {})
    for grouping, of in {**groups(both.register, both.start_week), ALL: np.zeros(len(weeks), int)}.items():
        names = GROUPINGS.get(grouping, (ALL,))
        years = np.bincount(of, weeks, len(names)) / WEEKS_PER_YEAR
        by_measure = {m: [np.bincount(of, side[m], len(names)) for side in (both.first, both.second)] for m in MEASURES}
        for place, name in enumerate(names):
            key = grouping, name
            found.years[key] = float(years[place])
            found.first[key] = {m: float(pair[0][place]) for m, pair in by_measure.items()}
            found.second[key] = {m: float(pair[1][place]) for m, pair in by_measure.items()}
    return found


def difference(worlds: Sequence[Sums], key: Key, measure: str) -> Difference:
    """Return second minus first in the mean over the worlds, with its interval; one world has none."""
    apart = [one.rate("second", key, measure) - one.rate("first", key, measure) for one in worlds]
    return difference_of(measure, apart)


def level(worlds: Sequence[Sums], which: str, key: Key, measure: str) -> float:
    """Return a group's figure in the mean over the worlds."""
    return mean_and_half_width(one.rate(which, key, measure) for one in worlds)[0]
