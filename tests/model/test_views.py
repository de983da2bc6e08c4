"""How does one look at children, households and doctors?"""

import random
from pathlib import Path

import numpy as np
import pytest

from agents.views import RowView
from model.alliance import AllianceModel
from model.scenario import Scenario, load_scenario
from model.world import columns

pytestmark = pytest.mark.unit

HUAXI = Path(__file__).resolve().parents[2] / "scenarios" / "huaxi.toml"
N = 600
WEEKS = 70


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    settings = {
        "population.n_children": N,
        "hospital.accredit.pass_rate": 0.8,
        "hospital.support.share_for_training": 0.2,
    }
    return load_scenario(HUAXI).with_settings(settings)


@pytest.fixture(scope="module")
def model(scenario) -> AllianceModel:
    return AllianceModel(scenario, 1).run_until(WEEKS)


def first_child(where: np.ndarray) -> int:
    return int(np.flatnonzero(where)[0])


def test_a_view_shows_the_row_of_its_agent(model):
    view, row = model.views.household(17), model.world.households[17]
    assert view.income_yuan == row.income_yuan
    assert view.as_dict() == {name: row[name].item() for name in row.dtype.names}


@pytest.mark.parametrize("kind", ["child", "household", "doctor", "site"])
def test_a_view_shows_every_column_of_its_record(model, kind):
    row = first_child(model.world.children.last_week > WEEKS + 1) if kind == "child" else 3
    view = getattr(model.views, kind)(row)
    record = getattr(model.world, view.table_name)[row]
    assert view.as_dict() == {name: record[name].item() for name in record.dtype.names}


def test_the_key_of_an_agent_does_not_depend_on_the_order_of_looking(scenario):
    forwards, backwards = AllianceModel(scenario, 1), AllianceModel(scenario, 1)
    asked = [("child", row) for row in range(20)] + [("doctor", 3), ("household", 5), ("site", 2)]
    shuffled = asked.copy()
    random.Random(4).shuffle(shuffled)
    there = {key: getattr(forwards.views, key[0])(key[1]).unique_id for key in asked}
    back = {key: getattr(backwards.views, key[0])(key[1]).unique_id for key in shuffled}
    assert there == back
    children = backwards.views.children()
    of_set = {("child", view.row): view.unique_id for view in children.shuffle(inplace=True)}
    assert {key: of_set[key] for key in asked if key[0] == "child"} == {key: there[key] for key in asked if key[0] == "child"}


def test_no_two_agents_share_a_key(model):
    children, doctors = model.views.children(), model.views.doctors()
    views = [*children, *doctors]
    assert len(views) == N + len(model.world.doctors)
    views += [model.views.household(row) for row in range(len(model.world.households))]
    views += [model.views.site(row) for row in range(len(model.world.sites))]
    keys = [view.unique_id for view in views]
    assert len(set(keys)) == len(keys)


def test_the_set_of_children_holds_those_of_the_register(model):
    found = model.views.children()
    assert len(found) == N
    world = model.world.children
    assert all(world[view.row].first_week <= WEEKS < world[view.row].last_week for view in found)


def test_a_set_can_be_selected_and_summed_up_like_any_of_mesa(model):
    doctors = model.views.doctors()
    skilled = doctors.select(lambda doctor: doctor.skill > 0.5)
    assert len(skilled) == (model.world.doctors.skill > 0.5).sum()
    assert doctors.agg("skill", max) == model.world.doctors.skill.max()


def test_a_set_that_nobody_keeps_is_not_empty(model):
    assert len(list(model.views.children())) == N
    assert len([view for view in model.views.doctors()]) == len(model.world.doctors)  # noqa: C416  as one would write it


def test_what_is_selected_from_a_set_that_nobody_keeps_is_not_empty(model):
    skilled = model.views.doctors().select(lambda doctor: doctor.skill >= 0.0)
    assert len(list(skilled)) == len(model.world.doctors)


def test_a_child_that_left_the_register_raises(model):
    view = model.views.child(first_child(model.world.children.last_week < WEEKS - 1))
    with pytest.raises(LookupError, match="left the register in week"):
        _ = view.frailty
    with pytest.raises(LookupError):
        view.as_dict()


