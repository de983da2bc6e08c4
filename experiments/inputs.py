"""In which inputs do two scenarios differ, and from when on?

Every parameter that has another value in some week, with both values and the date. Up to the first such week the two are one
world, so a seed's past is run once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from model import calendar
from model.parameters import declarations
from model.scenario import Scenario
from model.settings import Settings


@dataclass(frozen=True)
class OtherInput:
    """A parameter that differs from a date on; both values, equal where the difference ends."""

    name: str
    from_date: date | None  # None: from the start
    first: float | int
    second: float | int

    @property
    def when(self) -> str:
        """'from the start' or 'from 2021-01-04'."""
        return "from the start" if self.from_date is None else f"from {self.from_date}"


def values_at(scenario: Scenario, week: int) -> Settings:
    """Every parameter's value in a week."""
    return [values for start, values in scenario.segments() if start <= week][-1]


def turning_weeks(first: Scenario, second: Scenario) -> list[int]:
    """The weeks in which either scenario changes, the first week among them."""
    return sorted({week for scenario in (first, second) for week, _ in scenario.segments()})


def common_weeks(first: Scenario, second: Scenario) -> int:
    """Weeks for which two scenarios say the same, from the first day on; all of them if they never differ [weeks]."""
    differing = (week for week in turning_weeks(first, second) if values_at(first, week) != values_at(second, week))
    return next(differing, calendar.LAST_WEEK)


def other_inputs(first: Scenario, second: Scenario) -> list[OtherInput]:
    """Every parameter that differs, with both values, at each date at which the pair of values changes."""
    found, known = [], {}
    for week in turning_weeks(first, second):
        one, other = values_at(first, week), values_at(second, week)
        for name in declarations():
            pair = (one[name], other[name])
            before = known.get(name)
            if pair != before and (pair[0] != pair[1] or (before is not None and before[0] != before[1])):
                found.append(OtherInput(name, calendar.week(week).start if week else None, *pair))
            known[name] = pair
    return found
