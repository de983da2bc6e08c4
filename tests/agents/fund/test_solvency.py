"""How solvent is the fund, and how much reserve does it want?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.fund.solvency import interest_of_month_fen, is_closed, repaid_fen, reserve_target_fen, solvency_ratio

# Fixed here, so that a recalibration of the declared values breaks no row worked out by hand.
NUMBERS = {
    "premium_weight": 0.18,
    "claims_weight": 0.26,
    "least_ratio": 1.0,
    "reserve_months": 3.0,
    "interest_rate": 0.02,
    "closing_ratio": 0.0,
    "repaid_share": 0.25,
}

capitals = st.floats(-1e11, 1e11)
amounts = st.integers(0, 10**11)


@pytest.mark.unit
def test_capital_of_twice_the_requirement_is_a_ratio_of_two(numbers):
    # 0.18 x 1,000,000 + 0.26 x 500,000 = 310,000
    assert solvency_ratio(numbers("fund.solvency", NUMBERS), 620_000.0, 1_000_000, 500_000) == pytest.approx(2.0)


@pytest.mark.unit
def test_a_fund_in_debt_has_a_negative_ratio(numbers):
    assert solvency_ratio(numbers("fund.solvency", NUMBERS), -310_000.0, 1_000_000, 500_000) == pytest.approx(-1.0)


@pytest.mark.unit
def test_a_fund_of_which_nothing_is_required_just_passes(numbers):
    assert solvency_ratio(numbers("fund.solvency", NUMBERS), 0.0, 0, 0) == 1.0


@pytest.mark.unit
def test_the_reserve_wants_a_quarter_of_a_years_outgo(numbers):
    assert reserve_target_fen(numbers("fund.solvency", NUMBERS), 1_000_003) == 250_000


@pytest.mark.unit
def test_a_reserve_earns_a_twelfth_of_two_percent_and_an_overdraft_nothing(numbers):
    k = numbers("fund.solvency", NUMBERS)
    assert interest_of_month_fen(k, 1_200_100) == 2_000  # 2,000.17 fen
    assert interest_of_month_fen(k, 0) == 0
    assert interest_of_month_fen(k, -1_200_100) == 0


@pytest.mark.unit
@pytest.mark.parametrize(("ratio", "closed"), [(-0.01, True), (0.0, False), (0.5, False), (-3.0, True)])
def test_the_plan_is_closed_when_its_capital_is_gone(numbers, ratio, closed):
    assert bool(is_closed(numbers("fund.solvency", NUMBERS), ratio)) is closed


@pytest.mark.unit
def test_the_founders_get_a_quarter_of_what_lies_above_the_target(numbers):
    k = numbers("fund.solvency", NUMBERS)
    assert repaid_fen(k, 10_000, 20_003, 1.0) == 5_000  # 5,000.75
    assert repaid_fen(k, 3_000, 20_003, 1.0) == 3_000  # no more than they gave
    assert repaid_fen(k, 10_000, -20_003, 1.0) == 0
    assert repaid_fen(k, 10_000, 20_003, 0.99) == 0  # solvency is short
    assert repaid_fen(k, 0, 20_003, 5.0) == 0


@pytest.mark.property
@given(data=st.data(), operating=amounts, above=st.integers(-(10**11), 10**11), ratio=st.floats(-10.0, 10.0))
def test_repaid_capital_never_exceeds_what_was_given_or_what_is_above_the_target(any_numbers, data, operating, above, ratio):
    k = any_numbers(data, "fund.solvency")
    fen = repaid_fen(k, operating, above, ratio)
    assert 0 <= fen <= min(operating, max(0, above))
    assert fen == 0 or ratio >= k.least_ratio


@pytest.mark.property
@given(data=st.data(), one=st.floats(-10.0, 10.0), other=st.floats(-10.0, 10.0))
def test_the_more_solvent_plan_is_never_closed_first(any_numbers, data, one, other):
    k = any_numbers(data, "fund.solvency")
    low, high = sorted((one, other))
    assert is_closed(k, high) <= is_closed(k, low)


@pytest.mark.property
@given(data=st.data(), one=capitals, other=capitals, premium=amounts, claims=amounts)
def test_more_capital_is_never_less_solvent(any_numbers, data, one, other, premium, claims):
    k = any_numbers(data, "fund.solvency")
    low, high = sorted((one, other))
    assert solvency_ratio(k, low, premium, claims) <= solvency_ratio(k, high, premium, claims)


@pytest.mark.property
@given(data=st.data(), capital=st.floats(0.0, 1e11), premium=st.integers(1, 10**11), one=amounts, other=amounts)
def test_more_claims_are_never_more_solvent(any_numbers, data, capital, premium, one, other):
    k = any_numbers(data, "fund.solvency")
    few, many = sorted((one, other))
    assert solvency_ratio(k, capital, premium, many) <= solvency_ratio(k, capital, premium, few)


@pytest.mark.property
@given(data=st.data(), outgo=amounts, reserve=st.integers(-(10**11), 10**11))
def test_target_and_interest_are_never_negative_and_never_above_a_year(any_numbers, data, outgo, reserve):
    k = any_numbers(data, "fund.solvency")
    assert 0 <= reserve_target_fen(k, outgo) <= outgo
    assert 0 <= interest_of_month_fen(k, reserve) <= max(0, reserve)
