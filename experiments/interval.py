"""How sure is a mean over several seeds, or a share of them?

    half width = t(0.975, n - 1) x sd / sqrt(n)        of a share: Wilson's score

The interval covers the luck of a finite zone, nothing else: not what is unknown about the numbers of the model. A ratio
without cases has no value; seeds without a value are left out, and fewer than two values have no interval.
"""

import math
from collections.abc import Iterable, Sequence
from statistics import NormalDist, fmean, stdev

PROBABILITY = 0.975  # two-sided 95 %
# Student's t there for 1, 2, ... degrees of freedom; beyond, its expansion around the normal (error below 1e-4).
STUDENT_T = (
    12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622, 2.2281,
    2.2010, 2.1788, 2.1604, 2.1448, 2.1314, 2.1199, 2.1098, 2.1009, 2.0930, 2.0860,
    2.0796, 2.0739, 2.0687, 2.0639, 2.0595, 2.0555, 2.0518, 2.0484, 2.0452, 2.0423,
)  # fmt: skip


def student_t(degrees: int) -> float:
    """The 97.5 % point of Student's t [1]."""
    if degrees <= len(STUDENT_T):
        return STUDENT_T[degrees - 1]
    z = NormalDist().inv_cdf(PROBABILITY)
    return z + (z**3 + z) / (4 * degrees) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * degrees**2)


def mean_and_half_width(values: Iterable[float]) -> tuple[float, float]:
    """The mean and half the width of its 95 % interval; NaN for what cannot be said."""
    known = [value for value in values if math.isfinite(value)]
    if len(known) < 2:
        return (known[0] if known else math.nan), math.nan
    return fmean(known), student_t(len(known) - 1) * stdev(known) / math.sqrt(len(known))


def share_interval(n: int, n_of: int) -> tuple[float, float]:
    """The 95 % interval of a share by Wilson's score [1]; it never leaves 0 to 1 and is never a point."""
    z, share = NormalDist().inv_cdf(PROBABILITY), n / n_of
    weight = z * z / n_of
    middle = (share + weight / 2) / (1 + weight)
    half = z * math.sqrt(share * (1 - share) / n_of + weight / n_of / 4) / (1 + weight)
    return (0.0 if n == 0 else middle - half), (1.0 if n == n_of else middle + half)


def intervals(rows: Sequence[dict[str, float]]) -> tuple[dict[str, float], dict[str, float]]:
    """Means and half widths of every figure over the rows, one row a seed."""
    both = {name: mean_and_half_width(row[name] for row in rows) for name in rows[0]}
    return {name: mean for name, (mean, _) in both.items()}, {name: half for name, (_, half) in both.items()}
