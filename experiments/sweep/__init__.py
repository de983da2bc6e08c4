"""Many runs: points and seeds, spread over workers, kept in a folder that is the record of what is done.

`sweep` is the same engine as `alliance sweep`; files of this folder are named after what they decide.
"""

import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from model.look import loaded
from model.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd


def sweep(
    scenario: str | Path | Scenario,
    vary: Mapping[str, Sequence[float]] | None = None,
    *,
    seeds: int = 1,
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

    Varied values are in force from `from_date`; "start" is from the first day. With `out` the runs are kept in that folder and
    found again. `on` is dask://HOST:PORT, or an executor of your own that has so many workers. A run that fails is a row whose
    status is not 'ok'. Raises ScenarioError.
    """
    from experiments.sweep.carry_out import Listeners, carry_out
    from experiments.sweep.grid import checked_values
    from experiments.sweep.means import read_means
    from experiments.sweep.read import design_of, said_in_options

    source = f"{out or scenario.name}/scenario.toml" if isinstance(scenario, Scenario) else str(scenario)
    world = scenario if isinstance(scenario, Scenario) else loaded(scenario)
    varied = {key: checked_values(key, values, "vary") for key, values in (vary or {}).items()}
    numbers = {"seeds": seeds, "seed": first_seed, "weeks": weeks, "children": children}
    options = {name: None if value is None else str(value) for name, value in numbers.items()}
    options |= {"from": str(from_date), "period": period, "weekly": str(weekly).lower()}
    design = design_of(world, varied, said_in_options(options, ""))
    means = read_means(workers=str(workers), on=on if isinstance(on, str) else None, timeout=str(timeout), dashes="")
    if isinstance(on, Executor):
        means = replace(means, executor=on)
    with tempfile.TemporaryDirectory() as scratch:
        return carry_out(design, source, Path(out or scratch), means, Listeners()).rows.to_pandas()
