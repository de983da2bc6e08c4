"""Which distributions are looked up, and how finely?

Quantiles at the middle of N equal slices of probability: a die picks a slice. Slices keep the hot loop free of logarithms
(a Gumbel from a table costs a tenth of two logs), and both engines read the same numbers.
"""

import math
from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from statistics import NormalDist

import numpy as np

N_SLICES = 1024
COMPLEXITY_SHAPES = (2, 5)
MEAN_COMPLEXITY = COMPLEXITY_SHAPES[0] / sum(COMPLEXITY_SHAPES)


def _slices() -> list[float]:
    return [(i + 0.5) / N_SLICES for i in range(N_SLICES)]


def _fixed(values: Iterable[float]) -> np.ndarray:
    """A table that all worlds of a process share; nothing writes to it."""
    return np.array(values, float)


@cache
def gumbel() -> np.ndarray:
    """Quantiles of the standard Gumbel distribution [utils], shape (N_SLICES,)."""
    return _fixed([-math.log(-math.log(u)) for u in _slices()])


@cache
def normal() -> np.ndarray:
    """Quantiles of the standard normal distribution [sd], shape (N_SLICES,)."""
    return _fixed([NormalDist().inv_cdf(u) for u in _slices()])


@cache
def beta(a: float, b: float) -> np.ndarray:
    """Quantiles of a Beta distribution [1], shape (N_SLICES,), by the trapezoid rule on a fine grid."""
    n_grid = 16 * N_SLICES
    x = [i / n_grid for i in range(n_grid + 1)]
    density = [math.pow(t, a - 1.0) * math.pow(1.0 - t, b - 1.0) for t in x]
    cumulative = [0.0]
    for left, right in pairwise(density):
        cumulative.append(cumulative[-1] + (left + right) / 2.0)
    return _fixed(np.interp(_slices(), [c / cumulative[-1] for c in cumulative], x))
