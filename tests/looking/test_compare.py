"""Are paired differences those of the same runs, is the past shared, and is doubt said in words?"""

import json
import math

import pandas as pd
import pytest

import cli
from experiments.compare import ALIKE, SAME, compare, n_weeks_to_run
from experiments.inputs import common_weeks, other_inputs
from experiments.paired import difference
from experiments.request import Request
from experiments.subjects import BETTER, CAN_HIDE, MAY_BREAK, by_subject, can_hide, subject_of
from model import calendar
from model.alliance import AllianceModel
from model.indicators import INDICATORS

case, unit, pattern = pytest.mark.case, pytest.mark.unit, pytest.mark.pattern
SEEDS = range(1, 5)


def request(scenario, seeds=SEEDS, period="policy"):
    return Request(scenario, seeds, 250, period)


@pytest.fixture(scope="module")
def found(small, strict):
    return compare(request(small), request(strict))


@case
def test_each_world_of_a_comparison_is_the_one_that_runs_alone(found, small, strict):
    for pair in found.pairs[:2]:
        alone = [AllianceModel(scenario, pair.seed).run_until(302).result_hash() for scenario in (small, strict)]
        assert list(pair.hashes) == alone
    assert [pair.seed for pair in found.pairs] == list(SEEDS)


@case
def test_the_common_past_is_run_once(found, small, strict):
    assert found.shared_weeks == common_weeks(small, strict) == 144
    assert n_weeks_to_run(found.first, found.second) == len(SEEDS) * (2 * 302 - 144)
    assert common_weeks(small, small) == calendar.LAST_WEEK


@pattern
def test_differences_and_intervals_are_those_of_the_pairs(found):
    frame = found.frame()
    first, second = ([getattr(pair, side) for pair in found.pairs] for side in ("first", "second"))
    for name in ("n_visits", "n_accredited_doctors", "share_first_contact_primary"):
        expected = difference(name, first, second)
        row = frame.loc[name]
        assert (row["difference"], row["low"], row["high"]) == pytest.approx((expected.mean, expected.low, expected.high))
        assert row["second"] - row["first"] == pytest.approx(row["difference"])
    assert (frame.loc[frame["verdict"] == "lower", "high"] < 0).all()
    assert (frame.loc[frame["verdict"] == "higher", "low"] > 0).all()
    unsure = frame[frame["verdict"] == ALIKE]
    assert ((unsure["low"] <= 0) & (unsure["high"] >= 0)).all()
    assert len(unsure) > 0
    assert frame.loc["n_illnesses", "verdict"] == SAME


@case
def test_a_scenario_against_itself_is_the_same_in_every_seed(small):
    frame = compare(request(small, range(1, 3)), request(small, range(1, 3))).frame()
    assert set(frame["verdict"]) <= {SAME, "not known"}
    assert (frame["difference"].dropna() == 0).all()


@unit
def test_one_seed_distinguishes_nothing(small, strict):
    frame = compare(request(small, range(1, 2)), request(strict, range(1, 2))).frame()
    assert set(frame["verdict"]) <= {SAME, ALIKE, "not known"}
    assert all(math.isnan(low) for low in frame["low"])


@unit
def test_inputs_that_differ_are_listed_with_both_values_and_their_date(small, strict):
    (one,) = other_inputs(small, strict)
    assert (one.name, one.when, one.first, one.second) == ("hospital.accredit.pass_rate", "from 2019-09-02", 0.5, 0.05)
    assert other_inputs(small, small) == []
    back = strict.with_settings({"hospital.accredit.pass_rate": 0.5}, calendar.POLICY_START)
    assert [i.first == i.second for i in other_inputs(small, back)] == [False, True]


@unit
def test_every_flattering_figure_and_what_it_hides_is_known():
    assert {*CAN_HIDE, *MAY_BREAK, *BETTER, *(name for hidden in CAN_HIDE.values() for name in hidden)} <= set(INDICATORS)
    assert set(BETTER.values()) == {"lower", "higher"}
    assert subject_of("n_missed_serious_per_10000_visits") == "safety"
    assert sum(len(names) for names in by_subject(INDICATORS).values()) == len(INDICATORS)


@unit
def test_every_figure_that_looks_like_success_can_hide_what_a_policy_breaks():
    for name in CAN_HIDE:
        assert set(MAY_BREAK) <= set(can_hide(name)), name
    assert can_hide("lapse_share") == MAY_BREAK  # fewer lapse where the reluctant have left
    assert can_hide("n_children") == ()


WORDS = ["--children", "1000", "--weeks", "180", "--seeds", "2"]


@case
def test_the_terminal_shows_inputs_differences_and_what_can_be_hidden(huaxi, tmp_path, capfd):
    out = tmp_path / "out"
    lever = ["--set-b", "hospital.accredit.pass_rate=0.5", "--from", "2021-01-04"]
    assert cli.main(["compare", huaxi, *WORDS, *lever, "--out", str(out)]) == 0
    text = " ".join(capfd.readouterr().out.split())
    for said in (
        "hospital.accredit.pass_rate 2021-01-04 0.1 0.5",
        "↳ n_missed_serious_per_10000_visits",
        "the same children with the same luck",
    ):
        assert said in text
    table = pd.read_parquet(out / "differences.parquet")
    assert set(table["seed"]) == {1, 2}
    assert json.loads((out / "compare.json").read_text())["seeds"] == [1, 2]


@case
def test_json_is_one_strict_object(huaxi, capfd):
    assert cli.main(["compare", huaxi, huaxi.replace("huaxi", "no_alliance"), *WORDS, "--json"]) == 0
    captured = capfd.readouterr()
    assert captured.out.count("\n") == 1
    found = json.loads(captured.out, parse_constant=pytest.fail)
    assert found["shared_weeks"] == 0
    assert found["indicators"]["share_referred"]["can_hide"]
    assert {one["name"] for one in found["inputs"]} >= {"fund.plan.is_running", "hospital.accredit.is_running"}


@unit
def test_ctrl_c_is_one_line_and_130(huaxi, tmp_path, capfd, monkeypatch):
    def stopped(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("experiments.compare._run", stopped)
    assert cli.main(["compare", huaxi, huaxi, *WORDS, "--out", str(tmp_path / "out")]) == 130
    assert capfd.readouterr().err == "alliance: stopped; no results were written\n"
    assert not list(tmp_path.iterdir())
