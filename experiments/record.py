"""What does a run leave behind, so that it can be repeated and compared?

One JSON object: the scenario, the seed, the engine, a hash of the results and the indicators; for several seeds also
every run and the mean with its 95 % interval. On disk the resolved scenario, the versions and the weekly table come
with it. `n_illnesses` beside `seconds` counts the whole world's, the one among the indicators those of the period.
"""

import hashlib
import importlib.metadata
import io
import json
import math
import platform
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from experiments.interval import intervals
from experiments.request import Request
from experiments.run import Run
from experiments.store import RECORD, WEEKLY

PACKAGE = "alliance-simulator"
LIBRARIES = ("numpy", "numba", "llvmlite", "mesa", "pandas", "pyarrow")


@cache
def package_version() -> str:
    """The version that pyproject.toml names, of the sources that run; an installed wheel carries it with it."""
    file = Path(__file__).resolve().parent.parent / "pyproject.toml"
    project = tomllib.loads(file.read_text(encoding="utf-8"))["project"] if file.is_file() else {}
    # An editable install remembers the version of the day on which it was made.
    return project["version"] if project.get("name") == PACKAGE else importlib.metadata.version(PACKAGE)


@cache
def engine_version() -> str:
    """The package's version and the hash of all compiled sources: one engine version means the same rules."""
    from model.parameters import model_hash

    return f"{package_version()}+{model_hash()}"


def versions() -> dict[str, str]:
    """What computed the results."""
    found = {"python": platform.python_version(), "machine": platform.machine(), "system": platform.system()}
    return found | {name: importlib.metadata.version(name) for name in LIBRARIES}


def outcome(request: Request, runs: Sequence[Run]) -> dict[str, Any]:
    """The object that `--json` prints: the first seed, and of several every seed, the mean and its interval."""
    asked = {"scenario": request.scenario.name, "seed": runs[0].seed, "engine_version": engine_version()}
    found = asked | {"period": request.period, "n_weeks": request.n_weeks} | _results(runs[0])
    if len(runs) > 1:
        mean, half_width = intervals([run.indicators for run in runs])
        found["runs"] = [{"seed": run.seed} | _results(run) for run in runs]
        found |= {"mean": mean, "half_width_95": half_width}
    return found


def _results(run: Run) -> dict[str, Any]:
    return {
        "result_hash": run.result_hash,
        "seconds": run.seconds,
        "n_illnesses": run.n_illnesses,
        "indicators": run.indicators,
    }


def strict_json(value: Any, indent: int | None = None) -> str:
    """JSON as the standard has it: what is not a finite number is null."""
    return json.dumps(_finite(value), allow_nan=False, indent=indent) + "\n"


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(inner) for inner in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def weekly_table(runs: Sequence[Run]) -> bytes:
    """The weekly tables of all seeds as one Parquet file, the seed in its first column."""
    tables = [run.weekly.assign(seed=run.seed) for run in runs]
    table = pd.concat(tables, ignore_index=True)
    buffer = io.BytesIO()
    table[["seed", *runs[0].weekly.columns]].to_parquet(buffer, index=False, compression="zstd")
    return buffer.getvalue()


def result_files(request: Request, runs: Sequence[Run]) -> dict[str, bytes]:
    """The files of `--out`: the weekly table and the run record, by name."""
    table = weekly_table(runs)
    record = outcome(request, runs) | {"resolved_scenario": request.scenario.record(), "versions": versions()}
    record["sha256"] = {WEEKLY: hashlib.sha256(table).hexdigest()}
    return {WEEKLY: table, RECORD: strict_json(record, indent=2).encode()}
