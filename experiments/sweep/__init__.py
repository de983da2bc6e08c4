"""Many runs: points and seeds, spread over workers, kept in a folder that is the record of what is done.

`sweep` is the same engine as `alliance sweep`; files of this folder are named after what they decide.
"""

import os
import tempfile
from collections.abc import Iterable, Mapping
from concurrent.futures import Executor
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from model.refusal import ScenarioError, shortened
from model.scenario import Scenario, load_scenario

if TYPE_CHECKING:
    import pandas as pd


def sweep(
    scenario: str | Path | Scenario,
    vary: Mapping[str, Iterable[float] | Mapping[str, float]] | None = None,
    *,
    seeds: int | Iterable[int] = 1,
    first_seed: int = 1,
    workers: int = 2,
    out: str | Path | None = None,
    from_date: date | str = "2020-12-28",
    weeks: int | None = None,
    children: int | None = None,
    period: str = "policy",
    weekly: bool = False,
    on: str | Executor | None = None,
    timeout: int = 3_600,
) -> "pd.DataFrame":
    """Run every combination of the varied values for every seed: one row a run, with every indicator of the period.

    `vary` maps keys to the values to try, or to {"low": 0, "high": 1, "n": 5}; `seeds` is how many (5 are seeds 1 to 5), or which.
    Varied values are in force from `from_date`; "start" is from the first day. With `out` the runs are kept in that folder and
    found again. `on` is dask://HOST:PORT, or an executor of your own that has so many workers. A run that fails is a row whose
    status is not 'ok'. Raises ScenarioError.
    """
    from experiments.sweep.carry_out import Listeners, carry_out
    from experiments.sweep.grid import read_vary_mapping
    from experiments.sweep.means import read_means
    from experiments.sweep.read import design_of, said_in_options

    source = f"{out or scenario.name}/scenario.toml" if isinstance(scenario, Scenario) else str(scenario)
    world = scenario if isinstance(scenario, Scenario) else load_scenario(_path(scenario, "scenario"))
    options = {"weeks": weeks, "children": children} | _said_of_seeds(seeds, first_seed)
    said = {name: None if value is None else str(value) for name, value in options.items()}
    said |= {"from": str(from_date), "period": period, "weekly": str(weekly).lower()}
    design = design_of(world, read_vary_mapping({} if vary is None else vary, "vary"), said_in_options(said, ""))
    if not isinstance(on, str | Executor | None):
        raise ScenarioError("on", shortened(on), "allowed is dask://HOST:PORT, or an executor of concurrent.futures")
    means = read_means(workers=str(workers), on=on if isinstance(on, str) else None, timeout=str(timeout), dashes="")
    if isinstance(on, Executor):
        means = replace(means, executor=on)
    with tempfile.TemporaryDirectory() as scratch:
        where = Path(scratch) if out is None else _path(out, "out")
        return carry_out(design, source, where, means, Listeners()).rows.to_pandas()


def _path(path: object, where: str) -> Path:
    if isinstance(path, str | os.PathLike):
        return Path(path)
    raise ScenarioError(where, shortened(path), "allowed is a path")


def _said_of_seeds(seeds: int | Iterable[int], first_seed: int) -> dict[str, object]:
    """How many seeds from which on, or which ones; raises ScenarioError."""
    if isinstance(seeds, int | float | str):
        return {"seeds": seeds, "seed": first_seed}
    try:
        named: dict[str, object] = {"seeds": f"[{', '.join(str(seed) for seed in seeds)}]"}
    except TypeError as error:
        raise ScenarioError("seeds", shortened(seeds), "allowed is a number of seeds, or a list of them") from error
    return named if first_seed == 1 else named | {"seed": first_seed}
