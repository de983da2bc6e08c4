"""What difference does a setting make, with luck held fixed?

The same children with the same luck live under both settings. A difference is taken seed by seed; its 95 % interval is that of
the paired differences (Student's t).
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from experiments.interval import mean_and_half_width


@dataclass(frozen=True)
class Difference:
    """A paired difference between two settings."""

    indicator: str
    mean: float
    low: float
    high: float
    n_seeds: int

    @property
    def has_value(self) -> bool:
        """[bool] Whether the figure has a value under both settings in at least one seed."""
        return math.isfinite(self.mean)

    @property
    def has_interval(self) -> bool:
        """[bool] Whether it has one in at least two seeds."""
        return math.isfinite(self.low)

    @property
    def sign(self) -> int:
        """1 or -1 where the interval excludes zero, 0 where the two are not distinguishable or cannot be compared."""
        return (self.low > 0) - (self.high < 0)


def interval(values: Iterable[float]) -> tuple[float, float, float]:
    """Mean and both ends of the 95 % interval of at least two values."""
    middle, half = mean_and_half_width(values)
    return middle, middle - half, middle + half


def difference_of(indicator: str, apart: Sequence[float]) -> Difference:
    """The mean of differences seed by seed, with its interval (not a number from a single one)."""
    return Difference(indicator, *interval(apart), len(apart))


def difference(indicator: str, first: Sequence[Mapping[str, float]], second: Sequence[Mapping[str, float]]) -> Difference:
    """Second minus first, seed by seed."""
    return difference_of(indicator, [b[indicator] - a[indicator] for a, b in zip(first, second, strict=True)])
