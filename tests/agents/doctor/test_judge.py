"""Is a certified doctor satisfied with the platform, and with payment?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.doctor.judge import is_satisfied_with_payment, is_satisfied_with_platform

# Fixed here, so that a recalibration of the declared values breaks no row worked out by hand.
NUMBERS = {
    "tolerated_share": 0.75,
    "spread_of_tolerance": 0.5,
    "minutes_borne": 3.0,
}

fen = st.integers(0, 10**9)
patience = st.floats(0.0, 1.0, exclude_max=True)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("due", "arrived", "how_patient", "is_satisfied"),
    [
        (10_000, 7_500, 0.0, True),  # three quarters of what was due, for the least patient
        (10_000, 7_499, 0.0, False),
        (10_000, 5_625, 0.5, True),  # 0.75 x (1 - 0.5 x 0.5) = 0.5625
        (10_000, 5_624, 0.5, False),
        (10_000, 3_000, 0.0, False),  # what separate accounts pass on
        (0, 0, 0.0, True),
        (1, 0, 0.0, False),  # owed one fen and nothing came
        (10_000, 4_000, 0.9, False),  # 0.75 x (1 - 0.5 x 0.9) = 0.4125
        (10_000, 4_125, 0.9, True),
    ],
)
def test_what_must_arrive_is_the_tolerated_share_less_patience(numbers, due, arrived, how_patient, is_satisfied):
    k = numbers("doctor.judge", NUMBERS)
    assert bool(is_satisfied_with_payment(k, due, arrived, how_patient)) is is_satisfied


@pytest.mark.unit
@pytest.mark.parametrize(
    ("minutes", "how_patient", "is_satisfied"), [(3.0, 0.0, True), (3.1, 0.0, False), (4.5, 0.5, True), (4.6, 0.5, False)]
)
def test_a_record_may_take_as_long_as_patience_lasts(numbers, minutes, how_patient, is_satisfied):
    assert bool(is_satisfied_with_platform(numbers("doctor.judge", NUMBERS), minutes, how_patient)) is is_satisfied


@pytest.mark.property
@given(data=st.data(), due=fen, one=fen, other=fen, how_patient=patience)
def test_who_is_satisfied_with_little_is_satisfied_with_more(any_numbers, data, due, one, other, how_patient):
    k = any_numbers(data, "doctor.judge")
    little, much = sorted((one, other))
    assert is_satisfied_with_payment(k, due, little, how_patient) <= is_satisfied_with_payment(k, due, much, how_patient)


@pytest.mark.property
@given(data=st.data(), due=fen, arrived=fen, minutes=st.floats(0.0, 20.0), one=patience, other=patience)
def test_the_more_patient_are_satisfied_where_the_less_patient_are(any_numbers, data, due, arrived, minutes, one, other):
    k = any_numbers(data, "doctor.judge")
    low, high = sorted((one, other))
    assert is_satisfied_with_payment(k, due, arrived, low) <= is_satisfied_with_payment(k, due, arrived, high)
    assert is_satisfied_with_platform(k, minutes, low) <= is_satisfied_with_platform(k, minutes, high)


@pytest.mark.property
@given(data=st.data(), due=fen, how_patient=patience)
def test_who_is_paid_in_full_never_complains(any_numbers, data, due, how_patient):
    assert is_satisfied_with_payment(any_numbers(data, "doctor.judge"), due, due, how_patient)
