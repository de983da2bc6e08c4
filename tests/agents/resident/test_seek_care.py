"""Does the family of an ill child seek care?"""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.resident.seek_care import p_seek, perceived_severity

# Fixed here, so that a recalibration of the declared values breaks no row worked out by hand.
NUMBERS = {
    "log_odds_of_seeking": 2.15,
    "log_odds_per_severity": 1.25,
    "severity_per_complexity": 2.0,
    "severity_of_serious": 1.1,
    "severity_of_specialist": 0.4,
    "severity_noise": 0.7,
}

complexities = st.floats(0.0, 1.0)
noises = st.floats(-4.0, 4.0)
severities = st.floats(-5.0, 8.0)
prices = st.floats(0.0, 500.0)


@pytest.mark.unit
def test_an_illness_of_mean_complexity_looks_like_nothing_special(numbers):
    assert perceived_severity(numbers("resident.seek_care", NUMBERS), 0.3, 0.3, 0, 0, 0.0) == 0.0


@pytest.mark.unit
def test_what_the_family_sees_is_complexity_class_and_error(numbers):
    k = numbers("resident.seek_care", NUMBERS)
    assert perceived_severity(k, 0.8, 0.3, 1, 0, -1.0) == pytest.approx(2.0 * 0.5 + 1.1 - 0.7)
    assert perceived_severity(k, 0.3, 0.3, 0, 1, 0.0) == pytest.approx(0.4)


@pytest.mark.unit
def test_a_price_that_outweighs_the_wish_to_go_leaves_even_odds(numbers):
    k = numbers("resident.seek_care", NUMBERS, log_odds_of_seeking=1.0)
    assert p_seek(k, 0.0, 100.0, -1.0, 1.0) == pytest.approx(0.5)


@pytest.mark.unit
def test_free_care_for_a_worrying_illness_is_sought_three_times_in_four(numbers):
    k = numbers("resident.seek_care", NUMBERS, log_odds_of_seeking=0.5)
    assert p_seek(k, (math.log(3.0) - 0.5) / 1.25, 0.0, -1.0, 1.0) == pytest.approx(0.75)


@pytest.mark.unit
def test_wish_worry_and_price_add_up(numbers):
    k = numbers("resident.seek_care", NUMBERS, log_odds_of_seeking=math.log(3.0))
    # odds 3, times 4 for a severity of ln 4 / 1.25, times 1/2 for 50 yuan at -2 ln 2 a hundred: 6
    assert p_seek(k, math.log(4.0) / 1.25, 50.0, -2.0 * math.log(2.0), 1.0) == pytest.approx(6 / 7)


@pytest.mark.unit
def test_an_epidemic_that_halves_seeking_halves_the_probability(numbers):
    k = numbers("resident.seek_care", NUMBERS, log_odds_of_seeking=1.0)
    assert p_seek(k, 0.0, 100.0, -1.0, 0.5) == pytest.approx(0.25)


@pytest.mark.property
@given(data=st.data(), severity=severities, price=prices, coefficient=st.floats(-2.0, -0.168), relative=st.floats(0.3, 1.0))
def test_seeking_is_a_probability_below_its_ceiling(any_numbers, data, severity, price, coefficient, relative):
    assert 0.0 <= p_seek(any_numbers(data, "resident.seek_care"), severity, price, coefficient, relative) <= relative


@pytest.mark.property
@given(data=st.data(), severity=severities, price=prices, dearer=prices, coefficient=st.floats(-2.0, -0.168))
def test_seeking_falls_with_price(any_numbers, data, severity, price, dearer, coefficient):
    k = any_numbers(data, "resident.seek_care")
    low, high = sorted((price, dearer))
    assert p_seek(k, severity, high, coefficient, 1.0) <= p_seek(k, severity, low, coefficient, 1.0)


@pytest.mark.property
@given(data=st.data(), one=severities, other=severities, price=prices)
def test_seeking_rises_with_severity(any_numbers, data, one, other, price):
    k = any_numbers(data, "resident.seek_care")
    low, high = sorted((one, other))
    assert p_seek(k, low, price, -1.0, 1.0) <= p_seek(k, high, price, -1.0, 1.0)


@pytest.mark.property
@given(data=st.data(), one=complexities, other=complexities, noise=noises)
def test_a_harder_or_more_serious_illness_never_looks_milder(any_numbers, data, one, other, noise):
    k = any_numbers(data, "resident.seek_care")
    low, high = sorted((one, other))
    assert perceived_severity(k, low, 0.3, 0, 0, noise) <= perceived_severity(k, high, 0.3, 0, 0, noise)
    assert perceived_severity(k, low, 0.3, 0, 0, noise) < perceived_severity(k, low, 0.3, 1, 0, noise)
