"""Who talks to whom?

A small world of households: each is tied to its neighbours in the same neighbourhood (a ring in the order of the
register, population.n_friends ties on average), and a share of the ties goes to a household anywhere in the zone instead
(Watts and Strogatz 1998). The dice are the seed's, so the graph is the same in every scenario of a seed.
"""

import numpy as np

from agents.compiled import compiled
from model import dice


def ties(p: np.record, seed: np.uint64, community: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Place of each household's first friend, shape (n + 1,), and the rows of all friends, shape (n_ties,).

    `community` holds the neighbourhood of each household, shape (n,). A tie stands in both households' lists.
    """
    n, per_side = len(community), int(p.population.n_friends) // 2
    order = np.argsort(community.astype(np.int32), kind="stable")
    size = np.bincount(community)
    start = np.cumsum(size) - size
    size_of = np.repeat(size, size)
    place = np.arange(n) - np.repeat(start, size)  # place on the ring of the neighbourhood
    ends: list[tuple[np.ndarray, np.ndarray]] = []
    for step in range(1, per_side + 1):
        around = np.repeat(start, size) + (place + step) % size_of
        one, other = order, order[around]
        is_far = dice.dice(seed, dice.FRIEND_FAR, one, 0, step) < p.population.share_of_far_friends
        anybody = (dice.dice(seed, dice.FRIEND_WHO, one, 0, step) * n).astype(np.int64)
        other = np.where(is_far, anybody, other)
        is_double = ~is_far & (2 * step == size_of) & (2 * place >= size_of)  # on a ring of two steps the other end has it
        is_tie = (one != other) & ~is_double
        ends.append((one[is_tie], other[is_tie]))
    if not ends or n == 0:
        return np.zeros(n + 1, np.int64), np.zeros(0, np.int64)
    one, other = (np.concatenate(side) for side in zip(*ends, strict=True))
    first = np.zeros(n + 1, np.int64)
    np.cumsum(np.bincount(one, minlength=n) + np.bincount(other, minlength=n), out=first[1:])
    friends = np.empty(first[-1], np.int64)
    _enlist(one, other, first[:-1].copy(), friends)
    return first, friends


@compiled
def _enlist(one, other, place, friends):
    """Write each tie into both households' lists; `place` is where each list goes on."""
    for i in range(len(one)):
        a, b = one[i], other[i]
        friends[place[a]] = b
        place[a] += 1
        friends[place[b]] = a
        place[b] += 1
