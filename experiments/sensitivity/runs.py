"""What do the five answers come to at these points?

Every point is run with the same seeds, so that two points differ by their numbers and not by their luck; an answer is the mean
over the seeds. A run that failed, and an answer that has no value (a share of no visits), are NaN, and counted.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import numpy as np

from experiments.sensitivity.outputs import OUTPUTS
from experiments.sweep.carry_out import Listeners, carry_out
from experiments.sweep.design import MOST_RUNS, Frame, listed
from experiments.sweep.key import Questions, engine_of_this_process, run_key
from experiments.sweep.means import Means
from experiments.sweep.row import OK
from model.refusal import ScenarioError
from model.settings import Settings

COLUMNS = ("key", "status", "error", *OUTPUTS)


@dataclass
class Answers:
    """Answers by point, output and seed, array (n_points, n_outputs, n_seeds), NaN where there is none."""

    values: np.ndarray
    statuses: Counter[str] = field(default_factory=Counter)
    first_error: str = ""

    @property
    def means(self) -> np.ndarray:
        """Means over the seeds, array (n_points, n_outputs); NaN where any seed gave none."""
        return self.values.mean(axis=2)

    @property
    def n_failed(self) -> int:
        """Runs that gave nothing."""
        return sum(n for status, n in self.statuses.items() if status != OK)


class Model(Protocol):
    """Whatever answers at points: the simulator, or a function that is known."""

    def __call__(self, points: Sequence[Settings], seeds: range) -> Answers:
        """The answers."""
        ...


@dataclass(frozen=True)
class Runs:
    """The simulator, its runs kept in a folder and found there again."""

    frame: Frame
    source: str
    folder: Path
    means: Means
    listeners: Listeners

    def __call__(self, points: Sequence[Settings], seeds: range) -> Answers:
        """Run what is missing, and read all of it; raises ScenarioError."""
        if len(points) * len(seeds) > MOST_RUNS:
            found = f"{len(points):,} points x {len(seeds):,} seeds"
            raise ScenarioError("--seeds", found, f"allowed are {MOST_RUNS:,} runs in one sweep")
        course = carry_out(listed(self.frame, points, seeds), self.source, self.folder, self.means, self.listeners, COLUMNS)
        rows = {row["key"]: row for row in course.rows.select(COLUMNS).to_pylist()}
        question = Questions(self.frame, points[0], engine_of_this_process())
        questions = [question(point) for point in points]
        found = [[rows[run_key(question, seed)] for seed in seeds] for question in questions]
        values = [[[_number(row[name]) for row in runs] for name in OUTPUTS] for runs in found]
        errors = sorted(row["error"] for row in rows.values() if row["status"] != OK)
        return Answers(np.array(values, float), course.statuses, errors[0] if errors else "")


def _number(value: float | None) -> float:
    return float("nan") if value is None else value
