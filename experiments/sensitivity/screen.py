"""Which of all these numbers move an answer? Morris' screening.

A trajectory starts at a chance point of a grid of four levels and moves one parameter after the other, each once, by two thirds of
its range. The effect of a step is what the answer changed, for the whole range:

    effect = (answer after - answer before) / share of the range that was moved
    mu = mean of the effects, mu* = mean of their sizes, sigma = their standard deviation

Large sigma beside mu*: the effect depends on where the other numbers stand. Whether an institution runs at all is moved last, one
at a time from the end of each trajectory, so that every other number is moved in a world that has the institutions. A step is left
out if one of its ends gave no answer, or if more than its own parameter changed because a contradiction was drawn in. Trajectories
come from SALib, and so do the figures, parameter by parameter from the steps that count. The first trajectories are the same
however many are asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from experiments.sensitivity.luck import mu_star_of_luck
from experiments.sensitivity.outputs import Table
from experiments.sensitivity.space import Points

LEVELS = 4
STEP = LEVELS / (2 * (LEVELS - 1))
N_RESAMPLES, BOOTSTRAP_SEED = 1_000, 20
FEWEST_STEPS = 2  # of a standard deviation
LOOKED_AT = 12  # the first of a ranking, whose order is followed as trajectories are added


@dataclass(frozen=True)
class Walk:
    """Points as shares, (n, n_axes), and the rows between which each parameter moves, (n_trajectories, n_axes)."""

    shares: np.ndarray
    before: np.ndarray
    after: np.ndarray


def walk(base: Sequence[float], is_switch: Sequence[bool], n_trajectories: int, seed: int) -> Walk:
    """Trajectories through shares of the ranges; a switch stays at its base share, 0 or 1, until it is thrown at the end."""
    from SALib.sample.morris import sample

    thrown = np.flatnonzero(is_switch)
    moved = np.flatnonzero(~np.asarray(is_switch, bool))
    drawn = np.asarray(sample(_problem(len(moved)), n_trajectories, num_levels=LEVELS, seed=np.random.default_rng(seed)))
    drawn = drawn.reshape(n_trajectories, len(moved) + 1, len(moved))
    n_rows = len(base) + 1
    shares = np.tile(np.asarray(base, float), (n_trajectories, n_rows, 1))
    shares[:, : len(moved) + 1, moved] = drawn
    shares[:, len(moved) + 1 :, moved] = drawn[:, -1:, :]
    for place, switch in enumerate(int(number) for number in thrown):
        shares[:, len(moved) + 1 + place, switch] = 1 - float(base[switch])
    before, after = np.zeros((2, n_trajectories, len(base)), int)
    first = n_rows * np.arange(n_trajectories)[:, None]
    order = np.abs(np.diff(drawn, axis=1)).argmax(axis=2)  # which parameter each step moves
    steps = np.argsort(order, axis=1)  # at which step each parameter moves
    before[:, moved], after[:, moved] = first + steps, first + steps + 1
    before[:, thrown] = first + len(moved)
    after[:, thrown] = first + len(moved) + 1 + np.arange(len(thrown))
    return Walk(shares.reshape(-1, len(base)), before, after)


def _problem(n: int) -> dict[str, object]:
    return {"num_vars": n, "names": [str(place) for place in range(n)], "bounds": [[0.0, 1.0]] * n}


def steps_of(way: Walk, points: Points) -> np.ndarray:
    """Share of its range that each step moved its parameter, (n_trajectories, n_axes); NaN where it did not move it alone."""
    moved = np.full(way.before.shape, np.nan)
    for axis in range(moved.shape[1]):
        before, after = way.before[:, axis], way.after[:, axis]
        changed = points.shares[after] != points.shares[before]
        was_drawn = points.was_drawn[before, axis] | points.was_drawn[after, axis]
        is_alone = changed[:, axis] & (changed.sum(axis=1) == 1) & ~was_drawn
        moved[is_alone, axis] = (points.shares[after, axis] - points.shares[before, axis])[is_alone]
    return moved


def effects_of(way: Walk, moved: np.ndarray, answers: np.ndarray) -> np.ndarray:
    """Elementary effects for the whole range, (n_trajectories, n_axes), NaN for a step that is left out; answers (n,)."""
    return (answers[way.after] - answers[way.before]) / moved


def edges_of(way: Walk, answers: np.ndarray) -> np.ndarray:
    """How many steps of each parameter have an answer at one end only, (n_axes,): there it came or went."""
    is_known = np.isfinite(answers)
    return (is_known[way.after] != is_known[way.before]).sum(axis=0)


def figures(effects: np.ndarray) -> dict[str, float]:
    """mu, mu*, its 95 % interval and sigma of one parameter's effects, by SALib; NaN if there are too few."""
    found = effects[np.isfinite(effects)]
    if len(found) < FEWEST_STEPS:
        return dict.fromkeys(("mu", "mu_star", "mu_star_conf", "sigma"), np.nan)
    from SALib.analyze.morris import analyze

    shares = np.tile([[0.0], [STEP]], (len(found), 1))  # each step as a trajectory of one parameter
    answers = np.column_stack([np.zeros(len(found)), found * STEP]).ravel()
    said = analyze(_problem(1), shares, answers, num_levels=LEVELS, num_resamples=N_RESAMPLES, seed=BOOTSTRAP_SEED)
    return {name: float(said[name][0]) for name in ("mu", "mu_star", "mu_star_conf", "sigma")}


