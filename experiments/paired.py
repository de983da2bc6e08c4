"""What difference does a setting make, with luck held fixed?

For each seed the past is run once and continued from its checkpoint under every setting: the same children with the same
luck. A difference is taken seed by seed; its 95 % interval is that of the paired differences (Student's t).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from experiments.interval import mean_and_half_width
from model import calendar
from model.alliance import AllianceModel
from model.scenario import Scenario

Settings = Mapping[str, float | int]


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


def policy_outcomes(
    scenario: Scenario,
    settings: Mapping[str, Settings],
    seeds: Iterable[int],
    progress: Callable[[int], None] | None = None,
) -> dict[str, list[dict[str, float]]]:
    """Indicators of the policy years for each named setting and seed; every seed's past is run once."""
    found: dict[str, list[dict[str, float]]] = {name: [] for name in settings}
    end = calendar.end_of_policy(scenario.policy_years)
    for seed in seeds:
        past = AllianceModel(scenario, seed).run_until(calendar.FIRST_POLICY_WEEK).checkpoint()
        for name, chosen in settings.items():
            policy = scenario.with_settings(chosen, calendar.POLICY_START) if chosen else scenario
            found[name].append(AllianceModel.from_checkpoint(past, policy).run_until(end).indicators("policy"))
        if progress:
            progress(seed)
    return found
