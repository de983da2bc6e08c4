"""Are the counts of every child those of the world's own tallies and books, and are groups and differences theirs?"""

from collections.abc import Iterator

import numpy as np
import pytest

from dashboard import worlds
from dashboard.choice import Choice
from dashboard.rooms.children.fates import MEASURES, Both, fates
from dashboard.rooms.children.fates import computed as both_of
from dashboard.rooms.children.groups import ALL, GROUPINGS, Sums, difference, groups, level, sums_of
from dashboard.rooms.children.pair import ALLIANCE, POLICY, Pair, kind_wanted
from dashboard.rooms.children.stories import STORIES, asked_number, search, stories
from model import ledger
from tests.dashboard.conftest import small_worlds

pytestmark = pytest.mark.unit

PASS_MORE = (("hospital.accredit.pass_rate", 0.6),)


@pytest.fixture(scope="module")
def pair() -> Iterator[Pair]:
    with small_worlds(1000):
        yield Pair(POLICY, worlds.base(), 1, PASS_MORE)


@pytest.fixture(scope="module")
def both(pair: Pair) -> Both:
    return both_of(pair, lambda: True)


def test_visits_misses_and_payments_add_up_to_those_of_the_world(pair: Pair) -> None:
    with pair.models(lambda: True) as (_, model):
        counted = fates(model, pair.base.last_week)
        weekly = model.weekly().iloc[pair.start_week :]
        totals = {name: float(values.sum(dtype=float)) for name, values in counted.items()}
        assert totals["alliance"] == weekly["n_alliance_visits"].sum()
        assert totals["hospital"] == weekly["n_hospital_visits"].sum() - weekly["n_emergencies"].sum()
        assert totals["missed"] == weekly["n_missed_serious"].sum()
        assert totals["untreated"] == weekly["delay_days"].sum() > 0
        assert totals["own"] == pytest.approx(weekly["own_payment_yuan"].sum(), rel=1e-4)


def test_premiums_of_children_are_those_of_the_books(pair: Pair) -> None:
    with pair.models(lambda: True) as (_, model):
        before = int(model.world.books.paid[ledger.PREMIUM])
        counted = fates(model, pair.base.last_week)
        billed = (int(model.world.books.paid[ledger.PREMIUM]) - before) / 100
        assert (counted["paid"] - counted["own"]).sum(dtype=float) == pytest.approx(billed, rel=1e-3)


def test_counting_changes_no_bit_of_the_world(pair: Pair) -> None:
    with pair.models(lambda: True) as (one, _):
        fates(one, pair.base.last_week)
        assert one.result_hash() == worlds.world(pair.base, 1, lambda stage, done: None).baseline_hash


def test_every_child_is_in_one_group_of_each_kind_and_groups_add_up(both: Both) -> None:
    found = groups(both.register, both.start_week)
    assert set(found) == set(GROUPINGS)
    sums = sums_of(both)
    for grouping, names in GROUPINGS.items():
        assert set(np.unique(found[grouping])) <= set(range(len(names)))
        for measure in MEASURES:
            parts = sum(sums.second[grouping, name][measure] for name in names)
            assert parts == pytest.approx(sums.second[ALL, ALL][measure], rel=1e-6)


def test_a_difference_by_hand() -> None:
    key = ("income", "1")
    made = [Sums({key: 2.0}, {key: {"own": 100.0}}, {key: {"own": 100.0 + change}}) for change in (10.0, 20.0, 30.0)]
    found = difference(made, key, "own")
    assert found.mean == 10.0
    assert found.low == pytest.approx(10 - 4.3027 * 5 / 3**0.5, abs=1e-3)
    assert found.sign == 0
    assert level(made, "first", key, "own") == 50.0


def test_without_a_moved_lever_the_alliance_itself_is_asked_about() -> None:
    assert kind_wanted(Choice(), "") == kind_wanted(Choice(), "policy") == kind_wanted(Choice(), "<b>") == ALLIANCE
    assert kind_wanted(Choice(settings=PASS_MORE), "") == kind_wanted(Choice(settings=PASS_MORE), "<b>") == POLICY
    assert kind_wanted(Choice(settings=PASS_MORE), "alliance") == ALLIANCE


def test_stories_are_what_they_are_called(both: Both) -> None:
    picked = stories(both)
    assert set(picked) == set(STORIES)
    assert all(both.change("missed")[row] < 0 for row in picked["fewer"])
    assert all(both.change("missed")[row] > 0 for row in picked["more"])
    assert all(both.change("paid")[row] < 0 for row in picked["cheaper"])
    assert all(both.change("paid")[row] > 0 for row in picked["dearer"])


def test_a_search_keeps_to_what_is_asked(both: Both) -> None:
    n, rows = search(both, {"income": "1", "age": "0_4", "place": "nonsense", "other": "yes", "evil": [1]})
    found = groups(both.register, both.start_week)
    assert n >= len(rows) > 0
    assert all(found["income"][row] == 0 and found["age"][row] == 0 for row in rows)
    assert search(both, {"other": True})[0] < search(both, {})[0]


@pytest.mark.parametrize("text", ["", "-1", "1.0", "²", "１", "99999999999999", "<script>", None, 3.5, "1000000"])
def test_what_names_no_child_opens_none(text: object) -> None:
    assert asked_number(text, 500) is None


def test_a_number_names_a_child() -> None:
    assert asked_number("0", 500) == 0
    assert asked_number("499", 500) == 499
