"""What does a worker do with a chunk?

For each seed the past is run once, and every point continues from its checkpoint: the same bits as `alliance run` gives for the
whole. Then the chunk is written as one file. A run that raises leaves a row that says so; one that hangs or outgrows its memory
too, and takes its worker with it.
"""

import gc
import itertools
import math
import os
import shlex
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import psutil
import pyarrow as pa

from experiments.sweep.chunk import Chunk, Run
from experiments.sweep.design import Frame
from experiments.sweep.key import engine_of_this_process, past_key
from experiments.sweep.ledger import Ledger
from experiments.sweep.row import MEMORY, OK, RAISED, Row, parquet_of, table_of, weekly_of
from experiments.sweep.watch import Limits, Watch
from model import indicators
from model.alliance import AllianceModel, Checkpoint
from model.refusal import LONGEST_LINE, ScenarioError, cut, printable

if TYPE_CHECKING:
    import pandas as pd

MOST_SEASONS_KEPT = 24  # of potential illnesses, beside a checkpoint
NO_CURVES = pa.table({"key": pa.array([], pa.string())})


@dataclass(frozen=True)
class Order:
    """All that a worker must know beside the runs themselves."""

    frame: Frame
    varied: tuple[str, ...]
    folder: str
    source: str  # the scenario as one would name it to `alliance run`
    engine: str
    limits: Limits
    is_failed_again: bool = False

    def ledger(self) -> Ledger:
        """The folder in which results are put."""
        return Ledger(Path(self.folder), self.engine, self.frame.is_weekly)

    def command(self, run: Run) -> str:
        """What to type to see this run alone."""
        frame = self.frame
        words = ["alliance", "run", self.source, "--seed", str(run.seed)]
        if frame.scenario.district is None:
            words += ["--children", str(frame.scenario.values["population.n_children"])]
        words += ["--weeks", str(frame.n_weeks), "--period", frame.period]
        for key, value in sorted(run.point.items()):
            words += ["--set", f"{key}={value!r}"]
        if frame.from_date is not None and run.point:
            words += ["--from", frame.from_date.isoformat()]
        return shlex.join(words)


@dataclass(frozen=True)
class Done:
    """What a worker reports of a chunk; `problem` says why nothing could be kept."""

    statuses: tuple[str, ...] = ()
    problem: str = ""
    pid: int = 0
    rss_bytes: int = 0


@cache
def ready() -> str:
    """Load the machine code and the libraries, once a process; returns the engine.

    What is there then stays: the collector need not look at it after each run, which makes that cheap (0.5 ms for 80).
    """
    from experiments.run import warm_engine

    warm_engine()
    gc.collect()
    gc.freeze()
    return engine_of_this_process()


def compile_engine() -> None:
    """Compile every rule, unless that was done, so that the workers load the machine code from disk."""
    from model.warm import compile_apart

    compile_apart()


def run_chunk(order: Order, chunk: Chunk) -> Done:
    """Simulate the runs of a chunk and write them; never raises."""
    try:
        if ready() != order.engine:
            return Done(problem=f"a worker has engine {ready()}, the sweep {order.engine}: the sources were changed meanwhile")
        ledger = order.ledger()
        there = ledger.statuses(chunk.name)  # another sweep may have been faster
        if there and (set(there) == {OK} or not order.is_failed_again):
            return _report(there)
        page = Page(order, ledger)
        with Watch(order.limits, page.give_up) as watch:
            for seed, runs in itertools.groupby(chunk.runs, lambda run: run.seed):
                _run_seed(order, seed, list(runs), page, watch)
        page.write(page.lines)
    except ScenarioError as error:
        return Done(problem=str(error.__cause__ or error))
    return _report([row.status for row, _ in page.lines])


def _report(statuses: Sequence[str]) -> Done:
    return Done(tuple(statuses), pid=os.getpid(), rss_bytes=psutil.Process().memory_info().rss)


