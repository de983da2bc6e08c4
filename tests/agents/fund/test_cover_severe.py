"""What does the plan pay when a member falls severely ill, and what does reinsurance take over?"""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.fund.cover_severe import benefit_fen, cost_yuan, reinsurance_premium_fen, reinsured_fen

# Fixed here, so that a recalibration of the declared values breaks no row worked out by hand.
NUMBERS = {
    "share_covered": 0.5,
    "deductible_yuan": 10_000.0,
    "greatest_benefit_yuan": 200_000.0,
    "share_reinsured": 0.75,
    "retention_yuan": 30_000.0,
    "reinsurance_loading": 0.25,
    "least_cost_yuan": 20_000.0,
    "greatest_cost_yuan": 700_000.0,
    "tail": 2.0,
}

dice = st.floats(0.0, 1.0, exclude_max=True)
fen = st.integers(0, 10**9)


@pytest.mark.unit
def test_three_of_four_severe_illnesses_cost_less_than_twice_the_least(numbers):
    k = numbers("fund.cover_severe", NUMBERS)
    assert cost_yuan(k, 0.0) == pytest.approx(20_000.0)
    assert cost_yuan(k, 0.75) == pytest.approx(40_000.0)  # 20,000 x 0.25^(-1/2)
    assert cost_yuan(k, 0.9999) == 700_000.0  # 2 million, but for the greatest


@pytest.mark.unit
def test_the_plan_pays_half_of_what_lies_above_the_deductible_up_to_the_greatest_benefit(numbers):
    k = numbers("fund.cover_severe", NUMBERS)
    assert benefit_fen(k, 5_000_001) == 2_000_000  # half of 4,000,001, rounded down
    assert benefit_fen(k, 1_000_000) == 0
    assert benefit_fen(k, 60_000_000) == 20_000_000  # half of 590,000 yuan is more than 200,000


@pytest.mark.unit
def test_reinsurance_pays_three_quarters_of_what_lies_above_the_retention(numbers):
    k = numbers("fund.cover_severe", NUMBERS)
    assert reinsured_fen(k, 5_000_000) == 1_500_000
    assert reinsured_fen(k, 3_000_000) == 0
    assert reinsured_fen(k, 0) == 0
    assert reinsured_fen(k, 3_000_003) == 2  # 2.25


@pytest.mark.unit
def test_192_members_of_whom_one_in_sixteen_falls_ill_cost_the_reinsurer_one_payment_a_month(numbers):
    # 192 / 16 / 12 = 1 payment of 1,000.5 fen, and a quarter on top: 1,250.6
    assert reinsurance_premium_fen(numbers("fund.cover_severe", NUMBERS), 192, 1 / 16, 1_000.5) == 1_250


@pytest.mark.unit
def test_a_plan_without_members_pays_no_reinsurance(numbers):
    assert reinsurance_premium_fen(numbers("fund.cover_severe", NUMBERS), 0, 0.001, 1e6) == 0


@pytest.mark.property
@given(data=st.data(), one=dice, other=dice)
def test_costs_rise_with_the_die_within_their_bounds(any_numbers, data, one, other):
    k = any_numbers(data, "fund.cover_severe")
    low, high = sorted((one, other))
    assert k.least_cost_yuan <= cost_yuan(k, low) <= cost_yuan(k, high) <= k.greatest_cost_yuan


@pytest.mark.property
@given(data=st.data(), own=fen)
def test_the_plan_never_pays_more_than_the_family_would_have_and_the_reinsurer_no_more_than_the_plan(any_numbers, data, own):
    k = any_numbers(data, "fund.cover_severe")
    benefit = benefit_fen(k, own)
    assert 0 <= reinsured_fen(k, benefit) <= benefit <= own
    assert benefit <= k.greatest_benefit_yuan * 100.0


@pytest.mark.property
@given(data=st.data(), one=fen, other=fen)
def test_a_dearer_illness_is_never_covered_less(any_numbers, data, one, other):
    k = any_numbers(data, "fund.cover_severe")
    low, high = sorted((one, other))
    assert benefit_fen(k, low) <= benefit_fen(k, high)
    assert reinsured_fen(k, low) <= reinsured_fen(k, high)


@pytest.mark.property
@given(data=st.data(), n=st.integers(0, 10**6), rate=st.floats(0.0001, 0.001), expected=st.floats(0.0, 1e7))
def test_the_reinsurer_never_charges_less_than_it_expects_to_pay(any_numbers, data, n, rate, expected):
    k = any_numbers(data, "fund.cover_severe")
    charged, fair = reinsurance_premium_fen(k, n, rate, expected), n * rate / 12.0 * expected
    assert math.floor(fair * (1.0 - 1e-12)) <= charged <= 2.0 * fair + 1.0
