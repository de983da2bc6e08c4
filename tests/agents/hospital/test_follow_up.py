"""Whom does the alliance call within 48 hours, and does the call find what was missed?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.hospital.follow_up import minutes_of_calls, p_repaired, share_of_time_left

# Fixed here, so that a recalibration of the declared values breaks no row worked out by hand.
NUMBERS = {
    "share_called": 0.2,
    "p_found": 0.4,
    "minutes_per_call": 4.0,
    "minutes_per_visit": 20.0,
}

shares = st.floats(0.0, 1.0)


@pytest.mark.unit
def test_calls_to_a_fifth_find_eight_of_a_hundred_misses(numbers):
    assert p_repaired(numbers("hospital.follow_up", NUMBERS)) == pytest.approx(0.08)


@pytest.mark.unit
def test_calls_to_a_fifth_take_a_twentysixth_of_the_room(numbers):
    k = numbers("hospital.follow_up", NUMBERS)
    assert minutes_of_calls(k) == pytest.approx(0.8)
    assert share_of_time_left(k) == pytest.approx(25 / 26)  # 20 / 20.8


@pytest.mark.unit
def test_who_calls_nobody_finds_nothing_and_loses_no_time(numbers):
    k = numbers("hospital.follow_up", NUMBERS, share_called=0.0)
    assert (p_repaired(k), minutes_of_calls(k), share_of_time_left(k)) == (0.0, 0.0, 1.0)


@pytest.mark.property
@given(data=st.data(), one=shares, other=shares)
def test_more_calls_never_find_less_and_never_cost_less(any_numbers, data, one, other):
    few, many = sorted((one, other))
    fixed = {
        "p_found": 0.5,
        "minutes_per_call": data.draw(st.floats(1.0, 15.0)),
        "minutes_per_visit": data.draw(st.floats(8.0, 40.0)),
    }
    k_few, k_many = (any_numbers(data, "hospital.follow_up", share_called=share, **fixed) for share in (few, many))
    assert p_repaired(k_few) <= p_repaired(k_many)
    assert minutes_of_calls(k_few) <= minutes_of_calls(k_many)
    assert share_of_time_left(k_many) <= share_of_time_left(k_few)


@pytest.mark.property
@given(data=st.data())
def test_a_call_is_a_probability_and_leaves_some_time(any_numbers, data):
    k = any_numbers(data, "hospital.follow_up")
    assert 0.0 <= p_repaired(k) <= k.p_found
    assert 0.0 < share_of_time_left(k) <= 1.0
