"""Which simulated world does a seed stand for, and what of it do all visitors share?

The burn-in, the history, the baseline's policy years and the checkpoint at the end of history are the same for everybody
who looks at one scenario and one seed: they are computed once and kept for as long as somebody looks at them; those that a newcomer
sees first are always kept. A policy run starts from the checkpoint.
The environment variable ALLIANCE_CHILDREN replaces the number of children, for quick trials and tests.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path

from dashboard.choice import CASE, USUAL_NUMBER_OF_WORLDS, Settings, with_policy
from dashboard.lookers import Lookers
from dashboard.picture import Curves, Outcome, curves, outcome
from dashboard.shelf import Shelf
from dashboard.turns import Turns
from experiments.answers.readings import fingerprint_of
from model import calendar
from model.alliance import AllianceModel, Checkpoint
from model.calendar import FIRST_HISTORY_WEEK, FIRST_POLICY_WEEK
from model.memory import available_bytes
from model.refusal import ScenarioError, shortened
from model.scenario import Scenario, load_scenario

YEAR_WEEKS = 52
SCENARIOS = Path(__file__).resolve().parent.parent / "scenarios"
CHILDREN = "population.n_children"
NO_ALLIANCE = {"hospital.accredit.is_running": 0, "fund.plan.is_running": 0}

Report = Callable[[str, float], None]
"""Called with the name of the stage and the share of it that is done [0 to 1]."""
IsWanted = Callable[[], bool]
"""Whether anybody still waits for the result."""


def unreported(_stage: str, _done: float) -> None:
    """Report to nobody."""


class NotWantedError(Exception):
    """Nobody waits for this run any more."""


@dataclass(frozen=True, eq=False)
class Base:
    """A scenario as the dashboard runs it; `mark` is the same for scenarios that say the same."""

    name: str
    scenario: Scenario
    mark: str

    @property
    def last_week(self) -> int:
        """Weeks from the first day of the burn-in to the end of the policy years."""
        return calendar.end_of_policy(self.scenario.policy_years)

    @property
    def n_policy_weeks(self) -> int:
        """Weeks from the first policy year to the end."""
        return self.last_week - FIRST_POLICY_WEEK

    @property
    def n_children(self) -> int:
        """How many children live in the world."""
        return int(self.scenario.values[CHILDREN])

    @property
    def last_year(self) -> int:
        """The last policy year that is simulated to its end."""
        return calendar.POLICY_START.year + self.scenario.policy_years


@dataclass(frozen=True, eq=False)
class Baseline:
    """What is seen of a world under the scenario's own rules: light enough to be kept by everybody who looks."""

    base: Base
    seed: int
    baseline: Curves
    baseline_outcome: Outcome
    baseline_hash: str


@dataclass(frozen=True, eq=False)
class World(Baseline):
    """What all visitors of one scenario and seed share; a checkpoint takes some 45 MB."""

    checkpoint: Checkpoint

    @property
    def seen(self) -> Baseline:
        """The world without its checkpoint, which a picture must not keep from being let go."""
        return Baseline(self.base, self.seed, self.baseline, self.baseline_outcome, self.baseline_hash)


@dataclass(frozen=True, eq=False)
class Run:
    """A policy's years in one world, as far as they are computed; with the last come outcome and hash."""

    curves: Curves
    outcome: Outcome | None = None
    result_hash: str = ""


SEEN_FIRST = range(1, 1 + USUAL_NUMBER_OF_WORLDS)
"""The seeds of the case that a newcomer looks at."""
turns = Turns(os.cpu_count() or 1)
MOST_WORLDS, FEWEST_WORLDS, SHARE_OF_MEMORY, WORLD_BYTES = 40, 4, 0.1, 50e6
"""So many worlds are kept at most as fit into this share of the memory that is free at the start."""
_worlds: Shelf[tuple[str, int], World] = Shelf(
    room=max(FEWEST_WORLDS, min(MOST_WORLDS, int(available_bytes() * SHARE_OF_MEMORY / WORLD_BYTES)))
)
_lookers: Lookers[tuple[str, int]] = Lookers()
_outcomes: Shelf[tuple[str, int, Settings], Outcome] = Shelf(room=2000)
_finished: Shelf[tuple[str, int, Settings], Run] = Shelf(room=600)


