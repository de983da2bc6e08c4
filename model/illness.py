"""What may befall a child, and when?

Potential illnesses are drawn season by season (half a year) at a ceiling rate: their number is Poisson, keyed by
(child, season), their instants are uniform in the season, keyed by (child, potential illness). A potential illness becomes
real if its own die is below relative incidence / ceiling, which season, COVID and prevention may move: policy never moves
the luck itself. A season needs nothing of the one before, so it can be drawn ahead and kept for many runs.

    ceiling rate = episodes(age) x frailty x highest seasonal factor of the season

Age is that of the middle of the season. Left out: contagion, chronic illness. Numbers: illness.toml.
"""

import math
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from agents.compiled import compiled
from agents.units import DAYS_PER_WEEK, MINUTES_PER_DAY, WEEKS_OF_CHILDHOOD, WEEKS_PER_YEAR, WEEKS_UNTIL_5, WEEKS_UNTIL_10
from model import calendar, dice
from model.dice import die
from model.world import Stream

WEEKS_PER_SEASON = 26
DAYS_PER_SEASON = WEEKS_PER_SEASON * DAYS_PER_WEEK
MINUTES_PER_SEASON = DAYS_PER_SEASON * MINUTES_PER_DAY
MOST_PER_SEASON = 64  # potential illnesses of one child in one season: the Poisson draw ends there


@compiled
def episodes_per_year(k, age_weeks):
    """Illness episodes of a child of this age in a year [episodes/child-year]."""
    if age_weeks < WEEKS_UNTIL_5:
        return k.episodes_0_4
    return k.episodes_5_9 if age_weeks < WEEKS_UNTIL_10 else k.episodes_10_14


@compiled
def days_until(mean, u):
    """Exponential waiting time in whole days [days], at least 1."""
    return 1 + math.floor(-mean * math.log(1.0 - u))


@compiled
def poisson(mean, u):
    """The Poisson number at quantile `u` [1], at most MOST_PER_SEASON."""
    n, p = 0, math.exp(-mean)
    reached = p
    while u >= reached and n < MOST_PER_SEASON:
        n += 1
        p *= mean / n
        reached += p
    return n


@compiled
def number_of_illnesses(mean, u):
    """The Poisson number at quantile `u` [1]; most are 0, which 1 - mean <= exp(-mean) tells without an exponential."""
    return 0 if u < 1.0 - mean else poisson(mean, u)


@compiled
def count_by_minute(k, seed, last_week, frailty, season, ceiling, n_of, counts):
    """How many potential illnesses each child (`n_of`) and each minute (`counts`, one place later) has; returns their sum."""
    begin = season * WEEKS_PER_SEASON
    per_season = ceiling * WEEKS_PER_SEASON / WEEKS_PER_YEAR
    total = 0
    for row in range(len(n_of)):
        if last_week[row] <= begin:
            n_of[row] = 0
            continue
        age = begin + WEEKS_PER_SEASON // 2 - (last_week[row] - WEEKS_OF_CHILDHOOD)
        mean = episodes_per_year(k, age) * per_season * frailty[row]
        n = number_of_illnesses(mean, die(seed, dice.ILLNESS_COUNT, row, season, 0))
        n_of[row] = n
        for i in range(n):
            counts[minute_of_season(seed, row, season * MOST_PER_SEASON + i) + 1] += 1
        total += n
    return total


@compiled
def minute_of_season(seed, child, number):
    """Minute of its season at which a potential illness may begin [minutes]."""
    return int(die(seed, dice.ILLNESS_TIME, child, number, 0) * MINUTES_PER_SEASON)


@compiled
def place_by_minute(seed, season, n_of, place, child_of, number_of, minute_of):
    """Put each potential illness at its place in order of arrival; `place` holds the first free place of each minute."""
    for child in range(len(n_of)):
        for i in range(n_of[child]):
            number = season * MOST_PER_SEASON + i
            minute = minute_of_season(seed, child, number)
            at = place[minute]
            place[minute] = at + 1
            child_of[at], number_of[at], minute_of[at] = child, number, minute % MINUTES_PER_DAY


class Exposure(NamedTuple):
    """What the drawing of illnesses needs of the children, apart from their rows so that a pass over all is short."""

    first_week: np.ndarray  # (n_children_ever,)
    last_week: np.ndarray  # (n_children_ever,)
    frailty: np.ndarray  # (n_children_ever,)


def exposure_of(children: np.recarray) -> Exposure:
    """The exposure of a register; none of it ever changes."""
    return Exposure(*(np.ascontiguousarray(children[name]) for name in Exposure._fields))


def seasonal_factor(amplitude: float, peak: float, index: int) -> float:
    """Illness in week `index` against a mean week, without COVID [1]; `peak` is the week of the year with most illness."""
    phase = 2.0 * math.pi * (calendar.week(index).week_of_year - peak) / WEEKS_PER_YEAR
    return 1.0 + amplitude * math.cos(phase)


def incidence(k: Mapping[str, float], index: int) -> tuple[float, float]:
    """Relative incidence of week `index` and its ceiling, the highest seasonal factor of its season [1]."""
    covid = k["covid_relative_incidence"] if calendar.week(index).is_covid else 1.0
    factor, ceiling = _season_of(k["seasonal_amplitude"], k["week_of_peak"], index)
    return factor * covid, ceiling


@lru_cache(maxsize=4096)
def _season_of(amplitude: float, peak: float, index: int) -> tuple[float, float]:
    begin = index // WEEKS_PER_SEASON * WEEKS_PER_SEASON
    factors = [seasonal_factor(amplitude, peak, week) for week in range(begin, begin + WEEKS_PER_SEASON)]
    return factors[index - begin], max(factors)


def draw_season(params: np.record, seed: np.uint64, exposure: Exposure, season: int) -> Stream:
    """The potential illnesses of one season in order of arrival; ties within a minute go by child."""
    k = params.illness
    ceiling = _season_of(float(k.seasonal_amplitude), float(k.week_of_peak), season * WEEKS_PER_SEASON)[1]
    entered = int(np.searchsorted(exposure.first_week, (season + 1) * WEEKS_PER_SEASON))  # rows are in order of entry
    n_of, counts = np.empty(entered, np.uint8), np.zeros(MINUTES_PER_SEASON + 1, np.int32)
    with np.errstate(over="ignore"):
        n = count_by_minute(k, seed, exposure.last_week, exposure.frailty, season, ceiling, n_of, counts)
        place = np.cumsum(counts, dtype=np.int32)
        first = place[::MINUTES_PER_DAY].copy()
        child, number, minute = np.empty(n, np.int32), np.empty(n, np.int32), np.empty(n, np.int16)
        place_by_minute(seed, season, n_of, place, child, number, minute)
    return Stream(first, child, number, minute)
