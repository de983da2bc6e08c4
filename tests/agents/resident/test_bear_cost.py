"""When is a year of illness a catastrophe for a household?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.resident.bear_cost import is_catastrophic

# Fixed here, so that a recalibration of the declared values breaks no row worked out by hand.
NUMBERS = {"threshold_share": 0.1}

yuan = st.floats(0.0, 1e6)
incomes = st.floats(1_000.0, 2e6)


@pytest.mark.unit
def test_a_tenth_of_the_income_is_borne_and_more_is_a_catastrophe(numbers):
    k = numbers("resident.bear_cost", NUMBERS)
    assert not is_catastrophic(k, 12_000.0, 120_000.0)
    assert is_catastrophic(k, 12_000.01, 120_000.0)
    assert not is_catastrophic(k, 0.0, 120_000.0)


@pytest.mark.property
@given(data=st.data(), one=yuan, other=yuan, income=incomes)
def test_a_dearer_year_is_never_borne_more_easily(any_numbers, data, one, other, income):
    k = any_numbers(data, "resident.bear_cost")
    low, high = sorted((one, other))
    assert is_catastrophic(k, low, income) <= is_catastrophic(k, high, income)


@pytest.mark.property
@given(data=st.data(), own=yuan, one=incomes, other=incomes)
def test_the_rich_bear_what_the_poor_bear(any_numbers, data, own, one, other):
    k = any_numbers(data, "resident.bear_cost")
    poor, rich = sorted((one, other))
    assert is_catastrophic(k, own, rich) <= is_catastrophic(k, own, poor)
