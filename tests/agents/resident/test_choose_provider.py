"""To which provider does the family take the child?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.resident.choose_provider import common_utility, hospital_utility, primary_utility

# Fixed here, so that a recalibration of the declared values breaks no row worked out by hand.
NUMBERS = {
    "utils_per_minute": -0.02,
    "utils_per_wait_hour": -0.15,
    "utils_per_100_yuan": -1.1,
    "utils_per_trust": 2.5,
    "utils_usual_provider": 0.8,
    "utils_certificate": 0.9,
    "utils_per_severity_at_primary": -1.2,
    "utils_hospital_again": 0.6,
    "utils_centre": -0.132,
    "utils_clinic": -0.19,
    "utils_any_hospital": 2.85,
    "mean_trust": 0.684,
    "utils_signed": 0.3,
}

minutes = st.floats(0.0, 120.0)
hours = st.floats(0.0, 12.0)
yuan = st.floats(0.0, 600.0)
shares = st.floats(0.0, 1.0)
flags = st.integers(0, 1)


@pytest.mark.unit
def test_what_all_providers_share_is_time_money_trust_and_habit(numbers):
    k = numbers("resident.choose_provider", NUMBERS)
    by_hand = -0.02 * 10.0 - 0.15 * 2.0 - 1.1 * 50.0 / 100.0 + 2.5 * (0.784 - 0.684) + 0.8
    assert by_hand == pytest.approx(0.0)
    assert common_utility(k, 10.0, 2.0, 50.0, 0.784, 1) == pytest.approx(0.0)


@pytest.mark.unit
def test_at_mean_trust_a_free_provider_next_door_is_worth_nothing_by_itself(numbers):
    k = numbers("resident.choose_provider", NUMBERS, mean_trust=0.7)
    assert common_utility(k, 0.0, 0.0, 0.0, 0.7, 0) == 0.0


@pytest.mark.unit
def test_an_accredited_doctor_at_a_clinic_gains_the_certificate_and_loses_the_severity(numbers):
    k = numbers("resident.choose_provider", NUMBERS)
    assert primary_utility(k, 1, 1, 0.5, 0) == pytest.approx(-0.19 + 0.9 - 0.6)
    assert primary_utility(k, 0, 0, 0.0, 0) == pytest.approx(-0.132)


@pytest.mark.unit
def test_a_contract_keeps_a_family_with_its_doctor(numbers):
    k = numbers("resident.choose_provider", NUMBERS)
    assert primary_utility(k, 0, 0, 0.0, 1) == pytest.approx(-0.132 + 0.3)


@pytest.mark.unit
def test_a_hospital_gains_when_the_child_did_not_get_better(numbers):
    k = numbers("resident.choose_provider", NUMBERS)
    assert hospital_utility(k, 0.223, 0) == pytest.approx(3.073)
    assert hospital_utility(k, 0.223, 1) == pytest.approx(3.673)


@pytest.mark.property
@given(data=st.data(), near=minutes, far=minutes, wait=hours, own=yuan, trust=shares)
def test_nobody_likes_the_farther_provider_better(any_numbers, data, near, far, wait, own, trust):
    k = any_numbers(data, "resident.choose_provider")
    low, high = sorted((near, far))
    assert common_utility(k, high, wait, own, trust, 0) <= common_utility(k, low, wait, own, trust, 0)


@pytest.mark.property
@given(data=st.data(), one=hours, other=hours, own=yuan, trust=shares)
def test_nobody_likes_to_wait(any_numbers, data, one, other, own, trust):
    k = any_numbers(data, "resident.choose_provider")
    low, high = sorted((one, other))
    assert common_utility(k, 5.0, high, own, trust, 0) <= common_utility(k, 5.0, low, own, trust, 0)


@pytest.mark.property
@given(data=st.data(), one=yuan, other=yuan, trust=shares)
def test_nobody_likes_to_pay(any_numbers, data, one, other, trust):
    k = any_numbers(data, "resident.choose_provider")
    low, high = sorted((one, other))
    assert common_utility(k, 5.0, 1.0, high, trust, 0) <= common_utility(k, 5.0, 1.0, low, trust, 0)


@pytest.mark.property
@given(data=st.data(), one=shares, other=shares)
def test_trust_and_habit_draw(any_numbers, data, one, other):
    k = any_numbers(data, "resident.choose_provider")
    low, high = sorted((one, other))
    assert common_utility(k, 5.0, 1.0, 50.0, low, 0) <= common_utility(k, 5.0, 1.0, 50.0, high, 0)
    assert common_utility(k, 5.0, 1.0, 50.0, one, 0) < common_utility(k, 5.0, 1.0, 50.0, one, 1)


@pytest.mark.property
@given(data=st.data(), is_clinic=flags, one=st.floats(-3.0, 5.0), other=st.floats(-3.0, 5.0))
def test_severity_drives_families_from_primary_care_and_the_certificate_draws_them(any_numbers, data, is_clinic, one, other):
    k = any_numbers(data, "resident.choose_provider")
    low, high = sorted((one, other))
    assert primary_utility(k, is_clinic, 0, high, 0) <= primary_utility(k, is_clinic, 0, low, 0)
    assert primary_utility(k, is_clinic, 0, one, 0) < primary_utility(k, is_clinic, 1, one, 0)
    assert primary_utility(k, is_clinic, 0, one, 0) <= primary_utility(k, is_clinic, 0, one, 1)


@pytest.mark.property
@given(data=st.data(), kind=st.floats(0.0, 0.3))
def test_an_unresolved_illness_never_moves_a_family_down(any_numbers, data, kind):
    k = any_numbers(data, "resident.choose_provider")
    assert hospital_utility(k, kind, 1) >= hospital_utility(k, kind, 0)
