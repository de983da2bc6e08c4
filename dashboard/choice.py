"""What has a visitor chosen?

Everything that decides which worlds are simulated: it can be undone, it stands in the address of the page, and equal
choices give equal numbers, whoever makes them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from experiments.inputs import values_at
from model.calendar import FIRST_POLICY_WEEK, POLICY_START
from model.parameters import Parameter
from model.refusal import ScenarioError
from model.scenario import Scenario

Settings = tuple[tuple[str, float], ...]
"""Levers that differ from the scenario, by key, sorted; in force from the first policy year on."""

CASE = "huaxi"
HIGHEST_SEED = 9999
MOST_KEPT = 6
NUMBERS_OF_WORLDS = (1, 3, 5, 10, 20)
USUAL_NUMBER_OF_WORLDS = 10


@dataclass(frozen=True)
class Kept:
    """A policy that was kept under a name, to be compared with others."""

    name: str
    scenario: str
    settings: Settings = ()


@dataclass(frozen=True)
class Choice:
    """A scenario, the levers that differ from it, and the simulated worlds `seed` to `seed + n_worlds - 1`."""

    scenario: str = CASE
    settings: Settings = ()
    seed: int = 1
    n_worlds: int = USUAL_NUMBER_OF_WORLDS
    kept: tuple[Kept, ...] = ()

    @property
    def seeds(self) -> range:
        """The numbers of the worlds."""
        return range(self.seed, self.seed + self.n_worlds)

    @property
    def asks_for(self) -> tuple[str, Settings, int, int]:
        """What has to be simulated: choices that ask for the same show the same."""
        return self.scenario, self.settings, self.seed, self.n_worlds

    def with_setting(self, key: str, value: float, scenario: Scenario) -> Choice:
        """Take a lever's value, kept within its declared range; the scenario's own value counts as unchanged."""
        declared = lever(scenario, key)
        within = min(max(float(value), declared.low), declared.high)
        kept = dict(self.settings) | {key: round(within) if declared.is_whole else within}
        if kept[key] == declared.value:
            del kept[key]
        return replace(self, settings=tuple(sorted(kept.items())))


def lever(scenario: Scenario, key: str) -> Parameter:
    """Return a parameter with the value that a scenario gives it in the first policy week; raises ScenarioError."""
    return replace(scenario.parameter(key), value=values_at(scenario, FIRST_POLICY_WEEK)[key])


def with_policy(scenario: Scenario, settings: Settings | Mapping[str, float], where: str = "policy") -> Scenario:
    """Return the scenario with these levers from the first policy year on; raises ScenarioError."""
    given = dict(settings)
    return scenario.with_settings(given, from_date=POLICY_START, where=where) if given else scenario


def refusal(scenario: Scenario, settings: Settings | Mapping[str, Any]) -> str:
    """Return why no world can have these levers, or nothing if one can."""
    try:
        with_policy(scenario, settings)
    except ScenarioError as error:
        return str(error)
    return ""
