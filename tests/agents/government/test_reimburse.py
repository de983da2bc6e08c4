"""What does basic insurance pay of a visit?"""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.government.reimburse import inpatient_fen, outpatient_fen

# Fixed here, so that a recalibration of the declared values breaks no row worked out by hand.
NUMBERS = {
    "share_primary": 0.5,
    "share_hospital": 0.1,
    "outpatient_cap_yuan": 200.0,
    "share_inpatient": 0.6,
}

prices = st.integers(0, 10**8)
flags = st.integers(0, 1)


@pytest.mark.unit
def test_half_of_a_visit_at_a_centre_and_a_tenth_at_a_hospital(numbers):
    k = numbers("government.reimburse", NUMBERS)
    assert outpatient_fen(k, 0, 14_260, 0) == 7_130
    assert outpatient_fen(k, 0, 14_261, 0) == 7_130
    assert outpatient_fen(k, 1, 29_100, 0) == 2_910


@pytest.mark.unit
def test_the_yearly_cap_leaves_what_is_left(numbers):
    k = numbers("government.reimburse", NUMBERS)
    assert outpatient_fen(k, 0, 14_260, 15_000) == 5_000
    assert outpatient_fen(k, 0, 14_260, 20_000) == 0


@pytest.mark.unit
def test_a_cap_that_was_lowered_asks_nothing_back(numbers):
    assert outpatient_fen(numbers("government.reimburse", NUMBERS, outpatient_cap_yuan=50.0), 0, 14_260, 15_000) == 0


@pytest.mark.unit
def test_three_fifths_of_an_admission(numbers):
    assert inpatient_fen(numbers("government.reimburse", NUMBERS), 609_601) == 365_760


@pytest.mark.property
@given(data=st.data(), is_hospital=flags, price=prices, paid=st.integers(0, 10**6))
def test_basic_insurance_never_pays_more_than_the_price(any_numbers, data, is_hospital, price, paid):
    k = any_numbers(data, "government.reimburse")
    assert 0 <= outpatient_fen(k, is_hospital, price, paid) <= price
    assert 0 <= inpatient_fen(k, price) <= price


@pytest.mark.property
@given(data=st.data(), visits=st.lists(st.tuples(flags, st.integers(0, 100_000)), max_size=15))
def test_nobody_gets_more_than_the_cap_in_a_year(any_numbers, data, visits):
    k, paid = any_numbers(data, "government.reimburse"), 0
    for is_hospital, price in visits:
        paid += outpatient_fen(k, is_hospital, price, paid)
    assert paid <= math.floor(k.outpatient_cap_yuan * 100)


@pytest.mark.property
@given(data=st.data(), is_hospital=flags, price=prices, one=st.integers(0, 10**6), other=st.integers(0, 10**6))
def test_what_was_paid_before_never_raises_what_is_paid_now(any_numbers, data, is_hospital, price, one, other):
    k = any_numbers(data, "government.reimburse")
    little, much = sorted((one, other))
    assert outpatient_fen(k, is_hospital, price, much) <= outpatient_fen(k, is_hospital, price, little)
