"""Which sweeps lie in the folder of sweeps, and what is in one of them?

The folder is ALLIANCE_SWEEPS, or `sweeps` where the server was started; a visitor chooses among what lies there and never says a
path. Nothing is written or moved: a sweep may be running in it at this moment. Every file is verified before it is read: of damaged
ones, and of old ones that hold no hash, the room says how many there are.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from dashboard.rooms.sweeps.sweep import Sweep
from experiments.sweep.files import in_one_line, paths_in
from experiments.sweep.folder import SWEEP, read_folder
from experiments.sweep.query import query
from experiments.sweep.verify import Verified
from model.parameters import declarations
from model.refusal import ScenarioError

MOST_SWEEPS = 200
MOST_RUNS = 50_000
"""Of one sweep: more take seconds to read and cannot be told apart in a picture."""


@dataclass(frozen=True)
class Listed:
    """A folder of a sweep: its title and size as asked for, or why it cannot be read."""

    name: str
    title: str = ""
    keys: tuple[str, ...] = ()
    n_points: int = 0
    n_seeds: int = 0
    problem: str = ""


def root() -> Path:
    """Return the folder in which sweeps are looked for."""
    return Path(os.environ.get("ALLIANCE_SWEEPS") or "sweeps").resolve()


def listed() -> list[Listed]:
    """Return the sweeps that lie in the folder, by name."""
    try:
        return [_listed(path) for path in _folders()]
    except ScenarioError as error:
        return [Listed(root().name, problem=str(error))]


def _folders() -> list[Path]:
    """The folders of sweeps; what leads elsewhere is passed over; raises ScenarioError."""
    folder = root()
    with in_one_line(folder, "looked into"):
        found = [path for path in paths_in(folder) if (path / SWEEP).is_file() and path.resolve().is_relative_to(folder)]
    return found[:MOST_SWEEPS]


def _listed(path: Path) -> Listed:
    try:
        design = read_folder(path)
    except ScenarioError as error:
        return Listed(path.name, problem=str(error))
    varied = tuple(key for key, values in design.vary.items() if len(values) > 1)
    return Listed(path.name, design.frame.scenario.title, varied, design.n_points, len(design.seeds))


def opened(name: str) -> Sweep | None:
    """Return a sweep of the folder, None if there is none of that name; raises ScenarioError if it cannot be read."""
    path = next((path for path in _folders() if path.name == name), None)
    if path is None:
        return None
    frame, files = read_folder(path).frame, []
    n_runs, n_ok, n_seeds = _counts(path, files.append)
    if not n_ok:
        raise ScenarioError(name, "holds no run that came to its end", "allowed is a folder in which runs have finished")
    if n_runs > MOST_RUNS:
        raise ScenarioError(
            name, f"holds {n_runs:,} runs", f"allowed are {MOST_RUNS:,} here; ask larger ones with 'alliance query'"
        )
    columns = [column for column in query(path, "select * from runs limit 0").columns if column in declarations()]
    levers = _rows(path, columns, [])
    values = {key: tuple(sorted(levers[key].unique().tolist())) for key in columns}
    return Sweep(
        name=name,
        frame=frame,
        vary={key: found for key, found in values.items() if len(found) > 1},
        fixed={key: found[0] for key, found in values.items() if len(found) == 1},
        n_seeds=n_seeds,
        n_runs=n_ok,
        rows=lambda figures: _rows(path, columns, figures),
        n_failed=n_runs - n_ok,
        n_damaged=len(files[0].damaged),
        n_unverified=files[0].n_unverified,
    )


def _counts(path: Path, hear: Callable[[Verified], None]) -> tuple[int, int, int]:
    asked = "select count(*) as n, count(*) filter (status = 'ok') as n_ok, count(distinct seed) as n_seeds from runs"
    found = query(path, asked, hear).iloc[0]
    return int(found["n"]), int(found["n_ok"]), int(found["n_seeds"])


def _rows(path: Path, keys: Sequence[str], names: Sequence[str]) -> pd.DataFrame:
    wanted = ", ".join(["seed", *keys, *(f'"{name}"' for name in names)])
    return query(path, f"select {wanted} from runs where status = 'ok' order by all")  # noqa: S608  declared names
