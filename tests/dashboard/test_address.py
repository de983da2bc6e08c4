"""Does an address bring back everything that was chosen, and nothing that is not allowed?"""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from dashboard import address, worlds
from dashboard.address import Link, Visit
from dashboard.choice import Choice, Kept
from dashboard.rooms import ROOMS
from model.parameters import declarations
from model.scenario import Scenario
from model.settings import is_of_the_beginning

pytestmark = pytest.mark.property

DATABLE = sorted(key for key, one in declarations().items() if not is_of_the_beginning(key) and not one.is_whole)


def find(name: str) -> Scenario:
    return worlds.base(name).scenario


def read(text: str) -> Visit:
    path, _, query = text.partition("?")
    return address.read(path, query, find)


@some.composite
def choices(draw: some.DrawFn) -> Choice:
    choice, scenario = Choice(seed=draw(some.integers(1, 9999)), n_worlds=draw(some.sampled_from([1, 5, 20]))), find("huaxi")
    for key in draw(some.lists(some.sampled_from(DATABLE), max_size=4, unique=True)):
        declared = scenario.parameter(key)
        choice = choice.with_setting(key, draw(some.floats(declared.low, declared.high)), scenario)
    return choice


@given(choice=choices(), room=some.sampled_from(ROOMS), language=some.sampled_from(["en", "zh"]))
def test_what_was_chosen_comes_back_to_the_last_bit(choice: Choice, room: str, language: str) -> None:
    visit = Visit(room, language, choice, {f"{room}_id": "17"}, Link("0.1.0+ab", "cafe", {"share_referred": 0.0119}))
    again = read(address.written(visit))
    if again.notices:  # the levers contradict each other
        assert again.choice.settings == ()
    else:
        assert again == visit


@given(some.text(max_size=300))
def test_no_query_breaks_the_reader_or_leaves_the_ranges(query: str) -> None:
    visit = read("/?" + query)
    assert visit.room in ROOMS
    assert all(declarations()[key].low <= value <= declarations()[key].high for key, value in visit.choice.settings)


@pytest.mark.parametrize(
    ("query", "notice"),
    [
        ("scenario=nowhere", "scenario"),
        ("scenario=../../etc/passwd", "scenario"),
        ("scenario=./huaxi", "scenario"),
        ("scenario=readings/../huaxi", "scenario"),
        ("scenario=a%00b", "scenario"),
        ("scenario=" + "a" * 300, "scenario"),
        ("no.such.lever=1", "setting"),
        ("population.n_children=1e9", "setting"),
        ("hospital.accredit.pass_rate=many", "value"),
        ("hospital.accredit.pass_rate=nan", "value"),
        ("hospital.accredit.pass_rate=7", "range"),
        ("seed=0", "seed"),
        ("seed=99999999999999999999", "seed"),
        ("worlds=1000", "worlds"),
        ("keep=|", "kept"),
        ("x" * 9000, "address_too_long"),
    ],
)
def test_what_cannot_be_is_left_out_and_said(query: str, notice: str) -> None:
    visit = read("/?" + query)
    assert [name for name, _ in visit.notices] == [notice]
    assert visit.choice.scenario == "huaxi"


def test_a_room_that_is_not_there_is_said() -> None:
    assert read("/cellar").notices == (("room", {"value": "cellar"}),)


def test_kept_policies_come_back_with_any_name() -> None:
    kept = (Kept("a & b = 好?/", "no_alliance"), Kept("two", "huaxi", (("fund.plan.premium_yuan", 100.5),)))
    visit = Visit(choice=Choice(kept=kept))
    assert read(address.written(visit)).choice.kept == kept
