"""Are the doubt about numbers and the value at which an answer would turn those of rows worked out by hand?"""

import math

import numpy as np
import pandas as pd
import pytest

from experiments.answers.numbers import (
    data_that_would_tell,
    datum_of,
    effects_of,
    share_of_chance,
    spearman,
    spread_of,
    telling,
    turning_value,
)
from experiments.answers.readings import CALIBRATED
from experiments.calibration.space import free_parameters
from model.parameters import declarations

pytestmark = pytest.mark.unit


def runs_of(rows: list[tuple[str, int, int, float]]) -> pd.DataFrame:
    """Runs whose baseline is 10 everywhere and whose policy adds the last number."""
    both = [
        {
            "reading": letter,
            "point": point,
            "seed": seed,
            "policy": policy,
            "n_alliance_visits": 10.0 + (effect if policy == "x" else 0.0),
        }
        for letter, point, seed, effect in rows
        for policy in ("as it is", "x")
    ]
    return pd.DataFrame(both)


def test_the_spread_is_that_of_the_means_at_the_points_and_leaves_the_reading_itself_out():
    rows = [("A", CALIBRATED, 1, 99.0), ("A", 0, 1, -1.0), ("A", 0, 2, -3.0), ("A", 5, 1, 8.0), ("A", 5, 2, 8.0)]
    effects = effects_of(runs_of([*rows, ("B", 0, 1, 0.0), ("B", 0, 2, 0.0)]), "x", "n_alliance_visits")
    assert effects.mean(axis=1).tolist() == [-2.0, 8.0, 0.0]
    found = spread_of(effects)
    assert (found["A"].low, found["A"].high) == pytest.approx((-1.0, 7.0))
    assert (found["A"].share_up, found["A"].share_down, found["A"].n_points) == (0.5, 0.5, 2)
    assert (found["B"].share_up, found["B"].share_down) == (0.0, 0.0)


def test_a_point_without_a_value_is_no_point():
    effects = effects_of(runs_of([("A", 0, 1, 1.0), ("A", 1, 1, math.nan)]), "x", "n_alliance_visits")
    assert len(effects) == 1


def test_what_a_seed_does_to_all_points_alike_is_no_spread_of_chance():
    alike = [("A", point, seed, point + 10.0 * seed) for point in range(4) for seed in (1, 2)]
    assert share_of_chance(effects_of(runs_of(alike), "x", "n_alliance_visits")) == pytest.approx(0.0)
    luck = [("A", point, seed, (-1.0) ** (point + seed)) for point in range(4) for seed in (1, 2)]
    assert math.isnan(share_of_chance(effects_of(runs_of(luck), "x", "n_alliance_visits")))  # all points have one mean
    assert math.isnan(share_of_chance(effects_of(runs_of(alike[:2]), "x", "n_alliance_visits")))


def test_the_rank_correlation_is_that_of_ranks_and_shares_ties():
    assert spearman(np.array([1.0, 2.0, 3.0, 4.0]), np.array([1.0, 8.0, 27.0, 900.0])) == pytest.approx(1.0)
    assert spearman(np.array([1.0, 2.0, 3.0]), np.array([2.0, 2.0, 2.0])) == 0.0
    # ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4: covariance 4.5 / sqrt(4.5 x 5)
    assert spearman(np.array([1.0, 2.0, 2.0, 9.0]), np.array([1.0, 2.0, 3.0, 4.0])) == pytest.approx(4.5 / math.sqrt(22.5))


def test_an_effect_turns_where_the_line_crosses_zero_and_only_inside_the_range():
    assert turning_value(np.array([1.0, 2.0, 3.0]), np.array([-1.0, 1.0, 3.0])) == pytest.approx(1.5)
    assert turning_value(np.array([1.0, 2.0, 3.0]), np.array([1.0, 2.0, 3.0])) is None
    assert turning_value(np.array([2.0, 2.0]), np.array([-1.0, 1.0])) is None
    assert turning_value(np.array([1.0, 10.0, 100.0]), np.array([-1.0, 0.0, 1.0])) == pytest.approx(10.0)


def test_only_a_parameter_beyond_three_standard_errors_is_told():
    effects = pd.Series(np.arange(-8.0, 8.0))
    shuffled = np.array([7, 2, 11, 5, 14, 0, 9, 3, 12, 8, 1, 15, 6, 10, 4, 13], float)
    values = pd.DataFrame({"doctor.refer.caution": np.arange(16.0), "doctor.refer.signal_of_specialist": shuffled})
    (one,) = telling(values, effects)
    assert (one.name, one.correlation) == ("doctor.refer.caution", pytest.approx(1.0))
    assert one.turns_at == pytest.approx(8.0)
    assert telling(values.iloc[:3], effects.iloc[:3]) == []


def test_every_free_parameter_has_a_datum_that_would_tell_it():
    assert set(data_that_would_tell()) <= set(declarations())
    assert {free.name for free in free_parameters()} <= set(data_that_would_tell())
    assert datum_of("fund.pay.cap_in_referrals").startswith("a measurement of: ")
