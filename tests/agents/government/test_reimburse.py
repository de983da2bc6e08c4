"""What does basic insurance pay of a visit?"""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.government.reimburse import (
    PRIMARY,
    SECONDARY,
    SECONDARY_REFERRED,
    TERTIARY,
    TERTIARY_REFERRED,
    inpatient_fen,
    outpatient_fen,
    share_of_level,
    with_referral,
)

# Fixed here, so that a recalibration of the declared values breaks no row worked out by hand.
NUMBERS = {
    "share_primary": 0.5,
    "share_hospital": 0.1,
    "share_secondary": 0.25,
    "added_share_when_referred": 0.2,
    "outpatient_cap_yuan": 200.0,
    "share_inpatient": 0.6,
    "inpatient_cap_yuan": 200_000.0,
}

prices = st.integers(0, 10**8)
levels = st.integers(PRIMARY, TERTIARY)
any_level = st.integers(PRIMARY, TERTIARY_REFERRED)
hospital_levels = st.sampled_from((SECONDARY, TERTIARY))


@pytest.mark.unit
def test_half_of_a_visit_at_a_centre_a_quarter_at_the_secondary_and_a_tenth_at_the_tertiary_hospital(numbers):
    k = numbers("government.reimburse", NUMBERS)
    assert outpatient_fen(k, PRIMARY, 14_260, 0) == 7_130
    assert outpatient_fen(k, PRIMARY, 14_261, 0) == 7_130
    assert outpatient_fen(k, SECONDARY, 24_550, 0) == 6_137  # 6,137.5
    assert outpatient_fen(k, TERTIARY, 29_100, 0) == 2_910


@pytest.mark.unit
def test_a_fifth_more_of_a_hospital_visit_with_a_referral(numbers):
    k = numbers("government.reimburse", NUMBERS)
    assert with_referral(SECONDARY) == SECONDARY_REFERRED
    assert with_referral(TERTIARY) == TERTIARY_REFERRED
    assert outpatient_fen(k, SECONDARY_REFERRED, 24_551, 0) == 11_047  # 0.45: 11,047.95
    assert outpatient_fen(k, TERTIARY_REFERRED, 29_101, 0) == 8_730  # 0.3: 8,730.3
    assert outpatient_fen(k, TERTIARY_REFERRED, 29_101, 15_000) == 5_000  # of a cap of 200 yuan


@pytest.mark.unit
def test_the_yearly_cap_leaves_what_is_left(numbers):
    k = numbers("government.reimburse", NUMBERS)
    assert outpatient_fen(k, PRIMARY, 14_260, 15_000) == 5_000
    assert outpatient_fen(k, PRIMARY, 14_260, 20_000) == 0


@pytest.mark.unit
def test_a_cap_that_was_lowered_asks_nothing_back(numbers):
    assert outpatient_fen(numbers("government.reimburse", NUMBERS, outpatient_cap_yuan=50.0), PRIMARY, 14_260, 15_000) == 0


@pytest.mark.unit
def test_three_fifths_of_an_admission(numbers):
    assert inpatient_fen(numbers("government.reimburse", NUMBERS), 609_601) == 365_760


@pytest.mark.unit
def test_the_dearest_admission_ends_at_the_inpatient_cap(numbers):
    k = numbers("government.reimburse", NUMBERS)
    assert inpatient_fen(k, 33_333_333) == 19_999_999  # 19,999,999.8
    assert inpatient_fen(k, 33_333_334) == 20_000_000
    assert inpatient_fen(k, 70_000_000) == 20_000_000  # 420,000 yuan, but for the cap


@pytest.mark.property
@given(data=st.data(), price=prices, dearer=prices)
def test_the_family_never_pays_less_of_a_dearer_admission(any_numbers, data, price, dearer):
    k = any_numbers(data, "government.reimburse")
    low, high = sorted((price, dearer))
    assert inpatient_fen(k, low) <= inpatient_fen(k, high) <= k.inpatient_cap_yuan * 100
    assert low - inpatient_fen(k, low) <= high - inpatient_fen(k, high) + 1  # a fen of rounding


@pytest.mark.property
@given(data=st.data(), level=levels)
def test_the_share_of_a_level_is_one_of_the_three(any_numbers, data, level):
    k = any_numbers(data, "government.reimburse")
    assert share_of_level(k, level) == (k.share_primary, k.share_secondary, k.share_hospital)[level]


@pytest.mark.property
@given(data=st.data(), level=hospital_levels)
def test_a_referral_never_lowers_the_share_and_adds_the_same_at_both_hospitals(any_numbers, data, level):
    k = any_numbers(data, "government.reimburse")
    gap = share_of_level(k, with_referral(level)) - share_of_level(k, level)
    assert gap >= 0.0
    assert gap == pytest.approx(k.added_share_when_referred, abs=1e-12)


@pytest.mark.property
@given(data=st.data(), level=any_level, price=prices, paid=st.integers(0, 10**6))
def test_basic_insurance_never_pays_more_than_the_price(any_numbers, data, level, price, paid):
    k = any_numbers(data, "government.reimburse")
    assert 0 <= outpatient_fen(k, level, price, paid) <= price
    assert 0 <= inpatient_fen(k, price) <= price


@pytest.mark.property
@given(data=st.data(), visits=st.lists(st.tuples(any_level, st.integers(0, 100_000)), max_size=15))
def test_nobody_gets_more_than_the_cap_in_a_year(any_numbers, data, visits):
    k, paid = any_numbers(data, "government.reimburse"), 0
    for level, price in visits:
        paid += outpatient_fen(k, level, price, paid)
    assert paid <= math.floor(k.outpatient_cap_yuan * 100)


@pytest.mark.property
@given(data=st.data(), level=levels, price=prices, one=st.integers(0, 10**6), other=st.integers(0, 10**6))
def test_what_was_paid_before_never_raises_what_is_paid_now(any_numbers, data, level, price, one, other):
    k = any_numbers(data, "government.reimburse")
    little, much = sorted((one, other))
    assert outpatient_fen(k, level, price, much) <= outpatient_fen(k, level, price, little)
