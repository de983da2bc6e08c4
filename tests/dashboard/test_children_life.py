"""Is a child's life that of its world, does it part where it parts, and is it told in both languages?"""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from dashboard import worlds
from dashboard.rooms.children.events import Event
from dashboard.rooms.children.fates import Both
from dashboard.rooms.children.fates import computed as both_of
from dashboard.rooms.children.life import Lives, Part, lives
from dashboard.rooms.children.life_card import described
from dashboard.rooms.children.pair import POLICY, Pair
from dashboard.rooms.children.picker import card
from dashboard.rooms.children.timeline import frame, split, table, timeline
from dashboard.rooms.children.told import date_of, number_rows, question, said, why
from dashboard.texts import Texts, catalogue
from model.calendar import FIRST_POLICY_WEEK
from tests.dashboard.conftest import small_worlds

pytestmark = pytest.mark.unit

EN, ZH = Texts("en"), Texts("zh")
PASS_MORE = (("hospital.accredit.pass_rate", 0.6),)
NAMES = ("Baseline", "Your policy")
AGENTS = Path(__file__).resolve().parents[2] / "agents"
LATIN = re.compile(r"[A-Za-z]{2,}")
OF_A_CHILD = (
    "resident",
    "doctor/refer",
    "doctor/treat",
    "hospital/admit",
    "hospital/follow_up",
    "fund/plan",
    "government/reimburse",
)


@pytest.fixture(scope="module")
def pair() -> Iterator[Pair]:
    with small_worlds(1000):
        yield Pair(POLICY, worlds.base(), 1, PASS_MORE)


@pytest.fixture(scope="module")
def both(pair: Pair) -> Both:
    return both_of(pair, lambda: True)


@pytest.fixture(scope="module")
def parted(pair: Pair, both: Both) -> Lives:
    """The child whose family's payments differ most."""
    return lives(pair, int(np.argmax(np.abs(both.change("paid")))), lambda: True)


def test_events_count_what_the_rows_of_the_world_count(parted: Lives, both: Both) -> None:
    row = parted.about.child
    for side, events in ((both.first, parted.first), (both.second, parted.second)):
        kinds = [event.kind for event in events]
        assert kinds.count("visit_alliance") == side["alliance"][row]
        assert kinds.count("visit_hospital") == side["hospital"][row]
        assert sum(event.values["yuan"] for event in events if event.kind == "paid") == pytest.approx(side["own"][row], rel=1e-4)


def test_both_lives_are_the_same_until_they_part(parted: Lives) -> None:
    assert parted.part is not None
    before = [[(e.day, e.kind) for e in events if date_of(e.day) < parted.part.day] for events in (parted.first, parted.second)]
    assert before[0] == before[1]
    shared, first, second = split(parted)
    assert all(date_of(event.day) < parted.part.day for event in shared)
    assert all(date_of(event.day) >= parted.part.day for event in (*first, *second))
    assert date_of(7 * FIRST_POLICY_WEEK) <= parted.part.day


def test_the_same_policy_in_both_worlds_never_parts(pair: Pair) -> None:
    same = lives(Pair(POLICY, pair.base, 1, ()), 5, lambda: True)
    assert same.part is None
    assert same.first == same.second
    assert "never part" in described(EN, same, None, NAMES)["parting"]


@pytest.mark.parametrize("texts", [EN, ZH], ids=["en", "zh"])
def test_a_life_is_told_whole(parted: Lives, both: Both, texts: Texts) -> None:
    names = texts("children.first_policy"), texts("children.second_policy")
    told = json.dumps(described(texts, parted, both, names), ensure_ascii=False)
    rows = table(texts, parted, names).rows
    assert len(rows) > 1
    assert {len(row) for row in rows} == {3}
    if texts is ZH:
        keys = re.findall(r'"(\w+)":', told)
        assert not set(LATIN.findall(told)) - {word for key in keys for word in LATIN.findall(key)}
        assert not LATIN.search(json.dumps(rows, ensure_ascii=False))


def test_the_picture_shows_every_mark_at_its_lane(parted: Lives) -> None:
    option = timeline(EN, parted, NAMES).option
    marks = [one for one in option["series"] if one["type"] == "scatter"]
    heights = {round(point["value"][1]) for one in marks for point in one["data"]}
    assert heights <= {-1, 0, 1}
    assert {"name", "value", "itemStyle"} <= set(marks[0]["data"][0])
    assert set(frame(parted).world) == {"first", "second"}


