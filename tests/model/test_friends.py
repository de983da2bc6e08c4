"""Who talks to whom?"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.dice import seed_key
from model.friends import ties
from model.parameters import defaults, record

N, N_COMMUNITIES = 3_000, 10


def graph(seed: int = 1, community: np.ndarray | None = None, **changed: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Both ends of every tie as it stands in the lists, and the neighbourhood of each household."""
    numbers = {"n_friends": 4, "share_of_far_friends": 0.1} | changed
    p = record(defaults() | {f"population.{name}": value for name, value in numbers.items()})[0]
    community = np.arange(N) * 7 % N_COMMUNITIES if community is None else community
    first, friends = ties(p, seed_key(seed), community)
    assert first[0] == 0
    assert first[-1] == len(friends)
    return np.repeat(np.arange(len(community)), np.diff(first)), friends, community


@pytest.mark.unit
def test_four_friends_on_average_all_of_them_neighbours_where_nobody_lives_far():
    one, other, community = graph(share_of_far_friends=0.0)
    assert (np.bincount(one) == 4).all()
    assert (community[one] == community[other]).all()


@pytest.mark.unit
def test_a_tenth_of_the_ties_cross_the_zone():
    one, other, community = graph()
    n_ties = len(one) / 2
    # a far friend lives in the same one of ten neighbourhoods by chance once in ten times: 0.09, four sd are 0.015
    assert abs((community[one] != community[other]).mean() - 0.09) < 4 * np.sqrt(0.09 * 0.91 / n_ties)
    assert len(one) / N == pytest.approx(4.0, abs=0.01)


@pytest.mark.unit
@pytest.mark.parametrize("n_friends", [0, 1])
def test_nobody_talks_where_nobody_has_friends(n_friends):
    one, other, _ = graph(n_friends=n_friends)
    assert len(one) == len(other) == 0


@pytest.mark.unit
def test_the_graph_is_the_seeds_and_no_scenario_moves_it():
    one, other, _ = graph()
    again, same, _ = graph()
    assert (one == again).all()
    assert (other == same).all()
    assert len(graph(seed=2)[1]) != len(other) or (graph(seed=2)[1] != other).any()


@pytest.mark.unit
def test_a_lonely_household_of_its_neighbourhood_is_not_its_own_friend():
    one, other, _ = graph(community=np.arange(3), share_of_far_friends=0.0)
    assert len(one) == len(other) == 0


@pytest.mark.property
@settings(max_examples=50)
@given(
    seed=st.integers(0, 2**31), n=st.integers(1, 300), n_communities=st.integers(1, 40), n_friends=st.integers(0, 8),
    far=st.floats(0.0, 1.0),
)  # fmt: skip
def test_ties_are_mutual_and_nobody_is_tied_to_itself(seed, n, n_communities, n_friends, far):
    community = np.random.default_rng(seed).integers(0, n_communities, n)
    one, other, _ = graph(seed, community, n_friends=n_friends, share_of_far_friends=far)
    assert (one != other).all()
    assert ((other >= 0) & (other < n)).all()
    there, back = sorted(zip(one.tolist(), other.tolist(), strict=True)), sorted(zip(other.tolist(), one.tolist(), strict=True))
    assert there == back
