"""What does a visitor see while moves, other worlds and failures come in quick succession?

The worlds are made by hand and stop at gates, so that every order of events can be brought about without a clock.
"""

import threading
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from dashboard import state, worlds
from dashboard.picture import Picture
from dashboard.state import Session

pytestmark = pytest.mark.unit

LIMIT = 30.0
EXAMINATION = "hospital.accredit.pass_rate"
SHARED = worlds.World(checkpoint=None, baseline={"line": [0.0] * 422}, baseline_outcome={"figure": 0.0})


class Stage:
    """Stands in for the engine: each year of a run waits to be let through; what is shown is written down."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.session = Session("en")
        self.shown: list[tuple[int, float | None, bool]] = []
        self.years = threading.Semaphore(0)
        self.is_in_year = threading.Semaphore(0)
        self.is_whole = threading.Semaphore(0)
        self.fails: set[float] = set()
        monkeypatch.setattr(state.worlds, "world", lambda seed, report: SHARED)
        monkeypatch.setattr(state.worlds, "policy_run", self._run)
        monkeypatch.setattr(Session, "_compare", lambda session, seed: None)
        self.session.picture.subscribe(self._write_down)

    def _run(self, seed: int, settings: Mapping[str, float], shared: object) -> Iterator[tuple[Any, Any]]:
        for year in range(1, 6):
            self.is_in_year.release()
            assert self.years.acquire(timeout=LIMIT)
            if settings[EXAMINATION] in self.fails:
                raise RuntimeError("made to fail")
            yield {"line": [1.0] * 52 * year}, {"figure": 1.0} if year == 5 else None

    def _write_down(self, picture: Picture | None) -> None:
        assert picture is not None
        self.shown.append((picture.seed, picture.settings.get(EXAMINATION), picture.is_whole))
        if picture.is_whole:
            self.is_whole.release()

    def wait(self, gate: threading.Semaphore) -> None:
        assert gate.acquire(timeout=LIMIT)


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    made = Stage(monkeypatch)
    yield made
    made.session.stop()
    made.years.release(100)


def test_the_first_picture_is_the_baseline_against_itself(stage: Stage) -> None:
    stage.session.start()
    stage.wait(stage.is_whole)
    assert stage.shown == [(1, None, True)]


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
    assert is_told.wait(LIMIT)
    stage.session.move(EXAMINATION, 0.3)
    assert stage.session.problem.value is None
    stage.wait(stage.is_whole)
    assert stage.shown[-1] == (1, 0.3, True)
    assert "made to fail" in caplog.text


def test_the_default_counts_as_unchanged_and_values_stay_in_range(stage: Stage) -> None:
    declared = worlds.scenario("huaxi").parameter(EXAMINATION)
    stage.session.move(EXAMINATION, 7.0)
    assert dict(stage.session.wish.settings) == {EXAMINATION: declared.high}
    stage.session.move(EXAMINATION, declared.value)
    assert stage.session.wish.settings == ()


@pytest.mark.parametrize("seed", [0, 10_000, 1.5, "2", None])
def test_a_world_number_that_does_not_exist_is_refused(stage: Stage, seed: object) -> None:
    stage.session.enter_world(seed)
    assert stage.session.problem.value == "seed"
    assert stage.session.wish.seed == 1


def test_two_sessions_share_no_choice(stage: Stage) -> None:
    other = Session("zh")
    stage.session.move(EXAMINATION, 0.2)
    assert other.wish.settings == ()
    assert other.picture.value is None
    other.stop()


def _wait_until_no_simulation_runs() -> None:
    for thread in threading.enumerate():
        if thread.name == "simulation":
            thread.join(LIMIT)
