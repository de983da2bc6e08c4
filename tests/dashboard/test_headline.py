"""Do the sentences and figures say what the run came to?"""

from dataclasses import replace

import pytest

from dashboard.charts import CHARTS, policy_numbers, remark
from dashboard.headline import TILES, insurance, sentence, stage_text, tile
from dashboard.lever import LEVERS, nearest_step, note
from dashboard.picture import Picture
from dashboard.state import READY, Stage
from dashboard.texts import Texts

pytestmark = pytest.mark.unit

EN, ZH = Texts("en"), Texts("zh")
BASELINE = {
    "mean_doctors": 12.4, "visits_per_week": 233.0, "referrals_per_week": 4.46, "share_referred": 0.0119,
    "share_true_need": 0.021, "n_missed_serious_per_1000_serious": 289.1, "n_missed_serious": 1583.0,
    "share_self_referred": 0.1033, "share_alliance_visits": 0.0812, "fund_reserve_yuan": 2_340_000.0,
    "highest_surplus_yuan": 0.0, "fund_reinvested_yuan": 0.0, "n_accredited_doctors": 14.0,
    "n_alliance_visits": 60_800.0, "n_visits": 676_000.0, "basic_insurance_yuan": 58_300_000.0,
}  # fmt: skip
POLICY = BASELINE | {"mean_doctors": 30.0, "share_referred": 0.0131, "n_missed_serious": 1541.0}
FUND, REACH = (next(chart for chart in CHARTS if chart.name == name) for name in ("fund", "reach"))
SURPLUS = next(lever for lever in LEVERS if lever.name == "reinvested_share")


def test_the_baseline_is_told_in_counts_a_person_can_picture() -> None:
    said = sentence(EN, BASELINE, BASELINE, is_changed=False)
    assert "about 12 accredited doctors see 233" in said
    assert "refer 4.5 a week" in said
    assert "1.19%" in said
    assert "2.10%" in said


def test_a_policy_is_set_against_the_baseline_in_both_languages() -> None:
    assert "about 30 accredited doctors (baseline 12)" in sentence(EN, POLICY, BASELINE, is_changed=True)
    assert "约30名考核通过的医生（基准12名）" in sentence(ZH, POLICY, BASELINE, is_changed=True)


def test_each_figure_shows_both_worlds_and_their_difference() -> None:
    assert tile(EN, "n_missed_serious", POLICY, BASELINE) == {
        "name": "Missed serious cases, all children",
        "value": "1,541",
        "baseline": "Baseline 1,583",
        "difference": "Difference −42",
    }
    assert tile(ZH, "share_referred", POLICY, BASELINE)["difference"] == "相差+0.12个百分点"


@pytest.mark.parametrize("name", TILES)
def test_no_difference_is_said_to_be_none(name: str) -> None:
    assert tile(EN, name, BASELINE, BASELINE)["difference"] == "No difference"


def test_insurance_is_more_or_less_than_without_an_alliance_or_still_unknown() -> None:
    dearer, cheaper = ({"basic_insurance_yuan": yuan} for yuan in (60_000_000.0, 50_000_000.0))
    assert "1.70 million yuan less than without" in insurance(EN, 1, BASELINE, (1, dearer))
    assert "多830万元" in insurance(ZH, 1, BASELINE, (1, cheaper))
    assert "being computed" in insurance(EN, 1, BASELINE, None)
    assert "being computed" in insurance(EN, 2, BASELINE, (1, cheaper))


def test_without_a_surplus_chart_and_slider_say_that_there_is_nothing_to_reinvest() -> None:
    assert remark(FUND, EN, BASELINE).startswith("No surplus to reinvest in these years")
    assert note(SURPLUS, EN, BASELINE).startswith("No surplus to reinvest in these years")
    assert note(SURPLUS, ZH, BASELINE).startswith("这些年没有可再投入的盈余")


def test_with_a_surplus_they_say_what_was_put_back() -> None:
    rich = BASELINE | {"highest_surplus_yuan": 1.0, "fund_reinvested_yuan": 1_250_000.0}
    assert remark(FUND, EN, rich) == ""
    assert note(SURPLUS, EN, rich) == "Put back in 2021 to 2025: 1.25 million yuan."


def test_visits_are_told_in_wan_ren_ci() -> None:
    assert remark(REACH, EN, BASELINE).endswith("60,800 of 676,000 visits go to alliance doctors.")
    assert "6.08万人次" in remark(REACH, ZH, BASELINE)


def test_a_page_that_must_wait_says_what_it_is_doing() -> None:
    assert "machine code" in stage_text(EN, Stage("compiling"))
    assert "40%" in stage_text(EN, Stage("past", 0.4))
    assert stage_text(EN, READY) == ""


def test_a_growing_run_is_sent_as_far_as_it_goes() -> None:
    grown = Picture(7, 1, {"a.b.c": 0.2}, {"line": [0.0] * 422}, BASELINE, {"line": [0.5, None]})
    expected = '{"run": 7, "seed": 1, "settings": {"a.b.c": 0.2}, "is_whole": false, "lines": {"line": [0.5, null]}}'
    assert policy_numbers(grown) == expected
    assert '"is_whole": true' in policy_numbers(replace(grown, policy_outcome=POLICY))


@pytest.mark.parametrize(("span", "step"), [(0.78, 0.01), (1.0, 0.01), (500.0, 5.0), (3.0, 0.02)])
def test_a_slider_has_about_a_hundred_round_steps(span: float, step: float) -> None:
    assert nearest_step(span / 100) == pytest.approx(step)
