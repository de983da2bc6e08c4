"""Which week is it, and which month, quarter and year does it belong to?"""

from collections import Counter
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model import calendar

indices = st.integers(0, calendar.N_WEEKS - 1)


@pytest.mark.unit
def test_the_last_monday_of_2018_belongs_to_2019():
    week = calendar.week(calendar.index_of(date(2018, 12, 31)))
    assert week.start == date(2018, 12, 31)
    assert (week.year, week.month, week.week_of_year) == (2019, 12 * 2019, 1)


@pytest.mark.unit
def test_2020_has_fifty_three_weeks_and_the_years_around_it_fifty_two():
    n_weeks = Counter(calendar.week(index).year for index in range(calendar.N_WEEKS))
    assert {year: n_weeks[year] for year in range(2017, 2026)} == {
        2017: 52, 2018: 52, 2019: 52, 2020: 53, 2021: 52, 2022: 52, 2023: 52, 2024: 52, 2025: 52
    }  # fmt: skip
    assert calendar.week(calendar.index_of(date(2020, 12, 31))).week_of_year == 53


@pytest.mark.unit
def test_the_case_starts_on_the_last_monday_of_november_2017():
    assert calendar.week(calendar.FIRST_HISTORY_WEEK).start == date(2017, 11, 27)
    assert calendar.week(0).start == date(2016, 11, 28)


@pytest.mark.unit
def test_the_first_policy_week_starts_on_28_december_2020():
    first = calendar.week(calendar.FIRST_POLICY_WEEK).start
    assert first == date(2020, 12, 28)
    assert first == calendar.POLICY_START
    assert calendar.week(calendar.FIRST_POLICY_WEEK - 1).start == date(2020, 12, 21)


@pytest.mark.unit
def test_there_are_52_weeks_of_burn_in_161_of_history_and_five_policy_years():
    periods = Counter(calendar.week(index).period for index in range(calendar.N_WEEKS))
    assert periods == {"burn_in": 52, "history": 161, "policy": 261}
    assert calendar.week(calendar.N_WEEKS - 1).year == 2025
    assert calendar.week(calendar.N_WEEKS - 1).ends_year


@pytest.mark.unit
def test_the_books_of_2020_are_closed_in_the_first_policy_week():
    assert calendar.week(calendar.FIRST_POLICY_WEEK).ends_year
    assert calendar.week(calendar.FIRST_POLICY_WEEK).year == 2020


@pytest.mark.unit
def test_covid_begins_with_the_lockdown_and_ends_with_june():
    assert not calendar.week(calendar.index_of(date(2020, 1, 13))).is_covid
    assert calendar.week(calendar.index_of(date(2020, 1, 20))).is_covid
    assert calendar.week(calendar.index_of(date(2020, 6, 28))).is_covid
    assert not calendar.week(calendar.index_of(date(2020, 6, 29))).is_covid


@pytest.mark.unit
def test_a_day_before_the_burn_in_is_refused():
    with pytest.raises(ValueError, match="before 2016-11-28"):
        calendar.index_of(date(2016, 11, 27))


@pytest.mark.unit
def test_starts_are_the_mondays_of_the_weeks():
    starts = calendar.starts(60)
    assert starts.dtype == np.dtype("datetime64[s]")
    assert [start.item().date() for start in starts] == [calendar.week(index).start for index in range(60)]


@pytest.mark.property
@given(index=indices)
def test_a_week_belongs_to_the_year_and_month_of_its_thursday(index):
    week = calendar.week(index)
    thursday = week.start + timedelta(days=3)
    assert week.start.weekday() == 0
    assert week.year == thursday.year == week.start.isocalendar().year
    assert week.week_of_year == week.start.isocalendar().week
    assert week.month == 12 * thursday.year + thursday.month - 1


@pytest.mark.property
@given(index=indices)
def test_a_month_ends_where_the_next_week_has_another_and_a_quarter_with_every_third(index):
    this, following = calendar.week(index), calendar.week(index + 1)
    assert this.ends_month is (following.month == this.month + 1)
    assert following.month - this.month in (0, 1)
    assert this.ends_quarter is (this.ends_month and following.month % 3 == 0)
    assert this.ends_year is (following.year == this.year + 1)
    assert this.ends_quarter or not this.ends_year


@pytest.mark.property
@given(index=indices, weekday=st.integers(0, 6))
def test_every_day_of_a_week_lies_in_that_week(index, weekday):
    assert calendar.index_of(calendar.week(index).start + timedelta(days=weekday)) == index
