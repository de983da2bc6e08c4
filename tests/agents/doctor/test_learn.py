"""How do skill and belief change with cases?"""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.doctor.learn import belief, learned_skill, total_skill

# Fixed here, so that a recalibration of the declared values breaks no row worked out by hand.
NUMBERS = {
    "greatest_gain": 0.1,
    "n_cases_to_saturate": 200.0,
    "n_cases_to_remember": 20.0,
    "forgotten_share": 0.01,
    "belief_kept": 0.8,
    "belief_shrinkage": 0.25,
    "least_belief": 0.0005,
    "greatest_belief": 0.5,
}

cases = st.floats(0.0, 2000.0)
seen = st.integers(0, 2000)
skills = st.floats(-0.2, 1.2)


@pytest.mark.unit
def test_without_supervised_cases_a_busy_doctor_learns_and_forgets_nothing(numbers):
    assert learned_skill(numbers("doctor.learn", NUMBERS), 0.05, 0.0, 100) == pytest.approx(0.05)


@pytest.mark.unit
def test_half_of_what_can_be_learned_is_learned_after_the_half_life_of_cases(numbers):
    assert learned_skill(numbers("doctor.learn", NUMBERS), 0.0, 200.0 * math.log(2.0), 100) == pytest.approx(0.05)


@pytest.mark.unit
def test_a_doctor_without_children_forgets_a_hundredth_a_month(numbers):
    k = numbers("doctor.learn", NUMBERS)
    assert learned_skill(k, 0.05, 0.0, 19) == pytest.approx(0.0495)
    assert learned_skill(k, 0.05, 0.0, 20) == pytest.approx(0.05)


@pytest.mark.unit
def test_skill_is_the_sum_of_its_four_parts_within_nought_and_one():
    assert total_skill(0.5, 0.08, 0.05, 0.02) == pytest.approx(0.65)
    assert total_skill(0.9, 0.08, 0.1, 0.08) == 1.0
    assert total_skill(-0.03, 0.0, 0.0, 0.0) == 0.0


@pytest.mark.unit
def test_belief_moves_a_fifth_of_the_way_to_own_and_alliance_wide_experience(numbers):
    # own rate (2 + 1) / 100 = 0.03; a quarter of the way to the alliance's 0.01 is 0.025; four fifths old, one fifth new
    assert belief(numbers("doctor.learn", NUMBERS), 0.01, 2, 1, 100, 0.01) == pytest.approx(0.8 * 0.01 + 0.2 * 0.025)
    # the same doctor after believing 0.02 where the alliance sees 0.05: 0.0225 + 0.0125 = 0.035
    assert belief(numbers("doctor.learn", NUMBERS), 0.02, 2, 1, 100, 0.05) == pytest.approx(0.016 + 0.007)


@pytest.mark.unit
def test_a_single_visit_counts_as_a_whole_experience(numbers):
    # own rate 1, a quarter of the way to the alliance's 0.2: 0.75 + 0.05 = 0.8; 0.8 x 0.1 + 0.2 x 0.8
    assert belief(numbers("doctor.learn", NUMBERS), 0.1, 1, 0, 1, 0.2) == pytest.approx(0.24)


@pytest.mark.unit
def test_nobody_believes_in_more_than_the_greatest_share(numbers):
    # 0.8 x 0.5 + 0.2 x 1 would be 0.6
    assert belief(numbers("doctor.learn", NUMBERS), 0.5, 90, 10, 100, 1.0) == 0.5


@pytest.mark.unit
def test_who_learned_more_than_can_be_learned_now_keeps_it(numbers):
    assert learned_skill(numbers("doctor.learn", NUMBERS), 0.15, 500.0, 100) == 0.15


@pytest.mark.unit
def test_who_forgets_first_has_more_to_learn_again(numbers):
    # 0.05 falls to 0.0495; half of the 0.0505 that are missing is learned after the half-life
    assert learned_skill(numbers("doctor.learn", NUMBERS), 0.05, 200.0 * math.log(2.0), 19) == pytest.approx(0.07475)


@pytest.mark.unit
def test_a_quarter_without_a_visit_teaches_nothing(numbers):
    assert belief(numbers("doctor.learn", NUMBERS), 0.017, 0, 0, 0, 0.5) == 0.017


@pytest.mark.unit
def test_when_nothing_is_ever_confirmed_belief_drifts_down_to_its_floor(numbers):
    k, believed = numbers("doctor.learn", NUMBERS), 0.012
    for _ in range(100):
        believed = belief(k, believed, 0, 0, 100, 0.0)
    assert believed == pytest.approx(0.0005)


@pytest.mark.property
@given(data=st.data(), share=st.floats(0.0, 1.0), n_supervised=cases, n_seen=seen)
def test_learned_skill_is_never_negative_and_never_above_its_ceiling(any_numbers, data, share, n_supervised, n_seen):
    k = any_numbers(data, "doctor.learn")
    after = learned_skill(k, share * k.greatest_gain, n_supervised, n_seen)
    assert 0.0 <= after <= k.greatest_gain * (1.0 + 1e-12)


@pytest.mark.property
@given(data=st.data(), share=st.floats(0.0, 1.0), one=cases, other=cases, n_seen=seen)
def test_more_supervised_cases_never_teach_less(any_numbers, data, share, one, other, n_seen):
    k = any_numbers(data, "doctor.learn")
    few, many = sorted((one, other))
    learned = share * k.greatest_gain
    assert learned_skill(k, learned, few, n_seen) <= learned_skill(k, learned, many, n_seen) + 1e-15


@pytest.mark.property
@given(innate=skills, trained=skills, learned=skills, invested=skills)
def test_skill_stays_within_nought_and_one(innate, trained, learned, invested):
    assert 0.0 <= total_skill(innate, trained, learned, invested) <= 1.0


@pytest.mark.property
@given(data=st.data(), old=st.floats(0.0005, 0.5), n=st.integers(1, 500), rate=st.floats(0.0, 1.0))
def test_belief_stays_between_its_floor_and_one_while_counts_fit_the_visits(any_numbers, data, old, n, rate):
    k = any_numbers(data, "doctor.learn")
    n_confirmed = data.draw(st.integers(0, n))
    n_reported = data.draw(st.integers(0, n - n_confirmed))
    assert k.least_belief <= belief(k, old, n_confirmed, n_reported, n, rate) <= 1.0


@pytest.mark.property
@given(data=st.data(), old=st.floats(0.0005, 0.5), n=st.integers(1, 20))
def test_belief_stays_below_one_when_more_comes_back_than_was_seen_this_quarter(any_numbers, data, old, n):
    # Confirmations and misses of last quarter's visits are reported in this one. Prior odds need a belief below one.
    k = any_numbers(data, "doctor.learn")
    n_confirmed, n_reported = data.draw(st.integers(0, 3 * n)), data.draw(st.integers(0, 3 * n))
    assert 0.0 < belief(k, old, n_confirmed, n_reported, n, 0.02) < 1.0


@pytest.mark.property
@given(data=st.data(), old=st.floats(0.0005, 0.5), n=st.integers(1, 500), reported=st.integers(0, 50))
def test_a_miss_that_comes_back_never_lowers_belief(any_numbers, data, old, n, reported):
    k = any_numbers(data, "doctor.learn")
    assert belief(k, old, 0, reported, n, 0.01) <= belief(k, old, 0, reported + 1, n, 0.01)
