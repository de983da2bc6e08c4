"""What does a visitor see while moves, other worlds and failures come in quick succession?

The worlds are made by hand and stop at gates, so that every order of events can be brought about without a clock.
"""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, cast

import numpy as np
import pytest

from dashboard import address, simulation, worlds
from dashboard.band import Picture
from dashboard.choice import Settings
from dashboard.session import Session
from dashboard.worlds import Run, World
from tests.patience import SECONDS

pytestmark = pytest.mark.unit

EXAMINATION = "hospital.accredit.pass_rate"
PREMIUM = "fund.plan.premium_yuan"


def made_world(base: worlds.Base, seed: int) -> World:
    return World(
        base,
        seed,
        checkpoint=cast("Any", None),
        baseline={"line": np.zeros(422)},
        baseline_outcome={"figure": 0.0},
        baseline_hash="b",
    )


class Stage:
    """Stands in for the engine: each year of a run waits to be let through; what is shown is written down."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.session = Session("en", query="worlds=1")
        self.shown: list[tuple[int, float | None, bool]] = []
        self.years = threading.Semaphore(0)
        self.is_in_year = threading.Semaphore(0)
        self.is_whole = threading.Semaphore(0)
        self.fails: set[float] = set()
        monkeypatch.setattr(simulation.worlds, "world", lambda base, seed, *_, **__: made_world(base, seed))
        monkeypatch.setattr(simulation.worlds, "policy_run", self._run)
        monkeypatch.setattr(simulation.worlds, "whole_run", self._whole)
        monkeypatch.setattr(simulation.Simulation, "_compare", lambda self, base, choice: None)
        self.session.picture.subscribe(self._write_down)

    def _run(self, shared: World, settings: Settings, is_wanted: Callable[[], bool], **_: Any) -> Iterator[Run]:
        for year in range(1, 6):
            self.is_in_year.release()
            assert self.years.acquire(timeout=SECONDS)
            if not is_wanted():
                raise worlds.NotWantedError
            if dict(settings).get(EXAMINATION) in self.fails:
                raise RuntimeError("made to fail")
            yield Run({"line": np.ones(52 * year)}, {"figure": 1.0} if year == 5 else None, "h")

    def _whole(self, shared: World, settings: Settings, is_wanted: Callable[[], bool]) -> Run:
        *_, whole = self._run(shared, settings, is_wanted)
        return whole

    def _write_down(self, picture: Picture | None) -> None:
        assert picture is not None
        self.shown.append((picture.choice.seed, dict(picture.choice.settings).get(EXAMINATION), picture.is_whole))
        if picture.is_whole:
            self.is_whole.release()

    def wait(self, gate: threading.Semaphore) -> None:
        assert gate.acquire(timeout=SECONDS)


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    made = Stage(monkeypatch)
    yield made
    made.session.stop()
    made.years.release(100)
    _wait_until_no_simulation_runs()  # a thread of this test would eat the years of the next


def test_the_first_picture_is_the_baseline_against_itself(stage: Stage) -> None:
    stage.session.start()
    stage.years.release(5)
    stage.wait(stage.is_whole)
    assert stage.shown[-1] == (1, None, True)


def test_a_run_grows_year_by_year_and_is_whole_at_the_end(stage: Stage) -> None:
    stage.session.move(EXAMINATION, 0.2)
    stage.years.release(5)
    stage.wait(stage.is_whole)
    assert stage.shown == [(1, 0.2, False)] * 4 + [(1, 0.2, True)]


def test_older_results_are_never_shown_after_newer_ones(stage: Stage) -> None:
    stage.session.move(EXAMINATION, 0.2)
    stage.wait(stage.is_in_year)
    for value in (0.3, 0.4, 0.5):
        stage.session.move(EXAMINATION, value)
    stage.years.release(10)
    stage.wait(stage.is_whole)
    stage.wait(stage.is_whole)
    values = [value for _, value, _ in stage.shown]
    assert values == [0.2] * 5 + [0.5] * 5


def test_a_run_for_the_old_world_is_given_up_when_another_world_is_asked_for(stage: Stage) -> None:
    stage.session.move(EXAMINATION, 0.2)
    stage.wait(stage.is_in_year)
    stage.session.enter_world(2)
    stage.years.release(10)
    stage.wait(stage.is_whole)
    assert {seed for seed, _, _ in stage.shown} == {2}


def test_nothing_is_shown_after_the_visitor_left(stage: Stage) -> None:
    stage.session.move(EXAMINATION, 0.2)
    stage.wait(stage.is_in_year)
    stage.session.stop()
    stage.years.release(10)
    _wait_until_no_simulation_runs()
    assert stage.shown == []


def test_a_failed_simulation_is_said_in_plain_words_and_the_next_move_works(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    stage.fails.add(0.2)
    is_told = threading.Event()
    stage.session.problem.subscribe(lambda problem: is_told.set() if problem == "simulation" else None)
    stage.session.move(EXAMINATION, 0.2)
    stage.years.release(10)
    assert is_told.wait(SECONDS)
    stage.session.move(EXAMINATION, 0.3)
    assert stage.session.problem.value is None
    stage.wait(stage.is_whole)
    assert stage.shown[-1] == (1, 0.3, True)
    assert "made to fail" in caplog.text


def test_the_default_counts_as_unchanged_and_values_stay_in_range(stage: Stage) -> None:
    declared = worlds.base().scenario.parameter(EXAMINATION)
    stage.session.move(EXAMINATION, 7.0)
    assert dict(stage.session.choice.settings) == {EXAMINATION: declared.high}
    stage.session.move(EXAMINATION, declared.value)
    assert stage.session.choice.settings == ()


@pytest.mark.parametrize("seed", [0, 10_000, 1.5, "2", None])
def test_a_world_number_that_does_not_exist_is_refused(stage: Stage, seed: object) -> None:
    stage.session.enter_world(seed)
    assert stage.session.problem.value == "seed"
    assert stage.session.choice.seed == 1


def test_two_sessions_share_no_choice(stage: Stage) -> None:
    other = Session("zh")
    stage.session.move(EXAMINATION, 0.2)
    assert other.choice.settings == ()
    assert other.picture.value is None
    other.stop()


def test_further_worlds_follow_the_first_and_give_way_to_the_next_move(stage: Stage) -> None:
    stage.session.take_worlds(3)
    stage.years.release(15)
    for _ in range(3):
        stage.wait(stage.is_whole)
    assert [picture[2] for picture in stage.shown] == [False] * 4 + [True] * 3
    stage.session.move(EXAMINATION, 0.2)
    stage.years.release(5)
    stage.wait(stage.is_whole)
    for _ in range(15 + 5 + 1):
        stage.wait(stage.is_in_year)
    stage.session.move(EXAMINATION, 0.3)
    stage.years.release(20)
    for _ in range(3):
        stage.wait(stage.is_whole)
    assert [picture for picture in stage.shown if picture[1] == 0.2] == [(1, 0.2, False)] * 4 + [(1, 0.2, True)]
    assert stage.shown[-1] == (1, 0.3, True)


def test_a_drag_is_one_step_back_and_forth(stage: Stage) -> None:
    session = stage.session
    for value in (0.2, 0.3, 0.4):
        session.move(EXAMINATION, value)
    session.settle()
    session.move(PREMIUM, 100.0)
    session.settle()
    session.undo()
    assert dict(session.choice.settings) == {EXAMINATION: 0.4}
    session.undo()
    assert session.choice.settings == ()
    session.redo()
    session.redo()
    assert dict(session.choice.settings) == {EXAMINATION: 0.4, PREMIUM: 100.0}
    session.redo()
    assert dict(session.choice.settings) == {EXAMINATION: 0.4, PREMIUM: 100.0}
    session.reset()
    assert session.choice.settings == ()
    session.undo()
    assert dict(session.choice.settings) == {EXAMINATION: 0.4, PREMIUM: 100.0}
    session.move(EXAMINATION, 0.5)
    session.settle()
    assert session.steps.value[1] == ()


def test_levers_that_contradict_each_other_are_refused_in_words(stage: Stage) -> None:
    told = threading.Event()
    stage.session.problem.subscribe(lambda problem: told.set() if problem == "refused" else None)
    impossible = (("hospital.support.share_for_training", 0.2), ("no.such.lever", 0.9))
    stage.session.change(replace(stage.session.choice, settings=impossible))
    assert told.wait(SECONDS)
    assert stage.shown == []


def test_kept_policies_stand_in_the_address_and_at_most_six_are_kept(stage: Stage) -> None:
    session = stage.session
    for number in range(7):
        session.move(PREMIUM, 100.0 + number)
        session.keep(f"policy {number}")
    session.keep("policy 6")
    assert [one.name for one in session.choice.kept] == [f"policy {number}" for number in range(1, 7)]
    again = Session("en", *address.written(session.visit_now()).split("?"))
    assert again.choice == session.choice
    again.stop()


def test_going_back_in_the_browser_restores_room_places_and_choice(stage: Stage) -> None:
    session = stage.session
    session.move(EXAMINATION, 0.2)
    path, query = address.written(session.visit_now()).split("?")
    session.reset()
    session.visit(path, query)
    assert dict(session.choice.settings) == {EXAMINATION: 0.2}


def _wait_until_no_simulation_runs() -> None:
    for thread in threading.enumerate():
        if thread.name == "simulation":
            thread.join(SECONDS)
