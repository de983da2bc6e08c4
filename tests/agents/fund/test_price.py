"""What will the premium be next year?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.fund.price import next_premium_yuan
from model.parameters import declarations

# Fixed here, so that a recalibration of the declared values breaks no row worked out by hand.
NUMBERS = {
    "response": 1.0,
    "target_loss_ratio": 0.7,
    "greatest_change": 0.25,
}

premiums = st.floats(1.0, 5_000.0)
ratios = st.floats(0.0, 5.0)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("loss_ratio", "premium"),
    [
        (0.7, 100.0),
        (0.8, 110.0),
        (0.6, 90.0),
        (1.5, 125.0),  # 0.8 above the target, but a quarter at most
        (0.0, 75.0),
    ],
)
def test_the_premium_follows_the_loss_ratio_by_a_quarter_at_most(numbers, loss_ratio, premium):
    assert next_premium_yuan(numbers("fund.price", NUMBERS), 100.0, loss_ratio) == pytest.approx(premium)


@pytest.mark.unit
def test_without_response_the_price_is_left_to_the_planner(numbers):
    assert next_premium_yuan(numbers("fund.price", NUMBERS, response=0.0), 85.0, 3.0) == 85.0


@pytest.mark.unit
def test_the_sharpest_cut_that_is_allowed_leaves_something_to_pay(numbers):
    highest = declarations()["fund.price.greatest_change"].high
    k = numbers("fund.price", NUMBERS, response=2.0, target_loss_ratio=1.0, greatest_change=highest)
    assert next_premium_yuan(k, 100.0, 0.0) > 0.0, "households weigh what membership is worth against the premium"


@pytest.mark.property
@given(data=st.data(), premium=premiums, one=ratios, other=ratios)
def test_more_claims_never_lower_the_premium(any_numbers, data, premium, one, other):
    k = any_numbers(data, "fund.price")
    low, high = sorted((one, other))
    assert next_premium_yuan(k, premium, low) <= next_premium_yuan(k, premium, high)


@pytest.mark.property
@given(data=st.data(), premium=premiums, loss_ratio=ratios)
def test_no_year_moves_the_premium_further_than_allowed_or_to_nothing(any_numbers, data, premium, loss_ratio):
    k = any_numbers(data, "fund.price")
    after = next_premium_yuan(k, premium, loss_ratio)
    assert abs(after / premium - 1.0) <= k.greatest_change + 1e-12
    assert after > 0.0
