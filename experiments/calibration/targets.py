"""What is a calibration to meet, and how far from it is a run?

    step(figure)         = (scale(figure) - scale(target)) / tolerance on that scale
    implausibility       = |step| / sqrt(1 + variance of what was simulated, in steps)

The scale is the logarithm for counts and numbers of visits, the log odds for shares. Targets, periods and tolerances are those
of the data whose use is `calibrate`, see model/known.toml; visits count as far as they were given in the zone.
"""

import math
from dataclasses import dataclass

import numpy as np

from model.known import CALIBRATE, data_for, part_of_known_visits

VISITS, REFERRED = "n_alliance_visits", "share_referred"
MOST_IMPLAUSIBLE = 3.0  # Pukelsheim's three-sigma rule: beyond it a point is ruled out
TINY = 1e-6
FAR = 50.0  # steps: a world without one alliance visit has no referral rate


@dataclass(frozen=True)
class Target:
    """A known figure to be met: its indicator, the period in which it is read, and one step of tolerance on its scale."""

    indicator: str
    period: str
    value: float
    tolerance: float

    @property
    def is_share(self) -> bool:
        """[bool] Whether the figure lies between 0 and 1."""
        return 0.0 < self.value < 1.0

    def on_scale(self, figure: float) -> float:
        """The figure on its scale."""
        if not self.is_share:
            return math.log(max(figure, TINY))
        share = min(max(figure, TINY), 1.0 - TINY)
        return math.log(share / (1.0 - share))

    @property
    def tolerance_on_scale(self) -> float:
        """One step, by the slope of the scale at the target."""
        return self.tolerance / (self.value * (1.0 - self.value) if self.is_share else self.value)

    def steps(self, figure: float) -> float:
        """How many steps of tolerance the figure lies above the target; a figure without a value lies far below it."""
        if math.isnan(figure):
            return -FAR
        return (self.on_scale(figure) - self.on_scale(self.value)) / self.tolerance_on_scale


def targets(n_children: float, share_in_zone: float | None = None) -> tuple[Target, ...]:
    """The targets of a zone with so many children; `share_in_zone` is another share of the visits than the declared one."""
    found = []
    for datum in data_for(CALIBRATE).values():
        if datum.value is not None and datum.tolerance is not None:
            factor = part_of_known_visits(n_children, share_in_zone) if datum.pattern == VISITS else 1.0
            found.append(Target(datum.pattern, datum.period, datum.value * factor, datum.tolerance * factor))
    return tuple(found)


def implausibilities(steps: np.ndarray, variance: np.ndarray) -> np.ndarray:
    """How implausible each figure is, given the variance of what was simulated in squared steps."""
    return np.abs(steps) / np.sqrt(1.0 + variance)
