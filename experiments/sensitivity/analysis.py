"""How does a sensitivity analysis go, from the ranges to the shares of variance?

The scenario itself with many seeds: how much luck moves the answers. Trajectories through all parameters: which of them matter.
Then only those that do, all at once: how much of the variance each brings. What answers is given: the simulator, or in tests a
function whose indices are known.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from experiments.sensitivity import luck, screen, share
from experiments.sensitivity.outputs import Table
from experiments.sensitivity.runs import Answers, Model
from experiments.sensitivity.space import Points, Space
from model.refusal import ScenarioError

Say = Callable[[str], None]


@dataclass(frozen=True)
class Plan:
    """How much is asked for; each point is run with every seed."""

    n_trajectories: int
    n_blocks: int
    seeds: range
    n_survivors: int


@dataclass
class Stage:
    """What became of the runs of one stage."""

    name: str
    n_points: int
    n_drawn: int
    n_failed: int
    n_without_value: int  # answers, of all outputs
    first_error: str = ""


@dataclass
class Analysis:
    """Tables: luck a row an output; morris and sobol a row a parameter and output; course and agreement by trajectories."""

    space: Space
    plan: Plan
    outputs: tuple[str, ...]
    luck: Table
    morris: Table
    course: Table
    agreement: Table
    survivors: list[str]
    sobol: Table
    stages: list[Stage] = field(default_factory=list)

    @property
    def switches(self) -> list[str]:
        """Parameters that say whether an institution is there at all."""
        return [axis.name for axis in self.space.axes if axis.is_switch]


def analyse(space: Space, model: Model, plan: Plan, outputs: tuple[str, ...], say: Say = lambda _: None) -> Analysis:
    """Luck, screening, shares; raises ScenarioError."""
    say("luck: the scenario itself with many seeds")
    at_base = model([space.base], range(plan.seeds.start, plan.seeds.start + luck.N_SEEDS))
    check_base(at_base)
    spread = luck.spread_between_seeds(at_base.values[0])
    way = screen.walk(
        [axis.share_of(axis.base) for axis in space.axes], [axis.is_switch for axis in space.axes],
        plan.n_trajectories, plan.seeds.start,
    )  # fmt: skip
    points = space.points(way.shares)
    say(f"screening: {plan.n_trajectories} trajectories through {len(space.axes)} parameters")
    answers = model(points.settings, plan.seeds)
    found = _screened(space, way, points, answers.means, spread / np.sqrt(len(plan.seeds)), outputs)
    switches = [axis.name for axis in space.axes if axis.is_switch]
    chosen = screen.survivors(found[0], switches, plan.n_survivors)
    fewer = space.of(chosen)
    stages = [_stage("luck", None, at_base), _stage("screening", points, answers)]
    last, of_shares, sobol = None, None, _no_shares()
    if chosen:
        say(f"shares: {plan.n_blocks} blocks of {len(chosen)} parameters")
        last = fewer.points(share.blocks(len(chosen), plan.n_blocks, plan.seeds.start))
        of_shares = model(last.settings, plan.seeds)
        tables = [share.table_of(fewer.names, output, of_shares.means[:, n]) for n, output in enumerate(outputs)]
        sobol = pd.concat(tables, ignore_index=True)
        stages.append(_stage("shares", last, of_shares))
    table = _luck_table(outputs, at_base, spread, len(plan.seeds), answers, of_shares)
    return Analysis(space, plan, outputs, table, *found, fewer.names, sobol, stages)


def check_base(at_base: Answers) -> None:
    """Refuse a scenario that cannot be run itself; raises ScenarioError."""
    if at_base.n_failed:
        found = f"{at_base.n_failed} of {sum(at_base.statuses.values())} runs of the scenario itself failed: {at_base.first_error}"
        raise ScenarioError("alliance sensitivity", found, "allowed is a scenario that runs")


def _screened(
    space: Space, way: screen.Walk, points: Points, means: np.ndarray, spread: np.ndarray, outputs: tuple[str, ...]
) -> tuple[Table, Table, Table]:
    """The tables of the screening: figures, their course as trajectories are added, and how far the rankings agree."""
    moved = screen.steps_of(way, points)
    tables, courses, agreements = [], [], []
    for n, output in enumerate(outputs):
        effects = screen.effects_of(way, moved, means[:, n])
        known = means[np.isfinite(means[:, n]), n]
        sd = float(known.std()) if len(known) else 0.0
        table = screen.table_of(space.names, output, effects, moved, float(spread[n]), sd)
        tables.append(table.assign(n_edges=screen.edges_of(way, means[:, n])))
        courses.append(screen.convergence(space.names, output, effects))
        agreements.append(screen.agreement(courses[-1]).assign(output=output))
    return tuple(pd.concat(each, ignore_index=True) for each in (tables, courses, agreements))  # pyright: ignore[reportReturnType]


def _stage(name: str, points: Points | None, answers: Answers) -> Stage:
    without = int(np.isnan(answers.values).sum()) - answers.n_failed * answers.values.shape[1]
    n_drawn = 0 if points is None else points.n_drawn
    return Stage(name, len(answers.values), n_drawn, answers.n_failed, without, answers.first_error)


def _luck_table(
    outputs: tuple[str, ...], at_base: Answers, spread: np.ndarray, n_seeds: int, screened: Answers, shared: Answers | None
) -> Table:
    """Mean and spread at the scenario itself, spread over all points, and the share of the last variance that luck makes."""
    over_shares = _spreads(shared.means.T) if shared is not None else np.full(len(outputs), np.nan)
    ratio = np.divide(spread**2 / n_seeds, over_shares**2, out=np.full(len(outputs), np.nan), where=over_shares > 0)
    known = [row[np.isfinite(row)] for row in at_base.values[0]]
    return pd.DataFrame({
        "output": outputs, "base": [row.mean() if len(row) else np.nan for row in known], "sd_of_luck": spread,
        "sd_of_screening": _spreads(screened.means.T), "sd_of_shares": over_shares, "share_of_luck": ratio,
        "n_seeds_with_value": [len(row) for row in known],
    })  # fmt: skip


def _spreads(rows: np.ndarray) -> np.ndarray:
    """Standard deviation of each row's answers, of those that there are."""
    known = [row[np.isfinite(row)] for row in rows]
    return np.array([row.std() if len(row) else np.nan for row in known])


def _no_shares() -> Table:
    columns = ["n_blocks", "n_blocks_left_out", "parameter", "output", *share.INDICES.values()]
    return pd.DataFrame(columns=columns)
