"""Are both policies of a lesson lived through by the same children, and does stopping stop?"""

import numpy as np
import pytest

from dashboard import worlds
from dashboard.rooms.learn import run as running
from dashboard.rooms.learn.lesson import Lesson
from dashboard.rooms.learn.lessons import lesson
from dashboard.texts import Texts
from dashboard.worlds import NotWantedError

pytestmark = pytest.mark.unit

CHILDREN = "2000"


@pytest.fixture(autouse=True)
def _small_world(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLIANCE_CHILDREN", CHILDREN)
    worlds.base.cache_clear()
    yield
    worlds.base.cache_clear()


@pytest.fixture
def spending() -> Lesson:
    found = lesson("surplus_and_its_lag")
    assert found is not None
    return found


def test_nothing_differs_before_anything_took_effect(spending: Lesson) -> None:
    pair = running.pair(spending, running.base_of(spending), 1)
    assert pair.first["first_half"] == pair.second["first_half"]
    assert pair.first_course["first_half"][0] == pair.second_course["first_half"][0]


def test_a_warm_past_gives_the_same_figures_as_a_cold_one(spending: Lesson) -> None:
    base = running.base_of(spending)
    cold = running.pair(spending, base, 2)
    worlds.world(base, 2, lambda *_: None)
    warm = running.pair(spending, base, 2)
    assert warm.second == pytest.approx(cold.second, rel=0, abs=0, nan_ok=True)
    assert all(np.array_equal(cold.second_course[name], warm.second_course[name], equal_nan=True) for name in cold.second_course)


def test_a_run_that_nobody_waits_for_stops(spending: Lesson) -> None:
    def stop(done: float) -> None:
        raise NotWantedError

    with pytest.raises(NotWantedError):
        running.run(spending, stop, n_worlds=3)


def test_progress_reaches_its_end_and_the_figures_are_means(spending: Lesson) -> None:
    heard: list[float] = []
    came = running.run(spending, heard.append, n_worlds=3)
    assert heard[-1] == 1
    figure = came.figures[0]
    assert figure.first == pytest.approx(np.mean([pair.first["first_half"] for pair in came.pairs]))
    assert len(came.pairs) == figure.difference.n_seeds


def test_what_came_is_written_in_both_languages(spending: Lesson) -> None:
    from dashboard.rooms.learn.course import plot
    from dashboard.rooms.learn.outcome import explanation_texts, outcome_texts

    came = running.run(spending, lambda _: None, n_worlds=3)
    for language in ("en", "zh"):
        texts = Texts(language)
        told = outcome_texts(texts, came, spending.predictions[0], int(CHILDREN))
        assert len(told["rows"]) == len(spending.looks)
        assert all(row["words"] and row["first"] and row["difference"] for row in told["rows"])
        assert len(explanation_texts(texts, spending)["why"]) >= 2
        assert [len(plot(texts, came, look).option["series"]) for look in spending.looks] == [4] * len(spending.looks)


def test_a_world_of_its_own_is_another_world() -> None:
    taught = lesson("incentive_that_does_not_arrive")
    assert taught is not None
    assert running.base_of(taught).mark != worlds.base().mark
