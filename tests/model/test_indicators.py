"""What came of it?"""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from model import calendar, indicators
from model.alliance import AllianceModel
from model.indicators import INDICATORS, rolling, summary
from model.scenario import Scenario, load_scenario
from model.tally import TALLY
from model.world import columns
from tests.engine.invariants import outside_their_range

pytestmark = pytest.mark.unit

HUAXI = Path(__file__).resolve().parents[2] / "scenarios" / "huaxi.toml"
LAST_WEEK = calendar.FIRST_POLICY_WEEK + 4

# Two weeks of burn-in, four of history; the burn-in counts for nothing in history.
BY_HAND = pd.DataFrame(
    {
        "n_recorded_referrals": [9, 9, 1, 0, 3, 0],
        "n_alliance_visits": [9, 9, 10, 0, 20, 30],
        "n_members": [0, 0, 5, 7, 6, 8],
        "period": ["burn_in"] * 2 + ["history"] * 4,
    }
)


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    """A small zone with many accredited doctors."""
    settings = {
        "population.n_children": 2_000,
        "hospital.accredit.pass_rate": 0.8,
        "hospital.support.share_for_training": 0.2,
    }
    return load_scenario(HUAXI).with_settings(settings)


@pytest.fixture(scope="module")
def model(scenario) -> AllianceModel:
    return AllianceModel(scenario, 1).run_until(LAST_WEEK)


@pytest.fixture(scope="module")
def weekly(model) -> pd.DataFrame:
    return model.weekly()


def test_every_indicator_is_in_the_weekly_frame(weekly):
    assert set(INDICATORS) | {"week_start", "period"} == set(weekly.columns)
    assert len(weekly) == LAST_WEEK
    assert weekly["week_start"].iloc[0] == pd.Timestamp(calendar.FIRST_DAY)
    assert weekly["period"].value_counts().to_dict() == {"history": 161, "burn_in": 52, "policy": 4}


def test_every_indicator_has_unit_and_definition():
    for name, indicator in INDICATORS.items():
        assert indicator.name == name
        assert indicator.unit
        assert indicator.definition
        assert indicator.kind in ("count", "stock", "ratio")
        if indicator.kind == "ratio":
            assert {indicator.numerator, indicator.denominator} <= set(INDICATORS)


def test_no_two_columns_of_the_tally_mean_the_same():
    meanings = [field.meaning for field in TALLY]
    assert len(set(meanings)) == len(meanings)


def test_a_periods_ratio_is_that_of_its_sums_not_the_mean_of_its_weeks(model, weekly):
    history = weekly[weekly["period"] == "history"]
    found = model.indicators("history")
    assert history["n_alliance_visits"].sum() > 0
    assert found["share_referred"] == history["n_recorded_referrals"].sum() / history["n_alliance_visits"].sum()
    assert found["share_referred"] != pytest.approx(history["share_referred"].mean())
    assert found["n_alliance_visits"] == history["n_alliance_visits"].sum()
    assert found["n_members"] == history["n_members"].iloc[-1]


def test_a_weeks_ratio_divides_that_weeks_counts_and_is_empty_without_any(weekly):
    some = weekly["n_alliance_visits"] > 0
    assert some.any()
    assert not some.all()
    rate = 10_000 * weekly["n_missed_serious_alliance"] / weekly["n_alliance_visits"]
    np.testing.assert_allclose(weekly["n_missed_serious_per_10000_visits"][some], rate[some], rtol=1e-12)
    assert weekly["share_referred"][~some].isna().all()


def test_a_rolling_ratio_divides_rolling_sums():
    np.testing.assert_allclose(rolling(BY_HAND, "share_referred", 2), [1.0, 1.0, 10 / 19, 0.1, 0.15, 0.06])
    np.testing.assert_allclose(rolling(BY_HAND, "share_referred", 1), [1.0, 1.0, 0.1, np.nan, 0.15, 0.0])


def test_a_rolling_count_is_a_sum_and_a_rolling_stock_is_what_it_is():
    np.testing.assert_array_equal(rolling(BY_HAND, "n_alliance_visits", 3), [9, 18, 28, 19, 30, 50])
    np.testing.assert_array_equal(rolling(BY_HAND, "n_members", 3), [0, 0, 5, 7, 6, 8])


def test_a_window_longer_than_the_run_counts_everything(weekly):
    last = rolling(weekly, "share_first_contact_primary", 10_000)[-1]
    assert last == pytest.approx(weekly["n_first_contacts_primary"].sum() / weekly["n_first_contacts"].sum())


@pytest.mark.parametrize("period", ["burn_in", "history", "policy", "case"])
def test_every_period_that_is_promised_has_a_summary(model, period):
    assert model.indicators(period)["n_illnesses"] > 0


def test_a_period_that_does_not_exist_is_an_error(weekly):
    with pytest.raises(KeyError, match="yesteryear"):
        summary(weekly, "yesteryear")


