"""Is a small sweep of the page what the form says, and the same as one at a terminal?"""

import shlex
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from dashboard import session as sessions
from dashboard import worlds
from dashboard.choice import with_policy
from dashboard.rooms.sweeps.form import offered
from dashboard.rooms.sweeps.small import MOST_RUNS, Plan, grid, plan_of, run, sweep_of, terminal_line
from dashboard.rooms.sweeps.sweep import open_point
from dashboard.session import Session
from dashboard.texts import Texts
from experiments.sweep import sweep
from experiments.sweep.read import read_design, said_in_options
from model.parameters import declarations
from model.refusal import ScenarioError
from tests.dashboard.conftest import small_worlds

pytestmark = pytest.mark.unit

PASS, PUT_BACK, SITTINGS = "hospital.accredit.pass_rate", "fund.surplus.reinvested_share", "hospital.accredit.n_sittings_in_a_row"


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    """A visitor for whom nothing is simulated."""

    def nobody_waits(*_: Any, **__: Any) -> None:
        raise worlds.NotWantedError

    monkeypatch.setattr(sessions.worlds, "world", nobody_waits)
    visitor = Session("en", query=f"{PUT_BACK}=0.8&seed=7")
    yield visitor
    visitor.stop()


def asked(n_seeds: object = 3, **levers: tuple[object, object, object]) -> dict[str, Any]:
    keys = {"pass_rate": PASS, "put_back": PUT_BACK, "sittings": SITTINGS}
    rows = [{"key": keys.get(name, name), "low": low, "high": high, "n": n} for name, (low, high, n) in levers.items()]
    return {"levers": rows, "n_seeds": n_seeds}


def test_the_form_is_run_over_the_visitors_policy(session: Session) -> None:
    plan = plan_of(session, asked(pass_rate=(0.1, 0.3, 3)))
    assert plan.vary == {PASS: (0.1, 0.2, 0.3)}
    assert plan.fixed == {PUT_BACK: 0.8}
    assert (list(plan.seeds), plan.n_runs) == ([7, 8, 9], 9)
    assert plan.points == [((PUT_BACK, 0.8),), ((PUT_BACK, 0.8), (PASS, 0.2)), ((PUT_BACK, 0.8), (PASS, 0.3))]


def test_a_lever_that_varies_is_not_held(session: Session) -> None:
    plan = plan_of(session, asked(pass_rate=(0.1, 0.3, 2), put_back=(0, 1, 2)))
    assert plan.fixed == {}
    assert len(plan.points) == 4


def test_whole_numbers_take_whole_values_once() -> None:
    assert grid(declarations()[SITTINGS], 1, 3, 9) == [1, 2, 3]


@pytest.mark.parametrize(
    ("anything", "said"),
    [
        (None, "no levers"),
        ({}, "no levers"),
        (asked(), "no levers"),
        ({"levers": [3], "n_seeds": 3}, "cannot be moved"),
        ({"levers": [{}] * 3, "n_seeds": 3}, "no levers"),
        (asked(pass_rate=(0.1, 0.3, 2), n_seeds=4), "4 worlds"),
        (asked(pass_rate=(0.1, 0.3, 2), n_seeds="3"), "worlds"),
        (asked(pass_rate=(0.3, 0.1, 2)), "no values that rise"),
        (asked(pass_rate=(0.1, float("nan"), 2)), "no values that rise"),
        (asked(pass_rate=(0.1, True, 2)), "no values that rise"),
        (asked(pass_rate=(0.1, 0.3, 2.5)), "no values that rise"),
        (asked(pass_rate=(0.1, 0.3, 10**9)), "no values that rise"),
        (asked(pass_rate=(0.1, 7, 2)), "hospital.accredit.pass_rate"),
        (asked(pass_rate=(0.1, 0.3, 21), put_back=(0, 1, 21)), f"allowed are {MOST_RUNS}"),
        (asked(pas_rate=(0.1, 0.3, 2)), "unknown key"),
        (asked(**{"population.n_children": (1000, 9000, 2)}), "cannot be moved"),
    ],
)  # fmt: skip
def test_what_no_form_could_send_is_refused_in_one_line(session: Session, anything: object, said: str) -> None:
    with pytest.raises(ScenarioError, match=said):
        plan_of(session, anything)


def test_the_same_lever_twice_is_refused(session: Session) -> None:
    row = asked(pass_rate=(0.1, 0.3, 2))["levers"][0]
    with pytest.raises(ScenarioError, match="twice"):
        plan_of(session, {"levers": [row, row], "n_seeds": 3})


