"""Which files are the page of answers, and are stored runs still those of the readings?

The page, a picture for each question, and the runs from which both are made: answers_runs.csv has a row for each reading, point,
seed and policy. The page is always made of the numbers as they stand in that file, so that it can be made again from it.
"""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from experiments.answers.page import page_of
from experiments.answers.picture import picture_of
from experiments.answers.policy import AS_IT_IS, planners_questions
from experiments.answers.readings import FOLDER, Reading, base_of, fingerprint_of, four_readings, worlds_of
from experiments.answers.run import ABOUT, Task, run_tasks, tasks_of
from experiments.answers.under_all import MOST_WORKERS, seeds_of
from experiments.answers.words import kept_indicators, main_figures
from experiments.request import LARGEST_SEED, whole_number
from experiments.spreadsheet import csv_bytes
from model.refusal import ScenarioError, printable

MOST_POINTS = 1_000
SIGNIFICANT = "%.10g"


@dataclass(frozen=True)
class PageAsked:
    """The readings and the tasks that answer the planner's questions; everything was checked."""

    readings: tuple[Reading, ...]
    tasks: list[Task]
    workers: int

    def answered(self, on_task: Callable[[], None] = lambda: None) -> pd.DataFrame:
        """The runs, as they would be read from their file."""
        table = run_tasks(self.tasks, self.workers, on_task).loc[:, [*ABOUT, *kept_indicators()]]
        return _from_csv(io.StringIO(csv_of(table)))


def ask_page(
    folder: Path = FOLDER,
    points: str = "24",
    *,
    seeds: str = "20",
    seed: str = "301",
    children: str | None = None,
    workers: str = "2",
) -> PageAsked:
    """Check what is asked of a page; raises ScenarioError."""
    n_points = whole_number("--points", points, 1, MOST_POINTS)
    chosen, n_workers = seeds_of(seeds, seed), whole_number("--workers", workers, 1, MOST_WORKERS)
    n_children = None if children is None else whole_number("--children", children, 0, LARGEST_SEED)
    readings = four_readings(folder)
    policies = [policy for question in planners_questions() for policy in question.policies]
    return PageAsked(readings, tasks_of(readings, policies, chosen, n_points=n_points, n_children=n_children), n_workers)


def csv_of(runs: pd.DataFrame) -> str:
    """The runs as comma-separated values."""
    return runs.to_csv(index=False, float_format=SIGNIFICANT, lineterminator="\n")


def _from_csv(source: Path | io.StringIO) -> pd.DataFrame:
    return pd.read_csv(source, dtype={"inputs": str, "reading": str, "policy": str})


def read_runs(file: Path, readings: Sequence[Reading]) -> pd.DataFrame:
    """The runs of an earlier page; raises ScenarioError if they are not those of these readings and questions."""
    allowed = "allowed are the runs that alliance answer --page wrote for these readings"
    where = f"--runs {printable(file.name)}"
    try:
        runs = _from_csv(file)
    except (OSError, ValueError) as error:
        raise ScenarioError(where, f"cannot be read ({error.__class__.__name__})", allowed) from error
    missing = [name for name in (*ABOUT, *main_figures()) if name not in runs]
    if missing:
        raise ScenarioError(where, f"has no column {missing[0]}", allowed)
    names = {AS_IT_IS, *(policy.name for question in planners_questions() for policy in question.policies)}
    if set(runs["policy"]) != names or set(runs["reading"]) != {one.letter for one in readings}:
        raise ScenarioError(where, "holds other policies or readings", allowed)
    for reading in readings:
        rows = runs[runs["reading"] == reading.letter]
        if dict(zip(rows["point"], rows["inputs"], strict=True)) != _marks(reading, len(set(rows["point"])) - 1):
            raise ScenarioError(where, f"was run with other numbers than {reading.file.name} and its sample have now", allowed)
    return runs


def _marks(reading: Reading, n_points: int) -> dict[int, str]:
    return {point: fingerprint_of(base_of(reading, settings)) for point, settings in worlds_of(reading, n_points)}


def page_files(stem: str, runs: pd.DataFrame, readings: Sequence[Reading]) -> dict[str, bytes]:
    """Every file of the page, by name."""
    questions = planners_questions()
    pictures = {question.key: f"{stem}_{question.key}.svg" for question in questions}
    drawn = {pictures[question.key]: picture_of(question, runs, readings) for question in questions}
    table = f"{stem}_runs.csv"
    return {f"{stem}.md": page_of(runs, readings, pictures, table).encode(), **drawn, table: csv_bytes(csv_of(runs))}
