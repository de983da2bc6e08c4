"""What may be put into words of a difference, and when?"""

import math
from functools import partial

import pytest

from dashboard import figures
from dashboard.judged import Judged, are_settled, is_nothing, judged
from dashboard.rooms.decide.first_figures import WRITERS
from dashboard.texts import LANGUAGES, Texts
from experiments.paired import Difference

pytestmark = pytest.mark.unit

POINTS = partial(figures.points, Texts("en"))


def difference(mean: float, low: float = math.nan, high: float = math.nan) -> Difference:
    return Difference("share_referred", mean, low, high, 10)


@pytest.mark.parametrize(
    ("found", "what"),
    [
        (difference(math.nan), Judged.NO_VALUE),
        (difference(0.01), Judged.ONE_WORLD),
        (difference(0.00004), Judged.SAME),
        (difference(0.01, 0.005, 0.015), Judged.RISES),
        (difference(-0.01, -0.015, -0.005), Judged.FALLS),
        (difference(0.01, -0.005, 0.025), Judged.ALIKE),
        (difference(0.0, -0.01, 0.01), Judged.ALIKE),  # a mean of 0.00 with a wide interval is doubt, not sameness
        (difference(0.0, 0.0, 0.0), Judged.SAME),
        (difference(0.00004, 0.00003, 0.00005), Judged.SAME),  # sure, and nothing that anybody would see
        (difference(0.00002, -0.00001, 0.00004), Judged.SAME),
        (difference(0.00005, 0.00003, 0.00007), Judged.RISES),  # 0.01 points as written
    ],
)
def test_what_a_difference_comes_to(found: Difference, what: Judged) -> None:
    assert judged(found, POINTS) is what
    assert what.is_told == (what in (Judged.RISES, Judged.FALLS))


@pytest.mark.parametrize("found", [difference(0.01, 0.005, 0.015), difference(0.0, 0.0, 0.0), difference(0.0)])
def test_nothing_is_said_while_worlds_are_to_come(found: Difference) -> None:
    assert judged(found, POINTS, is_settled=False) is Judged.OPEN


@pytest.mark.parametrize(
    ("n_done", "n_wanted", "is_settled"),
    [(1, 1, False), (2, 3, False), (3, 3, True), (9, 10, False), (10, 10, True), (10, 5, True)],
)
def test_a_word_waits_for_all_worlds_that_were_asked_for(n_done: int, n_wanted: int, is_settled: bool) -> None:
    assert are_settled(n_done, n_wanted) is is_settled


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", WRITERS)
def test_every_figure_shows_nothing_for_nothing_and_something_for_much(name: str, language: str) -> None:
    write = partial(WRITERS[name][1], Texts(language))
    assert is_nothing(write(0.0))
    assert is_nothing(write(-1e-9))
    assert not is_nothing(write(1e7))
    assert not is_nothing(write(math.nan))


def test_the_digits_of_a_unit_are_no_digits_of_the_number() -> None:
    assert is_nothing("+0.00 per 10,000")
    assert not is_nothing("−0.01 per 10,000")
