"""What does each point of a sweep say, how far is it from another, and what does each lever move?

point       mean over its seeds, with the 95 % interval of that mean
difference  point minus reference, seed by seed: the same children with the same luck
influence   figure at a lever's highest value minus at its lowest, all other levers equal; mean over those, seed by seed
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from experiments.interval import mean_and_half_width
from experiments.paired import Difference, difference_of

Values = tuple[float, ...]
"""One value for each varied parameter."""


@dataclass(frozen=True)
class Point:
    """A choice of values; its figure by seed, and their mean with half the width of its interval."""

    values: Values
    by_seed: Mapping[int, float]
    mean: float
    half: float

    @property
    def has_value(self) -> bool:
        """[bool] Whether the figure has a value in at least one seed."""
        return math.isfinite(self.mean)

    @property
    def has_interval(self) -> bool:
        """[bool] Whether it has one in at least two seeds."""
        return math.isfinite(self.half)


@dataclass(frozen=True)
class Influence:
    """What one lever does on the way from its lowest to its highest value; `n_pairs` is how many points could be paired."""

    key: str
    low: float
    high: float
    difference: Difference
    n_pairs: int


def points_of(rows: pd.DataFrame, keys: Sequence[str], figure: str) -> list[Point]:
    """Return the points of a table of runs, in the order of their values."""
    found: dict[Values, dict[int, float]] = defaultdict(dict)
    columns = [rows[key].tolist() for key in keys]
    values = rows[figure].astype(float).tolist()
    for seed, *at, value in zip(rows["seed"].tolist(), *columns, values, strict=True):
        found[tuple(at)][int(seed)] = float(value)
    return [Point(at, by_seed, *mean_and_half_width(by_seed.values())) for at, by_seed in sorted(found.items())]


def reference_of(points: Sequence[Point], usual: Mapping[str, float], keys: Sequence[str]) -> Point:
    """Return the point that says what is so without the sweep, otherwise the first."""
    wanted = tuple(usual[key] for key in keys)
    return next((point for point in points if point.values == wanted), points[0])


def difference(figure: str, point: Point, reference: Point) -> Difference:
    """Return a point minus the reference over the seeds of both."""
    apart = [value - reference.by_seed[seed] for seed, value in point.by_seed.items() if seed in reference.by_seed]
    return _difference(figure, apart)


def _difference(figure: str, apart: Sequence[float]) -> Difference:
    known = [value for value in apart if math.isfinite(value)]
    return difference_of(figure, known)


def influences(points: Sequence[Point], keys: Sequence[str], figure: str) -> list[Influence]:
    """Return what each lever moves, the strongest first; a lever without two points that differ in it alone is left out."""
    found = [one for place, key in enumerate(keys) if (one := _influence(points, place, key, figure))]
    return sorted(found, key=lambda one: -abs(one.difference.mean) if one.difference.has_value else 0.0)


def _influence(points: Sequence[Point], place: int, key: str, figure: str) -> Influence | None:
    low, high = min(point.values[place] for point in points), max(point.values[place] for point in points)
    by_others: dict[Values, dict[float, Point]] = defaultdict(dict)
    for point in points:
        by_others[(*point.values[:place], *point.values[place + 1 :])][point.values[place]] = point
    pairs = [(there[low], there[high]) for there in by_others.values() if low in there and high in there]
    if not pairs or low == high:
        return None
    by_seed: dict[int, list[float]] = defaultdict(list)
    for first, last in pairs:
        for seed in first.by_seed.keys() & last.by_seed.keys():
            by_seed[seed].append(last.by_seed[seed] - first.by_seed[seed])
    means = [mean_and_half_width(apart)[0] for apart in by_seed.values()]
    return Influence(key, low, high, _difference(figure, means), len(pairs))
