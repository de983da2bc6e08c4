"""What does the model give at a point?

Each point is run for the seeds of its generation over the history, and for one seed over the burn-in year, where the known
figures of ordinary care are read (150,000 illnesses leave luck no room). Runs are those of a sweep whose points are listed: they
are kept in two folders, found again, and the same for any number of workers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from experiments.calibration.targets import Target
from experiments.sweep.carry_out import Listeners, carry_out
from experiments.sweep.design import Frame, listed
from experiments.sweep.means import Means
from experiments.sweep.row import OK
from model import calendar
from model.known import BURN_IN, HISTORY
from model.refusal import ScenarioError
from model.scenario import Scenario
from model.settings import Settings

HISTORY_WEEKS = calendar.FIRST_POLICY_WEEK - calendar.BURN_IN_WEEKS
ALSO_KEPT = ("n_accredited_doctors", "n_missed_serious_per_1000_serious", "n_missed_serious_per_10000_visits")


@dataclass(frozen=True)
class Laboratory:
    """A scenario, where its runs are kept, and with what they are carried out."""

    scenario: Scenario
    source: str
    folder: Path
    means: Means
    listeners: Listeners
    aims: tuple[Target, ...]

    def figures(self, points: Sequence[Settings], seeds: range) -> pd.DataFrame:
        """A row for each point and seed: `point` (its number), `seed`, every target's figure and what else is kept."""
        history = self._runs(points, seeds, HISTORY, HISTORY_WEEKS)
        before = self._runs(points, seeds[:1], BURN_IN, 1)
        names = [aim.indicator for aim in self.aims if aim.period == BURN_IN]
        first_of_point = before.drop_duplicates("point").set_index("point")[names]
        rest = [aim.indicator for aim in self.aims if aim.period == HISTORY] + list(ALSO_KEPT)
        return history[["point", "seed", *rest]].join(first_of_point, on="point")

    def _runs(self, points: Sequence[Settings], seeds: range, period: str, n_weeks: int) -> pd.DataFrame:
        design = listed(Frame(self.scenario, None, n_weeks, period), points, seeds)
        rows = carry_out(design, self.source, self.folder / period, self.means, self.listeners).rows.to_pandas()
        failed = rows[rows["status"] != OK]
        if len(failed):
            found = f"{len(failed)} runs failed, the first with: {failed['error'].iloc[0]} ({failed['command'].iloc[0]})"
            raise ScenarioError("alliance calibrate", found, "allowed are points whose worlds run to the end")
        keys = [tuple(point.values()) for point in points]
        number = {key: place for place, key in enumerate(keys)}
        columns = rows[list(points[0])].itertuples(index=False, name=None)
        return rows.assign(point=[number[values] for values in columns]).sort_values(["point", "seed"], ignore_index=True)


@dataclass(frozen=True)
class Evaluations:
    """Points that were run: positions in the box, steps from the targets (means over seeds), and how many seeds each had."""

    positions: np.ndarray
    """Shape (points, parameters)."""
    steps: np.ndarray
    """Shape (points, targets)."""
    n_seeds: np.ndarray
    """Shape (points,)."""

    def joined(self, other: "Evaluations") -> "Evaluations":
        """Both, in this order."""
        pairs = ((self.positions, other.positions), (self.steps, other.steps), (self.n_seeds, other.n_seeds))
        return Evaluations(*(np.concatenate(pair) for pair in pairs))


def steps_of(aims: Sequence[Target], figures: pd.DataFrame) -> np.ndarray:
    """Steps above each target of every point: of the mean figure over its seeds; shape (points, targets)."""
    return _steps(aims, pd.DataFrame(figures.groupby("point", sort=True).mean()))


def chance_of(aims: Sequence[Target], figures: pd.DataFrame) -> np.ndarray:
    """Variance from seed to seed of each figure, in squared steps; shape (targets,). Needs one point and several seeds."""
    return _steps(aims, figures).var(axis=0, ddof=1)


def _steps(aims: Sequence[Target], rows: pd.DataFrame) -> np.ndarray:
    return np.array([[aim.steps(value) for value in rows[aim.indicator].to_numpy(float)] for aim in aims]).T
