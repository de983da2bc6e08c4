"""Does a household join the plan, and does it stay at renewal?"""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.resident.join import p_consider, p_join, p_lapse, security_yuan, willingness_yuan

# Fixed here, so that a recalibration of the declared values breaks no row worked out by hand.
NUMBERS = {
    "p_of_itself": 0.01,
    "p_by_neighbours": 0.12,
    "log_odds_per_log_value": 1.5,
    "relative_loading": 0.5,
    "yuan_of_security": 45.0,
    "income_elasticity": 0.4,
    "lapse_rate": 0.2,
    "relative_lapse_healthy": 1.3,
    "lapse_log_odds_per_trust": -2.0,
}

risks = st.floats(0.05, 6.0)
yuan = st.floats(1.0, 2000.0)
premiums = st.floats(40.0, 800.0)
benefits = st.floats(0.0, 1000.0)
incomes = st.floats(5_000.0, 2_000_000.0)
MEAN_INCOME = 120_000.0


@pytest.mark.unit
def test_a_household_of_mean_risk_and_income_pays_for_benefit_loading_and_security(numbers):
    k = numbers("resident.join", NUMBERS)
    assert security_yuan(k, MEAN_INCOME, MEAN_INCOME) == pytest.approx(45.0)
    assert willingness_yuan(k, 60.0, 1.0, 45.0) == pytest.approx(60.0 * 1.5 + 45.0)
    assert willingness_yuan(k, 60.0, 2.0, 45.0) == pytest.approx(60.0 * 2.0 * 1.5 + 45.0)


@pytest.mark.unit
def test_four_times_the_income_doubles_the_worth_of_security_at_elasticity_one_half(numbers):
    k = numbers("resident.join", NUMBERS, income_elasticity=0.5)
    assert security_yuan(k, 4.0 * MEAN_INCOME, MEAN_INCOME) == pytest.approx(90.0)


@pytest.mark.unit
def test_where_half_the_neighbours_are_members_one_in_fourteen_considers(numbers):
    k = numbers("resident.join", NUMBERS)
    assert p_consider(k, 0.0) == pytest.approx(0.01)
    assert p_consider(k, 0.5) == pytest.approx(0.07)


@pytest.mark.unit
def test_half_of_those_who_consider_join_when_it_is_worth_its_premium(numbers):
    assert p_join(numbers("resident.join", NUMBERS), 0.07, 130.0, 130.0) == pytest.approx(0.035)


@pytest.mark.unit
def test_three_of_four_who_consider_join_when_it_is_worth_three_premiums(numbers):
    assert p_join(numbers("resident.join", NUMBERS, log_odds_per_log_value=1.0), 0.08, 300.0, 100.0) == pytest.approx(0.06)


@pytest.mark.unit
def test_a_household_at_the_mean_of_everything_lapses_at_the_declared_rate(numbers):
    assert p_lapse(numbers("resident.join", NUMBERS), 0.0, 1.0, 130.0, 130.0) == pytest.approx(0.2)


@pytest.mark.unit
def test_half_the_mean_risk_raises_the_odds_of_lapsing_as_declared(numbers):
    odds = 0.2 / 0.8 * 1.3
    assert p_lapse(numbers("resident.join", NUMBERS), 0.0, 0.5, 130.0, 130.0) == pytest.approx(odds / (1.0 + odds))


@pytest.mark.unit
def test_worth_twice_its_premium_halves_the_odds_of_lapsing(numbers):
    k = numbers("resident.join", NUMBERS, log_odds_per_log_value=1.0)
    assert p_lapse(k, 0.0, 1.0, 260.0, 130.0) == pytest.approx(1.0 / 9.0)


@pytest.mark.unit
def test_trust_health_and_worth_multiply_the_odds_of_lapsing(numbers):
    k = numbers(
        *("resident.join", NUMBERS),
        lapse_log_odds_per_trust=-10.0 * math.log(2.0),
        relative_lapse_healthy=1.5,
        log_odds_per_log_value=1.0,
    )
    # odds 1/4, halved by a tenth more trust, times 1.5 at half the mean risk, a third at three premiums: 1/16
    assert p_lapse(k, 0.1, 0.5, 390.0, 130.0) == pytest.approx(1 / 17)
    # at twice the mean risk 1.5 x 1.5 lower: 1/4 / 2.25 = 1/9
    assert p_lapse(k, 0.0, 2.0, 130.0, 130.0) == pytest.approx(1 / 10)


@pytest.mark.unit
def test_trust_above_the_mean_keeps_members(numbers):
    odds = 0.2 / 0.8 * math.exp(-2.0 * 0.1)
    assert p_lapse(numbers("resident.join", NUMBERS), 0.1, 1.0, 130.0, 130.0) == pytest.approx(odds / (1.0 + odds))


@pytest.mark.property
@given(data=st.data(), share=st.floats(0.0, 1.0), willingness=yuan, premium=premiums)
def test_joining_is_a_probability_never_above_that_of_considering(any_numbers, data, share, willingness, premium):
    k = any_numbers(data, "resident.join")
    considers = p_consider(k, share)
    assert 0.0 <= p_join(k, considers, willingness, premium) <= considers <= 1.0


@pytest.mark.property
@given(data=st.data(), willingness=yuan, one=premiums, other=premiums)
def test_joining_falls_with_premium_and_lapsing_rises(any_numbers, data, willingness, one, other):
    k = any_numbers(data, "resident.join")
    cheap, dear = sorted((one, other))
    assert p_join(k, 0.1, willingness, dear) <= p_join(k, 0.1, willingness, cheap)
    assert p_lapse(k, 0.0, 1.0, willingness, cheap) <= p_lapse(k, 0.0, 1.0, willingness, dear)


@pytest.mark.property
@given(data=st.data(), gap=st.floats(-0.7, 0.35), one=risks, other=risks, willingness=yuan, premium=premiums)
def test_the_healthy_lapse_more(any_numbers, data, gap, one, other, willingness, premium):
    k = any_numbers(data, "resident.join")
    healthy, frail = sorted((one, other))
    p_healthy, p_frail = (p_lapse(k, gap, risk, willingness, premium) for risk in (healthy, frail))
    assert 0.0 <= p_frail <= p_healthy <= 1.0


@pytest.mark.property
@given(data=st.data(), benefit=benefits, one=risks, other=risks, income=incomes)
def test_those_who_expect_to_be_ill_are_willing_to_pay_more(any_numbers, data, benefit, one, other, income):
    k = any_numbers(data, "resident.join")
    healthy, frail = sorted((one, other))
    security = security_yuan(k, income, MEAN_INCOME)
    low, high = (willingness_yuan(k, benefit, risk, security) for risk in (healthy, frail))
    assert 0.0 <= low <= high


@pytest.mark.property
@given(data=st.data(), one=st.floats(-0.7, 0.35), other=st.floats(-0.7, 0.35), risk=risks)
def test_trust_in_accredited_doctors_never_drives_members_out(any_numbers, data, one, other, risk):
    k = any_numbers(data, "resident.join")
    low, high = sorted((one, other))
    assert p_lapse(k, high, risk, 130.0, 130.0) <= p_lapse(k, low, risk, 130.0, 130.0)


@pytest.mark.property
@given(data=st.data(), one=st.floats(0.0, 1.0), other=st.floats(0.0, 1.0))
def test_word_of_mouth_never_works_backwards(any_numbers, data, one, other):
    k = any_numbers(data, "resident.join")
    few, many = sorted((one, other))
    assert p_consider(k, few) <= p_consider(k, many)
