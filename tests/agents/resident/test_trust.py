"""How does a visit move the household's trust in that kind of provider?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.resident.trust import trust_after_miss, trust_after_visit

# Fixed here, so that a recalibration of the declared values breaks no row worked out by hand.
NUMBERS = {
    "gain_at_mean": 0.015,
    "loss_over_gain": 3.0,
    "loss_of_missed": 0.043,
}

MEAN = 0.684
shares = st.floats(0.0, 1.0)
means = st.floats(0.57, 0.8)


@pytest.mark.unit
def test_at_mean_trust_a_visit_that_helped_adds_the_declared_gain(numbers):
    assert trust_after_visit(numbers("resident.trust", NUMBERS), MEAN, MEAN, 1) == pytest.approx(0.684 + 0.015)


@pytest.mark.unit
def test_at_mean_trust_a_visit_that_did_not_help_takes_three_times_as_much(numbers):
    assert trust_after_visit(numbers("resident.trust", NUMBERS), MEAN, MEAN, 0) == pytest.approx(0.684 - 0.045)


@pytest.mark.unit
def test_at_mean_trust_a_miss_takes_the_declared_loss(numbers):
    assert trust_after_miss(numbers("resident.trust", NUMBERS), MEAN, MEAN) == pytest.approx(0.684 - 0.043)


@pytest.mark.unit
def test_who_trusts_half_as_much_loses_half_as_much(numbers):
    k = numbers("resident.trust", NUMBERS)
    assert trust_after_visit(k, MEAN / 2, MEAN, 0) == pytest.approx(0.342 - 0.0225)
    assert trust_after_miss(k, MEAN / 2, MEAN) == pytest.approx(0.342 - 0.0215)


@pytest.mark.unit
def test_what_is_missing_to_full_trust_is_what_can_be_gained(numbers):
    # at a mean of 0.75 a gain of 0.015 is 0.06 of what is missing: 0.03 of one half, 0.048 of four fifths
    k = numbers("resident.trust", NUMBERS)
    assert trust_after_visit(k, 0.5, 0.75, 1) == pytest.approx(0.53)
    assert trust_after_visit(k, 0.2, 0.75, 1) == pytest.approx(0.248)


@pytest.mark.unit
def test_full_trust_cannot_grow_and_no_trust_cannot_fall(numbers):
    k = numbers("resident.trust", NUMBERS)
    assert trust_after_visit(k, 1.0, MEAN, 1) == 1.0
    assert trust_after_visit(k, 0.0, MEAN, 0) == 0.0
    assert trust_after_miss(k, 0.0, MEAN) == 0.0


@pytest.mark.property
@given(data=st.data(), trust=shares, mean=means)
def test_trust_stays_within_nought_and_one(any_numbers, data, trust, mean):
    k = any_numbers(data, "resident.trust")
    for after in (
        trust_after_visit(k, trust, mean, 1),
        trust_after_visit(k, trust, mean, 0),
        trust_after_miss(k, trust, mean),
    ):
        assert 0.0 <= after <= 1.0


@pytest.mark.property
@given(data=st.data(), trust=shares, mean=means)
def test_help_never_lowers_trust_and_failure_never_raises_it(any_numbers, data, trust, mean):
    k = any_numbers(data, "resident.trust")
    assert trust_after_visit(k, trust, mean, 1) >= trust
    assert trust_after_visit(k, trust, mean, 0) <= trust
    assert trust_after_miss(k, trust, mean) <= trust


@pytest.mark.property
@given(data=st.data(), mean=means)
def test_at_mean_trust_loss_over_gain_is_the_declared_ratio(any_numbers, data, mean):
    k = any_numbers(data, "resident.trust", loss_over_gain=3.0)
    gain, loss = trust_after_visit(k, mean, mean, 1) - mean, mean - trust_after_visit(k, mean, mean, 0)
    assert loss == pytest.approx(3.0 * gain, rel=1e-9)


@pytest.mark.property
@given(data=st.data(), one=shares, other=shares, mean=means)
def test_the_same_experience_never_swaps_two_families(any_numbers, data, one, other, mean):
    k = any_numbers(data, "resident.trust")
    low, high = sorted((one, other))
    for is_resolved in (0, 1):
        assert trust_after_visit(k, low, mean, is_resolved) <= trust_after_visit(k, high, mean, is_resolved) + 1e-15
