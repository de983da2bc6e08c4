"""Which runs are done?

    FOLDER/runs/ENGINE/chunk-HASH.parquet        finished runs, a row each; the hash is that of their keys
    FOLDER/weekly/ENGINE/chunk-HASH.parquet      their weekly curves, where they were asked for
    FOLDER/set-aside/                            files that were not what their name says

The folder of finished chunks is the only record: no list beside it that could be wrong. A file appears at once and whole, or not
at all. A file that is torn or foreign is set aside and said, and its runs count as not done. A run may stand in two files (two
sweeps at once, a run that was repeated): the same bits, of which one is read; a row that is ok comes before one that is not.
"""

import os
import socket
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pyarrow as pa

from experiments.store import PART, write_files
from experiments.sweep.row import OK, TornError, check_table, n_rows_of, read_rows

RUNS, WEEKLY, SET_ASIDE = "runs", "weekly", "set-aside"
PATTERN = "chunk-*.parquet"
N_READERS = 4


class Ledger:
    """The finished runs of one engine in one folder; `say` hears of every file that is set aside."""

    def __init__(self, folder: Path, engine: str, is_weekly: bool = False, say: Callable[[str], None] = lambda _: None) -> None:
        self.folder, self.is_weekly, self.say = folder, is_weekly, say
        self.runs, self.weekly = folder / RUNS / engine, folder / WEEKLY / engine
        self._stamps: dict[Path, tuple[int, int]] = {}

    def write(self, name: str, runs: bytes, weekly: bytes | None = None) -> None:
        """Put a finished chunk into the folder, its curves first; raises ScenarioError when that fails."""
        if weekly is not None:
            write_files(self.weekly, {name: weekly})
        write_files(self.runs, {name: runs})

    def news(self) -> dict[str, str]:
        """Key and status of every run whose file appeared since this was last asked; the first time, of all."""
        stamps = {path: stamp for path in self.runs.glob(PATTERN) if (stamp := _stamp(path)) is not None}
        new = sorted(path for path, stamp in stamps.items() if self._stamps.get(path) != stamp)
        self._stamps = stamps
        found: dict[str, str] = {}
        for table in self._tables(new, ["key", "status"]):
            for key, status in zip(table["key"].to_pylist(), table["status"].to_pylist(), strict=True):
                if found.get(key) != OK:
                    found[key] = status
        return found

    def statuses(self, name: str) -> list[str]:
        """How the runs of one chunk came out, if it is there and whole."""
        return [status for table in self._tables([self.runs / name], ["key", "status"]) for status in table["status"].to_pylist()]

    def rows(self, columns: Sequence[str] | None = None) -> pa.Table | None:
        """All rows, each run once, every byte checked; of them the columns asked for. None if there are none."""
        tables = list(self._tables(sorted(self.runs.glob(PATTERN)), None, keep=columns))
        return once(pa.concat_tables(tables, promote_options="default")) if tables else None

    def n_of_other_engines(self) -> int:
        """How many runs of other engines lie in the folder."""
        others = (path for path in (self.folder / RUNS).glob(f"*/{PATTERN}") if path.parent != self.runs)
        return sum(n_rows_of(path) for path in others)

    def tidy(self) -> None:
        """Set foreign files aside, and remove what workers of this machine that are dead had begun to write."""
        for path in [path for folder in (self.runs, self.weekly) if folder.is_dir() for path in folder.iterdir()]:
            if path.name.endswith(PART):
                _remove_if_left(path)
            elif not path.match(PATTERN):
                self._set_aside(path, "is no file of a sweep")

    def _tables(self, paths: Iterable[Path], columns: list[str] | None, keep: Sequence[str] | None = None) -> Iterator[pa.Table]:
        def read(path: Path) -> pa.Table | None:
            table = self._read(path, columns)
            return table if table is None or keep is None else table.select([name for name in keep if name in table.column_names])

        with ThreadPoolExecutor(N_READERS) as readers:
            yield from (table for table in readers.map(read, paths) if table is not None)

    def _read(self, path: Path, columns: list[str] | None) -> pa.Table | None:
        """The rows of a file; None if it is gone, or was set aside because it is not whole."""
        at = path
        try:
            if self.is_weekly:
                at = self.weekly / path.name
                check_table(at, is_through=columns is None)
                at = path
            return read_rows(path, columns)
        except FileNotFoundError:
            return None
        except TornError as error:
            self._set_aside(at, str(error))
            return None

    def _set_aside(self, path: Path, reason: str) -> None:
        aside = self.folder / SET_ASIDE
        try:
            aside.mkdir(exist_ok=True)
            path.replace(aside / path.name)
        except FileNotFoundError:
            return  # another sweep was faster
        self.say(f"{path.name} {reason}: set aside in {SET_ASIDE}, its runs count as not done")


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_mtime_ns


def once(table: pa.Table) -> pa.Table:
    """The table with each run once."""
    keys, statuses = table["key"].to_pylist(), table["status"].to_pylist()
    chosen: dict[str, int] = {}
    for place, key in enumerate(keys):
        if key not in chosen or (statuses[place] == OK and statuses[chosen[key]] != OK):
            chosen[key] = place
    return table if len(chosen) == len(keys) else table.take(sorted(chosen.values()))


def _remove_if_left(part: Path) -> None:
    """Remove a file that was begun on this machine by a process that is no more."""
    *_, host, pid, _, _ = part.name.rsplit(".", 4)
    if (
        host == socket.gethostname().replace(".", "-")
        and pid.isdecimal()
        and int(pid) != os.getpid()
        and not psutil.pid_exists(int(pid))
    ):
        part.unlink(missing_ok=True)
