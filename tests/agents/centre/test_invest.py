"""What does invested surplus add, and when?"""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.centre.invest import (
    added_green_numbers,
    added_skill,
    added_weekly_visits,
    after_depreciation,
    invested_skill,
    saved_by_platform,
)

# Fixed here, so that a recalibration of the declared values breaks no row worked out by hand.
NUMBERS = {
    "yuan_per_added_weekly_visit": 25000.0,
    "yuan_per_hundredth_of_skill": 4000.0,
    "greatest_invested_skill": 0.08,
    "depreciation": 0.1,
    "greatest_saving": 0.5,
    "yuan_of_platform": 300_000.0,
    "yuan_per_green_number": 5_000.0,
}

yuan = st.floats(0.0, 1e8)
shares = st.floats(0.0, 1.0)


@pytest.mark.unit
def test_fifty_thousand_yuan_buy_two_weekly_visits(numbers):
    assert added_weekly_visits(numbers("centre.invest", NUMBERS), 50_000.0) == pytest.approx(2.0)


@pytest.mark.unit
def test_four_thousand_yuan_raise_the_skill_of_one_doctor_by_a_hundredth(numbers):
    assert added_skill(numbers("centre.invest", NUMBERS), 4_000.0) == pytest.approx(0.01)
    assert added_skill(numbers("centre.invest", NUMBERS), 50_000.0) == pytest.approx(0.125)


@pytest.mark.unit
def test_money_cannot_buy_more_skill_than_declared(numbers):
    k = numbers("centre.invest", NUMBERS)
    assert invested_skill(k, 0.02, 0.03) == pytest.approx(0.05)
    assert invested_skill(k, 0.05, 0.05) == pytest.approx(0.08)
    assert invested_skill(k, 0.1, 0.01) == 0.1  # bought while more was allowed


@pytest.mark.unit
def test_the_first_platform_saves_most(numbers):
    k = numbers("centre.invest", NUMBERS)
    assert saved_by_platform(k, 0.0) == 0.0
    assert saved_by_platform(k, 300_000.0 * math.log(2.0)) == pytest.approx(0.25)  # half of the half
    assert saved_by_platform(k, 600_000.0 * math.log(2.0)) == pytest.approx(0.375)


@pytest.mark.unit
def test_twelve_and_a_half_thousand_yuan_buy_two_and_a_half_green_numbers_for_a_year(numbers):
    assert added_green_numbers(numbers("centre.invest", NUMBERS), 12_500.0) == pytest.approx(2.5)


@pytest.mark.unit
def test_a_tenth_of_added_capacity_is_gone_after_a_year(numbers):
    assert after_depreciation(numbers("centre.invest", NUMBERS), 2.0) == pytest.approx(1.8)


@pytest.mark.property
@given(data=st.data(), money=yuan)
def test_what_is_bought_is_worth_what_was_paid(any_numbers, data, money):
    k = any_numbers(data, "centre.invest")
    assert added_weekly_visits(k, money) * k.yuan_per_added_weekly_visit == pytest.approx(money, rel=1e-9, abs=1e-9)
    assert added_skill(k, money) * 100.0 * k.yuan_per_hundredth_of_skill == pytest.approx(money, rel=1e-9, abs=1e-9)
    assert added_green_numbers(k, money) * k.yuan_per_green_number == pytest.approx(money, rel=1e-9, abs=1e-9)


@pytest.mark.property
@given(data=st.data(), one=yuan, other=yuan)
def test_more_money_never_buys_less(any_numbers, data, one, other):
    k = any_numbers(data, "centre.invest")
    low, high = sorted((one, other))
    assert 0.0 <= added_weekly_visits(k, low) <= added_weekly_visits(k, high)
    assert 0.0 <= added_skill(k, low) <= added_skill(k, high)
    assert 0.0 <= added_green_numbers(k, low) <= added_green_numbers(k, high)
    assert 0.0 <= saved_by_platform(k, low) <= saved_by_platform(k, high) <= k.greatest_saving


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
