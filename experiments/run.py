"""How is one scenario run, for one seed and for several?

Every seed is a world of its own. Seconds are those of the whole world, from its first day to its last week; loading and
compiling are not among them, since a small world goes first.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from agents.compiled import IS_COMPILED
from experiments.request import CHILDREN, Request
from model import indicators
from model.alliance import AllianceModel
from model.parameters import defaults
from model.scenario import Scenario

SMALL_WORLD, WARMING_WEEKS = 200, 120  # children; two years' ends, so that every compiled rule has its turn


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
        AllianceModel(Scenario("small", defaults() | {CHILDREN: SMALL_WORLD})).run_until(WARMING_WEEKS)


def run_world(request: Request, seed: int, on_week: Callable[[], None]) -> Run:
    """Simulate one seed; `on_week` is called after each week."""
    began = time.perf_counter()
    model = AllianceModel(request.scenario, seed)
    while model.week < request.n_weeks_in_all:
        model.step()
        on_week()
    seconds = time.perf_counter() - began
    weekly = model.weekly()
    n_illnesses = int(weekly["n_illnesses"].to_numpy().sum())
    return Run(seed, seconds, n_illnesses, model.result_hash(), indicators.summary(weekly, request.period), weekly)


def run_seeds(request: Request, on_week: Callable[[], None]) -> list[Run]:
    """One world after the other, a seed each."""
    warm_engine()
    return [run_world(request, seed, on_week) for seed in request.seeds]