def table_of(names: Sequence[str], output: str, effects: np.ndarray, moved: np.ndarray, spread: float, sd: float) -> Table:
    """One row a parameter for one output; `spread` is that of luck, `sd` the answer's over all points."""
    table: Table = pd.DataFrame([figures(column) for column in effects.T])
    n_steps = np.isfinite(effects).sum(axis=0)
    used = np.where(np.isfinite(effects), np.abs(moved), 0.0).sum(axis=0)
    mean_moved = np.divide(used, n_steps, out=np.full(len(names), np.nan), where=n_steps > 0)
    table.insert(0, "parameter", list(names))
    table.insert(1, "output", output)
    table["mu_star_standardised"] = table["mu_star"] / sd if sd > 0 else 0.0 * table["mu_star"]
    table["rank"] = ranks(table["mu_star"].to_numpy())
    table["n_steps"] = n_steps
    table["mu_star_of_luck"] = mu_star_of_luck(spread, n_steps, mean_moved)
    table["is_above_luck"] = table["mu_star"] > table["mu_star_of_luck"]
    return table


def ranks(mu_star: np.ndarray) -> np.ndarray:
    """Rank of each parameter, 1 the strongest; equals in the order of the declarations, those without figures last."""
    order = np.argsort(-np.nan_to_num(mu_star, nan=-1.0), kind="stable")
    found = np.empty(len(order), int)
    found[order] = np.arange(1, len(order) + 1)
    return found


def convergence(names: Sequence[str], output: str, effects: np.ndarray) -> Table:
    """mu* and rank of every parameter after 2, 4, 6, ... trajectories and after all."""
    numbers = sorted({*range(2, len(effects) + 1, 2), len(effects)})
    tables = []
    for n in numbers:
        sizes = np.abs(effects[:n])
        n_steps = np.isfinite(sizes).sum(axis=0)
        total = np.nansum(sizes, axis=0)
        mu_star = np.divide(total, n_steps, out=np.full(len(names), np.nan), where=n_steps > 0)
        tables.append(
            pd.DataFrame({
                "n_trajectories": n, "parameter": list(names), "output": output, "mu_star": mu_star, "rank": ranks(mu_star),
            })
        )  # fmt: skip
    return pd.concat(tables, ignore_index=True)


def agreement(course: Table) -> Table:
    """How much the ranking of one output changed as trajectories were added: rank correlation, and how many of the first stayed."""
    by_n = {int(n): rows.set_index("parameter") for n, rows in course.groupby("n_trajectories")}
    found = []
    for n, m in zip(list(by_n)[:-1], list(by_n)[1:], strict=True):
        first = [set(by_n[k].index[by_n[k]["rank"] <= LOOKED_AT]) for k in (n, m)]
        correlation = float(np.corrcoef(_tied(by_n[n]["mu_star"]), _tied(by_n[m]["mu_star"]))[0, 1])
        found.append({"from": n, "to": m, "rank_correlation": correlation, "n_first_kept": len(first[0] & first[1])})
    return pd.DataFrame(found, columns=["from", "to", "rank_correlation", "n_first_kept"])


def _tied(mu_star: Table) -> np.ndarray:
    """Ranks in which equals share theirs."""
    return mu_star.fillna(-1.0).rank().to_numpy()


def survivors(table: Table, switches: Sequence[str], n_most: int) -> list[str]:
    """The first of every output in turn, then the second of every output, as long as they stand out from luck and there is room."""
    chosen: dict[str, None] = {}
    is_in = table["is_above_luck"] & ~table["parameter"].isin(list(switches))
    for _, row in table[is_in].sort_values("rank", kind="stable").iterrows():
        if len(chosen) < n_most:
            chosen[str(row["parameter"])] = None
    return list(chosen)
