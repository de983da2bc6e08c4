"""Does the model do what a user of Mesa expects, or say in one line what it wants?"""

import copy
import inspect
import multiprocessing
import pickle
import warnings

import mesa
import numpy as np
import pandas as pd
import pytest

import alliance
from agents.compiled import IS_COMPILED
from agents.doctor import refer
from model import calendar, week
from model.alliance import AllianceModel
from model.asked import CASE
from model.indicators import INDICATORS
from model.refusal import ScenarioError
from model.scenario import Scenario, load_scenario

pytestmark = pytest.mark.unit

N, PASS = 400, "hospital.accredit.pass_rate"


@pytest.fixture(scope="module")
def small() -> Scenario:
    return load_scenario(CASE).with_settings({"population.n_children": N})


@pytest.fixture
def model(small) -> AllianceModel:
    return AllianceModel(small)


# -- which world -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("given", [(str(CASE),), (CASE,), ()], ids=["text", "path", "nothing"])
def test_a_path_or_nothing_is_the_same_world_as_the_loaded_scenario(given, small, model):
    other = AllianceModel(*given, children=N)
    assert other.world_scenario == small
    assert other.run_until(60).result_hash() == model.run_until(60).result_hash()


def test_levers_hold_from_the_start_or_from_a_date():
    by_key, as_settings = AllianceModel(children=N, **{PASS: 0.4}), AllianceModel(children=N, settings={PASS: 0.4})
    assert by_key.world_scenario == as_settings.world_scenario
    assert by_key.p.hospital.accredit.pass_rate == 0.4
    dated = AllianceModel(children=N, settings={PASS: 0.4}, from_date="2021-01-04").world_scenario
    assert dated == alliance.load(CASE, {PASS: 0.4}, "2021-01-04", children=N)


def test_the_seed_may_be_called_rng_and_none_draws_one(small):
    first, second = AllianceModel(small, 7), AllianceModel(small, rng=np.int64(7))
    assert first.run_until(20).result_hash() == second.run_until(20).result_hash()
    drawn = {AllianceModel(small, seed=None).world_seed for _ in range(3)}
    assert len(drawn) == 3
    assert AllianceModel(small).world_seed == 1


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"scenario": "nothing.toml"}, "no such scenario file"),
        ({"scenario": {"a": 1}}, "allowed is a Scenario, the path of a scenario file, or nothing for the case"),
        ({"scenario": mesa.experimental.scenarios.Scenario()}, "allowed is a Scenario, the path"),
        ({"seed": 1.5}, "seed: 1.5; allowed is a whole number from 0 to 4,294,967,295"),
        ({"seed": True}, "seed: true; allowed is a whole number"),
        ({"rng": np.random.default_rng(1)}, "rng: Generator.*; allowed is a whole number"),
        ({"rng": -1}, "rng: -1; allowed is a whole number"),
        ({"seed": 3, "rng": 4}, "seed: is 3, and rng is 4; allowed is one of the two"),
        ({"sede": 3}, "unknown argument 'sede'; the nearest known name is seed"),
        ({"settings": 3}, "settings: 3; allowed is a mapping"),
        ({PASS.replace("rate", "rat"): 0.3}, f"unknown key .*; the nearest known key is {PASS}"),
        ({"settings": {PASS: 0.3}, PASS: 0.3}, f"{PASS} is given twice"),
        ({"from_date": "soon", PASS: 0.3}, "from_date: 'soon'; allowed is a date"),
    ],
)
def test_anything_else_is_refused_in_one_line(given, said):
    with pytest.raises(ScenarioError, match=said) as raised:
        AllianceModel(**given)
    assert "\n" not in str(raised.value)


# -- time --------------------------------------------------------------------------------------------------------------


def test_a_world_runs_until_its_scenario_ends(small, model):
    while model.running:
        model.step()
    assert model.week == model.steps == calendar.end_of_policy(small.policy_years)
    other = AllianceModel(small)
    other.run_model()
    assert other.result_hash() == model.result_hash()


def test_every_door_of_mesa_steps_weeks(small):
    models = [AllianceModel(small) for _ in range(4)]
    for _ in range(60):
        models[0].step()
    models[1].run_for(60)
    models[2].run_until(60)
    models[3].run_for(30.5)
    models[3].run_for(29.5)
    assert {(model.week, model.steps, model.time) for model in models} == {(60, 60, 60.0)}
    assert len({model.result_hash() for model in models}) == 1


