"""Which simulated world does a seed stand for, and what of it do all visitors share?

The burn-in, the history, the baseline's policy years and the checkpoint at the end of history are the same for
everybody who looks at a seed: they are computed once and kept for a few seeds. A policy run starts from the checkpoint.
The environment variable ALLIANCE_CHILDREN replaces the number of children, for quick trials and tests.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from dashboard.picture import Curves, Outcome, curves, outcome
from dashboard.shelf import Shelf
from model.alliance import AllianceModel
from model.calendar import FIRST_HISTORY_WEEK, FIRST_POLICY_WEEK, N_WEEKS, POLICY_START
from model.scenario import Scenario, load_scenario

YEAR_WEEKS = 52
YEAR_ENDS = range(FIRST_POLICY_WEEK + YEAR_WEEKS, N_WEEKS - YEAR_WEEKS + 1, YEAR_WEEKS)
"""The weeks at which a growing run is shown; the last year, with its odd week, ends with the run."""

HIGHEST_SEED = 9999
SCENARIOS = Path(__file__).resolve().parent.parent / "scenarios"

Report = Callable[[str, float], None]
"""Called with the name of the stage and the share of it that is done [0 to 1]."""


@dataclass(frozen=True, eq=False)
class World:
    """What all visitors of one seed share; a checkpoint takes some 45 MB."""

    checkpoint: Any
    baseline: Curves
    baseline_outcome: Outcome


_slots = threading.BoundedSemaphore(os.cpu_count() or 1)
_worlds: Shelf[int, World] = Shelf(room=3)
_without_alliance: Shelf[int, Outcome] = Shelf(room=64)
_finished: Shelf[tuple[int, tuple[tuple[str, float], ...]], tuple[Curves, Outcome]] = Shelf(room=200)


@cache
def scenario(name: str) -> Scenario:
    """Return a scenario of the folder, with the number of children that the environment asks for."""
    loaded = load_scenario(SCENARIOS / f"{name}.toml")
    asked = os.environ.get("ALLIANCE_CHILDREN")
    if not asked:
        return loaded
    if not asked.isdecimal():
        raise ValueError(f"ALLIANCE_CHILDREN is {asked!r}; allowed is a whole number of children")
    return loaded.with_settings({"population.n_children": int(asked)})


def world(seed: int, report: Report) -> World:
    """Return the seed's world, computed by the first who asks for it."""
    return _worlds.get(seed, lambda: _compute_world(seed, report))


def policy_run(seed: int, settings: Mapping[str, float], shared: World) -> Iterator[tuple[Curves, Outcome | None]]:
    """Yield the policy years' curves as they grow, a year at a time; with the last comes the outcome."""
    key = (seed, tuple(sorted(settings.items())))
    found = _finished.peek(key)
    if found is not None:
        yield found
        return
    model = AllianceModel.from_checkpoint(
        shared.checkpoint, scenario("huaxi").with_settings(dict(settings), from_date=POLICY_START)
    )
    for week in YEAR_ENDS:
        yield curves(_advance(model, week).weekly(), FIRST_POLICY_WEEK), None
    weekly = _advance(model, N_WEEKS).weekly()
    whole = curves(weekly, FIRST_POLICY_WEEK), outcome(weekly)
    _finished.put(key, whole)
    yield whole


def without_alliance(seed: int) -> Outcome:
    """Return what the policy years bring to the same children where there never was an alliance."""
    return _without_alliance.get(seed, lambda: _compute_without_alliance(seed))


def _compute_world(seed: int, report: Report) -> World:
    report("compiling", 0)
    with _slots:
        model = AllianceModel(scenario("huaxi"), seed=seed)
    _advance(model, 1)
    _run_reporting(model, FIRST_POLICY_WEEK, report, "past")
    checkpoint = model.checkpoint()
    _run_reporting(model, N_WEEKS, report, "baseline")
    weekly = model.weekly()
    return World(checkpoint, curves(weekly, FIRST_HISTORY_WEEK), outcome(weekly))


def _run_reporting(model: AllianceModel, to_week: int, report: Report, stage: str) -> None:
    from_week = model.week
    while model.week < to_week:
        _advance(model, min(to_week, model.week + YEAR_WEEKS))
        report(stage, (model.week - from_week) / (to_week - from_week))


def _advance(model: AllianceModel, to_week: int) -> AllianceModel:
    """Step the model on, when one of the process's slots is free: about as many runs at once as there are cores."""
    with _slots:
        return model.run_until(to_week)


def _compute_without_alliance(seed: int) -> Outcome:
    model = AllianceModel(scenario("no_alliance"), seed=seed)
    _run_reporting(model, N_WEEKS, lambda _stage, _done: None, "without")
    return outcome(model.weekly())


def n_children() -> int:
    """Return how many children the simulated world has."""
    return int(scenario("huaxi").parameter("population.n_children").value)