def check_days_untreated(pair: Pair, both: Both, rows: list[int]) -> None:
    """Card, sums of the life and its events agree, in both worlds."""
    for row in rows:
        found = lives(pair, row, lambda: True)
        told = [sum(int(e.values["days"]) for e in events if e.kind == "treated") for events in (found.first, found.second)]
        assert told == [both.first["untreated"][row], both.second["untreated"][row]], row
        a, b = told
        if a or b:
            assert f"days untreated: {a} → {b}" in card(EN, both, row)["told"]
        sums = described(EN, found, both, NAMES)["sums"]
        assert [EN("children_measure.untreated"), str(a), str(b)] in sums["rows"]


def those_who_waited(both: Both) -> list[int]:
    return np.flatnonzero(both.first["untreated"] + both.second["untreated"] > 0).tolist()


def test_a_card_and_its_story_give_the_same_days_untreated(pair: Pair, both: Both) -> None:
    check_days_untreated(pair, both, [those_who_waited(both)[0], 0])


@pytest.mark.slow
def test_they_do_for_every_third_child_that_waited(pair: Pair, both: Both) -> None:
    rows = those_who_waited(both)[::3]
    assert len(rows) > 8
    check_days_untreated(pair, both, rows)


def test_a_treatment_is_told_with_its_days() -> None:
    assert said(EN, (), Event(3, "treated", {"days": 4})) == "treated after 4 days"
    assert said(EN, (), Event(9, "treated", {"days": 0})) == "treated on the first day"


def test_a_choice_names_what_each_family_preferred() -> None:
    part = Part(date_of(1500), "resident.choose_provider", (("utility", 1_000_000, 1.5, 1.5), ("utility", 7, None, 2.5)))
    told = " ".join(why(EN, (0,), part, *NAMES))
    assert "Baseline: the family preferred community centre 0. Your policy: it preferred accredited doctor 7." in told
    assert "no such choice: accredited doctor 7" in told
    assert number_rows(EN, (0,), part)[0][1] == ("What the family would gain from accredited doctor 7", "not on offer", "2.50")


def test_numbers_of_a_rule_have_names_units_and_both_values() -> None:
    numbers = (("own_fen", -1, 5000, 2500), ("is_member", -1, 0, 1), ("resident.sign.p_sign", -1, 0.1, 0.1))
    other, same = number_rows(EN, (), Part(date_of(1500), "fund.plan.covered_fen", numbers))
    assert other == [("Own payment before the plan (yuan)", "50", "25"), ("The family is a member", "no", "yes")]
    assert same[0][1] == same[0][2]


def test_every_number_of_a_rule_that_can_part_lives_has_a_name() -> None:
    missing = []
    for part in OF_A_CHILD:
        for path in sorted([AGENTS / f"{part}.py"] if "/" in part else (AGENTS / part).glob("*.py")):
            for node in ast.parse(path.read_text(encoding="utf-8")).body:
                if isinstance(node, ast.FunctionDef) and node.decorator_list:
                    names = [argument.arg for argument in node.args.args if argument.arg != "k"]
                    missing += [f"{path.stem}.{name}" for name in names if f"children_number.{name}" not in catalogue()]
                    missing += [] if question(EN, f"{path.parent.name}.{path.stem}.{node.name}") else [str(path)]
    assert missing == []


def test_lives_part_on_a_day_on_which_something_happens_to_the_child(pair: Pair, both: Both) -> None:
    for row in np.argsort(-np.abs(both.change("paid")))[1:6]:
        found = lives(pair, int(row), lambda: True)
        if found.part is not None:
            days = [{date_of(event.day) for event in events} for events in (found.first, found.second)]
            assert found.part.day in days[0] | days[1]


def test_a_decision_of_one_world_is_said_to_be_of_one() -> None:
    part = Part(date_of(1500), "resident.join.p_join", (("premium_yuan", -1, None, 60.0),))
    assert why(EN, (), part, *NAMES) == ["This was decided in one world only: Your policy."]
    assert number_rows(EN, (), part)[0] == [("Premium (yuan a year)", "not decided", "60")]
