"""Are policies kept, renamed and removed as a visitor expects, whatever is typed as a name?"""

from dataclasses import replace

import pytest

from dashboard.choice import MOST_KEPT
from dashboard.rooms.compare import kept
from dashboard.rooms.compare.keep import said_of
from dashboard.session import Session
from dashboard.texts import Texts

pytestmark = pytest.mark.unit

ENGLISH = Texts("en")
REWARD = "fund.pay.yuan_per_avoided_referral"
TWO_KEPT = f"keep=One|huaxi|{REWARD}~100&keep=Two|huaxi|{REWARD}~200"


def names(session: Session) -> list[str]:
    return [one.name for one in session.choice.kept]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("  My   policy ", "My policy"),
        ("a|b", "a/b"),
        ("two\nlines\x00", "two lines"),
        ("<b>bold</b>", "<b>bold</b>"),
        ("", ""),
        (7, ""),
        (None, ""),
        ("x" * 10_000, "x" * 60),
    ],
)
def test_a_typed_name_becomes_one_that_an_address_can_carry(typed: object, name: str) -> None:
    assert kept.cleaned(typed) == name


def test_a_policy_without_a_name_gets_the_first_free_number() -> None:
    session = Session("en", query="keep=Policy 1|huaxi")
    assert kept.keep(session, ENGLISH, " ") == ""
    assert names(session) == ["Policy 1", "Policy 2"]


def test_a_name_that_is_taken_is_refused_and_nothing_is_lost() -> None:
    session = Session("en", query=TWO_KEPT)
    assert kept.keep(session, ENGLISH, "Two") == "taken"
    assert names(session) == ["One", "Two"]


def test_a_seventh_policy_is_refused_rather_than_pushing_one_out() -> None:
    session = Session("en", query="&".join(f"keep=P{n}|huaxi" for n in range(MOST_KEPT)))
    assert kept.keep(session, ENGLISH, "another") == "full"
    assert names(session) == [f"P{n}" for n in range(MOST_KEPT)]


def test_levers_that_contradict_each_other_are_not_kept() -> None:
    session = Session("en")
    refused = (("hospital.support.share_for_review", 0.9), ("hospital.support.share_for_training", 1.0))
    session.choice = replace(session.choice, settings=refused)
    assert kept.keep(session, ENGLISH, "None") == "refused"
    assert names(session) == []


def test_a_renamed_policy_keeps_its_place_and_stays_the_reference() -> None:
    session = Session("en", query=TWO_KEPT + "&compare_reference=One")
    kept.rename(session, "One", "First")
    assert names(session) == ["First", "Two"]
    assert session.place("compare_reference").value == "First"


@pytest.mark.parametrize(("old", "new"), [("One", "Two"), ("One", "  "), ("Three", "Four"), (None, "Four"), ("One", 4)])
def test_a_name_that_is_empty_taken_or_of_nobody_changes_nothing(old: object, new: object) -> None:
    session = Session("en", query=TWO_KEPT)
    kept.rename(session, old, new)
    assert names(session) == ["One", "Two"]


def test_a_removed_policy_comes_back_with_undo() -> None:
    session = Session("en", query=TWO_KEPT)
    kept.remove(session, "One")
    assert names(session) == ["Two"]
    kept.remove(session, ["Two"])
    assert names(session) == ["Two"]
    session.undo()
    assert names(session) == ["One", "Two"]


def test_a_kept_policy_opens_in_decide() -> None:
    session = Session("en", path="/compare", query=TWO_KEPT)
    kept.load(session, "Two")
    assert (session.room.value, dict(session.choice.settings)) == ("decide", {REWARD: 200})
    assert kept.kept_as(session.choice) == "Two"
    assert "Two" in said_of(session, ENGLISH, "")["kept_as"]


def test_examples_are_policies_that_a_world_can_have() -> None:
    session = Session("en")
    kept.begin_with_examples(session, ENGLISH)
    assert [len(one.settings) for one in session.choice.kept] == [1, 1, 2]
    kept.begin_with_examples(session, ENGLISH)
    assert len(session.choice.kept) == 3