def test_the_terminals_line_asks_for_the_same_worlds(session: Session) -> None:
    plan = plan_of(session, asked(pass_rate=(0.1, 0.3, 3), n_seeds=5))
    _, _, path, *options = shlex.split(terminal_line(plan, "mine-1"))
    pairs = list(zip(options[::2], options[1::2], strict=True))
    vary = [value for name, value in pairs if name == "--vary"]
    said = {name[2:]: value for name, value in pairs if name in ("--seed", "--seeds", "--children")}
    design, _ = read_design(str(worlds.SCENARIOS.parent / path), vary, said_in_options(said))
    here = [with_policy(plan.base.scenario, point).segments() for point in plan.points]
    assert [design.frame.scenario_at(point).segments() for point in design.points] == here
    assert design.seeds == plan.seeds
    assert design.frame.n_weeks_in_all == plan.base.last_week


@pytest.mark.parametrize(
    ("language", "known"),
    [
        ("en", ("Deductible for severe disease", "Doctors’ monthly training hours", "Yearly subsidy to the plan")),
        ("zh", ("保费随赔付率调整的力度", "长期停考的时间", "基金运行", "准备金目标月数")),  # bao, chang, ji, zhun
    ],
)
def test_levers_to_choose_from_stand_in_the_order_of_the_readers_language(language: str, known: tuple[str, ...]) -> None:
    listed = offered(Texts(language), worlds.base().scenario, {})
    assert len(listed) > 60
    assert [one["group"] for one in listed] == sorted((one["group"] for one in listed), reverse=True)
    for group in ("panel", "other"):
        names = [one["name"] for one in listed if one["group"] == group]
        assert names == Texts(language).sorted_by_name(names, str)
    places = [[one["name"] for one in listed].index(name) for name in known]
    assert places == sorted(places)


def test_every_lever_of_the_form_is_in_its_range() -> None:
    for lever in offered(Texts("en"), worlds.base().scenario, {}):
        assert lever["lowest"] <= lever["low"] < lever["high"] <= lever["highest"], lever["key"]


def test_runs_are_those_of_the_sweep_engine_to_the_last_bit() -> None:
    with small_worlds(300):
        base = worlds.base_of("small", worlds.base("huaxi").scenario)
    plan = Plan(base, {PASS: (0.1, 0.4)}, {PUT_BACK: 0.8}, range(3, 5))
    told: list[float] = []
    here = run(plan, told.append, lambda: True)
    with ThreadPoolExecutor(1) as executor:
        there = sweep(base.scenario, {PUT_BACK: [0.8], PASS: [0.1, 0.4]}, seeds=2, first_seed=3, workers=1, on=executor)
    columns = ["seed", PASS, PUT_BACK, "result_hash", "share_referred", "fund_reserve_yuan", "own_payment_yuan"]
    mine, theirs = (table.sort_values(by=["seed", PASS], ignore_index=True).filter(columns) for table in (here, there))
    pd.testing.assert_frame_equal(mine, theirs, check_exact=True)
    assert told == [0.25, 0.5, 0.75, 1]


def test_a_run_that_nobody_wants_any_more_ends() -> None:
    with small_worlds(300):
        base = worlds.base_of("small", worlds.base("huaxi").scenario)
    with pytest.raises(worlds.NotWantedError):
        run(Plan(base, {PASS: (0.2, 0.3)}, {}, range(90, 93)), lambda share: None, lambda: False)


def test_a_point_opens_in_decide_with_the_levers_that_differ(session: Session) -> None:
    plan = plan_of(session, asked(pass_rate=(0.1, 0.3, 3)))
    open_point(session, sweep_of(plan, run_of_nothing(), "mine-1"), {PASS: 0.2})
    assert session.choice.scenario == "huaxi"
    assert session.choice.settings == ((PUT_BACK, 0.8), (PASS, 0.2))
    assert session.room.value == "decide"


def test_a_sweep_of_another_day_opens_as_a_scenario_of_this_visit(session: Session) -> None:
    plan = plan_of(session, asked(pass_rate=(0.1, 0.3, 3)))
    whole = sweep_of(plan, run_of_nothing(), "mine-1")
    open_point(session, replace(whole, frame=replace(whole.frame, from_date=None)), {PASS: 0.2})
    assert session.choice.settings == ()
    assert session.base().name in session.uploads
    assert session.base().scenario.values[PASS] == 0.2


def run_of_nothing() -> pd.DataFrame:
    return pd.DataFrame({"seed": []})
