"""Does every run end up done once, in whatever order chunks come back, or do not?

A fickle executor has no threads and no clock: a die decides which chunks come back next, and how. A chunk is done; done twice; lost
before or after it was written, or when a part of it was; comes back as lost and is written later all the same; is cancelled; or
all workers end at once, and nothing can be given out any more. After some such mishaps it is honest, so that a sweep which is never
done is a fault of the sweep. Then it goes on once more, honestly, with what failed. Every run must be there, ok, with its own
result, and must have been reported once.

    python -m tests.sweep.schedules [--schedules 10000] [--in-folders 200] [--first 0]
"""

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import Executor, Future
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any, cast
from unittest.mock import patch

import pyarrow as pa
import pyarrow.parquet as pq

from experiments.sweep import carry_out as carrying
from experiments.sweep import go_on
from experiments.sweep.chunk import Chunk, Chunks
from experiments.sweep.ledger import Ledger
from experiments.sweep.listeners import Listeners
from experiments.sweep.means import Means
from experiments.sweep.row import OK
from experiments.sweep.work import Done, Order
from model.refusal import ScenarioError
from tests.sweep import situations

MISHAPS = ("double", "lost before", "lost after", "lost in part", "late", "cancelled", "all at once", "none to give to")
MOST_MISHAPS, MOST_TURNS, MOST_STARTS = 12, 2_000, 30
Task = tuple[Callable[..., Any], tuple[Any, ...]]


class LostError(Exception):
    """A worker died."""


class Fickle(Executor):
    """An executor whose chunks come back as a die decides."""

    def __init__(self, die: Random, n_mishaps: int) -> None:
        self.die, self.n_left, self.dealt, self.n_turns = die, n_mishaps, Counter[str](), 0
        self._held: dict[Future[Any], Task] = {}
        self._late: list[Task] = []

    def _falls(self, *mishaps: str) -> str:
        """A mishap, while there are any left."""
        if not self.n_left or self.die.random() < 0.4:
            return ""
        self.n_left -= 1
        found = self.die.choice(mishaps)
        self.dealt[found] += 1
        return found

    def submit(self, fn: Callable[..., Any], /, *args: Any, **_: Any) -> Future[Any]:
        """Take a chunk; what is no chunk is done at once."""
        future: Future[Any] = Future()
        if not any(isinstance(arg, Chunk) for arg in args):
            future.set_result(fn(*args))
        elif self.die.random() < 0.03 and self._falls("none to give to"):
            raise RuntimeError("there is nobody")
        else:
            self._held[future] = (fn, args)
        return future

    def wait(self, given: Iterable[Future[Any]], return_when: str = "") -> Any:
        """In place of `concurrent.futures.wait`: some of them come back."""
        self.n_turns += 1
        assert self.n_turns < MOST_TURNS, "stuck"
        for fn, args in self._late if self.die.random() < 0.5 else ():
            fn(*args)
            self._late = self._late[1:]
        there = list(given)
        self.die.shuffle(there)
        chosen = there[: self.die.randint(1, len(there))]
        how = self._falls(*MISHAPS[:-1])
        if how == "all at once":
            chosen = there
        for n, future in enumerate(chosen):
            self._come_back(future, how if n == 0 or how == "all at once" else "")
        return SimpleNamespace(done=set(chosen))

    def _come_back(self, future: Future[Any], how: str) -> None:
        fn, (order, chunk) = self._held.pop(future)
        if how == "cancelled":
            future.cancel()
            return
        if how == "late":
            self._late.append((fn, (order, chunk)))
        if how == "lost in part" and len(chunk.runs) > 1:
            fn(order, Chunk(chunk.runs[:1]))
        found = fn(order, chunk) if how in ("", "double", "lost after") else None
        found = fn(order, chunk) if how == "double" else found
        if how in ("", "double"):
            future.set_result(found)
        else:
            future.set_exception(LostError("a worker died"))


class Book:
    """A ledger that is a dictionary: rows by chunk."""

    def __init__(self) -> None:
        self.chunks: dict[str, list[tuple[str, str]]] = {}
        self._told: dict[str, list[tuple[str, str]]] = {}

    def write(self, name: str, runs: bytes, _weekly: bytes | None = None) -> None:
        """A chunk as a file's content."""
        table = pq.read_table(pa.BufferReader(runs), columns=["key", "status"]).to_pydict()
        self.chunks[name] = list(zip(table["key"], table["status"], strict=True))

    def news(self) -> dict[str, str]:
        """Key and status of what was written since."""
        new = [rows for name, rows in self.chunks.items() if self._told.get(name) is not rows]
        self._told = dict(self.chunks)
        return {key: status for rows in new for key, status in rows}

    def statuses(self) -> dict[str, str]:
        """Status by key; ok comes before what is not."""
        rows = [row for rows in self.chunks.values() for row in rows]
        return dict(sorted(rows, key=lambda row: row[1] == OK))


