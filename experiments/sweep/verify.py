"""Which files of a sweep's folder are what was written?

Whoever reads a folder without mending it (a query, the Sweeps room) asks this first: damaged files are left out and said, and files
of version 0.1, which hold no hash of their content, are read and said to be unverified. Nothing is moved.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from experiments.sweep import files
from experiments.sweep.key import is_sealed
from experiments.sweep.ledger import N_READERS, RUNS, chunks_in
from experiments.sweep.row import read_rows, table_in
from experiments.sweep.seal import TornError, check_seal

MOST_NAMED = 3


@dataclass(frozen=True)
class Verified:
    """The files of one kind in a folder: those that can be read, the damaged ones, and how many of the first hold no hash."""

    whole: tuple[Path, ...]
    damaged: tuple[Path, ...]
    n_unverified: int

    def lines(self) -> list[str]:
        """What a person should know before believing an answer."""
        found = [damaged(self.damaged)] if self.damaged else []
        return [*found, unverified(self.n_unverified)] if self.n_unverified else found


def verified(folder: Path, kind: str) -> Verified:
    """Look at every file of runs, or of curves, in a sweep's folder; raises ScenarioError if one cannot be read."""
    paths = [path for of_engine in files.paths_in(folder / kind) for path in chunks_in(of_engine)]
    with ThreadPoolExecutor(N_READERS) as readers:
        answers = list(zip(paths, readers.map(lambda path: _is_whole(path, kind), paths), strict=True))
    whole = tuple(path for path, is_whole in answers if is_whole)
    lost = tuple(path for path, is_whole in answers if is_whole is False)
    return Verified(whole, lost, sum(not is_sealed(path.name) for path in whole))


def _is_whole(path: Path, kind: str) -> bool | None:
    """[bool] Whether it is, as far as can be known; None if it is gone."""
    try:
        if is_sealed(path.name):
            content = files.content_of(path)
            if content is not None:
                check_seal(content)
            return None if content is None else True
        table = read_rows(path, is_own=False) if kind == RUNS else table_in(path)
    except TornError:
        return False
    return None if table is None else True


def unverified(n: int) -> str:
    """What is said of files without a hash."""
    return f"{n:,} files are of version 0.1, which kept no hash of their content: they are read, but cannot be verified"


def damaged(paths: Sequence[Path]) -> str:
    """What is said of files that are left out."""
    names = ", ".join(path.name for path in paths[:MOST_NAMED]) + (", ..." if len(paths) > MOST_NAMED else "")
    return f"{len(paths):,} damaged files are left out ({names}): 'alliance sweep DIR' sets them aside and does their runs again"
