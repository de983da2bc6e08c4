"""What difference does a setting make, with luck held fixed?

For each seed the past is run once and continued from its checkpoint under every setting: the same children with the same
luck. A difference is taken seed by seed; its 95 % interval is that of the paired differences (Student's t).
"""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from statistics import mean, stdev

from model import calendar
from model.alliance import AllianceModel
from model.scenario import Scenario

Settings = Mapping[str, float | int]
# two-sided 95 % quantiles of Student's t by degrees of freedom; beyond the table the next lower row is used, which is wider
_T = {1: 12.706, 2: 4.303, 3: 3.182, 4: 2.776, 5: 2.571, 6: 2.447, 7: 2.365, 8: 2.306, 9: 2.262, 10: 2.228, 12: 2.179,
      15: 2.131, 19: 2.093, 24: 2.064, 29: 2.045, 39: 2.023, 59: 2.001, 99: 1.984, 999: 1.962}  # fmt: skip


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


def t_quantile(degrees: int) -> float:
    """Two-sided 95 % quantile of Student's t [1]; the next lower tabulated row where there is none."""
    return _T[max(row for row in _T if row <= degrees)]


def interval(values: Iterable[float]) -> tuple[float, float, float]:
    """Mean and 95 % interval of at least two values."""
    listed = list(values)
    middle, half = mean(listed), t_quantile(len(listed) - 1) * stdev(listed) / math.sqrt(len(listed))
    return middle, middle - half, middle + half


def difference(indicator: str, first: list[dict[str, float]], second: list[dict[str, float]]) -> Difference:
    """Second minus first, seed by seed."""
    pairs = zip(first, second, strict=True)
    return Difference(indicator, *interval(b[indicator] - a[indicator] for a, b in pairs), len(first))


def policy_outcomes(
    scenario: Scenario, settings: Mapping[str, Settings], seeds: Iterable[int], progress: Callable[[int], None] | None = None
) -> dict[str, list[dict[str, float]]]:
    """Indicators of the policy years for each named setting and seed; every seed's past is run once."""
    found: dict[str, list[dict[str, float]]] = {name: [] for name in settings}
    for seed in seeds:
        past = AllianceModel(scenario, seed).run_until(calendar.FIRST_POLICY_WEEK).checkpoint()
        for name, chosen in settings.items():
            policy = scenario.with_settings(chosen, calendar.POLICY_START) if chosen else scenario
            found[name].append(AllianceModel.from_checkpoint(past, policy).run_until(calendar.N_WEEKS).indicators("policy"))
        if progress:
            progress(seed)
    return found
