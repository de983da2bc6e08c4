"""What does a person read at the terminal of a policy under four readings?"""

from collections.abc import Iterable

import pandas as pd
from rich import box
from rich.console import Group, RenderableType
from rich.text import Text

from experiments.answers.under_all import Asked
from experiments.answers.words import figure_of, main_figures, written
from experiments.sheet import NAME, NUMBER, Sheet
from experiments.subjects import CAN_HIDE, MAY_BREAK
from model import calendar
from model.refusal import number

CHANCE = (
    "Differences are policy minus as it is, for the same children with the same luck, over the policy years. Intervals are 95 %, "
    "by Student's t over the seeds: chance only, not what is unknown about the numbers of the model."
)
RULE = "A verdict holds if all four readings say it; what they do not agree on is undetermined."


def answer_table(asked: Asked, frame: pd.DataFrame, others: Iterable[str] = ()) -> RenderableType:
    """The main figures and any others, a column a reading, the verdict of all four."""
    start = calendar.week(calendar.FIRST_POLICY_WEEK + asked.policy.week).start
    children = number(asked.tasks[0].n_children)
    title = f"{asked.policy.name} from {start}: {len(asked.seeds)} seeds in each reading, {children} children"
    columns = (("Figure, unit", NAME), *((one.title, NUMBER) for one in asked.readings), ("Of all four", NAME))
    table = Sheet(title, columns, box=box.SIMPLE_HEAD, has_lines=True)
    for name in dict.fromkeys([*main_figures(), *others]):
        table.add(*_cells(name, frame.loc[name], [one.letter for one in asked.readings]))
    stories = [f"{one.letter}: {one.story}" for one in asked.readings]
    return Group(table, Text(CHANCE), Text(RULE), *map(Text, stories), *map(Text, _hidden(frame)))


def _cells(name: str, row: pd.Series, letters: list[str]) -> list[str]:
    words = row["verdict"] if row["verdict"] != "undetermined" else f"undetermined ({row['readings_say']})"
    spans = [
        f"{written(name, row[letter])}\n{written(name, row[f'{letter}_low'])} to {written(name, row[f'{letter}_high'])}"
        for letter in letters
    ]
    return [f"{name}\n{figure_of(name).unit}", *spans, words]


def _hidden(frame: pd.DataFrame) -> list[str]:
    """What a figure that moved can hide: of its own, and what a policy can break behind any."""
    moved = [name for name in main_figures() if name in CAN_HIDE and frame.loc[name, "verdict"] != "no difference shown in any"]
    found = [f"{name} can hide: {_said(frame, CAN_HIDE[name])}." for name in moved]
    return [*found, f"Any of them can hide: {_said(frame, MAY_BREAK)}."] if moved else []


def _said(frame: pd.DataFrame, names: Iterable[str]) -> str:
    return "; ".join(f"{name}, {frame.loc[name, 'verdict']}" for name in names)
