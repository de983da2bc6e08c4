"""How are the experts' hours divided, and what do they bring?"""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.hospital.support import clinic_visits_lost, effort, hours, net_benefit_per_hour, supervised_share

# Fixed here, so that a recalibration of the declared values breaks no row worked out by hand.
NUMBERS = {
    "n_experts": 19,
    "hours_per_week": 40.0,
    "hours_per_supervised_case": 0.25,
    "visits_per_hour": 6.0,
    "backfill": 0.9,
    "log_odds_of_effort": 0.0,
    "log_odds_per_100_yuan": math.log(3.0),
    "adaptation": 0.3,
    "yuan_per_complex_case": 2400.0,
}

shares = st.floats(0.0, 0.2)
visits = st.floats(0.0, 5000.0)
saved = st.floats(0.0, 0.8)
yuan = st.floats(-500.0, 1000.0)


@pytest.mark.unit
def test_nineteen_experts_give_thirty_four_hours_a_week_to_training(numbers):
    k = numbers("hospital.support", NUMBERS)
    assert hours(k, 0.045, 1.0) == pytest.approx(34.2)
    assert hours(k, 0.045, 0.5) == pytest.approx(17.1)
    assert hours(k, 0.0, 1.0) == 0.0


@pytest.mark.unit
def test_a_quarter_of_an_hour_a_case_supervises_ninety_of_a_hundred_visits(numbers):
    assert supervised_share(numbers("hospital.support", NUMBERS), 22.5, 100.0, 0.0) == pytest.approx(0.9)


@pytest.mark.unit
def test_a_week_with_one_visit_or_none_is_supervised_as_far_as_the_hours_go(numbers):
    k = numbers("hospital.support", NUMBERS)
    assert supervised_share(k, 0.1, 1.0, 0.0) == pytest.approx(0.4)
    assert supervised_share(k, 0.1, 0.0, 0.0) == pytest.approx(0.4)


@pytest.mark.unit
def test_no_visit_is_supervised_twice(numbers):
    k = numbers("hospital.support", NUMBERS)
    assert supervised_share(k, 22.5, 10.0, 0.0) == 1.0
    assert supervised_share(k, 22.5, 0.0, 0.0) == 1.0


@pytest.mark.unit
def test_a_platform_that_saves_half_the_time_supervises_twice_as_many(numbers):
    k = numbers("hospital.support", NUMBERS)
    assert supervised_share(k, 10.0, 100.0, 0.0) == pytest.approx(0.4)
    assert supervised_share(k, 10.0, 100.0, 0.5) == pytest.approx(0.8)


@pytest.mark.unit
def test_an_hour_for_the_alliance_brings_pay_and_cases_and_costs_what_nobody_fills_in(numbers):
    k = numbers("hospital.support", NUMBERS)
    # 40 + 10 x (2,400 + 60) / 100 = 40 + 246; an hour in the clinic is 6 x 336 x 0.1 = 201.6
    assert net_benefit_per_hour(k, 40.0, 10, 60.0, 100.0, 336.0) == pytest.approx(84.4)
    assert net_benefit_per_hour(k, 40.0, 0, 60.0, 0.0, 336.0) == pytest.approx(-161.6)


@pytest.mark.unit
def test_effort_moves_three_tenths_of_the_way_a_quarter(numbers):
    k = numbers("hospital.support", NUMBERS)
    assert effort(k, 1.0, 0.0) == pytest.approx(0.85)  # half way down from one to one half
    assert effort(k, 1.0, 100.0) == pytest.approx(0.925)  # odds of three to one
    assert effort(k, 0.0, -100.0) == pytest.approx(0.075)


@pytest.mark.unit
def test_an_hour_given_costs_the_visits_that_nobody_fills_in(numbers):
    assert clinic_visits_lost(numbers("hospital.support", NUMBERS), 50.0) == pytest.approx(30.0)


@pytest.mark.property
@given(data=st.data(), review=st.floats(0.0, 500.0), one=visits, other=visits, saved=saved)
def test_supervision_is_a_share_that_thins_out_with_visits(any_numbers, data, review, one, other, saved):
    k = any_numbers(data, "hospital.support")
    few, many = sorted((one, other))
    assert 0.0 <= supervised_share(k, review, many, saved) <= supervised_share(k, review, few, saved) <= 1.0
    assert supervised_share(k, review, many, 0.0) <= supervised_share(k, review, many, saved)


@pytest.mark.property
@given(data=st.data(), review=st.floats(0.0, 500.0), n=visits)
def test_experts_never_review_longer_than_they_have_hours(any_numbers, data, review, n):
    k = any_numbers(data, "hospital.support")
    assert supervised_share(k, review, n, 0.0) * n * k.hours_per_supervised_case <= review * (1.0 + 1e-9) + 1e-9


@pytest.mark.property
@given(data=st.data(), training=shares, review=shares)
def test_hours_add_up_and_cost_no_more_visits_than_they_hold(any_numbers, data, training, review):
    k = any_numbers(data, "hospital.support")
    both = hours(k, training, 1.0) + hours(k, review, 1.0)
    assert both == pytest.approx(hours(k, training + review, 1.0))
    assert 0.0 <= clinic_visits_lost(k, both) <= both * k.visits_per_hour


@pytest.mark.property
@given(data=st.data(), before=st.floats(0.0, 1.0), one=yuan, other=yuan)
def test_effort_is_a_share_that_rises_with_what_the_alliance_brings(any_numbers, data, before, one, other):
    k = any_numbers(data, "hospital.support")
    low, high = sorted((one, other))
    assert 0.0 <= effort(k, before, low) <= effort(k, before, high) <= 1.0


@pytest.mark.property
@given(
    data=st.data(), paid=st.floats(0.0, 400.0), one=st.integers(0, 500), other=st.integers(0, 500), given_=st.floats(0.0, 2000.0)
)
def test_pay_and_cases_never_make_the_alliance_worth_less(any_numbers, data, paid, one, other, given_):
    k = any_numbers(data, "hospital.support")
    few, many = sorted((one, other))
    assert net_benefit_per_hour(k, paid, few, 60.0, given_, 336.0) <= net_benefit_per_hour(k, paid, many, 60.0, given_, 336.0)
    assert net_benefit_per_hour(k, 0.0, few, 60.0, given_, 336.0) <= net_benefit_per_hour(k, paid, few, 60.0, given_, 336.0)


@pytest.mark.property
@given(data=st.data(), share=shares, one=st.floats(0.0, 1.0), other=st.floats(0.0, 1.0))
def test_less_effort_never_gives_more_hours(any_numbers, data, share, one, other):
    k = any_numbers(data, "hospital.support")
    low, high = sorted((one, other))
    assert 0.0 <= hours(k, share, low) <= hours(k, share, high)