def check_said(error: ScenarioError) -> None:
    """A sweep that stops says how to go on."""
    assert "what is finished is kept" in str(error), error


def played(number: int, order: Order, chunks: list[Chunk]) -> Counter[str]:
    """Play one schedule; returns what befell, AssertionError if a run is not there once."""
    die, book = Random(number), Book()
    keys = {run.key for chunk in chunks for run in chunk.runs}

    def work(_order: Order, chunk: Chunk) -> Done:
        book.chunks[chunk.name] = [(run.key, OK) for run in chunk.runs]
        return Done(tuple(OK for _ in chunk.runs))

    befell, n_slots = Counter[str](), die.randint(1, 5)
    for start in range(MOST_STARTS):
        fickle = Fickle(die, 0 if start else die.randint(0, MOST_MISHAPS))
        done = {key for key, status in book.statuses().items() if status == OK}
        missing = [rest for chunk in chunks if (rest := chunk.without(done)).runs]
        reported: list[str] = []
        with patch.object(go_on, "wait", fickle.wait):
            one = go_on.Round(fickle, n_slots, order, cast(Ledger, book), reported.extend, work)
            try:
                one.do(iter(missing))
            except ScenarioError as error:
                check_said(error)
            else:
                assert len(reported) == len(keys) - len(done), f"schedule {number}: reported {len(reported)}"
        befell += fickle.dealt
        if {key for key, status in book.statuses().items() if status == OK} == keys:
            return befell
    raise AssertionError(f"schedule {number}: stuck")


def played_in_folder(number: int, folder: Path) -> Counter[str]:
    """Play one schedule of a whole sweep in a folder; returns what befell, AssertionError if its table is another."""
    die, befell = Random(number), Counter[str]()
    design, source = situations.design_of(seeds="3", weekly="true" if number % 2 else "false")
    for start in range(MOST_STARTS):
        fickle = Fickle(die, 0 if start else MOST_MISHAPS)
        means = Means(n_workers=die.randint(1, 4), chunk_size=2, executor=fickle, is_failed_again=True)
        with patch.object(go_on, "wait", fickle.wait):
            try:
                course = carrying.carry_out(design, source, folder, means, Listeners())
            except ScenarioError as error:
                check_said(error)
                continue
            finally:
                befell += fickle.dealt
        rows = course.rows.to_pylist()
        if all(row["status"] == OK for row in rows):
            assert [row["seed"] for row in rows] == [1, 2, 3] * 2
            assert all(
                row["result_hash"] == situations.made_up(None, None, SimpleNamespace(key=row["key"])).result_hash for row in rows
            )
            return befell
    raise AssertionError(f"schedule {number}: stuck")


def play(n: int, n_in_folders: int, first: int = 0) -> Counter[str]:
    """Play so many schedules; returns what befell."""
    design, source = situations.design_of(seeds="6")
    befell = Counter[str]()
    with situations.without_simulation(), tempfile.TemporaryDirectory() as scratch:
        engine = carrying.engine_of_this_process()
        order = carrying.order_of(design, source, Path(scratch), engine, Means())
        by_size = {size: list(Chunks(design, engine, size)) for size in (1, 2, 4, 6)}
        for number in range(first, first + n):
            befell += played(number, order, by_size[(1, 2, 4, 6)[number % 4]])
        for number in range(first, first + n_in_folders):
            befell += played_in_folder(number, Path(scratch) / str(number))
    return befell


def main(words: list[str] | None = None) -> int:
    """Play them and print what befell; an AssertionError names the schedule that went wrong."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--schedules", type=int, default=10_000)
    parser.add_argument("--in-folders", type=int, default=200)
    parser.add_argument("--first", type=int, default=0, help="number of the first schedule")
    asked = parser.parse_args(words)
    befell = play(asked.schedules, asked.in_folders, asked.first)
    print(f"{asked.schedules:,} schedules, and {asked.in_folders:,} in folders: every run there once and reported once; "
          + ", ".join(f"{befell[name]:,} {name}" for name in MISHAPS))  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