def test_no_door_leads_beyond_the_last_week_for_which_births_are_drawn(model):
    model.run_until(calendar.LAST_WEEK)
    assert not model.running
    n_children = model.weekly()["n_children"]
    assert n_children.iloc[-1] == n_children.iloc[0] == N
    for beyond in (model.step, lambda: model.run_for(1), lambda: model.run_until(calendar.LAST_WEEK + 1), model.step):
        with pytest.raises(ScenarioError, match=f"allowed are up to {calendar.LAST_WEEK}"):
            beyond()
    assert (model.week, model.steps, model.time) == (calendar.LAST_WEEK, calendar.LAST_WEEK, calendar.LAST_WEEK)


def test_what_leads_too_far_is_refused_before_the_first_week(model):
    for beyond in (lambda: model.run_for(calendar.LAST_WEEK + 1), lambda: model.run_until(10_000)):
        with pytest.raises(ScenarioError):
            beyond()
    assert model.week == 0


def test_a_checkpoint_of_the_end_does_not_run(small, model):
    past = model.run_until(calendar.end_of_policy(small.policy_years)).checkpoint()
    assert not AllianceModel.from_checkpoint(past).running


# -- agents ------------------------------------------------------------------------------------------------------------


def test_institutions_are_mesa_agents_of_their_types(model):
    assert {kind.__name__: len(agents) for kind, agents in model.agents_by_type.items()} == {
        "Zone": 1, "Fund": 1, "Hospital": 1, "Government": 1
    }  # fmt: skip
    assert model.agents.select(lambda agent: agent is model.fund).get("unique_id") == [model.fund.unique_id]
    assert model.agents.agg("unique_id", max) == 4


@pytest.mark.parametrize(
    "by_hand",
    [
        lambda model: model.fund.step(), lambda model: model.zone.step(), lambda model: model.hospital.step(),
        lambda model: model.government.step(), lambda model: model.agents.do("step"), lambda model: model.agents.shuffle_do("step"),
    ],
)  # fmt: skip
def test_institutions_have_their_turn_and_no_other(by_hand, small, model):
    model.run_until(60)
    with pytest.raises(ScenarioError, match=r"\w+.step: was called by hand; allowed is model.step\(\)"):
        by_hand(model)
    assert model.run_until(70).result_hash() == AllianceModel(small).run_until(70).result_hash()


def test_a_week_that_broke_off_is_not_gone_on_with(model):
    model.run_until(10)
    model.zone.before_week = lambda: (_ for _ in ()).throw(KeyboardInterrupt)
    with pytest.raises(KeyboardInterrupt):
        model.step()
    for again in (model.step, lambda: model.run_for(1), model.checkpoint):
        with pytest.raises(ScenarioError, match="the week after 10 was begun and never ended"):
            again()


# -- what machine code would not notice --------------------------------------------------------------------------------


@pytest.mark.skipif(not IS_COMPILED, reason="plain Python follows the replacement")
@pytest.mark.parametrize(
    ("module", "name", "value"),
    [
        (refer, "p_sent", lambda *_: 0.0), (refer, "p_sent", getattr(refer.p_sent, "py_func", None)),
        (week, "die", lambda *_: 0.5), (week, "FAR_AHEAD", 3),
    ],
)  # fmt: skip
def test_a_rule_that_was_replaced_is_refused_and_the_way_named(module, name, value, monkeypatch, small, model):
    running = model.run_until(100)
    monkeypatch.setattr(module, name, value)
    said = f"{module.__name__}.{name}: was replaced in this process, .* allowed is to edit .*, or to run under NUMBA_DISABLE_JIT=1"
    for go_on in (lambda: AllianceModel(small), lambda: running.run_until(160), running.weekly):
        with pytest.raises(ScenarioError, match=said):
            go_on()
    monkeypatch.undo()
    assert AllianceModel(small).run_until(3).week == 3


def test_parameters_in_force_are_changed_by_date_and_not_by_hand(model):
    model.run_until(60)
    model.p.fund.plan.premium_yuan = 99.0
    for go_on in (model.step, model.checkpoint, lambda: model.run_for(2)):
        with pytest.raises(ScenarioError, match=r"fund\.plan\.premium_yuan was changed by hand after 60 weeks; allowed is a dated"):
            go_on()


# -- copies, collectors, batches, pages --------------------------------------------------------------------------------


def pickled(model: AllianceModel) -> AllianceModel:
    return pickle.loads(pickle.dumps(model))  # noqa: S301  our own bytes


