"""How is one scenario run, for one seed and for several?

Every seed is a world of its own. Seconds are those of the whole world, from its first day to its last week; the compiler's
are not among them, since a small world goes first.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import pandas as pd

from agents.compiled import IS_COMPILED
from model import calendar, indicators
from model.alliance import AllianceModel
from model.refusal import ScenarioError
from model.scenario import Scenario

PERIODS = tuple(indicators.PERIODS)
MOST_WEEKS = calendar.HISTORY_WEEKS + calendar.POLICY_WEEKS
WARMING_CHILDREN, WARMING_WEEKS = 200, 120  # two years' ends: every compiled rule has had its turn


@dataclass(frozen=True)
class Run:
    """One world that was simulated: what came of it."""

    seed: int
    seconds: float
    n_illnesses: int
    result_hash: str
    indicators: dict[str, float]
    weekly: pd.DataFrame


def warm_engine() -> None:
    """Load the machine code, or compile it the first time; a small world runs and is forgotten."""
    if IS_COMPILED:
        small = Scenario("declared", _declared_values())
        AllianceModel(small).run_until(WARMING_WEEKS)


def _declared_values() -> dict[str, float | int]:
    from model.parameters import defaults

    return defaults() | {"population.n_children": WARMING_CHILDREN}


def check_period(period: str, n_weeks: int) -> None:
    """Refuse a period of which a run of this many weeks after the burn-in sees nothing; raises ScenarioError."""
    if period not in PERIODS:
        raise ScenarioError("--period", repr(period), f"allowed are {', '.join(PERIODS)}")
    if period == "policy" and n_weeks <= calendar.HISTORY_WEEKS:
        allowed = f"allowed is --weeks from {calendar.HISTORY_WEEKS + 1} to {MOST_WEEKS}"
        raise ScenarioError("--period", f"a run of {n_weeks} weeks ends before the policy years", allowed)


def run_world(scenario: Scenario, seed: int, n_weeks: int, period: str, on_week: Callable[[], None]) -> Run:
    """Simulate the burn-in and `n_weeks` more; `on_week` is called after each week."""
    began = time.perf_counter()
    model = AllianceModel(scenario, seed)
    for week in range(calendar.BURN_IN_WEEKS + n_weeks):
        model.run_until(week + 1)
        on_week()
    seconds = time.perf_counter() - began
    weekly = model.weekly()
    n_illnesses = int(weekly["n_illnesses"].sum())
    return Run(seed, seconds, n_illnesses, model.result_hash(), indicators.summary(weekly, period), weekly)


def run_seeds(
    scenario: Scenario, seeds: Iterable[int], n_weeks: int, period: str, on_week: Callable[[], None]
) -> Iterator[Run]:
    """One world after the other."""
    for seed in seeds:
        yield run_world(scenario, seed, n_weeks, period, on_week)
