"""Which week is it, and which month, quarter and year does it belong to?

ISO weeks; a week belongs to the month, quarter and year of its Thursday. Week 0 opens the burn-in. History is 161 weeks
from the start of the case; policy runs five years, or up to ten where a scenario asks for it. The 162nd week of the case
(28 December 2020, its Thursday is the last day of 2020) opens the policy years: the books of 2020 are closed under the
policy's eyes, so that a policy can act on that surplus at once.
"""

from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

import numpy as np

CASE_START = date(2017, 11, 27)
BURN_IN_WEEKS, HISTORY_WEEKS, POLICY_WEEKS = 52, 161, 261
POLICY_YEARS, MOST_POLICY_YEARS = 5, 10
FIRST_HISTORY_WEEK = BURN_IN_WEEKS
FIRST_POLICY_WEEK = BURN_IN_WEEKS + HISTORY_WEEKS
N_WEEKS = FIRST_POLICY_WEEK + POLICY_WEEKS
LAST_WEEK = FIRST_POLICY_WEEK + 2 * POLICY_WEEKS  # ten policy years, for a mature alliance
FIRST_DAY = CASE_START - timedelta(weeks=BURN_IN_WEEKS)
POLICY_START = FIRST_DAY + timedelta(weeks=FIRST_POLICY_WEEK)
COVID_FROM, COVID_UNTIL = date(2020, 1, 20), date(2020, 6, 29)
PERIODS = ("burn_in", "history", "policy")


class Week(NamedTuple):
    """Where one week stands in the calendar."""

    start: date
    period: str
    year: int
    month: int  # months since year 0, so that months of different years differ
    week_of_year: int
    ends_month: bool
    ends_quarter: bool
    ends_year: bool
    is_covid: bool


def thursday(index: int) -> date:
    """The day that decides to which month, quarter and year week `index` belongs."""
    return FIRST_DAY + timedelta(weeks=index, days=3)


def period_of(index: int) -> str:
    """'burn_in', 'history' or 'policy'."""
    if index < FIRST_HISTORY_WEEK:
        return "burn_in"
    return "history" if index < FIRST_POLICY_WEEK else "policy"


def end_of_policy(years: int) -> int:
    """Weeks from the first day of the burn-in until so many policy years are over."""
    return FIRST_POLICY_WEEK + round(POLICY_WEEKS * years / POLICY_YEARS)


@cache
def week(index: int) -> Week:
    """Week `index` (0 opens the burn-in)."""
    this, following = thursday(index), thursday(index + 1)
    start = FIRST_DAY + timedelta(weeks=index)
    ends_month = this.month != following.month
    return Week(
        start=start,
        period=period_of(index),
        year=this.year,
        month=12 * this.year + this.month - 1,
        week_of_year=this.isocalendar().week,
        ends_month=ends_month,
        ends_quarter=ends_month and this.month % 3 == 0,
        ends_year=this.year != following.year,
        is_covid=COVID_FROM <= start < COVID_UNTIL,
    )


def index_of(day: date) -> int:
    """The week that `day` lies in; raises ValueError before the burn-in."""
    index = (day - FIRST_DAY).days // 7
    if index < 0:
        raise ValueError(f"{day} lies before {FIRST_DAY}, the first day of the burn-in")
    return index


def starts(n: int) -> np.ndarray:
    """Mondays of the first `n` weeks, shape (n,), datetime64[s]."""
    return np.datetime64(FIRST_DAY, "s") + 7 * np.arange(n) * np.timedelta64(1, "D")