@cache
def base(name: str = CASE) -> Base:
    """Return a scenario of the folder by its path without ending, such as "huaxi"; raises ScenarioError."""
    if not _is_name(name):
        raise ScenarioError("scenario", f"there is no {shortened(name)}", "allowed is one of the Library")
    return base_of(name, load_scenario(SCENARIOS / f"{name}.toml"))


def _is_name(name: str) -> bool:
    """[bool] Whether a scenario of the folder has this name; another spelling of its path is no other scenario."""
    try:
        path = (SCENARIOS / f"{name}.toml").resolve(strict=True)
        return path.is_file() and path.relative_to(SCENARIOS).with_suffix("").as_posix() == name
    except (OSError, ValueError):  # not there, not beneath the folder, no path at all
        return False


def base_of(name: str, scenario: Scenario) -> Base:
    """Return a scenario as it is run here, with the number of children that the environment asks for."""
    asked = os.environ.get("ALLIANCE_CHILDREN")
    if asked and not asked.isdecimal():
        raise ValueError(f"ALLIANCE_CHILDREN is {asked!r}; allowed is a whole number of children")
    if asked and scenario.district is None:
        scenario = scenario.with_settings({CHILDREN: int(asked)}, where="ALLIANCE_CHILDREN")
    return Base(name, scenario, fingerprint_of(scenario))


@cache
def declared_children(name: str) -> int:
    """Return how many children a scenario of the folder has by itself."""
    return int(load_scenario(SCENARIOS / f"{name}.toml").values[CHILDREN])


def world(of: Base, seed: int, report: Report, is_wanted: IsWanted = lambda: True, *, is_behind: bool = False) -> World:
    """Return the seed's world, computed by the first who asks for it; raises NotWantedError when nobody does any more."""
    return _worlds.get((of.mark, seed), lambda: _compute_world(of, seed, report, is_wanted, is_behind=is_behind))


def look(who: object, wanted: Iterable[tuple[Base, Iterable[int]]]) -> None:
    """Somebody looks at the worlds of some scenarios and seeds from now on, and no longer at others."""
    _lookers.look(who, ((of.mark, seed) for of, seeds in wanted for seed in seeds))
    _let_go()


def leave(who: object) -> None:
    """Somebody looks at no world any more."""
    _lookers.leave(who)
    _let_go()


def _let_go() -> None:
    looked_at, first = _lookers.all_keys(), base().mark
    _worlds.keep(lambda key: key in looked_at or (key[0] == first and key[1] in SEEN_FIRST))


def is_warm(of: Base, seed: int) -> bool:
    """Return whether the seed's world is there already."""
    return _worlds.peek((of.mark, seed)) is not None


def policy_run(
    shared: World, settings: Settings, is_wanted: IsWanted = lambda: True, *, is_behind: bool = False, ticket: int | None = None
) -> Iterator[Run]:
    """Yield the policy years as they grow, a year at a time; the last is whole. Raises NotWantedError."""
    if not settings:
        policy = {name: values[calendar.HISTORY_WEEKS :] for name, values in shared.baseline.items()}
        yield Run(policy, shared.baseline_outcome, shared.baseline_hash)
        return
    key = (shared.base.mark, shared.seed, settings)
    if (found := _finished.peek(key)) is not None:
        yield found
        return
    # In front a run keeps its turn to the end: equal runs that share cores all end late, and each holds a world meanwhile.
    whole_turn = nullcontext() if is_behind else turns.turn(is_behind=False, ticket=ticket)
    each_turn = partial(turns.turn, is_behind=True) if is_behind else nullcontext
    with whole_turn, lent(policy_model(shared, settings)) as model:
        for week in year_ends(shared.base):
            _advance(model, week, is_wanted, each_turn)
            yield Run(curves(model.weekly(), FIRST_POLICY_WEEK))
        weekly = _advance(model, shared.base.last_week, is_wanted, each_turn).weekly()
        whole = Run(curves(weekly, FIRST_POLICY_WEEK), outcome(weekly), model.result_hash())
    _finished.put(key, whole)
    yield whole


