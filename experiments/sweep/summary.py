"""What does a person read when a sweep is done?

Means over the seeds with 95 % intervals, a line for each point: the recorded referral rate beside what it can hide. Failed runs are
left out of the means, counted, and shown with the command that repeats the first of them.
"""

import math
import re
import shlex
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.text import Text

from experiments.interval import mean_and_half_width
from experiments.record import strict_json
from experiments.report import facts, written
from experiments.sheet import NAME, NUMBER, Sheet
from experiments.sweep.carry_out import Course
from experiments.sweep.design import Design
from experiments.sweep.estimate import Estimate
from experiments.sweep.means import Means
from experiments.sweep.row import OK
from model import calendar
from model.refusal import printable
from model.typed import typed

SHOWN = ("n_alliance_visits", "share_referred", "share_self_referred", "n_missed_serious_per_10000_visits", "fund_reserve_yuan")
COLUMNS = ("key", "seed", "status", "error", "command", *SHOWN)
MOST_LINES = 40
WIDEST_HEAD = 10


def summary(design: Design, course: Course, folder: Path, shard: tuple[int, int]) -> RenderableType:
    """The table of points, what failed, and where everything is."""
    rows = course.rows.to_pandas()
    parts: list[RenderableType] = [Text(_heading(design, course, shard), style="bold"), _points(design, rows)]
    return Group(*parts, *(Text(note) for note in [*_notes(design, course, rows), *_where(design, folder)]))


def _heading(design: Design, course: Course, shard: tuple[int, int]) -> str:
    part = f", shard {shard[0]} of {shard[1]}" if shard[1] > 1 else ""
    frame = design.frame
    title = printable(" ".join((frame.scenario.title or frame.scenario.name).split()))
    return (
        f"{title}: {course.n_runs:,} runs{part} ({design.n_points:,} points, {len(design.seeds):,} seeds), "
        f"{course.n_found:,} were there, {course.n_runs - course.n_found:,} were done now; figures of {frame.period}"
    )


def _points(design: Design, rows: pd.DataFrame) -> Sheet:
    columns = [(_in_lines(name), NUMBER) for name in (*design.vary, *SHOWN)]
    table = Sheet("Means over the seeds, with 95 % intervals", columns, box=SIMPLE_HEAD)
    for point in design.points[:MOST_LINES]:
        of_point = rows["status"] == OK
        for name, value in point.items():
            of_point &= rows[name] == value
        shown = [_with_interval(name, rows.loc[of_point, name].tolist()) for name in SHOWN]
        table.add(*(f"{value:g}" for value in point.values()), *shown)
    return table


def _in_lines(name: str) -> str:
    """A long name, broken after its dots and underscores."""
    lines = [""]
    for part in re.findall(r"[^._]+[._]?", name):
        if len(lines[-1]) + len(part) > WIDEST_HEAD:
            lines.append("")
        lines[-1] += part
    return "\n".join(line for line in lines if line)


def _with_interval(name: str, values: Sequence[float]) -> str:
    mean, half = mean_and_half_width(values)
    value, half_width = (written(name, figure).removesuffix(" yuan") for figure in (mean, half))
    return value if math.isnan(half) else f"{value} ± {half_width}"  # one seed has no interval


def _notes(design: Design, course: Course, rows: pd.DataFrame) -> list[str]:
    notes = []
    if design.n_points > MOST_LINES:
        notes.append(f"{design.n_points - MOST_LINES:,} more points are not shown.")
    frame = design.frame
    if frame.period in ("burn_in", "history") and frame.n_shared_weeks >= calendar.FIRST_POLICY_WEEK:
        notes.append(f"What varies begins on {frame.from_date}, after {frame.period}: to see what follows, --period policy.")
    failed = {status: n for status, n in course.statuses.items() if status != OK}
    if failed:
        counted = ", ".join(f"{n:,} {status}" for status, n in failed.items())
        error, command = rows.loc[rows["status"] != OK, ["error", "command"]].iloc[0]
        notes.append(f"{sum(failed.values()):,} runs gave no result ({counted}); --again tries them once more. The first {error}:")
        notes.append(f"    {command}")
    if course.n_of_other_engines:
        notes.append(f"{course.n_of_other_engines:,} runs of an older engine are in this folder and are left alone.")
    return notes


def _where(design: Design, folder: Path) -> list[str]:
    place = typed(folder)
    key = next(iter(design.vary), "seed")
    select = f"select {key}, avg(share_referred) from runs group by 1 order by 1"  # noqa: S608  (shown, not run)
    return [f"Every run is a row in {place}: alliance query {place} {shlex.quote(select)}"]


def prospect(design: Design, ahead: Estimate, means: Means) -> RenderableType:
    """What `alliance plan` says."""
    frame, probe = design.frame, ahead.probe
    size = f"{design.n_points:,} points x {len(design.seeds):,} seeds"
    part = f", in shard {means.shard[0]} of {means.shard[1]}" if means.shard[1] > 1 else ""
    shared = (
        f"each seed's first {frame.n_shared_weeks:,} weeks once ({probe.past_seconds:.2f} s)" if frame.n_shared_weeks else "nothing"
    )
    too_much = ", which is too little here" if ahead.memory_bytes > ahead.free_bytes else ""
    rows = {
        "Runs": f"{ahead.n_runs:,} ({size}){part}; {ahead.n_found:,} are done already",
        "Shared": shared,
        "Time": f"about {duration(ahead.seconds)} with {means.n_workers} workers ({probe.run_seconds:.2f} s a run on this machine)",
        "Memory": f"about {ahead.memory_bytes / 1e9:.1f} GB; {ahead.free_bytes / 1e9:.1f} GB are free{too_much}",
        "Disk": f"about {ahead.disk_bytes / 1e6:,.1f} MB in {ahead.n_chunks:,} files"
        + (" and their curves" if frame.is_weekly else ""),
    }
    note = (
        "An estimate: one run was timed for a second or two. Other points, and a machine that others use, take longer or shorter."
    )
    return Group(facts(rows), Text(note))


def duration(seconds: float) -> str:
    """A time as people say it."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 5_400:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h" if seconds < 172_800 else f"{seconds / 86_400:.1f} days"


def answer(rows: pd.DataFrame) -> RenderableType:
    """The answer to a query, as a table."""
    columns = [(printable(str(name)), NUMBER if rows[name].dtype.kind in "if" else NAME) for name in rows.columns]
    table = Sheet("", columns)
    for row in rows.itertuples(index=False):
        table.add(*(_cell(value) for value in row))
    return table


def _cell(value: object) -> str:
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return ""
    return f"{value:.6g}" if isinstance(value, float) else printable(str(value))


def answer_as_json(rows: pd.DataFrame) -> str:
    """The answer to a query as a list of JSON objects."""
    return strict_json([{str(name): _plain(value) for name, value in row.items()} for row in rows.to_dict("records")])


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, bool | int | float | str | list | dict) else str(value)
