"""Does the doctor send this child to the hospital?"""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.doctor.refer import (
    asks_for_hospital,
    caution_on_request,
    discriminability,
    log_odds_to_outweigh,
    lost_by_load,
    p_sent,
)

# Fixed here, so that a recalibration of the declared values breaks no row worked out by hand.
NUMBERS = {
    "discriminability_at_zero_skill": 0.6,
    "discriminability_per_skill": 2.85,
    "discriminability_lost_per_complexity": 1.0,
    "least_discriminability": 0.3,
    "caution_per_100_yuan": 0.7,
    "discriminability_lost_per_load": 2.0,
    "load_borne": 0.85,
    "caution_after_miss": 0.25,
    "caution_lost_by_advice": 0.4,
    "asking_per_severity": 0.65,
    "asking_threshold": 1.9,
    "caution_on_request": 0.5,
    "caution_on_request_when_idle": 1.5,
}

PREVALENCE = 0.008
SKILLS = (0.3, 0.5, 0.7, 0.9)

# Table M2 of the domain notes: miss weight -> for each skill (referral [%], missed per 10,000 visits).
# Discriminability is 1 + 3 skill.
TABLE_M2 = {
    100.0: ((14.9, 16.1), (9.7, 9.8), (6.0, 5.5), (3.6, 2.9)),
    10.0: ((1.4, 51.7), (1.7, 32.3), (1.5, 18.4), (1.3, 9.7)),
    1.0: ((0.07, 75.5), (0.27, 60.1), (0.49, 40.2), (0.65, 23.4)),
}

d_primes = st.floats(0.3, 4.0)
log_odds = st.floats(-6.0, 9.0)
signals = st.floats(0.0, 1.0)
skills = st.floats(0.0, 1.0)
beliefs = st.floats(0.0001, 0.5)
cautions = st.floats(-1.0, 6.0)
losses = st.floats(-200.0, 300.0)


def referred_and_missed(k, skill: float, miss_weight: float) -> tuple[float, float]:
    """Referral [%] and missed serious illnesses per 10,000 visits of a doctor who knows the prevalence."""
    d_prime = discriminability(k, skill, 0.3, 0.3, 0.0)
    to_outweigh = log_odds_to_outweigh(k, PREVALENCE, math.log(miss_weight), 0.0, 0, 0)
    of_serious, of_others = p_sent(d_prime, to_outweigh, 1.0), p_sent(d_prime, to_outweigh, 0.0)
    return 100.0 * (PREVALENCE * of_serious + (1.0 - PREVALENCE) * of_others), 1e4 * PREVALENCE * (1.0 - of_serious)


@pytest.fixture(scope="session")
def one_plus_three_skills(numbers):
    """The doctor of table M2: d' = 1 + 3 skill."""
    return numbers("doctor.refer", NUMBERS, discriminability_at_zero_skill=1.0, discriminability_per_skill=3.0)


@pytest.mark.unit
@pytest.mark.parametrize("miss_weight", TABLE_M2)
def test_the_rule_reproduces_the_table_of_skill_and_incentive(one_plus_three_skills, miss_weight):
    for skill, (referral, missed) in zip(SKILLS, TABLE_M2[miss_weight], strict=True):
        found = referred_and_missed(one_plus_three_skills, skill, miss_weight)
        digits = 2 if referral < 1.0 else 1
        assert round(found[0], digits) == referral
        assert round(found[1], 1) == missed


@pytest.mark.unit
def test_skilled_doctors_refer_less_where_misses_weigh_and_more_where_they_do_not(one_plus_three_skills):
    fearful = [referred_and_missed(one_plus_three_skills, skill, 100.0)[0] for skill in SKILLS]
    careless = [referred_and_missed(one_plus_three_skills, skill, 1.0)[0] for skill in SKILLS]
    assert fearful == sorted(fearful, reverse=True)
    assert careless == sorted(careless)


@pytest.mark.unit
def test_a_doctor_of_middling_skill_lies_half_way_between_none_and_all(numbers):
    k = numbers("doctor.refer", NUMBERS)
    assert discriminability(k, 0.5, 0.3, 0.3, 0.0) == pytest.approx(0.6 + 2.85 / 2)
    assert discriminability(k, 0.5, 0.8, 0.3, 0.0) == pytest.approx(0.6 + 2.85 / 2 - 0.5)


