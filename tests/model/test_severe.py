"""Who falls severely ill, and when?"""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.units import WEEKS_PER_YEAR
from model.calendar import LAST_WEEK
from model.dice import seed_key
from model.parameters import defaults, record
from model.population import register
from model.severe import expected_reinsured_fen, illnesses

N = 5_000


def params(n: int = N, **changed: float) -> np.record:
    return record(defaults() | {"population.n_children": n} | {key.replace("__", "."): value for key, value in changed.items()})[0]


def listed(seed: int = 1, n: int = N, last_week: int = LAST_WEEK, **changed: float) -> tuple[np.ndarray, np.ndarray, np.recarray]:
    p = params(n, **changed)
    children = register(p, seed_key(seed))
    return *illnesses(p, seed_key(seed), children, last_week), children


@pytest.mark.unit
def test_as_many_fall_ill_as_the_rate_says():
    weeks, _, children = listed(illness__severe_per_child_year=0.001)
    ends = np.minimum(np.asarray(children.last_week), LAST_WEEK)
    child_years = (ends - np.asarray(children.first_week)).clip(0).sum() / WEEKS_PER_YEAR
    assert abs(len(weeks) - 0.001 * child_years) < 4 * math.sqrt(0.001 * child_years)


@pytest.mark.unit
def test_the_list_is_the_same_for_every_policy_and_grows_with_the_horizon_only():
    weeks, child, _ = listed()
    same_weeks, same_child, _ = listed(fund__cover_severe__share_covered=0.9, doctor__stay__quit_rate=0.15)
    assert weeks.tolist() == same_weeks.tolist()
    assert child.tolist() == same_child.tolist()
    shorter, of_whom, _ = listed(last_week=400)
    assert shorter.tolist() == weeks[weeks < 400].tolist()
    assert of_whom.tolist() == child[weeks < 400].tolist()


@pytest.mark.unit
def test_another_seed_has_other_patients():
    assert listed(seed=2)[1].tolist() != listed()[1].tolist()


@pytest.mark.unit
def test_the_reinsurer_expects_nothing_where_nothing_is_covered_and_less_above_a_higher_retention():
    assert expected_reinsured_fen(params()) == 0.0
    covered = {"fund__cover_severe__share_covered": 0.8, "fund__cover_severe__share_reinsured": 1.0}
    low, high = (expected_reinsured_fen(params(**covered, fund__cover_severe__retention_yuan=yuan)) for yuan in (1_000.0, 60_000.0))
    assert 0.0 < high < low


@pytest.mark.property
@settings(max_examples=30)
@given(seed=st.integers(0, 2**31), n=st.integers(200, 2_000), rate=st.floats(0.0001, 0.001))
def test_severe_illness_befalls_children_of_the_register_once_and_in_order(seed, n, rate):
    weeks, child, children = listed(seed, n, illness__severe_per_child_year=rate)
    assert (np.diff(weeks) >= 0).all()
    assert len(set(child.tolist())) == len(child)
    assert (weeks >= children.first_week[child]).all()
    assert (weeks < np.minimum(children.last_week[child], LAST_WEEK)).all()
