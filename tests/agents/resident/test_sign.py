"""Does the household sign with a family doctor, and does it stay signed?"""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.resident.sign import p_leaves, signs, trust_when_signed

# Fixed here, so that a recalibration of the declared values breaks no row worked out by hand.
NUMBERS = {
    "p_sign": 0.02,
    "leave_rate": 0.2,
    "log_odds_per_trust": math.log(2.0) / 0.1,
    "trust_gained": 0.04,
}

shares = st.floats(0.0, 1.0)
gaps = st.floats(-0.8, 0.5)


@pytest.mark.unit
def test_two_of_a_hundred_sign_after_a_visit_that_helped(numbers):
    k = numbers("resident.sign", NUMBERS)
    assert signs(k, 0.019)
    assert not signs(k, 0.02)


@pytest.mark.unit
def test_a_fifth_leave_at_mean_trust_and_a_tenth_more_trust_halves_the_odds(numbers):
    k = numbers("resident.sign", NUMBERS)
    assert p_leaves(k, 0.0) == pytest.approx(1 / 5)
    assert p_leaves(k, 0.1) == pytest.approx(1 / 9)  # odds 1 to 4 become 1 to 8
    assert p_leaves(k, -0.1) == pytest.approx(1 / 3)


@pytest.mark.unit
def test_signing_closes_a_twentyfifth_of_the_gap_to_full_trust(numbers):
    k = numbers("resident.sign", NUMBERS)
    assert trust_when_signed(k, 0.5) == pytest.approx(0.52)
    assert trust_when_signed(k, 0.75) == pytest.approx(0.76)
    assert trust_when_signed(k, 1.0) == 1.0


@pytest.mark.property
@given(data=st.data(), one=gaps, other=gaps)
def test_trust_never_drives_out_of_a_contract(any_numbers, data, one, other):
    k = any_numbers(data, "resident.sign")
    low, high = sorted((one, other))
    assert 0.0 <= p_leaves(k, high) <= p_leaves(k, low) <= 1.0


@pytest.mark.property
@given(data=st.data(), trust=shares)
def test_signing_never_costs_trust_or_lifts_it_above_one(any_numbers, data, trust):
    assert trust <= trust_when_signed(any_numbers(data, "resident.sign"), trust) <= 1.0


@pytest.mark.property
@given(data=st.data(), die=st.floats(0.0, 1.0, exclude_max=True))
def test_no_more_sign_than_declared(any_numbers, data, die):
    k = any_numbers(data, "resident.sign")
    assert bool(signs(k, die)) == (die < k.p_sign)
