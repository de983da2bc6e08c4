"""A small sweep from here: is it allowed, how is it run, and with which line at a terminal would it be the same?

It runs in this process, behind whatever others wait for: worlds outside, points inside, so that the past of a world is
simulated once. It is the visitor's present policy with one or two levers moved to each of some values, from the first
policy year on, in paired worlds; so its numbers are those of Decide and of `alliance sweep`, to the last bit.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard import address, worlds
from dashboard.choice import Settings, refusal
from dashboard.rooms.sweeps.sweep import Sweep
from dashboard.session import Session
from dashboard.worlds import Base
from experiments.sweep.design import Frame
from experiments.sweep.grid import checked_values
from model import calendar
from model.calendar import POLICY_START
from model.indicators import INDICATORS
from model.parameters import Parameter
from model.refusal import ScenarioError, shortened
from model.settings import declared, is_of_the_beginning

MOST_RUNS = 200
MOST_LEVERS = 2
MOST_VALUES = 21
NUMBERS_OF_SEEDS = (3, 5, 10)
USUAL_SEEDS = 5
WHERE = "sweep"

Report = Callable[[float], None]


@dataclass(frozen=True, eq=False)
class Plan:
    """A small sweep that is allowed: of which scenario, over which values, in which worlds."""

    base: Base
    vary: Mapping[str, tuple[float, ...]]
    fixed: Mapping[str, float]
    seeds: range
    file: str = ""
    children: int | None = None

    @property
    def points(self) -> list[Settings]:
        """Every combination of the values, as levers of Decide."""
        usual = self.base.scenario.values
        found = []
        for values in itertools.product(*self.vary.values()):
            settings = {**self.fixed, **dict(zip(self.vary, values, strict=True))}
            found.append(tuple(sorted((key, value) for key, value in settings.items() if value != usual[key])))
        return found

    @property
    def n_runs(self) -> int:
        """Points times worlds."""
        return math.prod(len(values) for values in self.vary.values()) * len(self.seeds)


def plan_of(session: Session, asked: object) -> Plan:
    """Return the sweep that a form asks for, on top of the visitor's policy; raises ScenarioError."""
    levers, n_seeds = (asked.get("levers"), asked.get("n_seeds")) if isinstance(asked, Mapping) else (None, None)
    if not isinstance(levers, list) or not 1 <= len(levers) <= MOST_LEVERS:
        raise ScenarioError(WHERE, "no levers are named", f"allowed are 1 to {MOST_LEVERS}")
    if n_seeds not in NUMBERS_OF_SEEDS:
        raise ScenarioError(WHERE, f"{shortened(n_seeds)} worlds", f"allowed are {', '.join(map(str, NUMBERS_OF_SEEDS))}")
    base, choice = session.base(), session.choice
    vary = dict(_values(one) for one in levers)
    if len(vary) < len(levers):
        raise ScenarioError(WHERE, "the same lever is named twice", "allowed are two different ones")
    fixed = {key: value for key, value in choice.settings if key not in vary}
    plan = Plan(base, vary, fixed, range(choice.seed, choice.seed + int(n_seeds)), *_file_of(session))
    if plan.n_runs > MOST_RUNS:
        raise ScenarioError(WHERE, f"{plan.n_runs:,} runs", f"allowed are {MOST_RUNS}; 'alliance sweep' takes more")
    for point in plan.points:
        if why := refusal(base.scenario, point):
            raise ScenarioError(WHERE, why, "allowed are levers that can be true at once")
    return plan


def _file_of(session: Session) -> tuple[str, int | None]:
    """The scenario's file for a terminal, and how many children were asked for instead of its own number."""
    name = session.choice.scenario
    if name in session.uploads:
        return "my-scenario.toml", None
    base = session.base()
    return f"scenarios/{name}.toml", None if worlds.declared_children(name) == base.n_children else base.n_children


def _values(asked: object) -> tuple[str, tuple[float, ...]]:
    """A lever's key and its values at equal distances; raises ScenarioError."""
    said: dict[str, Any] = dict(asked) if isinstance(asked, Mapping) else {}
    key, n = said.get("key"), said.get("n")
    low, high = _number(said.get("low")), _number(said.get("high"))
    if not isinstance(key, str) or is_of_the_beginning(key):
        raise ScenarioError(WHERE, f"{shortened(key)} cannot be moved by a policy", "allowed is a lever of Decide")
    parameter = declared(key, WHERE)
    if not low < high or type(n) is not int or not 2 <= n <= MOST_VALUES:
        raise ScenarioError(WHERE, f"{key} has no values that rise", f"allowed are 2 to {MOST_VALUES} values from low to high")
    return key, checked_values(key, grid(parameter, low, high, n), WHERE)


def _number(value: object) -> float:
    """A finite number, otherwise one that nothing is compared with."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return math.nan
    return float(value)


def grid(parameter: Parameter, low: float, high: float, n: int) -> list[float]:
    """Return `n` values at equal distances; of a whole number those that are whole, each once."""
    values = [float(f"{low + (high - low) * i / (n - 1):.12g}") for i in range(n)]
    return list(dict.fromkeys(round(value) for value in values)) if parameter.is_whole else values


def run(plan: Plan, report: Report, is_wanted: Callable[[], bool]) -> pd.DataFrame:
    """Return a row for each run, in the columns of `alliance sweep`; raises NotWantedError when nobody waits any more."""
    rows, combinations = [], list(itertools.product(*plan.vary.values()))
    for seed in plan.seeds:
        world = worlds.world(plan.base, seed, worlds.unreported, is_wanted, is_behind=True)
        for values, settings in zip(combinations, plan.points, strict=True):
            found = worlds.whole_run(world, settings, is_wanted)
            figures = {name: value for name, value in (found.outcome or {}).items() if name in INDICATORS}
            levers = {**plan.fixed, **dict(zip(plan.vary, values, strict=True))}
            rows.append({"seed": seed, **levers, "result_hash": found.result_hash, **figures})
            report(len(rows) / plan.n_runs)
    return pd.DataFrame(rows)


def sweep_of(plan: Plan, table: pd.DataFrame, name: str) -> Sweep:
    """Return what was run as a sweep to look at."""
    frame = Frame(plan.base.scenario, POLICY_START, plan.base.last_week - calendar.BURN_IN_WEEKS, "policy")
    return Sweep(
        name=name,
        frame=frame,
        vary={key: values for key, values in plan.vary.items() if len(values) > 1},
        fixed={**plan.fixed, **{key: values[0] for key, values in plan.vary.items() if len(values) == 1}},
        n_seeds=len(plan.seeds),
        n_runs=len(table),
        rows=lambda _: table,
        is_own=True,
        line=terminal_line(plan, name),
        scenario_name=plan.base.name,
    )


def terminal_line(plan: Plan, name: str) -> str:
    """Return the line that runs the same as a sweep with a folder."""
    words = ["alliance sweep", plan.file]
    words += [f"--children {plan.children}"] if plan.children else []
    words += [f"--vary {key}={address.plain(value)}" for key, value in sorted(plan.fixed.items())]
    words += [f"--vary {key}={','.join(map(address.plain, values))}" for key, values in plan.vary.items()]
    words += [f"--seed {plan.seeds.start} --seeds {len(plan.seeds)} --out sweeps/{name}"]
    return " ".join(words)
