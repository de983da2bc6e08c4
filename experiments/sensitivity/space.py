"""Which parameters are moved, between which ends, and which world is a point?

A point is a *share* of every range, 0 to 1:

    value = low + share x (high - low)              of a number
    value = low + floor(share x (high - low + 1))   of a whole number, so that each is equally likely; a flag is 0 or 1

Every parameter that is assumed is moved, but for the number of children, what a district's files say, and what the scenario itself
dates. Where an end contradicts other numbers the range is drawn in towards the scenario's value. Where the numbers of a point
contradict each other, the later declared gives way: it is drawn towards the scenario's value until the point is allowed. So a
point is a function of its shares, whoever asks. Rules that are off by default are switched on by the parameters that switch them,
which are assumed themselves; premiums that ruin the fund on purpose are not set here.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from experiments.influence import ends_of
from experiments.request import CHILDREN
from experiments.sweep.design import contradicts
from model.parameters import Parameter, declarations
from model.scenario import Scenario
from model.settings import Settings

ASSUMED, FLAG = "assumed", "flag"
IS_RUNNING = ".is_running"  # whether an institution is there at all
STEPS_TOWARDS_BASE = (1.0, 0.5, 0.25, 0.0)
DECIMALS = 6  # of a count of steps: thirds that a computer cannot write must not fall below the whole number they mean


@dataclass(frozen=True)
class Axis:
    """One parameter and the range in which it is moved."""

    name: str
    base: float | int
    low: float | int
    high: float | int
    is_whole: bool
    is_switch: bool = False
    note: str = ""

    def at(self, share: float) -> float | int:
        """The value at a share of the range."""
        if not self.is_whole:
            return self.low + float(share) * (self.high - self.low)
        steps = math.floor(round(float(share) * (self.high - self.low + 1), DECIMALS))
        return int(self.low + min(steps, self.high - self.low))

    def towards_base(self, value: float, step: float) -> float | int:
        """The value, drawn towards the scenario's own: 1 leaves it, 0 is the scenario's own."""
        drawn = self.base + step * (value - self.base)
        return value if step == 1 else math.floor(drawn + 1 / 2) if self.is_whole else drawn

    def share_of(self, value: float) -> float:
        """[1] Where in its range a value lies."""
        return (value - self.low) / (self.high - self.low)


@dataclass(frozen=True)
class Points:
    """Worlds to be run: their settings, where in its range each value lies, and which values gave way; arrays (n, n_axes)."""

    settings: list[Settings]
    shares: np.ndarray
    was_drawn: np.ndarray

    @property
    def n_drawn(self) -> int:
        """How many points have a value that gave way."""
        return int(self.was_drawn.any(axis=1).sum())


@dataclass(frozen=True)
class Space:
    """The scenario and the parameters that are moved."""

    scenario: Scenario
    axes: tuple[Axis, ...]
    left_out: tuple[str, ...] = ()

    @cached_property
    def names(self) -> list[str]:
        """The parameters, in the order of the declarations."""
        return [axis.name for axis in self.axes]

    @property
    def base(self) -> Settings:
        """The scenario's own values of the parameters."""
        return {axis.name: axis.base for axis in self.axes}

    def of(self, names: Sequence[str]) -> "Space":
        """Fewer parameters; the others keep the scenario's values."""
        return replace(self, axes=tuple(axis for axis in self.axes if axis.name in names))

    def points(self, shares: np.ndarray) -> Points:
        """The worlds at these shares, array (n, n_axes)."""
        settings, was_drawn = [], np.zeros(shares.shape, bool)
        for row, drawn in zip(shares, was_drawn, strict=True):
            asked = {axis.name: axis.at(share) for axis, share in zip(self.axes, row, strict=True)}
            settings.append(self._allowed(asked))
            drawn[:] = [settings[-1][name] != asked[name] for name in self.names]
        made = [[axis.share_of(point[axis.name]) for axis in self.axes] for point in settings]
        return Points(settings, np.array(made, float).reshape(shares.shape), was_drawn)

    def _allowed(self, asked: Settings) -> Settings:
        """The point, each value drawn towards the scenario's own where it contradicts those before it."""
        if not contradicts(self.scenario, asked):
            return asked
        found: Settings = {}
        for axis in self.axes:
            tries = (found | {axis.name: axis.towards_base(asked[axis.name], step)} for step in STEPS_TOWARDS_BASE)
            found = next(tried for tried in tries if not contradicts(self.scenario, tried))
        return found


def space_of(scenario: Scenario) -> Space:
    """Every assumed parameter of a scenario, with its range; raises ScenarioError if there are none to be moved."""
    dated = {key for _, settings in scenario.changes for key in settings}
    of_files = set() if scenario.district is None else set(scenario.district.keys_of_files())
    assumed = [name for name, parameter in declarations().items() if parameter.kind == ASSUMED]
    moved = [name for name in assumed if name not in dated | of_files | {CHILDREN}]
    axes = tuple(_axis(scenario, scenario.parameter(name)) for name in moved)
    kept = tuple(axis for axis in axes if axis.low < axis.high)
    return Space(scenario, kept, tuple(name for name in assumed if name not in {axis.name for axis in kept}))


def _axis(scenario: Scenario, parameter: Parameter) -> Axis:
    low, high, note = ends_of(scenario, parameter)
    low, high = (round(low), round(high)) if parameter.is_whole else (float(low), float(high))
    is_switch = parameter.unit == FLAG and parameter.name.endswith(IS_RUNNING)
    return Axis(parameter.name, parameter.value, low, high, parameter.is_whole, is_switch, note)
