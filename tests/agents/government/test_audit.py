"""Does the medical-insurance bureau audit a place, what does it find, and what does that cost?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.government.audit import expected_fine_yuan, fine_fen, n_found

# Fixed here, so that a recalibration of the declared values breaks no row worked out by hand.
NUMBERS = {
    "p_audited": 0.1,
    "p_found": 0.35,
    "fine_multiple": 1.5,
    "drug_yuan": 30.0,
}

counts = st.integers(0, 10_000)
dice = st.floats(0.0, 1.0, exclude_max=True)


@pytest.mark.unit
def test_of_ten_unneeded_antibiotics_three_or_four_are_found(numbers):
    k = numbers("government.audit", NUMBERS)
    assert n_found(k, 10, 0.4) == 3  # 3.5 + 0.4
    assert n_found(k, 10, 0.6) == 4
    assert n_found(k, 0, 0.999) == 0


@pytest.mark.unit
def test_each_one_found_costs_one_and_a_half_times_its_price(numbers):
    k = numbers("government.audit", NUMBERS)
    assert fine_fen(k, 3) == 13_500
    assert fine_fen(k, 0) == 0
    assert fine_fen(numbers("government.audit", NUMBERS, drug_yuan=30.01), 2) == 9_002  # each 4,501.5, rounded by itself


@pytest.mark.unit
def test_one_more_is_expected_to_cost_the_chance_of_being_found_times_the_fine(numbers):
    assert expected_fine_yuan(numbers("government.audit", NUMBERS)) == pytest.approx(1.575)  # 0.1 x 0.35 x 1.5 x 30


@pytest.mark.property
@given(data=st.data(), n=counts, die=dice)
def test_no_audit_finds_more_than_there_is(any_numbers, data, n, die):
    assert 0 <= n_found(any_numbers(data, "government.audit"), n, die) <= n


@pytest.mark.property
@given(data=st.data(), one=counts, other=counts, die=dice)
def test_more_of_them_are_never_found_less_often_or_fined_less(any_numbers, data, one, other, die):
    k = any_numbers(data, "government.audit")
    few, many = sorted((one, other))
    assert n_found(k, few, die) <= n_found(k, many, die)
    assert 0 <= fine_fen(k, few) <= fine_fen(k, many)


@pytest.mark.property
@given(data=st.data())
def test_nobody_expects_to_pay_more_than_the_fine(any_numbers, data):
    k = any_numbers(data, "government.audit")
    assert 0.0 <= expected_fine_yuan(k) <= k.fine_multiple * k.drug_yuan
