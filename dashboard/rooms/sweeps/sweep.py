"""What is a sweep, as this room reads it?

A frame (scenario, date, period), the parameters that vary, and a table of finished runs: a row for each point and seed. It
comes from a folder that `alliance sweep` has written, or was run here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard import worlds
from dashboard.choice import Settings
from dashboard.rooms.library.shelves import found_scenarios
from dashboard.session import Session
from dashboard.uploads import MOST_CHILDREN
from experiments.answers.readings import fingerprint_of
from experiments.sweep.design import Frame
from model.calendar import POLICY_START
from model.refusal import ScenarioError
from model.scenario import Scenario
from model.settings import is_of_the_beginning

Rows = Callable[[Sequence[str]], pd.DataFrame]
"""Seed, varied parameters and the figures asked for, a row for each finished run."""


@dataclass(frozen=True, eq=False)
class Sweep:
    """A sweep that can be looked at; `vary` holds the values that its finished runs have, of parameters with several."""

    name: str
    frame: Frame
    vary: Mapping[str, tuple[float, ...]]
    fixed: Mapping[str, float]
    n_seeds: int
    n_runs: int
    rows: Rows
    is_own: bool = False
    line: str = ""
    n_failed: int = 0
    n_damaged: int = 0  # files that are left out
    n_unverified: int = 0  # files that hold no hash
    scenario_name: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """The parameters that vary."""
        return tuple(self.vary)

    def usual(self) -> dict[str, float]:
        """The values that the varied parameters have without the sweep."""
        values = self.frame.values_without()
        return {key: self.fixed.get(key, values[key]) for key in self.keys}


def open_point(session: Session, sweep: Sweep, point: Mapping[str, float]) -> None:
    """Show a point's world in Decide; raises ScenarioError."""
    settings = {**sweep.fixed, **point}
    if sweep.frame.from_date == POLICY_START and not any(is_of_the_beginning(key) for key in settings):
        usual = sweep.frame.values_without()
        moved: Settings = tuple(sorted((key, value) for key, value in settings.items() if value != usual[key]))
        session.open(_known_name(session, sweep), moved)
        return
    session.open(_own_name(session, sweep.frame.scenario_at(settings)))


def _known_name(session: Session, sweep: Sweep) -> str:
    """The name of the sweep's scenario here: of the Library where it is there, otherwise one for this visit."""
    if sweep.scenario_name:
        return sweep.scenario_name
    mark = fingerprint_of(sweep.frame.scenario)
    known = (one.name for one in found_scenarios() if one.base and mark in (one.base.mark, _declared_mark(one.name)))
    return next(known, "") or _own_name(session, sweep.frame.scenario)


def _declared_mark(name: str) -> str:
    """The mark of a scenario of the folder with its own number of children, whatever this server simulates."""
    base = worlds.base(name)
    if base.scenario.district is not None:
        return base.mark
    return fingerprint_of(base.scenario.with_settings({worlds.CHILDREN: worlds.declared_children(name)}))


def _own_name(session: Session, scenario: Scenario) -> str:
    """The name of a scenario that is nowhere but in this visit; raises ScenarioError if it asks for too much memory."""
    n_children = int(scenario.values[worlds.CHILDREN])
    if n_children > MOST_CHILDREN:
        raise ScenarioError("sweep", f"its worlds have {n_children:,} children", f"allowed are {MOST_CHILDREN:,} in Decide")
    base = worlds.base_of(f"sweep-{fingerprint_of(scenario)}", scenario)
    session.uploads[base.name] = base
    return base.name
