"""Which four readings of the known figures are there, and which points did their calibration keep?

A recorded referral rate of 1.19 % fits four stories. Each is a calibrated scenario with one driver in a range that the other
three exclude; a posterior sample beside it lists further points of the free parameters that fit as well.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from experiments.calibration.readings import readings
from experiments.calibration.space import free_parameters
from model.parameters import declarations
from model.refusal import ScenarioError, printable, shortened
from model.scenario import Scenario, load_scenario
from model.settings import Settings

FOLDER = Path(__file__).resolve().parents[2] / "scenarios" / "readings"
CALIBRATED = -1  # the number of the point that is the reading itself


@dataclass(frozen=True)
class Reading:
    """One story that the known figures allow; `file` is its scenario, `posterior` the sample of its calibration."""

    letter: str
    name: str
    story: str
    driver: str
    file: Path
    posterior: Path

    @property
    def title(self) -> str:
        """Letter and name."""
        return f"{self.letter} {self.name}"


def four_readings(folder: Path = FOLDER, where: str = "--readings") -> tuple[Reading, ...]:
    """The four readings of a folder; raises ScenarioError if one is not there."""
    folder, found = folder.absolute(), []
    drivers = {free.story: free.name for free in free_parameters() if free.is_driver}
    for one in readings():
        file = folder / f"{one.name}.toml"
        if not file.is_file():
            names = ", ".join(f"{other.name}.toml" for other in readings())
            raise ScenarioError(where, f"{printable(folder.name)} holds no {file.name}", f"allowed is a folder with {names}")
        posterior = folder.parent / "posterior" / f"{one.name}.csv"
        found.append(Reading(one.letter, one.name.replace("_", " "), one.because, drivers[one.letter], file, posterior))
    return tuple(found)


def points_of(reading: Reading, n: int | None = None) -> dict[int, Settings]:
    """Points of the posterior sample by row number, `n` of them spread evenly over the file; raises ScenarioError."""
    where = f"posterior/{reading.posterior.name}"
    allowed = "allowed is a table with a column for each free parameter and a row for each point"
    try:
        table = pd.read_csv(reading.posterior, dtype=str)  # so that a value is read to the last bit
        names = [name for name in table.columns if name in declarations()]
        values = table[names].astype(float)
    except (OSError, ValueError) as error:
        raise ScenarioError(where, f"cannot be read ({error.__class__.__name__})", allowed) from error
    if not names or not len(table):
        raise ScenarioError(where, f"has the columns {shortened(list(table.columns))} and {len(table)} rows", allowed)
    n_rows = len(table)
    chosen = np.linspace(0, n_rows - 1, min(n or n_rows, n_rows)).round().astype(int)
    return {int(row): {name: values[name].iloc[row].item() for name in names} for row in chosen}


def worlds_of(reading: Reading, n_points: int) -> Iterator[tuple[int, Settings]]:
    """The reading itself, then so many points of its posterior sample: number and settings."""
    yield CALIBRATED, {}
    if n_points:
        yield from points_of(reading, n_points).items()


def base_of(reading: Reading, settings: Settings) -> Scenario:
    """The reading's scenario with these values from the start; raises ScenarioError."""
    scenario = load_scenario(reading.file)
    return scenario.with_settings(settings, where=f"posterior/{reading.posterior.name}") if settings else scenario


def fingerprint_of(scenario: Scenario) -> str:
    """A mark of everything that a scenario says but its texts: equal marks mean equal inputs [hex]."""
    said = json.dumps([scenario.policy_years, *scenario.segments()], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:12]
