"""Who is trained, who sits the examination, who passes?"""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.hospital.accredit import may_sit, must_renew, result

# Fixed here, so that a recalibration of the declared values breaks no row worked out by hand.
NUMBERS = {
    "reliability": 0.7,
    "weeks_between_sittings": 26,
    "n_sittings_in_a_row": 2,
    "weeks_of_pause": 104,
    "weeks_of_certificate": 156,
}

weeks = st.integers(0, 500)
skills = st.floats(0.0, 1.0)
noises = st.floats(-4.0, 4.0)


@pytest.mark.unit
def test_at_reliability_one_half_luck_weighs_as_much_as_skill(numbers):
    assert result(numbers("hospital.accredit", NUMBERS, reliability=0.5), 0.6, 0.1, 2.0) == pytest.approx(0.8)


@pytest.mark.unit
def test_at_reliability_four_fifths_luck_weighs_half_as_much(numbers):
    assert result(numbers("hospital.accredit", NUMBERS, reliability=0.8), 0.6, 0.1, -1.0) == pytest.approx(0.55)


@pytest.mark.unit
def test_without_luck_the_result_is_the_skill(numbers):
    assert result(numbers("hospital.accredit", NUMBERS), 0.42, 0.1, 0.0) == 0.42


@pytest.mark.unit
def test_a_doctor_who_never_sat_may_sit_at_once(numbers):
    assert may_sit(numbers("hospital.accredit", NUMBERS), 0, 0)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("n_sittings", "weeks_since", "allowed"),
    [
        (1, 25, False),
        (1, 26, True),
        (2, 26, False),
        (2, 103, False),
        (2, 104, True),
        (3, 25, False),
        (3, 26, True),
        (4, 26, False),
    ],
)
def test_two_sittings_half_a_year_apart_then_a_pause_of_two_years(numbers, n_sittings, weeks_since, allowed):
    assert bool(may_sit(numbers("hospital.accredit", NUMBERS), n_sittings, weeks_since)) is allowed


@pytest.mark.unit
def test_a_certificate_is_renewed_at_the_last_sitting_before_it_runs_out(numbers):
    k = numbers("hospital.accredit", NUMBERS)
    assert not must_renew(k, 143, 13)  # the next sitting is still within its 156 weeks
    assert must_renew(k, 144, 13)


@pytest.mark.property
@given(data=st.data(), one=skills, other=skills, noise=noises)
def test_with_equal_luck_the_better_doctor_never_has_the_worse_result(any_numbers, data, one, other, noise):
    k = any_numbers(data, "hospital.accredit")
    low, high = sorted((one, other))
    assert result(k, low, 0.17, noise) <= result(k, high, 0.17, noise)


@pytest.mark.property
@given(data=st.data(), skill=skills)
def test_the_declared_share_of_variance_is_skill(any_numbers, data, skill):
    k, sd = any_numbers(data, "hospital.accredit"), 0.17
    noise = result(k, skill, sd, 1.0) - skill
    assert sd**2 / (sd**2 + noise**2) == pytest.approx(k.reliability, rel=1e-6)


@pytest.mark.property
@given(data=st.data(), n_sittings=st.integers(0, 12), one=weeks, other=weeks)
def test_who_may_sit_now_may_sit_later(any_numbers, data, n_sittings, one, other):
    k = any_numbers(data, "hospital.accredit")
    early, late = sorted((one, other))
    assert may_sit(k, n_sittings, late) or not may_sit(k, n_sittings, early)


@pytest.mark.property
@given(data=st.data(), one=weeks, other=weeks)
def test_an_older_certificate_is_renewed_no_later(any_numbers, data, one, other):
    k = any_numbers(data, "hospital.accredit")
    young, old = sorted((one, other))
    assert must_renew(k, old, 13) or not must_renew(k, young, 13)


@pytest.mark.property
@given(data=st.data(), skill=skills, noise=noises)
def test_a_result_is_a_number(any_numbers, data, skill, noise):
    assert math.isfinite(result(any_numbers(data, "hospital.accredit"), skill, 0.17, noise))