def test_a_child_that_is_not_born_yet_raises(model):
    row = first_child(model.world.children.first_week > WEEKS + 1)
    view = model.views.child(row)
    with pytest.raises(LookupError, match=f"born in week {model.world.children[row].first_week}"):
        _ = view.frailty


def test_a_view_that_was_kept_raises_once_its_child_is_gone(scenario):
    model = AllianceModel(scenario, 1).run_until(1)
    row = first_child((model.world.children.last_week > 2) & (model.world.children.last_week < 20))
    view = model.views.child(row)
    assert view.frailty > 0.0
    model.run_until(int(model.world.children[row].last_week) + 2)
    with pytest.raises(LookupError):
        _ = view.frailty


def test_the_children_that_can_be_read_are_those_of_the_set(model):
    readable = set()
    for row in range(len(model.world.children)):
        try:
            _ = model.views.child(row).frailty
        except LookupError:
            continue
        readable.add(row)
    children = model.views.children()
    assert readable == {view.row for view in children}


def test_rows_that_do_not_exist_and_columns_that_are_not_declared_are_refused(model):
    with pytest.raises(IndexError, match="rows are 0 to"):
        model.views.doctor(10_000)
    with pytest.raises(IndexError):
        model.views.child(-1)
    with pytest.raises(AttributeError, match="has no 'skil'"):
        _ = model.views.doctor(0).skil


def test_a_resident_or_a_doctor_is_not_stepped(model):
    for view in (model.views.doctor(0), model.views.household(0), model.views.site(0)):
        with pytest.raises(TypeError, match="not stepped one by one"):
            view.step()


def test_writing_through_a_view_leaves_the_world_alone(model):
    before, view = model.world.doctors[0].skill.item(), model.views.doctor(0)
    try:
        view.skill = before + 1.0
    except AttributeError:
        return
    assert model.world.doctors[0].skill == before
    assert model.views.doctor(0).skill == before


def test_a_view_never_shows_what_the_world_does_not_hold(model):
    before, view = model.world.doctors[1].skill.item(), model.views.doctor(1)
    try:
        view.skill = before + 1.0
    except AttributeError:
        return
    assert view.skill == before


def test_looking_changes_nothing(scenario):
    looked_at, left_alone = AllianceModel(scenario, 5), AllianceModel(scenario, 5)
    institutions = {agent.unique_id for agent in looked_at.agents}
    for _ in range(60):
        looked_at.step()
        children = looked_at.views.children()
        assert sum(view.n_visits for view in children.shuffle(inplace=True)) >= 0
        looked_at.views.doctor(0).as_dict()
    left_alone.run_until(60)
    assert looked_at.result_hash() == left_alone.result_hash()
    for name, array in columns(left_alone.world).items():
        np.testing.assert_array_equal(columns(looked_at.world)[name], array, err_msg=name)
    assert {agent.unique_id for agent in looked_at.agents} == institutions


def test_two_models_in_one_process_do_not_touch_each_other(scenario):
    other_scenario = scenario.with_settings({"fund.plan.premium_yuan": 300.0})
    alone = [
        AllianceModel(scenario, 1).run_until(80).result_hash(),
        AllianceModel(other_scenario, 2).run_until(80).result_hash(),
    ]
    one, other = AllianceModel(scenario, 1), AllianceModel(other_scenario, 2)
    seen = one.views.doctor(0)
    for _ in range(80):
        one.step()
        other.step()
        assert other.views.doctor(0).skill == other.world.doctors[0].skill
        assert seen.skill == one.world.doctors[0].skill
    assert [one.result_hash(), other.result_hash()] == alone
    assert alone[0] != alone[1]


def test_no_view_takes_its_data_from_its_class():
    for kind in RowView.__subclasses__():
        hidden = {field.name for field in kind.record_fields} & set(dir(kind))
        assert not hidden, f"{kind.__name__} never shows {sorted(hidden)}: the class has an attribute of that name"