@pytest.mark.parametrize("copied", [copy.deepcopy, pickled])
def test_a_copy_goes_on_as_the_model_does_and_leaves_it_alone(copied, small):
    model = AllianceModel(small).run_until(100)
    model.views.sites()
    other = copied(model)
    other.run_until(130)
    assert model.week == 100
    assert other.views.site(0).model is other
    assert other.result_hash() == model.run_until(130).result_hash()


def test_every_week_is_collected(model):
    model.run_until(calendar.FIRST_POLICY_WEEK + 30)
    frame = model.datacollector.get_model_vars_dataframe()
    assert len(frame) == model.week
    assert set(frame.columns) == {"world_seed", "week_start", "period", *INDICATORS}
    for end, period in ((51, "burn_in"), (calendar.FIRST_POLICY_WEEK - 1, "history"), (model.week - 1, "policy")):
        found, exact = frame.iloc[end][[*INDICATORS]].to_dict(), model.indicators(period)
        assert found == pytest.approx(exact, rel=0, abs=0, nan_ok=True)
    middle = AllianceModel(model.world_scenario).run_until(150).indicators("history")
    assert frame.iloc[149][[*INDICATORS]].to_dict() == pytest.approx(middle, rel=1e-9, nan_ok=True)


def test_a_collector_of_ones_own_is_kept(model):
    model.datacollector = own = mesa.DataCollector(model_reporters={"week": "week"})
    model.step()
    model.datacollector.collect(model)
    assert own.get_model_vars_dataframe()["week"].tolist() == [1]


@pytest.fixture
def batch(monkeypatch):
    """Mesa's batch_run without its bar; it changes how processes start for good, so that is put back."""
    before = multiprocessing.get_start_method(allow_none=True)
    yield lambda **asked: pd.DataFrame(mesa.batch_run(AllianceModel, display_progress=False, **asked))
    multiprocessing.set_start_method(before, force=True)


def test_a_batch_runs_scenarios_levers_and_seeds(batch):
    parameters = {"scenario": [str(CASE), str(CASE.with_name("no_alliance.toml"))], "children": N, PASS: [0.1, 0.8]}
    found = batch(parameters=parameters, rng=[3, 7], max_steps=120)
    assert len(found) == 8
    assert found["seed"].tolist() == found["world_seed"].tolist() == [3] * 4 + [7] * 4
    assert (found["Step"] == 120).all()
    row = found[(found["seed"] == 7) & (found[PASS] == 0.8) & (found["scenario"] == str(CASE))].iloc[0]
    alone = alliance.run(alliance.load(CASE, {PASS: 0.8}, children=N), seeds=[7], weeks=120 - 52).indicators.loc[7]
    assert row[[*INDICATORS]].to_dict() == pytest.approx(alone.to_dict(), rel=0, abs=0, nan_ok=True)


@pytest.mark.slow
def test_a_batch_in_two_processes_gives_the_same_rows(batch, small):
    asked = {"parameters": {"scenario": small, "settings": [{PASS: 0.1}, {PASS: 0.8}]}, "rng": [3, 7], "max_steps": 60}
    alone, shared = batch(**asked), batch(**asked, number_processes=2)
    pd.testing.assert_frame_equal(alone, shared.sort_values("RunId", ignore_index=True))


def test_iterations_without_seeds_are_different_worlds_that_say_their_seed(batch, small):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # Mesa's own name for it, on its way out
        found = batch(parameters={"scenario": small}, iterations=3, max_steps=20, data_collection_period=1)
    assert found["world_seed"].nunique() == 3
    assert found["Step"].tolist() == [*range(1, 21)] * 3
    seed = int(found["world_seed"].iloc[-1])
    assert AllianceModel(small, seed).run_until(20).indicators("burn_in")["n_visits"] == found["n_visits"].iloc[-1]


def test_sliders_of_mesas_page_may_move_levers(model):
    """What SolaraViz asks of a model: no positional leftovers, names that have values, a class that is made by keywords anew."""
    asked = inspect.signature(type(model).__init__).parameters.values()
    kinds = {one.kind for one in asked}
    assert inspect.Parameter.VAR_POSITIONAL not in kinds
    assert inspect.Parameter.VAR_KEYWORD in kinds
    assert [one.name for one in asked if one.default is one.empty] == ["self", "levers"]
    assert type(model)(scenario=str(CASE), seed=3, children=N, **{PASS: 0.3}).running
