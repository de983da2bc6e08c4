"""Which runs are done?

    FOLDER/runs/ENGINE/chunk-HASH.sealed.parquet     finished runs, a row each; the hash is that of their keys
    FOLDER/weekly/ENGINE/chunk-HASH.sealed.parquet   their weekly curves, where they were asked for
    FOLDER/set-aside/                                files that were not what their name says

The folder of finished chunks is the only record: no list beside it that could be wrong. A file appears at once and whole, or not
at all. A file that is damaged or foreign is said, its runs count as not done, and the sweep (not its workers, not a plan) sets it
aside. A file that cannot be read may be whole: it stops the sweep. A run may stand in two files (two sweeps at once, a run that
was repeated): the same bits, of which one is read; a row that is ok comes before one that is not.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from experiments.store import PART, is_left_behind, write_files
from experiments.sweep import files
from experiments.sweep.key import is_chunk, is_sealed
from experiments.sweep.row import OK, check_curves, read_rows
from experiments.sweep.seal import TornError
from model.district_scenario import TABLE
from model.refusal import ScenarioError

RUNS, WEEKLY, SET_ASIDE = "runs", "weekly", "set-aside"
N_READERS = 4


class Ledger:
    """The finished runs of one engine in one folder; `say` hears of every file that is not what its name says.

    Only where `is_mended` are such files set aside. All methods raise ScenarioError when a file or folder cannot be read.
    """

    def __init__(
        self,
        folder: Path,
        engine: str,
        is_weekly: bool = False,
        say: Callable[[str], None] = lambda _: None,
        *,
        is_mended: bool = False,
    ) -> None:
        self.folder, self.is_weekly, self.say, self.is_mended = folder, is_weekly, say, is_mended
        self.runs, self.weekly = folder / RUNS / engine, folder / WEEKLY / engine
        self._stamps: dict[Path, files.Stamp] = {}

    def write(self, name: str, runs: bytes, weekly: bytes | None = None) -> None:
        """Put a finished chunk into the folder, its curves first; raises ScenarioError when that fails."""
        if weekly is not None:
            write_files(self.weekly, {name: weekly})
        write_files(self.runs, {name: runs})

    def news(self) -> dict[str, str]:
        """Key and status of every run whose file appeared since this was last asked; the first time, of all."""
        stamps = {path: stamp for path in chunks_in(self.runs) if (stamp := files.stamp_of(path)) is not None}
        new = [path for path, stamp in stamps.items() if self._stamps.get(path) != stamp]
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
        tables = list(self._tables(chunks_in(self.runs), columns))
        return once(pa.concat_tables(tables, promote_options="default")) if tables else None

    def n_of_other_engines(self) -> int:
        """How many runs of other engines lie in the folder, in files that can be read."""
        others = [path for folder in files.paths_in(self.folder / RUNS) if folder != self.runs for path in chunks_in(folder)]
        return sum(_n_rows_of(path) for path in others)

    def n_unverified(self) -> int:
        """How many files of this engine are of version 0.1, which kept no hash of their content."""
        return sum(not is_sealed(path.name) for path in chunks_in(self.runs))

    def tidy(self) -> None:
        """Remove what processes of this machine that are no more had begun to write, and set foreign files aside."""
        of_engines = [folder for kind in (RUNS, WEEKLY) for folder in files.paths_in(self.folder / kind)]
        for path in [path for folder in (self.folder, self.folder / TABLE, *of_engines) for path in files.paths_in(folder)]:
            if is_left_behind(path.name):
                files.remove(path)
            elif path.parent in (self.runs, self.weekly) and not is_chunk(path.name) and not path.name.endswith(PART):
                self._not_whole(path, "is no file of a sweep")

    def _tables(self, paths: Iterable[Path], columns: Sequence[str] | None) -> Iterator[pa.Table]:
        def read(path: Path) -> pa.Table | None:
            table = self._read(path)
            kept = columns if table is None or columns is None else [name for name in columns if name in table.column_names]
            return table if table is None or kept is None else table.select(kept)

        with ThreadPoolExecutor(N_READERS) as readers:
            yield from (table for table in readers.map(read, paths) if table is not None)

    def _read(self, path: Path) -> pa.Table | None:
        """The rows of a file; None if it is gone, lacks its curves, or is not what its name says."""
        at = path
        try:
            table = read_rows(path)
            if table is not None and self.is_weekly:
                at = self.weekly / path.name
                finished = table.filter(pc.field("status") == OK)["key"].to_pylist()
                return table if check_curves(at, finished) else None
        except TornError as error:
            self._not_whole(at, str(error))
            return None
        return table

    def _not_whole(self, path: Path, reason: str) -> None:
        if not self.is_mended:
            self.say(f"{path.name} {reason}: its runs count as not done")
        elif files.move(path, self.folder / SET_ASIDE / path.parent.relative_to(self.folder)):
            self.say(f"{path.name} {reason}: set aside in {SET_ASIDE}, its runs count as not done")


def chunks_in(folder: Path) -> list[Path]:
    """The files of runs, or of curves, of one engine; raises ScenarioError."""
    return [path for path in files.paths_in(folder) if is_chunk(path.name)]


def _n_rows_of(path: Path) -> int:
    try:
        table = read_rows(path, ["key"], is_own=False)
    except (TornError, ScenarioError):
        return 0
    return 0 if table is None else len(table)


def once(table: pa.Table) -> pa.Table:
    """The table with each run once."""
    keys, statuses = table["key"].to_pylist(), table["status"].to_pylist()
    chosen: dict[str, int] = {}
    for place, key in enumerate(keys):
        if key not in chosen or (statuses[place] == OK and statuses[chosen[key]] != OK):
            chosen[key] = place
    return table if len(chosen) == len(keys) else table.take(sorted(chosen.values()))
