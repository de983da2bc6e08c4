"""What does the fund take over of a member's visit, and what does it charge?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.fund.plan import covered_fen, is_covered, premium_of_month_fen

# Fixed here, so that a recalibration of the declared values breaks no row worked out by hand.
NUMBERS = {
    "covered_share": 0.6,
    "is_all_primary_covered": 1,
}

fen = st.integers(0, 10**10)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("is_all", "is_member", "is_accredited", "covered"),
    [
        (0, 0, 0, False),
        (0, 0, 1, False),
        (0, 1, 0, False),
        (0, 1, 1, True),
        (1, 0, 1, False),
        (1, 1, 0, True),
        (1, 1, 1, True),
    ],
)
def test_members_are_covered_at_accredited_doctors_or_everywhere(numbers, is_all, is_member, is_accredited, covered):
    assert bool(is_covered(numbers("fund.plan", NUMBERS, is_all_primary_covered=is_all), is_member, is_accredited)) is covered


@pytest.mark.unit
def test_the_fund_takes_over_three_fifths_and_the_family_bears_the_rounding(numbers):
    k = numbers("fund.plan", NUMBERS)
    assert covered_fen(k, 7_130) == 4_278
    assert covered_fen(k, 7_131) == 4_278
    assert covered_fen(k, 0) == 0


@pytest.mark.unit
def test_a_twelfth_of_the_premium_is_billed_each_month():
    assert premium_of_month_fen(120.0) == 1_000
    assert premium_of_month_fen(130.0) == 1_083  # 130 yuan / 12 = 10.8333 yuan


@pytest.mark.property
@given(data=st.data(), own=fen)
def test_the_fund_never_pays_more_than_the_family_would_have(any_numbers, data, own):
    assert 0 <= covered_fen(any_numbers(data, "fund.plan"), own) <= own


@pytest.mark.property
@given(data=st.data(), one=fen, other=fen)
def test_a_dearer_visit_is_never_covered_less(any_numbers, data, one, other):
    k = any_numbers(data, "fund.plan")
    low, high = sorted((one, other))
    assert covered_fen(k, low) <= covered_fen(k, high)


@pytest.mark.property
@given(premium=st.floats(0.0, 5_000.0))
def test_twelve_bills_are_the_yearly_premium_but_for_a_fen_each(premium):
    missing = premium * 100.0 - 12 * premium_of_month_fen(premium)
    assert -1e-6 <= missing < 12.0


@pytest.mark.property
@given(data=st.data(), is_accredited=st.integers(0, 1))
def test_nobody_is_covered_who_is_not_a_member(any_numbers, data, is_accredited):
    assert not is_covered(any_numbers(data, "fund.plan"), 0, is_accredited)
