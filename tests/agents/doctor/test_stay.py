"""Does the doctor stay in the alliance, and in the zone?"""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.doctor.stay import felt, minutes_per_visit, net_pay_per_hour, p_comes_forward, p_leaves_alliance, p_quits

# Fixed here, so that a recalibration of the declared values breaks no row worked out by hand.
NUMBERS = {
    "minutes_per_record": 2.0,
    "yuan_per_own_hour": 80.0,
    "greatest_net_pay": 200.0,
    "memory": 0.25,
    "log_odds_of_leaving": -math.log(199.0),
    "log_odds_per_10_yuan": math.log(2.0),
    "quit_rate": 0.05,
    "log_odds_per_load": math.log(2.0) / 0.1,
    "log_odds_per_1000_yuan": math.log(3.0),
    "log_odds_of_coming": -math.log(9.0),
    "coming_per_10_yuan": math.log(1.5),
}

pay = st.floats(-200.0, 500.0)
yuan = st.floats(-5_000.0, 50_000.0)
shares = st.floats(0.0, 1.0)


@pytest.mark.unit
def test_a_platform_shortens_the_record_and_not_the_calls(numbers):
    k = numbers("doctor.stay", NUMBERS)
    assert minutes_per_visit(k, 0.8, 0.0) == pytest.approx(2.8)
    assert minutes_per_visit(k, 0.8, 0.25) == pytest.approx(2.3)  # 2 x 0.75 + 0.8


@pytest.mark.unit
def test_an_hour_brings_what_arrived_over_all_hours_less_the_own_hour(numbers):
    # 100 visits x 3 minutes are 5 hours, and 2 of training: 700 yuan are 100 an hour
    assert net_pay_per_hour(numbers("doctor.stay", NUMBERS), 700.0, 100, 3.0, 2.0) == pytest.approx(20.0)


@pytest.mark.unit
def test_net_pay_lies_between_unpaid_work_and_the_greatest(numbers):
    k = numbers("doctor.stay", NUMBERS)
    assert net_pay_per_hour(k, 0.0, 100, 3.0, 2.0) == pytest.approx(-80.0)
    assert net_pay_per_hour(k, -900.0, 100, 3.0, 2.0) == pytest.approx(-80.0)  # after a deduction
    assert net_pay_per_hour(k, 90_000.0, 100, 3.0, 2.0) == pytest.approx(200.0)


@pytest.mark.unit
def test_who_has_no_hours_has_no_net_pay(numbers):
    assert net_pay_per_hour(numbers("doctor.stay", NUMBERS), 500.0, 0, 3.0, 0.0) == 0.0


@pytest.mark.unit
def test_a_quarter_of_the_news_is_felt_in_a_month(numbers):
    assert felt(numbers("doctor.stay", NUMBERS), 10.0, 30.0) == pytest.approx(15.0)


@pytest.mark.unit
def test_ten_yuan_more_an_hour_halve_the_odds_of_leaving(numbers):
    k = numbers("doctor.stay", NUMBERS)
    assert p_leaves_alliance(k, 0.0) == pytest.approx(1 / 200)
    assert p_leaves_alliance(k, 10.0) == pytest.approx(1 / 399)  # odds 1 to 398
    assert p_leaves_alliance(k, -10.0) == pytest.approx(2 / 201)


@pytest.mark.unit
def test_a_twelfth_of_the_yearly_rate_quits_each_month_and_load_and_income_move_the_odds(numbers):
    k = numbers("doctor.stay", NUMBERS)
    assert p_quits(k, 0.85, 0.85, 0.0) == pytest.approx(0.05 / 12)
    assert p_quits(k, 0.95, 0.85, 0.0) == pytest.approx(2 / 21 / 12)  # odds 1 to 19 doubled
    assert p_quits(k, 0.85, 0.85, 1000.0) == pytest.approx(1 / 58 / 12)  # odds 1 to 57, a third


