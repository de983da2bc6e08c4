"""What difference does a setting make, with luck held fixed?

The same children with the same luck live under both settings. A difference is taken seed by seed; its 95 % interval is that of
the paired differences (Student's t).
"""

from collections.abc import Iterable
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
    def sign(self) -> int:
        """1 or -1 where the interval excludes zero, 0 where the two are not distinguishable."""
        return (self.low > 0) - (self.high < 0)


def interval(values: Iterable[float]) -> tuple[float, float, float]:
    """Mean and both ends of the 95 % interval of at least two values."""
    middle, half = mean_and_half_width(values)
    return middle, middle - half, middle + half


def difference(indicator: str, first: list[dict[str, float]], second: list[dict[str, float]]) -> Difference:
    """Second minus first, seed by seed."""
    pairs = zip(first, second, strict=True)
    return Difference(indicator, *interval(b[indicator] - a[indicator] for a, b in pairs), len(first))