@pytest.mark.unit
def test_nobody_falls_below_the_least_discriminability(numbers):
    assert discriminability(numbers("doctor.refer", NUMBERS), 0.0, 1.0, 0.3, 0.0) == pytest.approx(0.3)


@pytest.mark.unit
def test_what_must_be_outweighed_is_prior_odds_over_caution(numbers):
    k = numbers("doctor.refer", NUMBERS)
    assert log_odds_to_outweigh(k, 0.5, 0.0, 0.0, 0, 0) == pytest.approx(0.0)
    assert log_odds_to_outweigh(k, 0.2, math.log(2.0), 0.0, 0, 0) == pytest.approx(math.log(2.0))
    assert log_odds_to_outweigh(k, 0.2, math.log(2.0), 50.0, 0, 0) == pytest.approx(math.log(2.0) + 0.35)


@pytest.mark.unit
def test_a_miss_that_came_back_makes_cautious_once_and_advice_takes_caution_or_gives_it(numbers):
    k = numbers("doctor.refer", NUMBERS)
    assert log_odds_to_outweigh(k, 0.5, 0.0, 0.0, 1, 0) == pytest.approx(-0.25)
    assert log_odds_to_outweigh(k, 0.5, 0.0, 0.0, 5, 0) == pytest.approx(-0.25)
    assert log_odds_to_outweigh(k, 0.5, 0.0, 0.0, 0, 1) == pytest.approx(0.4)  # advised for too many
    assert log_odds_to_outweigh(k, 0.5, 0.0, 0.0, 0, -1) == pytest.approx(-0.4)  # for too few
    assert log_odds_to_outweigh(k, 0.5, 0.0, 50.0, 1, 1) == pytest.approx(0.5)  # 0.35 for pay, -0.25 for the miss, 0.4


@pytest.mark.unit
def test_haste_blurs_beyond_the_load_that_is_borne(numbers):
    k = numbers("doctor.refer", NUMBERS)
    assert lost_by_load(k, 0.85) == 0.0
    assert lost_by_load(k, 0.95) == pytest.approx(0.2)
    assert discriminability(k, 0.5, 0.3, 0.3, 0.2) == pytest.approx(0.6 + 2.85 / 2 - 0.2)
    assert discriminability(k, 0.0, 0.3, 0.3, 0.5) == pytest.approx(0.3)  # 0.1, but for the least


@pytest.mark.unit
def test_a_family_asks_when_severity_and_its_wish_pass_the_threshold(numbers):
    k = numbers("doctor.refer", NUMBERS)
    assert not asks_for_hospital(k, 0.0, 1.89)
    assert asks_for_hospital(k, 0.0, 1.91)
    assert asks_for_hospital(k, 2.0, 0.61)  # 1.3 + 0.61
    assert not asks_for_hospital(k, 2.0, 0.59)
    assert not asks_for_hospital(k, 0.0, 1.9)  # the threshold must be passed


@pytest.mark.unit
def test_an_idle_doctor_grants_more(numbers):
    k = numbers("doctor.refer", NUMBERS)
    assert caution_on_request(k, 0.0) == pytest.approx(0.5)
    assert caution_on_request(k, 0.4) == pytest.approx(1.1)


@pytest.mark.unit
def test_with_even_odds_and_two_standard_deviations_five_of_six_serious_children_are_sent():
    assert p_sent(2.0, 0.0, 1.0) == pytest.approx(0.8413447460685429)  # Phi(1)
    assert p_sent(2.0, 0.0, 0.0) == pytest.approx(0.15865525393145707)  # Phi(-1)
    assert p_sent(2.0, 0.0, 0.6) == pytest.approx(0.579259709439103)  # Phi(0.2)


@pytest.mark.property
@given(d_prime=d_primes, to_outweigh=log_odds, signal=signals)
def test_sending_is_a_probability(d_prime, to_outweigh, signal):
    assert 0.0 <= p_sent(d_prime, to_outweigh, signal) <= 1.0


@pytest.mark.property
@given(d_prime=d_primes, one=log_odds, other=log_odds, signal=signals)
def test_sending_falls_with_what_must_be_outweighed(d_prime, one, other, signal):
    low, high = sorted((one, other))
    assert p_sent(d_prime, high, signal) <= p_sent(d_prime, low, signal)


