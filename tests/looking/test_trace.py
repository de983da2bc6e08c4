"""Is the story the world's own, to the last bit, and does it say what happened?"""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from agents.units import FEN_PER_YUAN
from experiments.trace import story as stories
from experiments.trace.against import parting, worlds_part
from experiments.trace.pick import picks
from experiments.trace.replay import ChildWatch
from experiments.trace.story import trace
from experiments.trace.words_after import own_payments
from model import calendar
from model.alliance import AllianceModel
from model.journal import step_with_journal
from model.refusal import ScenarioError
from model.scenario import load_scenario

case, unit, prop = pytest.mark.case, pytest.mark.unit, pytest.mark.property
ROOT = Path(__file__).resolve().parents[2]
QINGHE = ROOT / "scenarios/qinghe.toml"


@pytest.fixture(scope="module")
def world(small):
    return AllianceModel(small).run_until(calendar.N_WEEKS)


@pytest.fixture(scope="module")
def missed(world):
    """A child of whom a serious illness was missed, with many visits."""
    children = world.world.children
    return int(np.argmax(np.where(children.n_missed_serious > 0, children.n_visits, 0)))


@pytest.fixture(scope="module")
def story(small, missed):
    return trace(small, "child", missed)


@prop
def test_the_watched_world_is_the_world(story, world):
    assert story.result_hash == world.result_hash()


@prop
@pytest.mark.parametrize("child", [0, 7, 500, 1999, 2500])
def test_every_illness_and_visit_of_any_child_is_in_its_story(child, small, world):
    row = world.world.children[child]
    calls = [call for chapter in trace(small, "child", child).chapters for call in chapter.calls for call in call.walk()]
    names = [call.key for call in calls]
    assert names.count("open_case") == row.n_illnesses
    assert names.count("at_provider") + names.count("see_emergency") == row.n_visits
    assert own_payments([call for call in calls if call.name == "model.ledger.post"]) == pytest.approx(
        row.own_paid_fen / FEN_PER_YUAN
    )


@prop
def test_what_is_written_down_is_what_the_ledger_posted(small, story, missed):
    """The postings of a story are those of the journal of the same week."""
    chapter = next(c for c in story.chapters if any(inner.key == "post" for call in c.calls for inner in call.walk()))
    week = calendar.index_of(chapter.day)
    journal = step_with_journal(AllianceModel(small).run_until(week))
    own = journal[journal.child == missed]
    days = [c for c in story.chapters if calendar.index_of(c.day) == week]
    told = [inner for c in days for call in c.calls for inner in call.walk() if inner.key == "post"]
    assert [(p.inputs["payer"], p.inputs["payee"], p.inputs["reason"], p.inputs["fen"]) for p in told] == [
        (row.payer, row.payee, row.reason, row.fen) for row in own
    ]


@case
def test_a_story_tells_illness_choice_judgement_and_miss_with_their_numbers(story):
    text = str(story)
    for said in ("Fell ill: a serious illness", "The family sought care: probability 0.", "die 0.", "Chose ", "utility ",
                 "The serious illness was missed.", "Trust in", "paid ", "1 serious illness missed"):  # fmt: skip
        assert said in text


@case
def test_a_rule_is_written_down_with_arguments_parameters_and_result(story):
    rules = story.rules()
    sent = rules[rules["rule"] == "doctor.refer.p_sent"].iloc[0]
    assert set(sent["inputs"]) == {"d_prime", "log_odds", "signal_share"}
    seek = rules[rules["rule"] == "resident.seek_care.p_seek"].iloc[0]
    assert {"resident.seek_care.log_odds_of_seeking", "resident.seek_care.log_odds_per_severity"} <= set(seek["parameters"])
    assert 0.0 <= seek["result"] <= 1.0
    assert "triage" in set(rules["rule"])


@prop
@pytest.mark.slow
def test_plain_python_tells_the_same_story(missed, story):
    code = (
        "import json, sys; from model.scenario import load_scenario; from experiments.trace.story import trace;"
        "s = load_scenario('scenarios/huaxi.toml').with_settings({'population.n_children': 200});"
        "print(json.dumps([c.words for c in trace(s, 'child', 7, n_weeks=70).chapters]))"
    )
    both = []
    for jit in ("0", "1"):
        env = os.environ | {"NUMBA_DISABLE_JIT": jit, "PYTHONPATH": str(ROOT)}
        done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, check=True)
        both.append(json.loads(done.stdout))
    assert both[0] == both[1]
    assert both[0]


