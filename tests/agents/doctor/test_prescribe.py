"""Does the doctor prescribe an antibiotic?"""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.doctor.prescribe import drug_margin, p_prescribed

# Fixed here, so that a recalibration of the declared values breaks no row worked out by hand. Odds of one to three
# without need, nine times that with need; skill and advice halve the odds of what
# is not needed, a hundred yuan of fine makes them a third.
NUMBERS = {
    "log_odds_unneeded": -math.log(3.0),
    "log_odds_of_need": math.log(9.0),
    "log_odds_per_skill": 2.0 * math.log(2.0),
    "log_odds_per_margin": math.log(2.0) / 0.15,
    "log_odds_per_advice": math.log(2.0),
    "log_odds_per_100_yuan": math.log(3.0),
    "margin_private": 0.15,
    "margin_public": 0.0,
}

flags = st.integers(0, 1)
skills = st.floats(0.0, 1.0)
margins = st.floats(0.0, 0.3)
fines = st.floats(0.0, 150.0)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("is_needed", "skill", "margin", "is_advised", "fine", "p"),
    [
        (0, 0.5, 0.0, 0, 0.0, 1 / 4),
        (1, 0.5, 0.0, 0, 0.0, 3 / 4),
        (0, 1.0, 0.0, 0, 0.0, 1 / 7),  # odds 1/3 halved
        (1, 1.0, 0.0, 0, 0.0, 6 / 7),  # odds 3 doubled: skill is the right decision, not fewer drugs
        (0, 0.5, 0.15, 0, 0.0, 2 / 5),  # odds doubled by the margin
        (0, 0.5, 0.0, 1, 0.0, 1 / 7),  # halved by advice
        (0, 0.5, 0.0, 0, 100.0, 1 / 10),  # a third of 1/3
        (0, 0.5, 0.0, 0, 200.0, 1 / 28),  # a third of a third of 1/3
        (0, 0.0, 0.15, 1, 100.0, 2 / 11),  # 1/3 doubled without skill, doubled by the margin, halved by advice, a third: 2/9
        (1, 0.5, 0.0, 1, 200.0, 3 / 4),  # neither touches what is needed
    ],
)
def test_odds_are_moved_as_declared(numbers, is_needed, skill, margin, is_advised, fine, p):
    k = numbers("doctor.prescribe", NUMBERS)
    assert p_prescribed(k, is_needed, skill, margin, is_advised, fine) == pytest.approx(p)


@pytest.mark.unit
def test_a_private_clinic_keeps_its_margin_and_a_centre_its_own(numbers):
    k = numbers("doctor.prescribe", NUMBERS)
    assert drug_margin(k, 1) == 0.15
    assert drug_margin(k, 0) == 0.0


@pytest.mark.property
@given(data=st.data(), is_needed=flags, skill=skills, margin=margins, is_advised=flags, fine=fines)
def test_prescribing_is_a_probability(any_numbers, data, is_needed, skill, margin, is_advised, fine):
    assert 0.0 <= p_prescribed(any_numbers(data, "doctor.prescribe"), is_needed, skill, margin, is_advised, fine) <= 1.0


@pytest.mark.property
@given(data=st.data(), one=skills, other=skills, margin=margins, is_advised=flags, fine=fines)
def test_skill_never_withholds_what_is_needed_nor_adds_what_is_not(any_numbers, data, one, other, margin, is_advised, fine):
    k = any_numbers(data, "doctor.prescribe")
    low, high = sorted((one, other))
    assert p_prescribed(k, 1, low, margin, is_advised, fine) <= p_prescribed(k, 1, high, margin, is_advised, fine)
    assert p_prescribed(k, 0, high, margin, is_advised, fine) <= p_prescribed(k, 0, low, margin, is_advised, fine)


@pytest.mark.property
@given(data=st.data(), is_needed=flags, skill=skills, one=margins, other=margins)
def test_a_margin_never_makes_prescribing_rarer(any_numbers, data, is_needed, skill, one, other):
    k = any_numbers(data, "doctor.prescribe")
    low, high = sorted((one, other))
    assert p_prescribed(k, is_needed, skill, low, 0, 0.0) <= p_prescribed(k, is_needed, skill, high, 0, 0.0)


@pytest.mark.property
@given(data=st.data(), skill=skills, margin=margins, is_advised=flags, one=fines, other=fines)
def test_fines_and_advice_never_make_an_unneeded_one_likelier(any_numbers, data, skill, margin, is_advised, one, other):
    k = any_numbers(data, "doctor.prescribe")
    low, high = sorted((one, other))
    assert p_prescribed(k, 0, skill, margin, is_advised, high) <= p_prescribed(k, 0, skill, margin, is_advised, low)
    assert p_prescribed(k, 0, skill, margin, 1, low) <= p_prescribed(k, 0, skill, margin, 0, low)
    assert p_prescribed(k, 1, skill, margin, 1, high) == p_prescribed(k, 1, skill, margin, 0, 0.0)
