"""Do the effects of single levers and of leaving them out add up as they are said to?"""

import math

import pytest

from dashboard import worlds
from dashboard.rooms.compare import effects, why
from dashboard.rooms.compare.beside import Entry
from dashboard.rooms.compare.effects import Effects
from dashboard.texts import Texts

pytestmark = pytest.mark.unit

ENGLISH = Texts("en")
FIGURE = "share_referred"
A, B = ("fund.pay.yuan_per_avoided_referral", 200.0), ("hospital.accredit.pass_rate", 0.6)
BOTH = (A, B)
TRAINING, REVIEW = ("hospital.support.share_for_training", 1.0), ("hospital.support.share_for_review", 0.9)


def rows(*values: float) -> list[dict[str, float]]:
    return [dict.fromkeys(effects.FIGURES, value) for value in values]


def made(a: list[float], b: list[float], both: list[float]) -> Effects:
    """Two worlds in which the baseline has 10."""
    return Effects(("m", BOTH, 1, 2), BOTH, {(): rows(10, 10), BOTH: rows(*both), (A,): rows(*a), (B,): rows(*b)})


def entry(settings: tuple[tuple[str, float], ...]) -> Entry:
    return Entry("made", "A", 0, worlds.base(), settings)


def test_a_lever_alone_is_set_against_the_baseline_and_added_last_against_the_others() -> None:
    found = made([12, 14], [11, 11], [16, 18])
    alone, last = found.alone(A[0], FIGURE), found.last(A[0], FIGURE)
    assert alone is not None
    assert last is not None
    assert (alone.mean, last.mean, found.whole(FIGURE).mean) == (3, 6, 7)


def test_what_levers_do_only_together_is_the_rest() -> None:
    found = made([12, 14], [11, 11], [16, 18])
    together, sums = found.together(FIGURE), found.sum_of_alone(FIGURE)
    assert together is not None
    assert sums is not None
    assert (sums.mean, together.mean, together.sign) == (4, 3, 1)


def test_a_rest_that_luck_can_make_is_said_to_be_none() -> None:
    found = made([12, 14], [11, 11], [12, 17])
    assert why.together_text(ENGLISH, found.together(FIGURE)).startswith("Whether the levers do anything only together cannot")


def test_a_lever_that_no_world_can_have_alone_leaves_the_sum_open() -> None:
    found = Effects(("m", BOTH, 1, 2), BOTH, {(): rows(10, 10), BOTH: rows(16, 18), (A,): rows(12, 14)})
    assert found.alone(B[0], FIGURE) is None
    assert found.together(FIGURE) is None
    assert not math.isnan(found.whole(FIGURE).mean)


def test_every_variant_is_simulated_once() -> None:
    assert effects.variants(entry(BOTH)) == [(), BOTH, (A,), (B,)]
    three = (*BOTH, ("hospital.follow_up.share_called", 1.0))
    assert len(effects.variants(entry(three))) == 8


def test_a_variant_that_contradicts_itself_is_left_out() -> None:
    found = effects.variants(entry((TRAINING, REVIEW)))
    assert (TRAINING, REVIEW) not in found
    assert () in found


def test_the_picture_has_two_bars_a_lever_and_says_so_in_its_table() -> None:
    plot = why.plot(ENGLISH, entry(BOTH), made([12, 14], [11, 11], [16, 18]), FIGURE)
    bars = [one for one in plot.option["series"] if one["type"] == "line" and len(one["data"]) == 2 and one["data"][0][0] == 0]
    assert len(bars) == 5
    assert len(plot.table.rows) == 3
    assert plot.table.frame is not None
    assert set(plot.table.frame["effect"]) == {"whole", "sum_of_alone", "only_together", "alone", "added_last"}


@pytest.mark.parametrize(("settings", "words"), [((), "moves no lever"), ((A,), "one lever only")])
def test_a_policy_of_no_lever_or_one_needs_no_taking_apart(settings: tuple[tuple[str, float], ...], words: str) -> None:
    assert words in " ".join(why.said(ENGLISH, entry(settings), None, FIGURE))
