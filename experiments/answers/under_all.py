"""What does one policy come to under all four readings?

Things as they are and the policy, the same children with the same luck, in each reading; figures cover the policy years. A row
for each indicator: the verdict, which reading says what, and each reading's difference with its interval of chance.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from experiments.answers.policy import Policy, policy_of
from experiments.answers.readings import FOLDER, Reading, four_readings
from experiments.answers.run import Task, differences_of, run_tasks, tasks_of
from experiments.answers.verdict import ByReading, verdict
from experiments.request import LARGEST_SEED, MOST_SEEDS, whole_number
from experiments.subjects import can_hide
from model.indicators import INDICATORS

FEWEST_SEEDS, FIRST_SEED, MOST_WORKERS = 2, 301, 64


@dataclass(frozen=True)
class Asked:
    """A policy, the readings and the tasks that answer it; everything was checked."""

    policy: Policy
    readings: tuple[Reading, ...]
    seeds: range
    tasks: list[Task]
    workers: int

    def answered(self, on_task: Callable[[], None] = lambda: None) -> pd.DataFrame:
        """Run it: a row for each indicator."""
        return frame_of(run_tasks(self.tasks, self.workers, on_task), self.policy.name)


def ask(
    settings: Mapping[str, float | int], from_date: date | str | None = None, *, seeds: str = "20", seed: str = str(FIRST_SEED),
    children: str | None = None, workers: str = "2", readings: Path = FOLDER,
) -> Asked:  # fmt: skip
    """Check what is asked; raises ScenarioError."""
    policy = policy_of(settings, from_date)
    chosen, n_workers = seeds_of(seeds, seed), whole_number("--workers", workers, 1, MOST_WORKERS)
    n_children = None if children is None else whole_number("--children", children, 0, LARGEST_SEED)
    found = four_readings(readings)
    return Asked(policy, found, chosen, tasks_of(found, [policy], chosen, n_children=n_children), n_workers)


def seeds_of(seeds: str, seed: str = str(FIRST_SEED)) -> range:
    """The seeds of an answer: at least two, since one cannot tell a difference from luck; raises ScenarioError."""
    n = whole_number("--seeds", seeds, FEWEST_SEEDS, MOST_SEEDS)
    first = whole_number("--seed", seed, 0, LARGEST_SEED - n + 1)
    return range(first, first + n)


def answer(
    settings: Mapping[str, float | int], from_date: date | str | None = None, *, seeds: int = 20, children: int | None = None,
    workers: int = 2, readings: str | Path = FOLDER,
) -> pd.DataFrame:  # fmt: skip
    """Run a policy under all four readings; raises ScenarioError.

    `settings` are in force from the first policy week or from `from_date`; a world has `children` (left out: those of the
    reading). A row for each indicator: `verdict` ("higher in all four", "lower in all four", "no difference shown in any",
    "undetermined"), `readings_say`, then for each reading its difference and the 95 % interval of chance (`A`, `A_low`,
    `A_high`, ...), `unit`, `can_hide`, `definition`.
    """
    n = None if children is None else str(children)
    return ask(settings, from_date, seeds=str(seeds), children=n, workers=str(workers), readings=Path(readings)).answered()


def frame_of(runs: pd.DataFrame, policy: str, indicators: Iterable[str] = tuple(INDICATORS)) -> pd.DataFrame:
    """A row for each indicator: verdict, who says what, differences with intervals."""
    rows = {name: _row(name, differences_of(runs, policy, name)) for name in indicators}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("indicator")


def _row(name: str, found: ByReading) -> dict[str, Any]:
    said = verdict(found)
    row: dict[str, Any] = {"verdict": said.word, "readings_say": said.details}
    for letter, one in found.items():
        row |= {letter: one.mean, f"{letter}_low": one.low, f"{letter}_high": one.high}
    about = INDICATORS[name]
    return row | {"unit": about.unit, "can_hide": can_hide(name), "definition": about.definition}


def outcome(asked: Asked, frame: pd.DataFrame) -> dict[str, Any]:
    """The object that `--json` prints."""
    from experiments.record import engine_version

    rows: dict[str, dict[str, Any]] = frame.to_dict(orient="index")
    policy: Sequence[Any] = [{"key": key, "value": value} for key, value in asked.policy.settings.items()]
    return {
        "policy": policy, "policy_week": asked.policy.week, "engine_version": engine_version(), "seeds": list(asked.seeds),
        "children": asked.tasks[0].n_children,
        "readings": [{"letter": one.letter, "name": one.name, "story": one.story, "driver": one.driver} for one in asked.readings],
        "indicators": rows,
    }  # fmt: skip
