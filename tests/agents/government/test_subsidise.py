"""What does the district government give the plan?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.government.subsidise import subsidy_of_month_fen

# Fixed here, so that a recalibration of the declared values breaks no row worked out by hand.
NUMBERS = {
    "yuan_per_year": 1_200.0,
    "yuan_per_member": 12.0,
}

members = st.integers(0, 10**6)
scales = st.floats(0.001, 50.0)


@pytest.mark.unit
def test_half_a_zone_with_ten_members_gets_half_and_ten_shares(numbers):
    # (1,200 x 0.5 + 12 x 10) yuan a year are 60 yuan a month
    assert subsidy_of_month_fen(numbers("government.subsidise", NUMBERS), 0.5, 10) == 6_000


@pytest.mark.unit
def test_a_broken_fen_is_not_paid(numbers):
    assert subsidy_of_month_fen(numbers("government.subsidise", NUMBERS, yuan_per_year=100.0), 1.0, 0) == 833  # 8.3333 yuan


@pytest.mark.property
@given(data=st.data(), scale=scales, one=members, other=members)
def test_more_members_never_bring_less(any_numbers, data, scale, one, other):
    k = any_numbers(data, "government.subsidise")
    few, many = sorted((one, other))
    assert 0 <= subsidy_of_month_fen(k, scale, few) <= subsidy_of_month_fen(k, scale, many)


@pytest.mark.property
@given(data=st.data(), scale=scales, n=members)
def test_twelve_parts_are_the_year_but_for_a_fen_each(any_numbers, data, scale, n):
    k = any_numbers(data, "government.subsidise")
    year = (k.yuan_per_year * scale + k.yuan_per_member * n) * 100.0
    assert -1e-3 <= year - 12 * subsidy_of_month_fen(k, scale, n) < 12.0 + 1e-3