def whole_run(shared: World, settings: Settings, is_wanted: IsWanted = lambda: True) -> Run:
    """Return a policy's years behind what others wait for; raises NotWantedError."""
    with turns.seat(is_wanted) as is_free:
        if not is_free:
            raise NotWantedError
        *_, whole = policy_run(shared, settings, is_wanted, is_behind=True)
        return whole


def policy_model(shared: World, settings: Settings) -> AllianceModel:
    """Return the world at the end of history, about to enter a policy's years.

    The potential illnesses that it draws are not kept with the checkpoint: they would double its size to save a twentieth
    of a run.
    """
    checkpoint = replace(shared.checkpoint, streams={})
    return AllianceModel.from_checkpoint(checkpoint, with_policy(shared.base.scenario, settings))


def year_ends(of: Base) -> range:
    """Return the weeks at which a growing run is shown; the last year, with its odd week, ends with the run."""
    return range(FIRST_POLICY_WEEK + YEAR_WEEKS, of.last_week - YEAR_WEEKS + 1, YEAR_WEEKS)


def without_alliance(of: Base, seed: int, is_wanted: IsWanted = lambda: True) -> Outcome:
    """Return what the policy years bring to the same children where there never was an alliance."""
    return outcome_from_start(base_of(of.name, of.scenario.with_settings(NO_ALLIANCE)), seed, (), is_wanted)


def outcome_from_start(of: Base, seed: int, settings: Settings = (), is_wanted: IsWanted = lambda: True) -> Outcome:
    """Return an outcome and keep nothing else of the world; for worlds that are compared and not looked at."""
    return _outcomes.get((of.mark, seed, settings), lambda: _compute_outcome(of, seed, settings, is_wanted))


def _compute_outcome(of: Base, seed: int, settings: Settings, is_wanted: IsWanted) -> Outcome:
    with lent(AllianceModel(with_policy(of.scenario, settings), seed=seed)) as model:
        return outcome(walk(model, of.last_week, is_wanted).weekly())


def _compute_world(of: Base, seed: int, report: Report, is_wanted: IsWanted, *, is_behind: bool) -> World:
    report("compiling", 0)
    with turns.turn(is_behind=is_behind):
        opened = AllianceModel(of.scenario, seed=seed)
    with lent(opened) as model:
        _advance(model, 1, is_wanted, partial(turns.turn, is_behind=is_behind))
        past = walk(model, FIRST_POLICY_WEEK, is_wanted, lambda done: report("past", done), is_behind=is_behind)
        checkpoint = past.checkpoint()
        walk(model, of.last_week, is_wanted, lambda done: report("baseline", done), is_behind=is_behind)
        weekly = model.weekly()
        return World(of, seed, curves(weekly, FIRST_HISTORY_WEEK), outcome(weekly), model.result_hash(), checkpoint)


@contextmanager
def lent(model: AllianceModel) -> Iterator[AllianceModel]:
    """Give a model for a while and take its world away at once afterwards.

    A Mesa model and its agents refer to each other; the collector, which counts objects and not bytes, would leave some
    fifty megabytes of each lying about.
    """
    try:
        yield model
    finally:
        vars(model).clear()


def walk(
    model: AllianceModel, to_week: int, is_wanted: IsWanted = lambda: True, report: Callable[[float], None] = lambda _: None,
    *, is_behind: bool = True,
) -> AllianceModel:  # fmt: skip
    """Step a model on, a year at a time, behind what others wait for; raises NotWantedError."""
    from_week = model.week
    while model.week < to_week:
        _advance(model, min(to_week, model.week + YEAR_WEEKS), is_wanted, partial(turns.turn, is_behind=is_behind))
        report((model.week - from_week) / (to_week - from_week))
    return model


def _advance(
    model: AllianceModel, to_week: int, is_wanted: IsWanted, turn: Callable[[], AbstractContextManager[None]]
) -> AllianceModel:
    """Step the model on, when it is its turn: about as many runs at once as there are cores."""
    with turn():
        if not is_wanted():
            raise NotWantedError
        return model.run_until(to_week)


def warm() -> None:
    """Compute the case's first worlds, so that nobody has to wait for them."""
    for seed in SEEN_FIRST:
        world(base(), seed, unreported, is_behind=True)
