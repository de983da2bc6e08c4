"""How much room does a provider have at this hour, and how long do families expect to wait?"""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.centre.wait import capacity_of_day, expected_utilisation, has_room, wait_hours

# Fixed here, so that a recalibration of the declared values breaks no row worked out by hand.
NUMBERS = {
    "reference_utilisation": 0.85,
    "greatest_hours": 8.0,
    "smoothing": 0.25,
}

shares = st.floats(0.0, 1.0)
rates = st.floats(0.0, 2000.0)
days = st.integers(0, 4000)


@pytest.mark.unit
def test_a_quarter_of_a_visit_a_day_makes_a_whole_one_every_fourth_day():
    assert [capacity_of_day(6.25, day) for day in range(5)] == [6, 6, 6, 7, 6]


@pytest.mark.unit
def test_the_last_place_is_given_and_no_more():
    # five children of the zone, half of ten patients from elsewhere, one more: eleven
    assert has_room(5, 10.0, 0.5, 11)
    assert not has_room(5, 10.0, 0.5, 10)
    assert not has_room(0, 0.0, 0.0, 0)


@pytest.mark.unit
def test_families_wait_the_declared_hours_at_the_reference_utilisation(numbers):
    k = numbers("centre.wait", NUMBERS)
    assert wait_hours(k, 1.97, 0.85) == pytest.approx(1.97)
    assert wait_hours(k, 0.4, 0.85) == pytest.approx(0.4)


@pytest.mark.unit
def test_an_empty_place_has_no_wait_and_a_full_one_a_day(numbers):
    k = numbers("centre.wait", NUMBERS)
    assert wait_hours(k, 1.97, 0.0) == 0.0
    assert wait_hours(k, 1.97, 1.0) == 8.0
    assert wait_hours(k, 1.97, 0.99) == 8.0


@pytest.mark.unit
def test_at_even_odds_of_being_full_the_wait_is_one_over_the_reference_odds(numbers):
    assert wait_hours(numbers("centre.wait", NUMBERS, reference_utilisation=0.8), 2.0, 0.5) == pytest.approx(0.5)


@pytest.mark.unit
def test_families_move_a_quarter_of_the_way_to_what_they_saw(numbers):
    assert expected_utilisation(numbers("centre.wait", NUMBERS), 0.5, 0.9) == pytest.approx(0.6)


@pytest.mark.property
@given(rate=rates, day=days, n=st.integers(1, 60))
def test_no_visit_is_lost_to_rounding(rate, day, n):
    total = sum(capacity_of_day(rate, d) for d in range(day, day + n))
    assert total == math.floor(rate * (day + n)) - math.floor(rate * day)
    assert abs(total - rate * n) < 1.0 + 1e-6


@pytest.mark.property
@given(rate=rates, day=days)
def test_capacity_of_a_day_is_never_negative(rate, day):
    assert capacity_of_day(rate, day) >= 0


@pytest.mark.property
@given(data=st.data(), hours=st.floats(0.1, 3.48), one=shares, other=shares)
def test_wait_grows_with_utilisation_up_to_a_day(any_numbers, data, hours, one, other):
    k = any_numbers(data, "centre.wait")
    low, high = sorted((one, other))
    assert 0.0 <= wait_hours(k, hours, low) <= wait_hours(k, hours, high) <= k.greatest_hours


@pytest.mark.property
@given(data=st.data(), expected=shares, seen=shares)
def test_expected_utilisation_lies_between_what_was_expected_and_what_was_seen(any_numbers, data, expected, seen):
    after = expected_utilisation(any_numbers(data, "centre.wait"), expected, seen)
    assert min(expected, seen) - 1e-12 <= after <= max(expected, seen) + 1e-12


@pytest.mark.property
@given(n=st.integers(0, 50), background=st.floats(0.0, 50.0), one=shares, other=shares, capacity=st.integers(0, 100))
def test_a_place_that_is_full_does_not_empty_as_the_day_goes_on(n, background, one, other, capacity):
    early, late = sorted((one, other))
    assert has_room(n, background, early, capacity) or not has_room(n, background, late, capacity)
