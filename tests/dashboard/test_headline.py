"""Do the sentences and figures say what the runs came to, and what cannot be told from no change?"""

import json
import math
from typing import Any, cast

import numpy as np
import pytest

from dashboard import worlds
from dashboard.band import Picture
from dashboard.choice import Choice, Settings
from dashboard.rooms.decide.charts import CHARTS, policy_numbers, remark
from dashboard.rooms.decide.first_figures import SIDE_BY_SIDE, WRITERS
from dashboard.rooms.decide.headline import change, groups, insurance, sentence, stage_text, tile, worlds_text
from dashboard.rooms.decide.levers import came_of, described, nearest_step, notes, written
from dashboard.simulation import READY, Stage
from dashboard.texts import Texts
from dashboard.worlds import Run, World
from experiments.subjects import MAY_BREAK

pytestmark = pytest.mark.unit

EN, ZH = Texts("en"), Texts("zh")
EXAMINATION = "hospital.accredit.pass_rate"
BASELINE = {
    "mean_doctors": 12.4, "visits_per_week": 233.0, "referrals_per_week": 4.46, "share_referred": 0.0119,
    "share_true_need": 0.021, "n_missed_serious_per_1000_serious": 289.1, "own_payment_yuan": 170_000_000.0, "lapse_share": 0.15,
    "wait_hours_others": 4.4, "share_self_referred": 0.1033, "share_alliance_visits": 0.0812, "fund_reserve_yuan": 2_340_000.0,
    "highest_surplus_yuan": 0.0, "fund_reinvested_yuan": 0.0, "n_accredited_doctors": 14.0,
    "n_alliance_visits": 60_800.0, "n_visits": 676_000.0, "basic_insurance_yuan": 58_300_000.0,
    "n_severe_harm": 142.0, "n_missed_serious": 1277.0, "n_weeks_solvency_short": 0.0, "share_members": 0.7264,
    "fund_premium_yuan": 16_400_000.0,
}  # fmt: skip
FUND, REACH = (next(chart for chart in CHARTS if chart.name == name) for name in ("fund", "reach"))
PASS_MORE: Settings = ((EXAMINATION, 0.4),)


def picture(*changes: dict[str, float], settings: Settings = PASS_MORE, n_wanted: int = 0) -> Picture:
    """A picture of as many worlds as there are changes of the baseline's outcome: all that were asked for, or of so many."""
    base, line = worlds.base(), {"line": np.zeros(422)}
    made = [World(base, seed, line, BASELINE, "b", cast("Any", None)) for seed in range(1, 1 + max(len(changes), 1))]
    runs = [Run({"line": np.full(261, float(seed))}, BASELINE | changed, "h") for seed, changed in enumerate(changes)]
    chosen = Choice(settings=settings, n_worlds=n_wanted or max(len(changes), 1))
    return Picture(7, chosen, base, made, runs, None if runs else Run({"line": np.array([0.5, math.nan])}))


def test_the_baseline_is_told_in_counts_a_person_can_picture() -> None:
    said = sentence(EN, picture({}, settings=()))
    assert "about 12 accredited doctors see 233" in said
    assert "refer 4.5 a week" in said
    assert "1.19%" in said
    assert "2.10%" in said


def test_a_policy_is_set_against_the_baseline_in_both_languages() -> None:
    assert "about 30 accredited doctors (baseline 12)" in sentence(EN, picture({"mean_doctors": 30.0}))
    assert "约30名考核通过的医生（基准12名）" in sentence(ZH, picture({"mean_doctors": 30.0}))


def test_each_figure_shows_both_worlds_and_their_difference() -> None:
    found = tile(EN, picture({"n_missed_serious_per_1000_serious": 247.1}), "n_missed_serious_per_1000_serious")
    assert found["value"] == "247"
    assert found["baseline"] == "Baseline 289"
    assert found["difference"] == "Difference −42"
    assert tile(ZH, picture({"share_referred": 0.0131}), "share_referred")["difference"] == "相差+0.12个百分点"


def steps(name: str, value: float, step: float, n: int = 5) -> list[dict[str, float]]:
    """Worlds in which a figure takes about this value."""
    return [{name: value + step * (world - (n - 1) / 2)} for world in range(n)]


def test_several_worlds_give_an_interval_and_say_when_it_holds_no_change() -> None:
    sure = picture(*steps("share_referred", 0.0131, 1e-5))
    assert tile(EN, sure, "share_referred")["difference"] == "Difference +0.12 points (+0.12 to +0.12 points)"
    unsure = picture(*({"share_referred": 0.0119 + step} for step in (-0.002, 0.001, 0.003)))
    assert tile(EN, unsure, "share_referred")["difference"].startswith("Not distinguishable from no change (−0.56 to")
    assert tile(ZH, unsure, "share_referred")["difference"].startswith("与没有变化无法区分")


