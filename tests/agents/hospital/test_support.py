"""How are the experts' hours divided, and what do they bring?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.hospital.support import clinic_visits_lost, hours, supervised_share

# Fixed here, so that a recalibration of the declared values breaks no row worked out by hand.
NUMBERS = {
    "n_experts": 19,
    "hours_per_week": 40.0,
    "hours_per_supervised_case": 0.25,
    "visits_per_hour": 6.0,
    "backfill": 0.9,
}

shares = st.floats(0.0, 0.2)
visits = st.floats(0.0, 5000.0)


@pytest.mark.unit
def test_nineteen_experts_give_thirty_four_hours_a_week_to_training(numbers):
    k = numbers("hospital.support", NUMBERS)
    assert hours(k, 0.045) == pytest.approx(34.2)
    assert hours(k, 0.0) == 0.0


@pytest.mark.unit
def test_a_quarter_of_an_hour_a_case_supervises_ninety_of_a_hundred_visits(numbers):
    assert supervised_share(numbers("hospital.support", NUMBERS), 22.5, 100.0) == pytest.approx(0.9)


@pytest.mark.unit
def test_a_week_with_one_visit_or_none_is_supervised_as_far_as_the_hours_go(numbers):
    k = numbers("hospital.support", NUMBERS)
    assert supervised_share(k, 0.1, 1.0) == pytest.approx(0.4)
    assert supervised_share(k, 0.1, 0.0) == pytest.approx(0.4)


@pytest.mark.unit
def test_no_visit_is_supervised_twice(numbers):
    k = numbers("hospital.support", NUMBERS)
    assert supervised_share(k, 22.5, 10.0) == 1.0
    assert supervised_share(k, 22.5, 0.0) == 1.0


@pytest.mark.unit
def test_an_hour_given_costs_the_visits_that_nobody_fills_in(numbers):
    assert clinic_visits_lost(numbers("hospital.support", NUMBERS), 50.0) == pytest.approx(30.0)


@pytest.mark.property
@given(data=st.data(), review=st.floats(0.0, 500.0), one=visits, other=visits)
def test_supervision_is_a_share_that_thins_out_with_visits(any_numbers, data, review, one, other):
    k = any_numbers(data, "hospital.support")
    few, many = sorted((one, other))
    assert 0.0 <= supervised_share(k, review, many) <= supervised_share(k, review, few) <= 1.0


@pytest.mark.property
@given(data=st.data(), review=st.floats(0.0, 500.0), n=visits)
def test_experts_never_review_longer_than_they_have_hours(any_numbers, data, review, n):
    k = any_numbers(data, "hospital.support")
    assert supervised_share(k, review, n) * n * k.hours_per_supervised_case <= review * (1.0 + 1e-9) + 1e-9


@pytest.mark.property
@given(data=st.data(), training=shares, review=shares)
def test_hours_add_up_and_cost_no_more_visits_than_they_hold(any_numbers, data, training, review):
    k = any_numbers(data, "hospital.support")
    both = hours(k, training) + hours(k, review)
    assert both == pytest.approx(hours(k, training + review))
    assert 0.0 <= clinic_visits_lost(k, both) <= both * k.visits_per_hour