@case
def test_a_family_that_joins_renews_or_leaves_says_by_what_probability(small):
    then = AllianceModel(small).run_until(130).world
    homes, children = then.households, then.children
    joined = np.flatnonzero((homes["is_member"][children.household] == 1) & (children.first_week == 0))[0]
    text = str(trace(small, "child", int(joined), n_weeks=130))
    assert "The family joined the plan: probability" in text
    assert "the premium is" in text


@case
def test_a_doctor_is_told_by_quarter_with_examination_belief_and_pay(small, world):
    doctor = int(np.argmax(world.world.doctors.income_from_alliance_fen))
    found = trace(small, "doctor", doctor)
    text = str(found)
    assert len(found.chapters) == 37
    for said in (
        "Sat the examination: result",
        "Received the certificate",
        "Believed share of children",
        "Received ",
        "yuan from the alliance",
    ):
        assert said in text
    total = sum(chapter.record["income_yuan"] for chapter in found.chapters)
    assert total == pytest.approx(world.world.doctors.income_from_alliance_fen[doctor] / FEN_PER_YUAN)
    assert found.result_hash == world.result_hash()


@case
def test_a_place_is_told_by_quarter_with_its_visits_and_waiting(small, world):
    found = trace(small, "site", 0)
    assert found.result_hash == world.result_hash()
    weekly = world.weekly()
    assert 0 < sum(chapter.record["visits"] for chapter in found.chapters) < weekly["n_visits"].sum()
    assert "Families expect to wait" in str(found)


@case
def test_two_worlds_of_a_child_part_not_before_the_policy_and_the_rule_is_named(small, strict):
    parted = []
    for child in (140, 11, 38):
        first, second = (trace(scenario, "child", child) for scenario in (small, strict))
        found = parting(first, second)
        parted += [found] if found else []
    assert parted
    for found in parted:
        assert found.day >= date(2019, 9, 2)
        assert found.rule
        assert found.first != found.second
        assert any(a != b for a, b in found.numbers.values())
    worlds = worlds_part(small, strict, 1, calendar.N_WEEKS)
    assert worlds is not None
    assert worlds.week >= calendar.index_of(date(2019, 9, 2))


@case
def test_two_equal_worlds_never_part(small):
    first, second = (trace(small, "child", 11, n_weeks=120) for _ in range(2))
    assert parting(first, second) is None
    assert worlds_part(small, small, 1, 120) is None


@case
def test_picks_have_the_lives_they_are_picked_for(small, world):
    found = picks(small, 1)
    assert all(pick.n_missed_serious > 0 for pick in found["missed"])
    assert found["often"][0].n_illnesses == world.world.children.n_illnesses.max()


@unit
def test_who_does_not_exist_is_refused(small):
    with pytest.raises(ScenarioError, match=r"--child: 100000; allowed is a number from 0 to"):
        trace(small, "child", 100_000, n_weeks=1)


@unit
def test_a_world_whose_bits_differ_is_no_story(small, monkeypatch):
    def other(self, week, *_):
        self.model.world.children[0].n_visits += 1
        self.model.world.tally[0].n_visits += 1

    monkeypatch.setattr(ChildWatch, "close_moment", other)
    with pytest.raises(AssertionError, match="bits differ"):
        trace(small, "child", 140, n_weeks=60)


@unit
def test_a_new_rule_tells_itself():
    from experiments.trace.watch import Call
    from experiments.trace.words import itself

    call = Call("agents.doctor.new.p_new", "Probability that it is new [1]", True, {}, result=0.25)
    assert itself(call) == "Probability that it is new: 0.25."
    assert stories.trace is trace


@case
def test_a_child_of_a_planners_own_district_has_a_story():
    weeks = calendar.FIRST_HISTORY_WEEK + 2  # the case has begun, and with it the doctors of the files
    story = trace(load_scenario(QINGHE), "child", 5, n_weeks=weeks)
    assert "Child 5" in str(story)
