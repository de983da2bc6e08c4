"""Whom does the quality committee advise, and whom does it remove?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.hospital.review import ABOVE, BELOW, WITHIN, is_beyond, is_removed, side_of_limits

# Fixed here, so that a recalibration of the declared values breaks no row worked out by hand.
NUMBERS = {
    "least_visits": 200,
    "is_two_sided": 0,
    "weeks_until_removal": 26,
}

sds = st.floats(1.5, 12.0)
means = st.floats(0.0, 1.0)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("n_counted", "n_visits", "peer_mean", "side"),
    [
        (16, 400, 0.02, WITHIN),  # 0.02 + 3 x sqrt(0.02 x 0.98 / 400) = 0.02 + 3 x 0.007 = 0.041
        (17, 400, 0.02, ABOVE),  # 0.0425
        (0, 400, 0.02, WITHIN),  # 0.02 - 0.021 is below nothing
        (171, 400, 0.5, WITHIN),  # 0.5 - 3 x 0.025 = 0.425
        (169, 400, 0.5, BELOW),  # 0.4225
        (199, 199, 0.02, WITHIN),  # too few visits to tell
        (200, 200, 0.02, ABOVE),  # just enough
        (0, 0, 0.0, WITHIN),
    ],
)
def test_the_limits_are_three_standard_deviations_of_a_share(numbers, n_counted, n_visits, peer_mean, side):
    assert side_of_limits(numbers("hospital.review", NUMBERS), 3.0, n_counted, n_visits, peer_mean) == side


@pytest.mark.unit
def test_where_any_number_of_visits_is_enough_none_still_tells_nothing(numbers):
    assert side_of_limits(numbers("hospital.review", NUMBERS, least_visits=0), 3.0, 0, 0, 0.02) == WITHIN


@pytest.mark.unit
def test_on_the_limit_is_within(numbers):
    # peers at one half, 400 visits: one sd is sqrt(0.25 / 400) = 0.025 exactly, two of them 0.05
    k = numbers("hospital.review", NUMBERS)
    assert [side_of_limits(k, 2.0, n, 400, 0.5) for n in (179, 180, 220, 221)] == [BELOW, WITHIN, WITHIN, ABOVE]


@pytest.mark.unit
@pytest.mark.parametrize(
    ("is_two_sided", "side", "acts"),
    [(0, WITHIN, False), (0, ABOVE, True), (0, BELOW, False), (1, WITHIN, False), (1, ABOVE, True), (1, BELOW, True)],
)
def test_the_committee_acts_on_too_few_only_if_told_to(numbers, is_two_sided, side, acts):
    assert bool(is_beyond(numbers("hospital.review", NUMBERS, is_two_sided=is_two_sided), side)) is acts


@pytest.mark.unit
def test_who_is_still_beyond_after_half_a_year_is_removed(numbers):
    k = numbers("hospital.review", NUMBERS)
    assert not is_removed(k, 25)
    assert is_removed(k, 26)


@pytest.mark.property
@given(data=st.data(), width=sds, n=st.integers(0, 5_000), mean=means)
def test_nobody_within_the_limits_of_many_visits_lies_beyond_those_of_fewer(any_numbers, data, width, n, mean):
    k = any_numbers(data, "hospital.review")
    n_counted, times = data.draw(st.integers(0, n)), data.draw(st.integers(1, 5))
    few, many = side_of_limits(k, width, n_counted, n, mean), side_of_limits(k, width, n_counted * times, n * times, mean)
    assert few in (WITHIN, many), "limits widen with fewer visits at one rate"


@pytest.mark.property
@given(data=st.data(), one=sds, other=sds, n=st.integers(1, 5_000), mean=means)
def test_wider_limits_never_catch_more(any_numbers, data, one, other, n, mean):
    k, n_counted = any_numbers(data, "hospital.review"), data.draw(st.integers(0, n))
    narrow, wide = sorted((one, other))
    assert side_of_limits(k, wide, n_counted, n, mean) in (WITHIN, side_of_limits(k, narrow, n_counted, n, mean))


@pytest.mark.property
@given(data=st.data(), width=sds, n=st.integers(1, 5_000), mean=means)
def test_more_referrals_never_move_a_doctor_down(any_numbers, data, width, n, mean):
    k, n_counted = any_numbers(data, "hospital.review"), data.draw(st.integers(0, n - 1))
    height = {BELOW: 0, WITHIN: 1, ABOVE: 2}
    fewer, more = (height[side_of_limits(k, width, counted, n, mean)] for counted in (n_counted, n_counted + 1))
    assert fewer <= more


@pytest.mark.property
@given(data=st.data(), width=sds, n=st.integers(1, 5_000))
def test_who_does_as_the_peers_do_is_within(any_numbers, data, width, n):
    k, n_counted = any_numbers(data, "hospital.review"), data.draw(st.integers(0, n))
    assert side_of_limits(k, width, n_counted, n, n_counted / n) == WITHIN
