"""What may befall a child, and when?

Potential illnesses are drawn season by season (thirteen weeks) at a ceiling rate: their number is Poisson, keyed by
(child, season), their instants are uniform in the season, keyed by (child, potential illness). A potential illness becomes
real if its own die is below relative incidence / ceiling, which season, COVID and prevention may move: policy never moves
the luck itself. A season needs nothing of the one before, so it can be drawn ahead and kept for many runs.

    ceiling rate = episodes(age) x frailty x highest seasonal factor of the season

Age is that of the middle of the season. Left out: contagion, chronic illness. Numbers: illness.toml.
"""

import math

import numpy as np

from agents.compiled import compiled
from agents.units import DAYS_PER_WEEK, MINUTES_PER_DAY, WEEKS_OF_CHILDHOOD, WEEKS_PER_YEAR, WEEKS_UNTIL_5, WEEKS_UNTIL_10
from model import calendar, dice
from model.dice import die
from model.world import Stream

WEEKS_PER_SEASON = 13
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
def number_of_illnesses(k, seed, children, child, season, ceiling):
    """How many potential illnesses a child has in this season [illnesses]; none outside its years in the register."""
    first, last = children[child].first_week, children[child].last_week
    begin = season * WEEKS_PER_SEASON
    if last <= begin or first >= begin + WEEKS_PER_SEASON:
        return 0
    age = begin + WEEKS_PER_SEASON // 2 - (last - WEEKS_OF_CHILDHOOD)
    mean = episodes_per_year(k, age) / WEEKS_PER_YEAR * WEEKS_PER_SEASON * children[child].frailty * ceiling
    return poisson(mean, die(seed, dice.ILLNESS_COUNT, child, season, 0))


@compiled
def count_by_minute(k, seed, children, season, ceiling, counts):
    """Fill `counts` (MINUTES_PER_SEASON + 1,) with the potential illnesses of each minute; returns their number."""
    total = 0
    for child in range(len(children)):
        n = number_of_illnesses(k, seed, children, child, season, ceiling)
        for i in range(n):
            minute = int(die(seed, dice.ILLNESS_TIME, child, season * MOST_PER_SEASON + i, 0) * MINUTES_PER_SEASON)
            counts[minute + 1] += 1
        total += n
    return total


@compiled
def place_by_minute(k, seed, children, season, ceiling, place, child_of, number_of, minute_of):
    """Put each potential illness at its place in order of arrival; `place` holds the first free place of each minute."""
    for child in range(len(children)):
        for i in range(number_of_illnesses(k, seed, children, child, season, ceiling)):
            number = season * MOST_PER_SEASON + i
            minute = int(die(seed, dice.ILLNESS_TIME, child, number, 0) * MINUTES_PER_SEASON)
            at = place[minute]
            place[minute] = at + 1
            child_of[at], number_of[at], minute_of[at] = child, number, minute % MINUTES_PER_DAY


def seasonal_factor(k: np.record, index: int) -> float:
    """Illness in week `index` against a mean week, without COVID [1]."""
    phase = 2.0 * math.pi * (calendar.week(index).week_of_year - k.week_of_peak) / WEEKS_PER_YEAR
    return 1.0 + k.seasonal_amplitude * math.cos(phase)


def incidence(k: np.record, index: int) -> tuple[float, float]:
    """Relative incidence of week `index` and its ceiling, the highest seasonal factor of its season [1]."""
    season = index // WEEKS_PER_SEASON
    weeks = range(season * WEEKS_PER_SEASON, (season + 1) * WEEKS_PER_SEASON)
    covid = k.covid_relative_incidence if calendar.week(index).is_covid else 1.0
    return seasonal_factor(k, index) * covid, max(seasonal_factor(k, week) for week in weeks)


def draw_season(params: np.record, seed: np.uint64, children: np.recarray, season: int) -> Stream:
    """The potential illnesses of one season in order of arrival; ties within a minute go by child."""
    k, ceiling = params.illness, incidence(params.illness, season * WEEKS_PER_SEASON)[1]
    counts = np.zeros(MINUTES_PER_SEASON + 1, np.int64)
    with np.errstate(over="ignore"):
        n = count_by_minute(k, seed, children, season, ceiling, counts)
        place = np.cumsum(counts)
        first = place[::MINUTES_PER_DAY].copy()
        child, number, minute = np.empty(n, np.int32), np.empty(n, np.int32), np.empty(n, np.int16)
        place_by_minute(k, seed, children, season, ceiling, place, child, number, minute)
    return Stream(first, child, number, minute)
