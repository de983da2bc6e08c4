"""Does the screening find what is known of a function, and leave out what has no answer?"""

import math

import numpy as np
import pandas as pd
import pytest
from SALib.analyze import morris as salib

from experiments.sensitivity import luck, screen
from experiments.sensitivity.analysis import Plan, analyse
from experiments.sensitivity.space import Axis
from tests.sensitivity.conftest import answering, space

pytestmark = pytest.mark.unit
PLAN = Plan(n_trajectories=6, n_blocks=8, seeds=range(1, 2), n_survivors=4)


def linear(point):
    """Of a point of any of the numbers; those that it does not say are as at the base."""
    at = {"steady": 1.0, "whole": 3, "flag": 0, "a.is_running": 1} | point
    return 2.0 * at["steady"] - 3.0 * at["whole"] + 5.0 * at["flag"] + 7.0 * at["a.is_running"]


def test_a_linear_function_has_its_slopes_as_effects_whatever_kind_of_number(mixed):
    """Also of whole numbers and flags, whose steps are not two thirds of their range."""
    found = analyse(mixed, answering(linear), PLAN, ("answer",)).morris.set_index("parameter")
    assert found["mu"].to_dict() == pytest.approx({"steady": 8, "inert": 0, "whole": -15, "flag": 5, "a.is_running": 7})
    assert found["mu_star"].to_dict() == pytest.approx({"steady": 8, "inert": 0, "whole": 15, "flag": 5, "a.is_running": 7})
    assert found["sigma"].to_numpy() == pytest.approx(0, abs=1e-9)
    assert list(found.sort_values("rank").index) == ["whole", "steady", "a.is_running", "flag", "inert"]


def test_figures_are_those_of_salib():
    names = ["a", "b", "c"]
    numbers = space(*(Axis(name, 0.5, 0.0, 1.0, is_whole=False) for name in names))
    way = screen.walk([0.5] * 3, [False] * 3, 8, seed=3)
    points = numbers.points(way.shares)
    answers = np.array([p["a"] * p["b"] + math.sin(5 * p["c"]) for p in points.settings])
    effects = screen.effects_of(way, screen.steps_of(way, points), answers)
    problem = {"num_vars": 3, "names": names, "bounds": [[0, 1]] * 3}
    said = salib.analyze(problem, way.shares, answers, num_levels=screen.LEVELS, seed=1)
    for place in range(3):
        found = screen.figures(effects[:, place])
        for name in ("mu", "mu_star", "sigma"):
            assert found[name] == pytest.approx(float(said[name][place]), rel=1e-6)
        assert found["mu_star_conf"] == pytest.approx(float(said["mu_star_conf"][place]), rel=0.4)


def test_more_trajectories_begin_with_the_same_ones():
    few, many = (screen.walk([0.5] * 4 + [1.0], [False] * 4 + [True], n, seed=5) for n in (2, 6))
    assert np.array_equal(few.shares, many.shares[: len(few.shares)])
    assert np.array_equal(few.after, many.after[:2])


def test_what_runs_is_stopped_only_at_the_end(mixed):
    way = screen.walk([0.25, 0.5, 0.4, 0.0, 1.0], [axis.is_switch for axis in mixed.axes], 5, seed=1)
    by_trajectory = way.shares.reshape(5, 6, 5)
    assert (by_trajectory[:, :5, 4] == 1).all()
    assert (by_trajectory[:, 5, 4] == 0).all()
    assert np.array_equal(by_trajectory[:, 5, :4], by_trajectory[:, 4, :4])
    steps = np.abs(way.shares[way.after] - way.shares[way.before])
    assert (np.count_nonzero(steps, axis=2) == 1).all()


def test_a_failed_run_costs_its_two_steps_and_nothing_else(mixed):
    way = screen.walk([0.25, 0.5, 0.4, 0.0, 1.0], [axis.is_switch for axis in mixed.axes], 3, seed=1)
    points = mixed.points(way.shares)
    answers = np.array([linear(settings) for settings in points.settings])
    answers[8] = np.nan  # in the middle of the second trajectory
    effects = screen.effects_of(way, screen.steps_of(way, points), answers)
    assert np.isnan(effects).sum() == 2
    assert np.isnan(effects[1]).sum() == 2
    assert screen.edges_of(way, answers).sum() == 2
    assert [screen.figures(column)["mu"] for column in effects.T] == pytest.approx([8, 0, -15, 5, 7])


def test_a_step_that_drew_in_another_number_is_left_out():
    numbers = space(
        Axis("hospital.support.share_for_training", 0.2, 0.0, 1.0, is_whole=False),
        Axis("hospital.support.share_for_review", 0.2, 0.0, 1.0, is_whole=False),
    )
    way = screen.walk([0.2, 0.2], [False, False], 20, seed=1)
    points = numbers.points(way.shares)
    moved = screen.steps_of(way, points)
    assert points.n_drawn > 0
    assert np.isnan(moved).any()
    assert np.abs(moved[np.isfinite(moved)]) == pytest.approx(screen.STEP)


def test_luck_alone_stays_below_its_line_in_about_nineteen_of_twenty_cases():
    dice = np.random.default_rng(7)
    n_steps, n = 10, 4_000
    effects = dice.normal(scale=math.sqrt(2), size=(n, n_steps)) / screen.STEP
    line = luck.mu_star_of_luck(1.0, np.full(n, n_steps), np.full(n, screen.STEP))
    assert 0.92 < float((np.abs(effects).mean(axis=1) < line).mean()) < 0.97


def test_what_luck_could_do_does_not_survive(mixed):
    calm = analyse(mixed, answering(linear, luck=0.01), PLAN, ("answer",))
    wild = analyse(mixed, answering(linear, luck=4.0), PLAN, ("answer",))
    assert calm.survivors == ["steady", "whole", "flag"]  # what runs or not is a question, no uncertainty
    assert "flag" not in wild.survivors
    assert not wild.morris.set_index("parameter").loc["flag", "is_above_luck"]


def test_the_first_of_every_answer_survive_in_turn():
    rows = [("x", "one", 1), ("y", "one", 2), ("z", "one", 3), ("z", "two", 1), ("x", "two", 2), ("y", "two", 3)]
    table = pd.DataFrame([(*row, True) for row in rows], columns=["parameter", "output", "rank", "is_above_luck"])
    assert screen.survivors(table, [], 2) == ["x", "z"]
    assert screen.survivors(table, ["x"], 2) == ["z", "y"]


def test_the_ranking_is_followed_as_trajectories_are_added(mixed):
    found = analyse(mixed, answering(linear), Plan(10, 8, range(1, 2), 3), ("answer",))
    assert sorted(set(found.course["n_trajectories"])) == [2, 4, 6, 8, 10]
    assert found.agreement["rank_correlation"].to_numpy() == pytest.approx(1.0)
    last = found.course[found.course["n_trajectories"] == 10].set_index("parameter")
    assert last["mu_star"].to_dict() == pytest.approx(found.morris.set_index("parameter")["mu_star"].to_dict())