def test_a_period_that_has_not_begun_has_no_counts_and_no_stocks(weekly):
    found = summary(weekly[weekly["period"] == "burn_in"], "policy")
    assert found["n_illnesses"] == 0
    assert np.isnan(found["n_members"])
    assert np.isnan(found["share_referred"])


def test_the_figures_of_the_first_line_come_first(model):
    assert tuple(model.indicators())[: len(indicators.FIRST)] == indicators.FIRST


def test_indicators_write_nothing(model):
    before = {name: array.copy() for name, array in columns(model.world).items()}
    first, first_hash, first_summary = model.weekly(), model.result_hash(), model.indicators()
    pd.testing.assert_frame_equal(first, model.weekly())
    assert model.result_hash() == first_hash
    np.testing.assert_equal(model.indicators(), first_summary)
    for name, array in columns(model.world).items():
        np.testing.assert_array_equal(array, before[name], err_msg=name)


def test_who_changes_the_frame_changes_a_copy(model, weekly):
    mine = model.weekly()
    mine.loc[:, "n_visits"] = -1
    pd.testing.assert_frame_equal(model.weekly(), weekly)


def test_a_run_that_was_looked_at_every_week_ends_like_one_that_was_not(scenario):
    looked_at, left_alone = AllianceModel(scenario, 3), AllianceModel(scenario, 3)
    for _ in range(60):
        looked_at.step()
        looked_at.weekly()
        looked_at.indicators("burn_in")
    assert looked_at.result_hash() == left_alone.run_until(60).result_hash()


def test_shares_lie_within_nought_and_one_and_the_ledger_balances(model, weekly):
    assert outside_their_range(model) == []
    assert (weekly["ledger_imbalance_fen"] == 0).all()


BEYOND = pd.DataFrame(
    {"n_alliance_visits": [2, 0, 4], "n_self_referred": [3, 1, 1], "n_attempts": [5, 5, 5], "n_turned_away": [4, 5, 0]}
    | {"n_household_years": [50, 0, 50], "n_catastrophic_fifth_1": [11, 0, 9]}
)


def test_a_share_of_what_began_in_weeks_before_ends_at_one_and_is_unknown_without_any():
    np.testing.assert_array_equal(rolling(BEYOND, "share_self_referred", 1), [1.0, np.nan, 0.25])
    np.testing.assert_array_equal(rolling(BEYOND, "share_self_referred", 3), [1.0, 1.0, 5 / 6])
    np.testing.assert_array_equal(rolling(BEYOND, "share_catastrophic_fifth_1", 1), [1.0, np.nan, 0.9])


def test_who_was_turned_away_is_counted_among_those_who_tried(weekly):
    np.testing.assert_array_equal(rolling(BEYOND, "share_turned_away", 1), [0.8, 1.0, 0.0])
    tried = weekly["n_visits"] + weekly["n_turned_away"]
    np.testing.assert_array_equal(weekly["n_attempts"], tried)
    np.testing.assert_array_equal(weekly["share_turned_away"], weekly["n_turned_away"] / tried)


def test_parts_add_up_to_their_whole(weekly):
    sums = weekly[[name for name, indicator in INDICATORS.items() if indicator.kind == "count"]].sum()
    assert sums["n_visits"] == sums["n_primary_visits"] + sums["n_hospital_visits"]
    assert sums["n_sent_alliance"] == sums["n_recorded_referrals"] + sums["n_advised_unrecorded"]
    assert sums["n_recorded_referrals"] == sums["n_needed_referrals"] + sums["n_unnecessary_referrals"]
    assert sums["n_illnesses"] <= sums["n_potential_illnesses"]
    assert sums["n_missed_serious"] <= sums["n_serious"]


def test_members_are_a_share_of_the_children_and_solvency_is_short_while_the_plan_may_not_sell(weekly):
    np.testing.assert_array_equal(weekly["share_members"], weekly["n_members"] / weekly["n_children"])
    assert INDICATORS["share_members"].kind == "stock"
    np.testing.assert_array_equal(weekly["n_weeks_solvency_short"], 1 - weekly["is_plan_selling"])
    assert INDICATORS["n_weeks_solvency_short"].kind == "count"


def test_a_plan_is_short_in_the_weeks_after_a_closing_that_finds_it_so_and_after_its_end(scenario):
    poor = scenario.with_settings({"fund.plan.operating_fund_yuan": 0.0, "fund.plan.premium_yuan": 40.0})
    model = AllianceModel(poor, 1).run_until(calendar.FIRST_POLICY_WEEK)
    weekly, least = model.weekly(), model.p.fund.solvency.least_ratio
    is_short = ((weekly["solvency_ratio"] < least) | (weekly["is_plan_closed"] == 1)) & (weekly["period"] == "history")
    closed = weekly["solvency_ratio"].ne(0.0).cumsum().to_numpy() > 0
    found = weekly["n_weeks_solvency_short"].to_numpy() == 1
    assert found.sum() > 0
    np.testing.assert_array_equal(found[closed], is_short[closed].to_numpy())
    assert model.indicators("history")["n_weeks_solvency_short"] == found[(weekly["period"] == "history").to_numpy()].sum()
