"""Which runs is a sweep made of?

    runs = points x seeds,   points = the full factorial of the varied values

A *frame* is what all runs of a sweep have in common; a *point* is a choice of values for the varied parameters, in force from
the frame's date, or from the first day. Runs are listed seed by seed, so that those of one seed can share its past. A program
that chooses its points one by one (calibration, sensitivity) has a *listed* design instead of a factorial.
"""

import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from model import calendar
from model.refusal import ScenarioError
from model.scenario import Scenario, check_together
from model.settings import Settings

MOST_RUNS = 1_000_000

Vary = Mapping[str, tuple[float | int, ...]]

MARK = "\0"  # no value of a parameter, and in no key


def is_mark(value: object) -> bool:
    """[bool] Whether this stands for a value that varies."""
    return isinstance(value, str)


@dataclass(frozen=True)
class Frame:
    """What all runs of a sweep have in common, and all sweeps of one folder.

    `from_date` is the day from which the varied values are in force; None is from the first day. Weeks count after the burn-in.
    """

    scenario: Scenario
    from_date: date | None
    n_weeks: int
    period: str
    is_weekly: bool = False

    @property
    def n_weeks_in_all(self) -> int:
        """Weeks of a world, burn-in included."""
        return calendar.BURN_IN_WEEKS + self.n_weeks

    @property
    def n_shared_weeks(self) -> int:
        """Weeks that all points of a seed have in common: the past, run once."""
        return 0 if self.from_date is None else calendar.index_of(self.from_date)

    def scenario_at(self, point: Settings) -> Scenario:
        """The scenario of a point whose values were checked; what `alliance run --set ... --from ...` makes of them."""
        if not point:
            return self.scenario
        if self.from_date is None:
            return replace(self.scenario, values=self.scenario.values | point)
        return replace(self.scenario, changes=(*self.scenario.changes, (self.from_date, point)))

    def marked_segments(self, keys: Iterable[str]) -> list[tuple[int, dict[str, Any]]]:
        """The segments of every point that varies these keys, a mark (see `is_mark`) in place of each value that the point says."""
        marks: Any = {key: f"{MARK}{key}" for key in keys}
        return list(self.scenario_at(marks).segments())

    def values_without(self) -> Settings:
        """The values that the parameters have on that day if nothing varies."""
        return self.scenario.segments_until(self.n_shared_weeks + 1)[-1][1]


def contradicts(scenario: Scenario, settings: Settings) -> bool:
    """[bool] Whether the scenario with these values from its start says two things that cannot both be true.

    Who lists points asks this: a range allows each number by itself.
    """
    try:
        for _, values in replace(scenario, values=scenario.values | settings).segments():
            check_together(values, "")
    except ScenarioError:
        return True
    return False


@dataclass(frozen=True)
class Design:
    """A frame with the points and seeds asked for."""

    frame: Frame
    vary: Vary
    seeds: Sequence[int]

    @property
    def n_points(self) -> int:
        """How many points there are, none of them made yet."""
        return math.prod(len(values) for values in self.vary.values())

    @property
    def n_runs(self) -> int:
        """Points times seeds."""
        return self.n_points * len(self.seeds)

    @cached_property
    def points(self) -> list[Settings]:
        """Every combination of the varied values; the last parameter moves fastest."""
        return [dict(zip(self.vary, values, strict=True)) for values in itertools.product(*self.vary.values())]

    @property
    def asked(self) -> Vary:
        """What a sweep file says of the points."""
        return self.vary


@dataclass(frozen=True)
class Listed(Design):
    """Points that somebody chose one by one, all of the same parameters; make it with `listed`."""

    chosen: tuple[Settings, ...] = ()

    @property
    def n_points(self) -> int:
        """How many were chosen."""
        return len(self.chosen)

    @cached_property
    def points(self) -> list[Settings]:
        """The points as they were chosen."""
        return list(self.chosen)

    @property
    def asked(self) -> Vary:
        """Nothing: the combinations of so many values are not what was asked for. The folder's rows say which points there are."""
        return {}


def listed(frame: Frame, points: Sequence[Settings], seeds: Sequence[int]) -> Listed:
    """The design of these points, each once; every point sets the same parameters."""
    unique = list({tuple(point.items()): point for point in points}.values())
    vary = {key: tuple(sorted({point[key] for point in unique})) for key in unique[0]}
    return Listed(frame, vary, seeds, tuple(unique))
