"""What do all pictures of a sweep have in common?

Pictures are plain data for `parts.plot`. A mark is clicked to open its point in Decide; each picture says which points its
marks are, and each mark says its levers and its figure when it is pointed at.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from dashboard import figures
from dashboard.parts.plot import Plot
from dashboard.rooms.decide.levers import written
from dashboard.rooms.sweeps.figure_list import write
from dashboard.rooms.sweeps.points import Point, Values
from dashboard.texts import Texts
from model.parameters import declarations

GRID = {"left": 12, "right": 28, "top": 40, "bottom": 34, "containLabel": True}
QUIET, INK = {"color": "var(--quiet)"}, {"color": "var(--ink)"}
RULES = {"lineStyle": {"color": "var(--rule)"}}
ENDS = (-1, 1)


@dataclass(frozen=True)
class View:
    """What is looked at: a figure, the levers of the two axes, and at which values the others are held."""

    figure: str
    across: str
    down: str = ""
    held: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Drawn:
    """A picture and, for each series by name, the points behind its marks."""

    plot: Plot
    points: Mapping[str, Sequence[Values]]

    def picked(self, where: Mapping[str, Any]) -> Values | None:
        """Return the point that was clicked, None for anything else."""
        marks, at = self.points.get(str(where.get("series")), ()), where.get("at")
        return marks[at] if type(at) is int and 0 <= at < len(marks) else None


def lever_value(texts: Texts, key: str, value: float) -> str:
    """Return a lever's value with its unit."""
    return written(texts, declarations()[key], value)


def interval(texts: Texts, figure: str, point: Point) -> str:
    """Return from where to where a point's mean may lie as far as luck goes."""
    if not point.has_interval:
        return figures.no_value(texts)
    low, high = (write(texts, figure, point.mean + end * point.half) for end in ENDS)
    return texts("sweeps.between", low=low, high=high)


def told(texts: Texts, view: View, point: Point, keys: Sequence[str]) -> dict[str, str]:
    """Return what a mark says when it is pointed at: its levers and its figure."""
    levers = [f"{texts.name_of(key)}: {lever_value(texts, key, value)}" for key, value in zip(keys, point.values, strict=True)]
    figure = f"{texts.indicator(view.figure)}: {write(texts, view.figure, point.mean)}"
    known = [interval(texts, view.figure, point)] if point.has_interval else []
    return {"formatter": "<br>".join([*levers, " ".join([figure, *known])])}


def numbers(points: Sequence[Point], keys: Sequence[str], figure: str) -> pd.DataFrame:
    """Return the points of a picture as a table to take away, in the units of the engine."""
    rows = []
    for point in points:
        levers = dict(zip(keys, point.values, strict=True))
        rows.append({**levers, f"{figure}_mean": point.mean, f"{figure}_half_width_95": point.half, "n_seeds": len(point.by_seed)})
    return pd.DataFrame(rows)