@pytest.mark.unit
def test_an_hour_of_records_and_calls_counts_sixty_minutes(numbers):
    # 30 visits x 4 minutes are 2 hours without training: 100 yuan are 50 an hour, 30 below the own hour
    assert net_pay_per_hour(numbers("doctor.stay", NUMBERS), 100.0, 30, 4.0, 0.0) == pytest.approx(-30.0)
    # 10 visits x 3 minutes are half an hour: 50 yuan are 100 an hour
    assert net_pay_per_hour(numbers("doctor.stay", NUMBERS), 50.0, 10, 3.0, 0.0) == pytest.approx(20.0)


@pytest.mark.unit
def test_load_and_income_pull_against_each_other(numbers):
    # odds 1 to 19, times 4 for a load 0.2 above the reference, a ninth for 2,000 yuan: 4 to 171
    assert p_quits(numbers("doctor.stay", NUMBERS), 1.05, 0.85, 2000.0) == pytest.approx(4 / 175 / 12)


@pytest.mark.unit
def test_one_in_ten_comes_forward_and_more_do_where_colleagues_are_paid(numbers):
    k = numbers("doctor.stay", NUMBERS)
    assert p_comes_forward(k, 0.0) == pytest.approx(1 / 10)  # odds 1 to 9
    assert p_comes_forward(k, 10.0) == pytest.approx(1 / 7)  # 1.5 to 9 are 1 to 6
    assert p_comes_forward(k, 20.0) == pytest.approx(1 / 5)  # 2.25 to 9 are 1 to 4
    assert p_comes_forward(k, -10.0) == pytest.approx(2 / 29)  # 1 to 13.5


@pytest.mark.property
@given(data=st.data(), one=pay, other=pay)
def test_nobody_is_put_off_by_well_paid_colleagues(any_numbers, data, one, other):
    k = any_numbers(data, "doctor.stay")
    low, high = sorted((one, other))
    assert 0.0 <= p_comes_forward(k, low) <= p_comes_forward(k, high) <= 1.0


@pytest.mark.property
@given(data=st.data(), calls=st.floats(0.0, 15.0), one=shares, other=shares)
def test_a_better_platform_never_takes_longer(any_numbers, data, calls, one, other):
    k = any_numbers(data, "doctor.stay")
    low, high = sorted((one, other))
    assert calls <= minutes_per_visit(k, calls, high) <= minutes_per_visit(k, calls, low)


@pytest.mark.property
@given(data=st.data(), one=yuan, other=yuan, n=st.integers(0, 500), minutes=st.floats(0.1, 20.0), training=st.floats(0.0, 8.0))
def test_net_pay_rises_with_what_arrives_and_stays_within_bounds(any_numbers, data, one, other, n, minutes, training):
    k = any_numbers(data, "doctor.stay")
    low, high = (net_pay_per_hour(k, arrived, n, minutes, training) for arrived in sorted((one, other)))
    assert -k.yuan_per_own_hour <= low <= high <= k.greatest_net_pay


@pytest.mark.property
@given(data=st.data(), before=pay, now=pay)
def test_what_is_felt_lies_between_before_and_now(any_numbers, data, before, now):
    low, high = sorted((before, now))
    assert low - 1e-9 <= felt(any_numbers(data, "doctor.stay"), before, now) <= high + 1e-9


@pytest.mark.property
@given(data=st.data(), one=pay, other=pay)
def test_better_pay_never_drives_out_of_the_alliance(any_numbers, data, one, other):
    k = any_numbers(data, "doctor.stay")
    low, high = sorted((one, other))
    assert 0.0 <= p_leaves_alliance(k, high) <= p_leaves_alliance(k, low) <= 1.0


@pytest.mark.property
@given(data=st.data(), one=shares, other=shares, income=st.floats(0.0, 20_000.0))
def test_load_never_keeps_a_doctor_and_income_never_drives_one_out(any_numbers, data, one, other, income):
    k = any_numbers(data, "doctor.stay")
    low, high = sorted((one, other))
    assert 0.0 <= p_quits(k, low, 0.85, income) <= p_quits(k, high, 0.85, income) <= 1.0 / 12.0
    assert p_quits(k, low, 0.85, income) <= p_quits(k, low, 0.85, 0.0)
