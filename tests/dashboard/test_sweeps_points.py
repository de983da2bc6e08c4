"""What do the points of a sweep say? Rows worked out by hand."""

import math

import pandas as pd
import pytest

from dashboard.rooms.sweeps.points import difference, influences, points_of, reference_of
from experiments.interval import student_t

pytestmark = pytest.mark.unit

KEYS = ("a", "b")


def rows(*lines: tuple[int, float, float, float]) -> pd.DataFrame:
    return pd.DataFrame(list(lines), columns=["seed", "a", "b", "figure"])


FOUR = rows(
    (1, 0, 0, 10), (2, 0, 0, 20), (1, 1, 0, 12), (2, 1, 0, 22), (1, 0, 5, 10), (2, 0, 5, 21), (1, 1, 5, 14), (2, 1, 5, 25),
)  # fmt: skip


def test_a_point_is_the_mean_over_its_seeds_with_its_interval() -> None:
    first = points_of(FOUR, KEYS, "figure")[0]
    assert (first.values, first.mean) == ((0, 0), 15)
    assert first.half == pytest.approx(student_t(1) * 5)


def test_points_stand_in_the_order_of_their_values() -> None:
    assert [point.values for point in points_of(FOUR, KEYS, "figure")] == [(0, 0), (0, 5), (1, 0), (1, 5)]


def test_differences_are_taken_seed_by_seed() -> None:
    """Two worlds that lie far apart, and a lever that adds two in each: the interval has no width."""
    points = points_of(FOUR, KEYS, "figure")
    found = difference("figure", points[2], points[0])
    assert (found.mean, found.low, found.high, found.n_seeds) == (2, 2, 2, 2)
    assert found.sign == 1


def test_only_seeds_of_both_points_are_compared() -> None:
    points = points_of(rows((1, 0, 0, 10), (2, 0, 0, 20), (2, 1, 0, 25), (3, 1, 0, 99)), KEYS, "figure")
    found = difference("figure", points[1], points[0])
    assert (found.mean, found.n_seeds) == (5, 1)
    assert math.isnan(found.low)
    assert found.sign == 0


def test_the_reference_is_what_is_so_without_the_sweep() -> None:
    points = points_of(FOUR, KEYS, "figure")
    assert reference_of(points, {"a": 1, "b": 0}, KEYS).values == (1, 0)
    assert reference_of(points, {"a": 0.5, "b": 0}, KEYS).values == (0, 0)


def test_a_levers_influence_is_its_mean_step_with_all_others_equal() -> None:
    """Lever a: +2, +2 where b is 0 and +4, +4 where b is 5; lever b: 0, 1 where a is 0 and 2, 3 where a is 1."""
    found = {one.key: one for one in influences(points_of(FOUR, KEYS, "figure"), KEYS, "figure")}
    assert (found["a"].difference.mean, found["a"].n_pairs) == (3, 2)
    assert found["a"].difference.low == found["a"].difference.high == 3
    assert found["b"].difference.mean == 1.5
    assert list(found) == ["a", "b"]


def test_one_lever_at_a_time_needs_no_full_grid() -> None:
    star = rows((1, 0.5, 0.5, 10), (1, 0, 0.5, 8), (1, 1, 0.5, 13), (1, 0.5, 0, 10), (1, 0.5, 1, 11))
    found = {one.key: one.difference.mean for one in influences(points_of(star, KEYS, "figure"), KEYS, "figure")}
    assert found == {"a": 5, "b": 1}


def test_points_that_differ_in_everything_tell_of_no_lever() -> None:
    assert influences(points_of(rows((1, 0, 0, 1), (1, 1, 1, 2)), KEYS, "figure"), KEYS, "figure") == []


def test_a_figure_without_a_value_is_left_out() -> None:
    points = points_of(rows((1, 0, 0, math.nan), (2, 0, 0, 4), (1, 1, 0, 3), (2, 1, 0, 5)), KEYS, "figure")
    assert points[0].mean == 4
    assert difference("figure", points[1], points[0]).mean == 1
    assert math.isnan(points_of(rows((1, 0, 0, math.nan)), KEYS, "figure")[0].mean)
