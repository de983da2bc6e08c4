"""Is a child who is sent recorded as a referral, or only advised to go?"""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.doctor.record_referral import p_recorded

# Fixed here, so that a recalibration of the declared values breaks no row worked out by hand.
NUMBERS = {
    "p_recorded": 0.9,
    "decline_per_100_yuan": 0.3,
    "decline_when_advised": 0.4,
}

losses = st.floats(-200.0, 300.0)


@pytest.mark.unit
def test_nine_in_ten_are_recorded_when_nothing_speaks_against_it(numbers):
    assert p_recorded(numbers("doctor.record_referral", NUMBERS), 0.0, 0) == pytest.approx(0.9)


@pytest.mark.unit
def test_a_hundred_yuan_lost_lower_recording_by_the_declared_fall(numbers):
    k = numbers("doctor.record_referral", NUMBERS, decline_per_100_yuan=math.log(2.0))
    assert p_recorded(k, 100.0, 0) == pytest.approx(0.45)
    assert p_recorded(k, 200.0, 0) == pytest.approx(0.225)


@pytest.mark.unit
def test_a_bonus_for_referring_makes_recording_no_more_likely(numbers):
    assert p_recorded(numbers("doctor.record_referral", NUMBERS), -150.0, 0) == pytest.approx(0.9)


@pytest.mark.unit
def test_who_was_advised_for_too_many_records_less(numbers):
    k = numbers("doctor.record_referral", NUMBERS, decline_when_advised=math.log(3.0), decline_per_100_yuan=math.log(2.0))
    assert p_recorded(k, 0.0, 1) == pytest.approx(0.3)
    assert p_recorded(k, 100.0, 1) == pytest.approx(0.15)


@pytest.mark.property
@given(data=st.data(), one=losses, other=losses, is_advised=st.integers(0, 1))
def test_recording_is_a_probability_that_falls_with_what_it_costs(any_numbers, data, one, other, is_advised):
    k = any_numbers(data, "doctor.record_referral")
    low, high = sorted((one, other))
    assert 0.0 <= p_recorded(k, high, is_advised) <= p_recorded(k, low, is_advised) <= k.p_recorded
    assert p_recorded(k, low, 1) <= p_recorded(k, low, 0)
