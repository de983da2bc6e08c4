"""How soon does the hospital see a referred child, and does it see what is there?"""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.hospital.admit import days_in_ordinary_queue, has_green_number

# Fixed here, so that a recalibration of the declared values breaks no row worked out by hand.
NUMBERS = {
    "is_green_for_members_only": 0,
    "days_by_green_channel": 1.0,
    "days_by_ordinary_queue": 4.0,
}

REFERENCE, GREATEST = 0.85, 0.98
utilisations = st.floats(0.0, 1.0)


@pytest.mark.unit
def test_the_last_green_number_is_given_and_no_more(numbers):
    k = numbers("hospital.admit", NUMBERS)
    assert has_green_number(k, 3, 4, 0)
    assert not has_green_number(k, 4, 4, 1)
    assert not has_green_number(k, 0, 0, 1)


@pytest.mark.unit
def test_a_channel_for_members_is_closed_to_the_others(numbers):
    k = numbers("hospital.admit", NUMBERS, is_green_for_members_only=1)
    assert has_green_number(k, 0, 4, 1)
    assert not has_green_number(k, 0, 4, 0)


@pytest.mark.unit
def test_at_the_reference_utilisation_the_queue_takes_the_declared_days(numbers):
    assert (
        days_in_ordinary_queue(numbers("hospital.admit", NUMBERS, days_by_ordinary_queue=4.5), REFERENCE, REFERENCE, GREATEST) == 4
    )


@pytest.mark.unit
def test_half_the_free_room_takes_more_than_twice_the_days(numbers):
    # odds of being full 0.925 / 0.075 = 12.33 against 0.85 / 0.15 = 5.67: 2.18 times four days are 8.7
    assert days_in_ordinary_queue(numbers("hospital.admit", NUMBERS), 0.925, REFERENCE, GREATEST) == 8


@pytest.mark.unit
def test_an_empty_hospital_is_no_faster_than_the_green_channel(numbers):
    assert days_in_ordinary_queue(numbers("hospital.admit", NUMBERS), 0.0, REFERENCE, GREATEST) == 1
    assert days_in_ordinary_queue(numbers("hospital.admit", NUMBERS), 0.5, REFERENCE, GREATEST) == 1


@pytest.mark.unit
def test_an_overfull_hospital_has_a_queue_of_finite_length(numbers):
    # odds at 0.98 are 49: 49 / 5.667 x 4 days = 34.6
    assert days_in_ordinary_queue(numbers("hospital.admit", NUMBERS), 1.0, REFERENCE, GREATEST) == 34


@pytest.mark.property
@given(data=st.data(), one=utilisations, other=utilisations, reference=st.floats(0.7, 0.95))
def test_the_queue_grows_with_utilisation_and_is_never_shorter_than_the_green_channel(any_numbers, data, one, other, reference):
    k = any_numbers(data, "hospital.admit")
    low, high = (days_in_ordinary_queue(k, u, reference, GREATEST) for u in sorted((one, other)))
    assert math.floor(k.days_by_green_channel) <= low <= high


@pytest.mark.property
@given(data=st.data(), given_=st.integers(0, 60), numbers_=st.integers(0, 50), is_member=st.integers(0, 1))
def test_no_more_green_numbers_are_given_than_there_are(any_numbers, data, given_, numbers_, is_member):
    k = any_numbers(data, "hospital.admit")
    assert given_ < numbers_ or not has_green_number(k, given_, numbers_, is_member)
    assert has_green_number(k, given_, numbers_, 1) or not has_green_number(k, given_, numbers_, 0)
