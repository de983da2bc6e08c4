"""What does the fund pay the doctors, and what of it reaches them?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.fund.pay import arriving_fen, counted_referrals, share_that_arrives, yuan_lost_per_referral

# Fixed here, so that a recalibration of the declared values breaks no row worked out by hand.
NUMBERS = {
    "yuan_per_avoided_referral": 0.0,
    "benchmark_share": 0.015,
    "cap_in_referrals": 36.0,
    "reaches_public": 0.85,
    "reaches_separate": 0.3,
    "reaches_private": 1.0,
}

visits = st.integers(0, 20_000)
referrals = st.integers(0, 1_000)
shares = st.floats(0.0, 1.0)
flags = st.integers(0, 1)


@pytest.mark.unit
def test_what_arrives_depends_on_who_employs_the_doctor(numbers):
    k = numbers("fund.pay", NUMBERS)
    assert share_that_arrives(k, 1, 0) == 1.0
    assert share_that_arrives(k, 0, 0) == 0.85
    assert share_that_arrives(k, 0, 1) == 0.3


@pytest.mark.unit
def test_the_incentive_counts_referrals_below_the_benchmark(numbers):
    k = numbers("fund.pay", NUMBERS)
    assert counted_referrals(k, 2000, 20) == pytest.approx(10.0)  # 1.5 % of 2,000 are 30
    assert counted_referrals(k, 2000, 35) == pytest.approx(-5.0)


@pytest.mark.unit
def test_the_incentive_counts_no_more_than_its_cap_either_way(numbers):
    k = numbers("fund.pay", NUMBERS)
    assert counted_referrals(k, 4000, 0) == 36.0
    assert counted_referrals(k, 400, 50) == -36.0


@pytest.mark.unit
def test_one_more_referral_costs_what_arrives_of_the_incentive(numbers):
    k = numbers("fund.pay", NUMBERS, yuan_per_avoided_referral=100.0)
    assert yuan_lost_per_referral(k, 0.85, 2000, 20) == pytest.approx(85.0)
    assert yuan_lost_per_referral(k, 0.0, 2000, 20) == 0.0


@pytest.mark.unit
def test_beyond_the_cap_one_more_referral_costs_nothing(numbers):
    k = numbers("fund.pay", NUMBERS, yuan_per_avoided_referral=100.0)
    assert yuan_lost_per_referral(k, 0.85, 4000, 0) == 0.0
    assert yuan_lost_per_referral(k, 0.85, 400, 50) == 0.0


@pytest.mark.unit
def test_at_the_cap_the_first_referral_too_many_costs_and_the_last_one_does_not(numbers):
    k = numbers("fund.pay", NUMBERS, yuan_per_avoided_referral=100.0, benchmark_share=0.0625)
    assert yuan_lost_per_referral(k, 1.0, 576, 0) == 100.0  # 36 avoided, all of them paid: one more leaves 35
    assert yuan_lost_per_referral(k, 1.0, 576, 72) == 0.0  # 36 too many, no further one is counted


@pytest.mark.unit
def test_without_an_incentive_a_referral_costs_nothing(numbers):
    assert yuan_lost_per_referral(numbers("fund.pay", NUMBERS), 1.0, 2000, 20) == 0.0


@pytest.mark.unit
def test_who_passes_pay_on_keeps_the_rounding():
    assert arriving_fen(0.85, 101) == 85
    assert arriving_fen(1.0, 101) == 101
    assert arriving_fen(0.0, 101) == 0


@pytest.mark.property
@given(data=st.data(), is_private=flags, is_separate=flags, fen=st.integers(0, 10**12))
def test_nobody_receives_more_than_was_paid(any_numbers, data, is_private, is_separate, fen):
    share = share_that_arrives(any_numbers(data, "fund.pay"), is_private, is_separate)
    assert 0.0 <= share <= 1.0
    assert 0 <= arriving_fen(share, fen) <= fen


@pytest.mark.property
@given(data=st.data(), n_visits=visits, n_recorded=referrals)
def test_the_yearly_incentive_lies_within_its_cap_and_falls_with_referrals(any_numbers, data, n_visits, n_recorded):
    k = any_numbers(data, "fund.pay")
    now, after_one_more = counted_referrals(k, n_visits, n_recorded), counted_referrals(k, n_visits, n_recorded + 1)
    assert -k.cap_in_referrals <= after_one_more <= now <= k.cap_in_referrals


@pytest.mark.property
@given(data=st.data(), share=shares, n_visits=visits, n_recorded=referrals)
def test_the_incentive_is_zero_beyond_the_cap(any_numbers, data, share, n_visits, n_recorded):
    k = any_numbers(data, "fund.pay")
    lost = yuan_lost_per_referral(k, share, n_visits, n_recorded)
    if abs(k.benchmark_share * n_visits - n_recorded) > k.cap_in_referrals:
        assert lost == 0.0
    assert abs(lost) <= abs(k.yuan_per_avoided_referral)


@pytest.mark.property
@given(data=st.data(), share=shares, n_visits=visits, n_recorded=referrals)
def test_what_a_referral_is_said_to_cost_is_what_the_settlement_takes(any_numbers, data, share, n_visits, n_recorded):
    k = any_numbers(data, "fund.pay")
    settled = counted_referrals(k, n_visits, n_recorded) - counted_referrals(k, n_visits, n_recorded + 1)
    below = k.benchmark_share * n_visits - n_recorded
    if -k.cap_in_referrals + 1.0 <= below <= k.cap_in_referrals:  # the last, broken referral before the cap is rounded
        lost = yuan_lost_per_referral(k, share, n_visits, n_recorded)
        assert lost == pytest.approx(settled * share * k.yuan_per_avoided_referral, rel=1e-6, abs=1e-6)
