"""How sure is the picture, after so many worlds?

Both worlds of a pair hold the same children with the same luck, so a policy is drawn as the baseline's mean plus the mean
difference of the pairs done so far: the grey line stands still while pairs arrive, and with all of them the blue one is
the plain mean of the policy's worlds. The band is the 95 % interval of the mean difference (Student's t over the pairs).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from dashboard.choice import Choice
from dashboard.picture import Curves, Outcome
from dashboard.worlds import Base, Baseline, Run
from experiments.interval import mean_and_half_width, student_t
from experiments.paired import Difference, difference

FEWEST_FOR_BAND = 3
"""Two pairs have an interval too, but it is thirteen standard errors wide: it would tell nothing and move the axis."""


@dataclass(frozen=True, eq=False)
class Picture:
    """What one visitor sees at one moment: a policy against its baseline, as far as it is computed.

    `policies` holds the finished worlds, the first of them those of `worlds`; `growing` is a first run on its way.
    """

    number: int
    choice: Choice
    base: Base
    worlds: Sequence[Baseline]
    policies: Sequence[Run] = field(default=())
    growing: Run | None = None

    @property
    def world(self) -> tuple[str, int]:
        """Of which world it is, whatever the policy: pictures of equal worlds have the same baseline."""
        return self.base.mark, self.choice.seed

    @property
    def is_whole(self) -> bool:
        """[bool] Whether at least one world is computed to its end."""
        return bool(self.policies)

    @property
    def is_complete(self) -> bool:
        """[bool] Whether all worlds that were asked for are there."""
        return len(self.policies) >= self.choice.n_worlds

    @property
    def n_worlds(self) -> int:
        """How many pairs are done."""
        return len(self.policies)

    def baseline_curves(self) -> Curves:
        """The mean of the baselines known so far."""
        return {name: mean_over([world.baseline[name] for world in self.worlds]) for name in self.worlds[0].baseline}

    def policy_curves(self) -> tuple[Curves, Curves]:
        """The policy's years as far as they go, and half the width of the band (empty while there is none)."""
        runs = [self.growing] if self.growing else list(self.policies)
        baseline = self.baseline_curves()
        lines, halves = {}, {}
        for name, mean in baseline.items():
            n_weeks = len(runs[0].curves[name])
            first = len(mean) - self.base.n_policy_weeks
            pairs = zip(runs, self.worlds, strict=False)
            apart = [run.curves[name] - world.baseline[name][first : first + n_weeks] for run, world in pairs]
            lines[name] = mean[first : first + n_weeks] + mean_over(apart)
            if len(apart) >= FEWEST_FOR_BAND:
                halves[name] = half_width(apart)
        return lines, halves

    @property
    def outcomes(self) -> list[Outcome]:
        """The policy's outcome in each finished world."""
        return [run.outcome for run in self.policies if run.outcome is not None]

    @property
    def baseline_outcomes(self) -> list[Outcome]:
        """The baseline's outcome in the same worlds."""
        return [world.baseline_outcome for world in self.worlds[: len(self.policies)]]

    def policy(self, name: str) -> float:
        """The policy's mean of an indicator over the worlds in which it has a value."""
        return mean_and_half_width(one[name] for one in self.outcomes)[0]

    def baseline(self, name: str) -> float:
        """The baseline's mean over the same worlds."""
        return mean_and_half_width(one[name] for one in self.baseline_outcomes)[0]

    def difference(self, name: str) -> Difference:
        """Policy minus baseline, world by world, with its 95 % interval (not a number from a single world)."""
        return difference(name, self.baseline_outcomes, self.outcomes)


def mean_over(curves: Sequence[np.ndarray]) -> np.ndarray:
    """Mean over worlds, week by week; worlds without a value are left out."""
    if len(curves) == 1:
        return curves[0]
    table = np.stack(curves)
    is_known = np.isfinite(table)
    n_known = is_known.sum(axis=0)
    total = np.where(is_known, table, 0.0).sum(axis=0)
    return np.where(n_known > 0, total / np.maximum(n_known, 1), np.nan)


def half_width(curves: Sequence[np.ndarray]) -> np.ndarray:
    """Half the width of the 95 % interval of the mean over worlds, week by week; none where a world has no value."""
    n = len(curves)
    return student_t(n - 1) * np.std(np.stack(curves), axis=0, ddof=1) / math.sqrt(n)