WORLDS = [
    {
        "n_severe_harm": 150.0 + world, "n_missed_serious": 1390.0 + world, "n_weeks_solvency_short": 104.0 - 52 * (world == 1),
        "share_members": 0.55 + world / 100, "fund_premium_yuan": 14e6 + 1e5 * world, "lapse_share": 0.14 + world / 1e4,
        "share_referred": 0.0053 + world / 1e5, "share_self_referred": 0.1033 - 0.01 + world / 1e4,
    }
    for world in range(3)
]  # fmt: skip
"""A policy as in the case: fewer lapse because the reluctant have left, and much is worse."""


def test_the_headline_begins_with_what_got_worse_the_worst_first() -> None:
    said = change(EN, picture(*WORLDS))
    assert said.startswith("Worse than the baseline: the number of children with severe harm rises by 9.0, to 151; ")
    places = [
        said.index(name) for name in ("severe harm", "missed serious", "solvency is short", "are members", "Better: self-ref")
    ]
    assert places == sorted(places)
    assert "and this in 3 of 3 worlds" in said
    assert "falls by 16.64 points" in said
    assert "Good or bad only together with the others: the fund’s premium income falls" in said
    assert "lapse" not in said
    assert "renew" not in said
    assert change(ZH, picture(*WORLDS)).startswith("比基准差：受到严重损害的儿童数上升9.0")


def test_the_levels_of_what_may_break_are_always_told() -> None:
    said = sentence(EN, picture(*WORLDS))
    for part in ("1,391 in all (baseline 1,277)", "151 children with severe harm (baseline 142)", "56.00% of the children",
                 "(baseline 72.64%)", "in 3 of 3 worlds (baseline 0 of 3 worlds)"):  # fmt: skip
        assert part in said, part
    assert "3个世界中的3个" in sentence(ZH, picture(*WORLDS))
    assert "0 of 3 worlds" in sentence(EN, picture({}, {}, {}, settings=()))


@pytest.mark.parametrize("n_done", [1, 2, 3, 9])
def test_no_word_is_said_while_worlds_arrive(n_done: int) -> None:
    growing = picture(*WORLDS[:1] * n_done, n_wanted=10)
    assert change(EN, growing).startswith(f"Still computing: {n_done} of 10 pairs of worlds are done.")
    assert change(ZH, growing).startswith(f"仍在计算：10对模拟世界中已完成{n_done}对。")
    shown = json.dumps([groups(EN, growing), groups(ZH, growing)], ensure_ascii=False)
    for word in ("istinguishable", "无法区分", "No change", "无变化"):
        assert word not in shown
    assert "being computed" in insurance(EN, growing, {seed: {"basic_insurance_yuan": 0.0} for seed in range(1, 11)})


def test_a_single_pair_of_worlds_settles_no_word() -> None:
    assert change(EN, picture(WORLDS[0])).startswith("One pair of worlds cannot tell luck from policy")


def test_what_rounds_to_nothing_is_no_change_however_sure() -> None:
    tiny = picture(*steps("share_referred", 0.0119 + 4e-5, 1e-7))
    assert tiny.difference("share_referred").sign == 1
    assert tile(EN, tiny, "share_referred")["difference"] == "No change"
    assert tile(ZH, tiny, "share_referred")["difference"] == "无变化"
    assert "No change: " in change(EN, tiny)
    assert "rises" not in change(EN, tiny)


def test_nothing_that_changed_is_said_to_be_so() -> None:
    said = change(EN, picture({}, {}, {}))
    assert said.startswith("No change: the number of children with severe harm;")
    assert "No lever is moved" in change(EN, picture({}, settings=()))
    assert "3 pairs" in worlds_text(EN, picture({}, {}, {}))
    unsure = change(EN, picture(*steps("share_members", 0.7264, 0.05)))
    assert "Not distinguishable from no change: the share of children who are members" in unsure


def test_a_figure_without_a_value_is_said_to_have_none() -> None:
    assert "Without a value: the recorded referral rate" in change(EN, picture(*[{"share_referred": math.nan}] * 3))


