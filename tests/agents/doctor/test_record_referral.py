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
}

losses = st.floats(-200.0, 300.0)


@pytest.mark.unit
def test_nine_in_ten_are_recorded_when_nothing_speaks_against_it(numbers):
    assert p_recorded(numbers("doctor.record_referral", NUMBERS), 0.0) == pytest.approx(0.9)


@pytest.mark.unit
def test_a_hundred_yuan_lost_lower_recording_by_the_declared_fall(numbers):
    k = numbers("doctor.record_referral", NUMBERS, decline_per_100_yuan=math.log(2.0))
    assert p_recorded(k, 100.0) == pytest.approx(0.45)
    assert p_recorded(k, 200.0) == pytest.approx(0.225)


@pytest.mark.unit
def test_a_bonus_for_referring_makes_recording_no_more_likely(numbers):
    assert p_recorded(numbers("doctor.record_referral", NUMBERS), -150.0) == pytest.approx(0.9)


@pytest.mark.property
@given(data=st.data(), one=losses, other=losses)
def test_recording_is_a_probability_that_falls_with_what_it_costs(any_numbers, data, one, other):
    k = any_numbers(data, "doctor.record_referral")
    low, high = sorted((one, other))
    assert 0.0 <= p_recorded(k, high) <= p_recorded(k, low) <= k.p_recorded
