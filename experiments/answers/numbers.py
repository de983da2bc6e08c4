"""How sure is an answer, given that nobody knows the model's numbers, and which number would change it?

    effect at a point = mean over its seeds of (policy minus as it is)

Points are those of the posterior samples: they fit what is known as well as the reading itself. Their spread is kept apart from
chance, of which only a part is left in it: every point has the same few seeds. A parameter tells something of the effect
if its rank correlation with it, over the points of all readings, is further from zero than three standard errors of no
correlation, 1 / sqrt(n - 1). Its turning value is where a straight line through the points crosses zero inside the range.
Drivers have another range in each reading, so a correlation can also be that of whatever else the readings differ in.
"""

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from experiments.answers.policy import AS_IT_IS
from experiments.answers.readings import CALIBRATED, Reading, points_of
from model.parameters import declarations

FILE = Path(__file__).with_name("data.toml")
STANDARD_ERRORS = 3.0
MOST_TOLD = 3
TENFOLD = 10.0
DECILES = (0.1, 0.9)
FEWEST_POINTS = 4


@dataclass(frozen=True)
class Spread:
    """Effects over the points of one reading: their 10 % and 90 % points, and the shares that are above and below zero."""

    low: float
    high: float
    share_up: float
    share_down: float
    n_points: int


@dataclass(frozen=True)
class Telling:
    """A parameter that goes with the effect; `turns_at` is where the effect would change sign, None outside the range."""

    name: str
    correlation: float
    low: float
    high: float
    turns_at: float | None


def effects_of(runs: pd.DataFrame, policy: str, indicator: str) -> pd.DataFrame:
    """Effects of each seed at each point of the posterior samples: rows (reading, point), a column a seed."""
    sampled = runs[runs["point"] != CALIBRATED]
    table = sampled.pivot_table(index=["reading", "point", "seed"], columns="policy", values=indicator, dropna=False, sort=False)
    table["effect"] = table[policy] - table[AS_IT_IS]
    effects = table["effect"].dropna().reset_index()
    return effects.pivot_table(index=["reading", "point"], columns="seed", values="effect", sort=False)


def spread_of(effects: pd.DataFrame) -> dict[str, Spread]:
    """The spread in each reading that has points, by letter."""
    found = {}
    for letter, rows in effects.mean(axis=1).groupby(level="reading", sort=False):
        low, high = np.quantile(rows, DECILES)
        found[str(letter)] = Spread(float(low), float(high), float((rows > 0).mean()), float((rows < 0).mean()), len(rows))
    return found


def share_of_chance(effects: pd.DataFrame) -> float:
    """How much of the variance between points of a reading is luck that the few seeds leave [1]; NaN if nobody can tell."""
    effects = effects.dropna()
    if effects.shape[1] < 2 or len(effects) < FEWEST_POINTS:
        return math.nan
    apart = effects.sub(effects.groupby(level="reading").transform("mean"))  # what a seed does to all points alike is no spread
    table = apart.to_numpy(float)
    chance = float(table.var(axis=1, ddof=1).mean()) / table.shape[1]
    total = float(table.mean(axis=1).var(ddof=1))
    return min(chance / total, 1.0) if total > 0 else math.nan


def values_at(readings: Sequence[Reading], effects: pd.DataFrame) -> pd.DataFrame:
    """The free parameters at the points of these effects, in the same order."""
    letters = set(effects.index.get_level_values("reading"))
    known = {(one.letter, row): point for one in readings if one.letter in letters for row, point in points_of(one).items()}
    return pd.DataFrame([known[place] for place in effects.index], index=effects.index)


def telling(values: pd.DataFrame, effects: pd.Series) -> list[Telling]:
    """The parameters that go with the effect most closely, the closest first."""
    if len(effects) < FEWEST_POINTS:
        return []
    enough = STANDARD_ERRORS / math.sqrt(len(effects) - 1)
    found = []
    for name in values.columns:
        column = values[name].to_numpy(float)
        correlation = spearman(column, effects.to_numpy(float))
        if abs(correlation) > enough:
            turning = turning_value(column, effects.to_numpy(float))
            found.append(Telling(name, correlation, float(column.min()), float(column.max()), turning))
    return sorted(found, key=lambda one: (-abs(one.correlation), one.name))[:MOST_TOLD]


def spearman(one: np.ndarray, other: np.ndarray) -> float:
    """Rank correlation, equal values sharing their mean rank; zero where one of both never changes [1]."""
    first, second = (pd.Series(values).rank().to_numpy() for values in (one, other))
    if np.ptp(first) == 0 or np.ptp(second) == 0:
        return 0.0
    return float(np.corrcoef(first, second)[0, 1])


def turning_value(values: np.ndarray, effects: np.ndarray) -> float | None:
    """Where a straight line through the points crosses zero, if inside their range; in the logarithm over a tenfold range."""
    is_wide = values.min() > 0 and values.max() / values.min() > TENFOLD
    places = np.log(values) if is_wide else values
    if np.ptp(places) == 0:
        return None
    slope, start = np.polyfit(places, effects, 1)
    if slope == 0 or not places.min() <= -start / slope <= places.max():
        return None
    return float(np.exp(-start / slope) if is_wide else -start / slope)


@cache
def data_that_would_tell() -> Mapping[str, str]:
    """The datum that would tell each parameter's value, from data.toml."""
    tables = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {name: table["datum"] for name, table in tables.items()}


def datum_of(parameter: str) -> str:
    """What one would have to measure; the declaration's meaning where nobody has thought of a datum."""
    return data_that_would_tell().get(parameter) or f"a measurement of: {declarations()[parameter].meaning}"