class Page:
    """The rows of a chunk while they are written, each with its weekly curves or without."""

    def __init__(self, order: Order, ledger: Ledger) -> None:
        self.order, self.ledger = order, ledger
        self.lines: list[tuple[Row, pa.Table | None]] = []

    def add(self, run: Run, found: "Result | Failure", seconds: float) -> None:
        """Add what came of a run."""
        if isinstance(found, Failure):
            self.lines.append((self._failed(run, found, seconds), None))
            return
        row = Row(run, OK, seconds, self.order.command(run), "", found.result_hash, found.indicators)
        self.lines.append((row, weekly_of(run, found.weekly) if self.order.frame.is_weekly else None))

    def give_up(self, runs: Sequence[Run], status: str, error: str) -> None:
        """Write what there is, and why these runs are not among it; the worker ends after it, in the middle of a run."""
        lines = list(self.lines)
        there = {row.run.key for row, _ in lines}
        failed = [self._failed(run, Failure(status, error), math.nan) for run in runs if run.key not in there]
        self.write([*lines, *((row, None) for row in failed)])

    def write(self, lines: Sequence[tuple[Row, pa.Table | None]]) -> None:
        """Put the lines into the folder as one chunk; raises ScenarioError."""
        order, rows = self.order, [row for row, _ in lines]
        table = table_of(rows, order.varied, order.engine, order.frame.values_without())
        curves = [curve for _, curve in lines if curve is not None]
        weekly = parquet_of(pa.concat_tables(curves) if curves else NO_CURVES) if order.frame.is_weekly else None
        self.ledger.write(Chunk(tuple(row.run for row in rows)).name, parquet_of(table), weekly)

    def _failed(self, run: Run, why: "Failure", seconds: float) -> Row:
        return Row(run, why.status, seconds, self.order.command(run), cut(printable(why.error), LONGEST_LINE))


class Result(NamedTuple):
    """What came of a run."""

    result_hash: str
    indicators: dict[str, float]
    weekly: "pd.DataFrame"


class Failure(NamedTuple):
    """Why nothing came of it."""

    status: str
    error: str


def _run_seed(order: Order, seed: int, runs: Sequence[Run], page: Page, watch: Watch) -> None:
    """The runs of one seed, its past first: what that costs is nobody's own, and if it fails all fail."""
    watch.begin(*runs)
    past = _tried(lambda: past_of(order, seed))
    for run in runs:
        watch.begin(run)
        began = time.perf_counter()
        found = past if isinstance(past, Failure) else _tried(lambda run=run: simulate(order.frame, past, run))
        page.add(run, found, time.perf_counter() - began)
        gc.collect()  # a model refers to itself


def _tried[T](action: Callable[[], T]) -> T | Failure:
    try:
        return action()
    except MemoryError:
        return Failure(MEMORY, "memory ran out")
    except Exception as error:  # noqa: BLE001  (whatever it is, the other runs go on)
        *_, at = traceback.extract_tb(error.__traceback__)
        return Failure(RAISED, f"{type(error).__name__}: {error} ({Path(at.filename).name}, line {at.lineno})")


def simulate(frame: Frame, past: Checkpoint | None, run: Run) -> Result:
    """One run, from the checkpoint of its past or from the first day."""
    scenario = frame.scenario_at(run.point)
    model = AllianceModel(scenario, run.seed) if past is None else AllianceModel.from_checkpoint(past, scenario)
    weekly = model.run_until(frame.n_weeks_in_all).weekly()
    found = indicators.summary(weekly, frame.period)
    is_in_period = weekly["period"].isin(indicators.PERIODS[frame.period])
    return Result(model.result_hash(), found, weekly.loc[is_in_period])


_kept = threading.local()  # the last past of this thread: the next chunk is often of the same seed


def past_of(order: Order, seed: int) -> Checkpoint | None:
    """The world at the frame's date, shared by all points of a seed; None if they share nothing."""
    frame, name = order.frame, (past_key(order.frame, order.engine), seed)
    if not frame.n_shared_weeks:
        return None
    if getattr(_kept, "name", None) != name:
        _kept.name = _kept.past = None  # the old world goes before the new one comes
        _kept.past = AllianceModel(frame.scenario, seed).run_until(frame.n_shared_weeks).checkpoint()
        _kept.name = name
    past: Checkpoint = _kept.past
    if len(past.streams) > MOST_SEASONS_KEPT:
        past.streams.clear()
    return past
