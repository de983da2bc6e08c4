"""How does a sweep go, from the first look into its folder to the last row?

Claim the folder, list what is missing, have it done, look again: until nothing is missing and every file was read through. With
what it is done (workers, chunks, limits) changes no result.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from agents.compiled import is_engine_warm
from experiments.request import CHILDREN
from experiments.store import check_folder
from experiments.sweep import executor, folder
from experiments.sweep.chunk import Chunks, Run, usual_size
from experiments.sweep.design import Design
from experiments.sweep.files import KEPT
from experiments.sweep.go_on import Round, Work
from experiments.sweep.key import engine_of_this_process
from experiments.sweep.ledger import Ledger
from experiments.sweep.listeners import Listeners
from experiments.sweep.means import Means
from experiments.sweep.row import OK, parameter_type, schema_of
from experiments.sweep.verify import unverified
from experiments.sweep.watch import Limits
from experiments.sweep.work import Order, compile_engine, ready, run_chunk
from model.memory import available_bytes, estimated_bytes
from model.refusal import ScenarioError

MOST_ROUNDS = 5  # a disk that tears every file shall not keep a sweep for ever
MOST_STARTS = 3
TIMES_ESTIMATE = 2  # a run may take so many times the memory that a world of its size is known to take


@dataclass
class Course:
    """How it went: runs asked for, found done, and done now; rows in the order of the design."""

    n_runs: int
    n_found: int
    n_of_other_engines: int
    rows: pa.Table
    statuses: Counter[str] = field(default_factory=Counter)


def carry_out(
    design: Design,
    source: str,
    where: Path,
    means: Means,
    listeners: Listeners,
    columns: Sequence[str] | None = None,
    work: Work = run_chunk,
) -> Course:
    """Have every run of a design, or of a shard of it, done in a folder; raises ScenarioError."""
    check_folder(where)
    check_memory(design, means)
    engine = engine_of_this_process()
    source = folder.claim(where, design, source, engine)
    ledger = Ledger(where, engine, design.frame.is_weekly, listeners.say, is_mended=True)
    ledger.tidy()
    if n_unverified := ledger.n_unverified():
        listeners.say(unverified(n_unverified))
    order = order_of(design, source, where, engine, means)
    chunks = Chunks(design, engine, means.chunk_size or usual_size(design), means.shard, listeners.named)
    runs = sorted((run for chunk in chunks for run in chunk.runs), key=lambda run: (*run.point.values(), run.seed))
    done = {key for key, status in ledger.news().items() if status == OK or not means.is_failed_again}
    n_found = sum(run.key in done for run in runs)
    course = Course(len(runs), n_found, ledger.n_of_other_engines(), schema_of(order.varied).empty_table())
    for _ in range(MOST_ROUNDS if runs else 0):
        if not all(run.key in done for run in runs):
            counted = _Count(len(runs), sum(run.key in done for run in runs), listeners)
            with workers_of(means) as (workers, n_slots):
                _start(workers, order, means, listeners)
                Round(workers, n_slots, order, ledger, counted, work).do(chunks.without(done))
        listeners.stage("reading the results")
        rows = ledger.rows(columns)
        done = set() if rows is None else set(rows["key"].to_pylist())
        if rows is not None and done.issuperset(run.key for run in runs):
            course.rows = _of_runs(rows, runs, order.varied)
            course.statuses = Counter(course.rows["status"].to_pylist())
            return course
    if not runs:
        return course
    found = f"{sum(run.key not in done for run in runs):,} runs are not in the folder although workers wrote them"
    raise ScenarioError(f"--out {where}", found, f"allowed is a folder that all workers share, and that keeps files; {KEPT}")


class _Count:
    """Runs done so far, told at each chunk."""

    def __init__(self, n_runs: int, n_done: int, listeners: Listeners) -> None:
        self._n_runs, self._n_done, self._n_failed, self._listeners = n_runs, n_done, 0, listeners
        listeners.runs(n_done, n_runs, 0)

    def __call__(self, statuses: Sequence[str]) -> None:
        self._n_done += len(statuses)
        self._n_failed += sum(status != OK for status in statuses)
        self._listeners.runs(self._n_done, self._n_runs, self._n_failed)


def order_of(design: Design, source: str, where: Path, engine: str, means: Means) -> Order:
    """What the workers are told."""
    most_bytes = means.most_bytes or TIMES_ESTIMATE * estimated_bytes(most_children(design))
    limits = Limits(means.longest_seconds, most_bytes)
    return Order(design.frame, tuple(design.vary), str(where.absolute()), source, engine, limits, means.is_failed_again)


def most_children(design: Design) -> int:
    """Children of the largest world."""
    return int(max(design.vary.get(CHILDREN, (design.frame.scenario.values[CHILDREN],))))


def check_memory(design: Design, means: Means) -> None:
    """Refuse more worlds at a time than fit into this machine; raises ScenarioError."""
    needed, there = means.n_workers * estimated_bytes(most_children(design)), available_bytes()
    if means.dask is None and needed > there:
        found = (
            f"{means.n_workers} worlds of {most_children(design):,} children at a time need about {needed / 1e9:.1f} GB of memory"
        )
        raise ScenarioError("--workers", found, f"allowed is what fits into the {there / 1e9:.1f} GB that are free")


@contextmanager
def workers_of(means: Means) -> Iterator[tuple[Executor, int]]:
    """The workers, and how many chunks they hold at a time; raises ScenarioError."""
    if means.executor is not None:
        yield means.executor, means.n_workers
    elif means.dask is not None:
        with executor.dask(means.dask) as found:
            yield found
    else:
        with executor.processes(means.n_workers) as workers:
            yield workers, means.n_workers


def _start(workers: Executor, order: Order, means: Means, listeners: Listeners) -> None:
    """Compile the engine where that was never done, and see that a worker comes up; raises ScenarioError."""
    if means.dask is None and means.executor is None and not is_engine_warm():
        listeners.stage("compiling the engine, about half a minute, once")
        compile_engine()
    listeners.stage("starting workers")
    error: BaseException | None = None
    for _ in range(MOST_STARTS):
        try:
            future = workers.submit(ready)
            error = future.exception()
        except (OSError, RuntimeError) as refused:  # no process, no thread, no memory for one
            error = refused
            continue
        if error is None:
            if future.result() == order.engine:
                return
            found = f"the workers have engine {future.result()}, this process has {order.engine}"
            raise ScenarioError("alliance sweep", found, "allowed are the same sources and libraries on all machines")
    raise ScenarioError("alliance sweep", f"no worker can be started ({type(error).__name__}: {error})", KEPT)


def _of_runs(rows: pa.Table, runs: Sequence[Run], varied: Sequence[str]) -> pa.Table:
    """The rows of these runs, in their order, with the values that vary now (an older row may not have known that they would)."""
    place = {key: number for number, key in enumerate(rows["key"].to_pylist())}
    found = rows.take([place[run.key] for run in runs])
    for name in varied:
        column = pa.array([run.point[name] for run in runs], parameter_type(name))
        at = found.schema.get_field_index(name)
        found = found.append_column(name, column) if at < 0 else found.set_column(at, name, column)
    order = schema_of(varied).names  # whichever file was read first, and whatever varied when it was written
    return found.select(sorted(found.column_names, key=lambda name: order.index(name) if name in order else len(order)))
