"""What does invested surplus add, and when?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.centre.invest import added_skill, added_weekly_visits, after_depreciation, invested_skill

# Fixed here, so that a recalibration of the declared values breaks no row worked out by hand.
NUMBERS = {
    "yuan_per_added_weekly_visit": 25000.0,
    "yuan_per_hundredth_of_skill": 4000.0,
    "greatest_invested_skill": 0.08,
    "depreciation": 0.1,
}

yuan = st.floats(0.0, 1e8)
shares = st.floats(0.0, 1.0)


@pytest.mark.unit
def test_half_of_a_hundred_thousand_yuan_buys_two_weekly_visits(numbers):
    assert added_weekly_visits(numbers("centre.invest", NUMBERS), 100_000.0, 0.5) == pytest.approx(2.0)


@pytest.mark.unit
def test_four_thousand_yuan_raise_the_skill_of_one_doctor_by_a_hundredth(numbers):
    assert added_skill(numbers("centre.invest", NUMBERS), 4_000.0, 0.0) == pytest.approx(0.01)
    assert added_skill(numbers("centre.invest", NUMBERS), 100_000.0, 0.5) == pytest.approx(0.125)


@pytest.mark.unit
def test_money_cannot_buy_more_skill_than_declared(numbers):
    k = numbers("centre.invest", NUMBERS)
    assert invested_skill(k, 0.02, 0.03) == pytest.approx(0.05)
    assert invested_skill(k, 0.05, 0.05) == pytest.approx(0.08)


@pytest.mark.unit
def test_a_tenth_of_added_capacity_is_gone_after_a_year(numbers):
    assert after_depreciation(numbers("centre.invest", NUMBERS), 2.0) == pytest.approx(1.8)


@pytest.mark.property
@given(data=st.data(), money=yuan, share=shares)
def test_no_yuan_is_spent_twice(any_numbers, data, money, share):
    k = any_numbers(data, "centre.invest")
    visits, skill = added_weekly_visits(k, money, share), added_skill(k, money, share)
    assert visits >= 0.0
    assert skill >= 0.0
    spent = visits * k.yuan_per_added_weekly_visit + skill * 100.0 * k.yuan_per_hundredth_of_skill
    assert spent == pytest.approx(money, rel=1e-9, abs=1e-9)


@pytest.mark.property
@given(data=st.data(), one=yuan, other=yuan, share=shares)
def test_more_money_never_buys_less(any_numbers, data, one, other, share):
    k = any_numbers(data, "centre.invest")
    low, high = sorted((one, other))
    assert added_weekly_visits(k, low, share) <= added_weekly_visits(k, high, share)
    assert added_skill(k, low, share) <= added_skill(k, high, share)


@pytest.mark.property
@given(data=st.data(), share=shares, added=st.floats(0.0, 5.0))
def test_investing_never_lowers_skill_nor_lifts_it_above_its_ceiling(any_numbers, data, share, added):
    k = any_numbers(data, "centre.invest")
    before = share * k.greatest_invested_skill
    assert before <= invested_skill(k, before, added) <= k.greatest_invested_skill


@pytest.mark.property
@given(data=st.data(), visits=st.floats(0.0, 1e4))
def test_depreciation_never_adds_capacity(any_numbers, data, visits):
    assert 0.0 <= after_depreciation(any_numbers(data, "centre.invest"), visits) <= visits
