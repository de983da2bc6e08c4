"""What does a household make of what its friends say about the alliance's doctors?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.resident.hear import heard, trust_after_closure, trust_after_word

# Fixed here, so that a recalibration of the declared values breaks no row worked out by hand.
NUMBERS = {
    "share_of_bad_news": 0.2,
    "share_of_good_news": 0.05,
    "most_heard": 0.06,
    "loss_at_closure": 0.15,
}

shares = st.floats(0.0, 1.0)
news = st.floats(-2.0, 2.0)


@pytest.mark.unit
def test_bad_news_travels_four_times_as_far_as_good_news(numbers):
    k = numbers("resident.hear", NUMBERS)
    assert heard(k, 0.2, 0.1) == pytest.approx(-0.01)  # 0.05 x 0.2 - 0.2 x 0.1
    assert heard(k, 0.1, 0.0) == pytest.approx(0.005)
    assert heard(k, 0.0, 0.1) == pytest.approx(-0.02)
    assert heard(k, 0.0, 0.0) == 0.0


@pytest.mark.unit
def test_one_friend_moves_trust_by_no_more_than_the_most_heard(numbers):
    k = numbers("resident.hear", NUMBERS)
    assert trust_after_word(k, 0.7, -0.02) == pytest.approx(0.68)
    assert trust_after_word(k, 0.7, -0.5) == pytest.approx(0.64)
    assert trust_after_word(k, 0.7, 0.5) == pytest.approx(0.76)
    assert trust_after_word(k, 0.99, 0.5) == 1.0
    assert trust_after_word(k, 0.02, -0.5) == 0.0


@pytest.mark.unit
def test_everybody_hears_of_the_end_of_the_plan(numbers):
    k = numbers("resident.hear", NUMBERS)
    assert trust_after_closure(k, 0.7) == pytest.approx(0.55)
    assert trust_after_closure(k, 0.1) == 0.0


@pytest.mark.property
@given(data=st.data(), trust=shares, said=news)
def test_trust_stays_within_nought_and_one(any_numbers, data, trust, said):
    k = any_numbers(data, "resident.hear")
    assert 0.0 <= trust_after_word(k, trust, said) <= 1.0
    assert 0.0 <= trust_after_closure(k, trust) <= trust


@pytest.mark.property
@given(data=st.data(), trust=shares, one=news, other=news)
def test_better_news_never_lowers_trust(any_numbers, data, trust, one, other):
    k = any_numbers(data, "resident.hear")
    bad, good = sorted((one, other))
    assert trust_after_word(k, trust, bad) <= trust_after_word(k, trust, good)
    assert abs(trust_after_word(k, trust, bad) - trust) <= k.most_heard + 1e-12


@pytest.mark.property
@given(data=st.data(), gained=shares, lost=shares, more=shares)
def test_what_is_heard_rises_with_gains_and_falls_with_losses(any_numbers, data, gained, lost, more):
    k = any_numbers(data, "resident.hear")
    assert heard(k, gained, lost) <= heard(k, gained + more, lost)
    assert heard(k, gained, lost + more) <= heard(k, gained, lost)
