"""Which world does somebody ask for, with how many children, under which levers, from which seed?

Notebooks, Mesa's batch runs and its pages give a scenario, a path or nothing, levers by their keys, a seed or `rng`. Here all of it
becomes one checked `Scenario` and one whole number.
"""

import secrets
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from model.look import loaded
from model.parameters import ROOT, declarations
from model.refusal import ScenarioError, shortened
from model.scenario import Scenario
from model.settings import nearest_names

CASE = ROOT / "scenarios" / "huaxi.toml"
CHILDREN = "population.n_children"
LARGEST_SEED = 2**32 - 1
ARGUMENTS = ("scenario", "seed", "rng", "settings", "from_date", "children")
FIRST_SEED = 1  # what holds if nobody says one


def scenario_asked(
    scenario: object = None, settings: Mapping[str, Any] | None = None, from_date: date | str | None = None,
    children: int | None = None,
) -> Scenario:  # fmt: skip
    """The scenario, or that of a file; nothing is the case. `settings` hold from the start or from a date. Raises ScenarioError.

    `children` is the size of the zone [persons], places in proportion; no date can change it.
    """
    world = loaded(CASE) if scenario is None else scenario
    if isinstance(world, str | Path):
        world = loaded(world)
    if not isinstance(world, Scenario):
        allowed = "allowed is a Scenario, the path of a scenario file, or nothing for the case"
        raise ScenarioError("scenario", shortened(world), allowed)
    if settings is not None and not isinstance(settings, Mapping):
        raise ScenarioError("settings", shortened(settings), 'allowed is a mapping such as {"hospital.accredit.pass_rate": 0.2}')
    if children is not None:
        world = world.with_settings({CHILDREN: children}, where="children")
    return world.with_settings(settings, day_asked(from_date), where="settings") if settings else world


def together(settings: Mapping[str, Any] | None, levers: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Settings with the levers that were given by name beside them; raises ScenarioError for what is no lever, or given twice."""
    for name in levers:
        if "." not in name:
            nearest = nearest_names(name, [*ARGUMENTS, *declarations()])[0]
            raise ScenarioError("AllianceModel", f"unknown argument {shortened(name)}", f"the nearest known name is {nearest}")
        if isinstance(settings, Mapping) and name in settings:
            raise ScenarioError("AllianceModel", f"{name} is given twice", "allowed is one value for each key")
    return {**settings, **levers} if isinstance(settings, Mapping) else settings or levers


def day_asked(day: date | str | None) -> date | None:
    """A date, or one written as 2021-01-04; raises ScenarioError."""
    if not isinstance(day, str):
        return day
    try:
        return date.fromisoformat(day)
    except ValueError as error:
        raise ScenarioError("from_date", shortened(day), "allowed is a date such as 2021-01-04") from error


def seed_asked(seed: object, rng: object) -> int:
    """The number that a world's luck is keyed by: `seed`, or `rng` as Mesa calls it; None draws one. Raises ScenarioError."""
    by_name = {name: _whole(name, value) for name, value in (("seed", seed), ("rng", rng)) if value is not FIRST_SEED}
    if len(set(by_name.values())) > 1:
        raise ScenarioError("seed", f"is {shortened(seed)}, and rng is {shortened(rng)}", "allowed is one of the two")
    found = next(iter(by_name.values()), FIRST_SEED)
    return secrets.randbelow(LARGEST_SEED + 1) if found is None else found


def _whole(name: str, value: object) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or not 0 <= value <= LARGEST_SEED:
        allowed = f"allowed is a whole number from 0 to {LARGEST_SEED:,}: a world's luck is keyed by it, no generator is drawn from"
        raise ScenarioError(name, shortened(value), allowed)
    return int(value)