@pytest.mark.property
@given(d_prime=d_primes, to_outweigh=log_odds, one=signals, other=signals)
def test_a_stronger_sign_of_illness_never_makes_sending_less_likely(d_prime, to_outweigh, one, other):
    weak, strong = sorted((one, other))
    assert p_sent(d_prime, to_outweigh, weak) <= p_sent(d_prime, to_outweigh, strong)


@pytest.mark.property
@given(data=st.data(), one=skills, other=skills, to_outweigh=st.floats(0.0, 9.0))
def test_misses_fall_with_skill(any_numbers, data, one, other, to_outweigh):
    k = any_numbers(data, "doctor.refer")
    low, high = (discriminability(k, skill, 0.3, 0.3, 0.0) for skill in sorted((one, other)))
    assert p_sent(low, to_outweigh, 1.0) <= p_sent(high, to_outweigh, 1.0) + 1e-15


@pytest.mark.property
@given(data=st.data(), skill=skills, one=st.floats(0.0, 1.0), other=st.floats(0.0, 1.0))
def test_a_more_complex_illness_is_never_easier_to_judge(any_numbers, data, skill, one, other):
    k = any_numbers(data, "doctor.refer")
    simple, complex_ = (discriminability(k, skill, complexity, 0.3, 0.0) for complexity in sorted((one, other)))
    assert complex_ <= simple
    assert complex_ >= k.least_discriminability > 0.0


@pytest.mark.property
@given(data=st.data(), belief=beliefs, caution=cautions, one=losses, other=losses)
def test_a_dearer_referral_takes_more_evidence(any_numbers, data, belief, caution, one, other):
    k = any_numbers(data, "doctor.refer")
    low, high = sorted((one, other))
    assert log_odds_to_outweigh(k, belief, caution, low, 0, 0) <= log_odds_to_outweigh(k, belief, caution, high, 0, 0)


@pytest.mark.property
@given(data=st.data(), one=beliefs, other=beliefs, caution=cautions)
def test_who_believes_illness_rarer_or_is_less_cautious_needs_more_evidence(any_numbers, data, one, other, caution):
    k = any_numbers(data, "doctor.refer")
    rare, common = sorted((one, other))
    assert log_odds_to_outweigh(k, common, caution, 0.0, 0, 0) <= log_odds_to_outweigh(k, rare, caution, 0.0, 0, 0)
    assert log_odds_to_outweigh(k, rare, caution + 1.0, 0.0, 0, 0) < log_odds_to_outweigh(k, rare, caution, 0.0, 0, 0)


@pytest.mark.property
@given(data=st.data(), belief=beliefs, caution=cautions, loss=losses, n_reported=st.integers(0, 9))
def test_misses_and_advice_for_too_few_never_raise_the_bar(any_numbers, data, belief, caution, loss, n_reported):
    k = any_numbers(data, "doctor.refer")
    none, reported = (log_odds_to_outweigh(k, belief, caution, loss, n, 0) for n in (0, n_reported))
    too_few, too_many = (log_odds_to_outweigh(k, belief, caution, loss, 0, advice) for advice in (-1, 1))
    assert reported <= none
    assert too_few <= none <= too_many


@pytest.mark.property
@given(data=st.data(), one=skills, other=skills)
def test_load_never_sharpens_and_spare_time_never_refuses(any_numbers, data, one, other):
    k = any_numbers(data, "doctor.refer")
    low, high = sorted((one, other))
    assert 0.0 <= lost_by_load(k, low) <= lost_by_load(k, high)
    assert discriminability(k, 0.5, 0.3, 0.3, lost_by_load(k, high)) <= discriminability(k, 0.5, 0.3, 0.3, lost_by_load(k, low))
    assert 0.0 <= caution_on_request(k, low) <= caution_on_request(k, high)


@pytest.mark.property
@given(data=st.data(), one=st.floats(-4.0, 6.0), other=st.floats(-4.0, 6.0), wish=st.floats(-4.0, 4.0))
def test_a_severer_illness_never_makes_a_family_ask_less(any_numbers, data, one, other, wish):
    k = any_numbers(data, "doctor.refer")
    mild, severe = sorted((one, other))
    assert asks_for_hospital(k, mild, wish) <= asks_for_hospital(k, severe, wish)
