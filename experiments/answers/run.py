"""What do all policies come to in all four readings, seed by seed?

One task is one reading (or one point of its posterior sample) and one seed: its history is run once, and things as they are
and every policy go on from the checkpoint, so that they share children and luck. Tasks are independent of each other, are
shared out among processes, and their rows are put in order at the end: the table is the same for any number of workers.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import isfinite

import pandas as pd

from experiments.answers.policy import AS_IT_IS, Policy
from experiments.answers.readings import CALIBRATED, Reading, base_of, fingerprint_of, worlds_of
from experiments.claims import Claim, Experiment, arm_scenario, run_seed
from experiments.paired import Difference, interval
from experiments.request import CHILDREN
from experiments.run import warm_engine
from experiments.sweep.executor import as_they_come
from model.indicators import FIRST
from model.refusal import ScenarioError

SEEDS_OF_A_POINT = 2
KEYS = ["reading", "point", "seed", "policy"]
ABOUT = [*KEYS, "children", "inputs"]

Row = dict[str, float | int | str]


@dataclass(frozen=True)
class Task:
    """One world's past and what becomes of it under every policy."""

    reading: str
    point: int
    seed: int
    experiment: Experiment
    n_children: int
    inputs: str
    """A mark of the scenario without the policies."""


def tasks_of(
    readings: Sequence[Reading],
    policies: Sequence[Policy],
    seeds: Sequence[int],
    *,
    n_points: int = 0,
    n_children: int | None = None,
) -> list[Task]:
    """All tasks: every seed of each reading, and the first seeds of points of its posterior; raises ScenarioError."""
    found = []
    for reading in readings:
        for point, settings in worlds_of(reading, n_points):
            base = base_of(reading, settings)
            inputs = fingerprint_of(base)
            if n_children is not None:
                base = base.with_settings({CHILDREN: n_children}, where="--children")
            experiment = experiment_of(reading, policies, settings)
            for arm in experiment.arms.values():
                arm_scenario(base, arm)  # refuses what this reading does not allow
            chosen = seeds if point == CALIBRATED else seeds[:SEEDS_OF_A_POINT]
            children = int(base.values[CHILDREN])
            found += [Task(reading.letter, point, seed, experiment, children, inputs) for seed in chosen]
    return found


def experiment_of(reading: Reading, policies: Sequence[Policy], world: dict[str, float | int]) -> Experiment:
    """Things as they are and every policy in one world of a reading."""
    arms = {AS_IT_IS: ()} | {policy.name: ((policy.week, policy.settings),) for policy in policies}
    if len(arms) <= len(policies):
        raise ScenarioError("policies", "two have one name", "allowed are different names")
    claims = tuple(Claim.between(AS_IT_IS, policy.name, FIRST[0], 0) for policy in policies)
    return Experiment(reading.title, reading.story, arms, claims, str(reading.file), world)


def rows_of(task: Task) -> list[Row]:
    """A row for each policy: every indicator over the policy years."""
    outcomes = run_seed(task.experiment, task.seed, task.n_children)
    about: Row = {
        "reading": task.reading,
        "point": task.point,
        "seed": task.seed,
        "children": task.n_children,
        "inputs": task.inputs,
    }
    return [about | {"policy": policy} | windows[None] for policy, windows in outcomes.items()]


def run_tasks(tasks: Sequence[Task], workers: int = 1, on_task: Callable[[], None] = lambda: None) -> pd.DataFrame:
    """The rows of all tasks, in their order; `on_task` is called after each."""
    warm_engine()
    found: dict[int, list[Row]] = {}
    for number, rows in _one_by_one(tasks) if workers == 1 else as_they_come(rows_of, [(task,) for task in tasks], workers):
        found[number] = rows
        on_task()
    frame = pd.DataFrame([row for number in range(len(tasks)) for row in found[number]])
    return frame.loc[:, [*ABOUT, *(name for name in frame if name not in ABOUT)]]


def _one_by_one(tasks: Sequence[Task]) -> Iterable[tuple[int, list[Row]]]:
    return ((number, rows_of(task)) for number, task in enumerate(tasks))


# -- what differs ---------------------------------------------------------------------------------------------------


def means_of(runs: pd.DataFrame, indicator: str) -> dict[str, dict[str, float]]:
    """The mean of an indicator in each reading, by policy."""
    calibrated = runs[runs["point"] == CALIBRATED]
    table = calibrated.pivot_table(index="reading", columns="policy", values=indicator, dropna=False)
    return {str(letter): {str(policy): float(mean) for policy, mean in row.items()} for letter, row in table.iterrows()}


def differences_of(runs: pd.DataFrame, policy: str, indicator: str, against: str = AS_IT_IS) -> dict[str, Difference]:
    """Policy minus another, seed by seed, in each reading, with the interval of chance."""
    narrow = runs.loc[runs["point"] == CALIBRATED, [*KEYS, indicator]].sort_values(["reading", "seed"])
    one, other = (narrow[narrow["policy"] == name] for name in (policy, against))
    effects = pd.Series(one[indicator].to_numpy(float) - other[indicator].to_numpy(float), index=one["reading"].to_numpy())
    found = {}
    for letter, of_seeds in effects.groupby(level=0):
        values = of_seeds.tolist()
        found[str(letter)] = Difference(indicator, *interval(values), sum(map(isfinite, values)))
    return found
