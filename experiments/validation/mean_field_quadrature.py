"""Which few numbers stand for a law, and what of a smooth curve lies between its nodes?

Plain numpy and no code of the model: slices of equal probability for Beta and gamma laws, Gauss-Hermite nodes for the
normal, the error function by Abramowitz and Stegun 7.1.26 (error below 2e-7), the Poisson distribution function, and the
natural cubic spline as a matrix, so that a curve known at its nodes is read anywhere by one product.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

Array = np.ndarray
N_FINE = 4001
MOST_SUMMED = 9  # up to this count the Poisson sum is exact, beyond it Wilson and Hilferty's normal is close enough
_ERF = (0.254829592, -0.284496736, 1.421413741, -1.453152027, 1.061405429)


def normal_cdf(x: Array) -> Array:
    """Standard normal distribution function."""
    y = np.abs(x) / math.sqrt(2.0)
    t = 1.0 / (1.0 + 0.3275911 * y)
    erf = 1.0 - np.polyval(_ERF[::-1], t) * t * np.exp(-y * y)
    return 0.5 * (1.0 + np.sign(x) * erf)


def logistic(x: Array) -> Array:
    """1 / (1 + exp(-x))."""
    return 1.0 / (1.0 + np.exp(-np.clip(x, -60.0, 60.0)))


def log_odds(share: float) -> float:
    """ln(share / (1 - share))."""
    return math.log(share / (1.0 - share))


def hermite(n: int) -> tuple[Array, Array]:
    """Nodes and weights of a standard normal."""
    x, w = np.polynomial.hermite_e.hermegauss(n)
    return x, w / w.sum()


def slices(density: Callable[[Array], Array], low: float, high: float, n: int) -> Array:
    """Means of n slices of equal probability of the law with this density on [low, high], shape (n,)."""
    step = (high - low) / N_FINE
    x = low + step * (np.arange(N_FINE) + 0.5)
    mass = density(x)
    mass /= mass.sum()
    below = np.concatenate([[0.0], np.cumsum(mass)])
    first = np.concatenate([[0.0], np.cumsum(mass * x)])
    at = np.linspace(0.0, 1.0, n + 1)
    return np.diff(np.interp(at, below, first)) * n


def beta_slices(a: float, b: float, n: int) -> Array:
    """Means of n slices of a Beta law."""
    return slices(lambda x: x ** (a - 1.0) * (1.0 - x) ** (b - 1.0), 0.0, 1.0, n)


def gamma_slices(cv: float, n: int) -> Array:
    """Means of n slices of a gamma law with mean 1 and this coefficient of variation."""
    if cv <= 0.0:
        return np.ones(n)
    shape = 1.0 / cv**2
    return slices(lambda x: np.exp((shape - 1.0) * np.log(x) - shape * (x - 1.0)), 0.0, 1.0 + 12.0 * cv, n)


def poisson_cdf(most: Array, mean: Array) -> Array:
    """P(N <= most) for a Poisson number N; 0 where most < 0."""
    most, mean = np.broadcast_arrays(np.asarray(most, float), np.maximum(mean, 1e-9))
    exact, term = np.zeros(most.shape), np.exp(-np.minimum(mean, 700.0))
    for k in range(MOST_SUMMED + 1):
        exact = exact + np.where(most >= k, term, 0.0)
        term = term * mean / (k + 1.0)
    n = np.maximum(most, 0.0) + 1.0
    close = 1.0 - normal_cdf(((mean / n) ** (1.0 / 3.0) - 1.0 + 1.0 / (9.0 * n)) * 3.0 * np.sqrt(n))
    return np.where(most < 0, 0.0, np.where(most <= MOST_SUMMED, np.minimum(exact, 1.0), close))


def spline_matrix(nodes: Array, at: Array) -> Array:
    """Matrix from values at equally spaced `nodes` to the natural cubic spline's values `at`, shape (n_at, n_nodes)."""
    n, h = len(nodes), nodes[1] - nodes[0]
    second, curve = np.eye(n), np.zeros((n, n))
    for i in range(1, n - 1):
        second[i, i - 1 : i + 2] = 1.0 / 6.0, 2.0 / 3.0, 1.0 / 6.0
        curve[i, i - 1 : i + 2] = np.array([1.0, -2.0, 1.0]) / h**2
    bend = np.linalg.solve(second, curve)
    x = np.clip(at, nodes[0], nodes[-1])
    i = np.clip(((x - nodes[0]) / h).astype(int), 0, n - 2)
    right = (x - nodes[i]) / h
    left = 1.0 - right
    rows = np.zeros((len(x), n))
    rows[np.arange(len(x)), i] += left
    rows[np.arange(len(x)), i + 1] += right
    rows += (left**3 - left)[:, None] * h**2 / 6.0 * bend[i] + (right**3 - right)[:, None] * h**2 / 6.0 * bend[i + 1]
    return rows