def test_what_a_policy_breaks_stands_below_every_flattering_figure() -> None:
    *own, (of_all,) = groups(EN, picture(*WORLDS))
    assert [group[0]["tiles"][0]["indicator"] for group in own] == list(SIDE_BY_SIDE)
    assert [one["indicator"] for one in of_all["tiles"]] == list(MAY_BREAK)
    assert of_all["tiles"][2]["value"] == "3 of 3 worlds"
    assert of_all["tiles"][2]["difference"].startswith("Difference +87 weeks")


@pytest.mark.parametrize("name", list(WRITERS))
def test_no_difference_is_said_to_be_none(name: str) -> None:
    assert tile(EN, picture({}), name)["difference"] == "No change"
    assert tile(EN, picture({}, {}, {}), name)["difference"] == "No change"


def test_insurance_is_more_or_less_than_without_an_alliance_or_still_unknown() -> None:
    dearer, cheaper = ({"basic_insurance_yuan": yuan} for yuan in (60_000_000.0, 50_000_000.0))
    assert "1.70 million yuan less than without" in insurance(EN, picture({}), {1: dearer})
    assert "多830万元" in insurance(ZH, picture({}), {1: cheaper})
    assert "being computed" in insurance(EN, picture({}), {})
    assert "being computed" in insurance(EN, picture({}), {2: cheaper})
    assert "cannot be told from" in insurance(EN, picture({}, {}), {1: dearer, 2: cheaper})


def test_without_a_surplus_chart_and_slider_say_that_there_is_nothing_to_reinvest() -> None:
    whole = picture({})
    assert remark(FUND, EN, whole).startswith("No surplus to reinvest in these years")
    assert came_of(EN, whole)["fund.surplus.reinvested_share"].startswith("No surplus to reinvest in these years")
    assert came_of(ZH, whole)["fund.surplus.reinvested_share"].startswith("这些年没有可再投入的盈余")


def test_with_a_surplus_they_say_what_was_put_back() -> None:
    rich = picture({"highest_surplus_yuan": 1.0, "fund_reinvested_yuan": 1_250_000.0})
    assert remark(FUND, EN, rich) == ""
    assert came_of(EN, rich)["fund.surplus.reinvested_share"] == "Put back in 2021 to 2025: 1.25 million yuan."


def test_visits_are_told_in_wan_ren_ci() -> None:
    assert remark(REACH, EN, picture({})).endswith("60,800 of 676,000 visits go to alliance doctors.")
    assert "6.08万人次" in remark(REACH, ZH, picture({}))


def test_a_page_that_must_wait_says_what_it_is_doing() -> None:
    assert "machine code" in stage_text(EN, Stage("compiling"), 90_000)
    assert "40%" in stage_text(EN, Stage("past", 0.4), 90_000)
    assert stage_text(EN, READY, 90_000) == ""


def test_a_growing_run_is_sent_as_far_as_it_goes_and_a_band_when_there_is_one() -> None:
    growing = json.loads(policy_numbers(picture()))
    assert (growing["lines"], growing["halves"], growing["is_whole"]) == ({"line": [0.5, None]}, {}, False)
    three = json.loads(policy_numbers(picture({}, {}, {})))
    assert three["lines"]["line"][0] == 1.0
    assert three["halves"]["line"][0] == pytest.approx(4.3027 / math.sqrt(3), abs=1e-4)
    assert (three["is_whole"], three["is_complete"], three["n_worlds"]) == (True, True, 3)


def test_a_lever_beyond_what_is_known_says_so() -> None:
    scenario = worlds.base().scenario
    assert "Beyond what has been observed" in notes(EN, scenario, ((EXAMINATION, 0.6),), None)[EXAMINATION]
    assert notes(EN, scenario, ((EXAMINATION, 0.15),), None) == {}
    paid = "fund.pay.yuan_per_avoided_referral"
    assert "没有证据" in notes(ZH, scenario, ((paid, 100.0),), None)[paid]


def test_a_lever_is_written_with_its_unit() -> None:
    scenario = worlds.base().scenario
    assert written(EN, scenario.parameter(EXAMINATION), 0.125) == "12.5%"
    assert written(ZH, scenario.parameter("fund.plan.premium_yuan"), 60.0).startswith("60元")
    assert written(EN, scenario.parameter("fund.plan.is_running"), 0) == "off"
    assert described(EN, scenario.parameter("hospital.admit.green_numbers_per_week"))["step"] == 1


@pytest.mark.parametrize(("span", "step"), [(0.78, 0.01), (1.0, 0.01), (500.0, 5.0), (3.0, 0.02)])
def test_a_slider_has_about_a_hundred_round_steps(span: float, step: float) -> None:
    assert nearest_step(span / 100) == pytest.approx(step)
