"""How far is the engine from the limit of any engine: a bare compiled loop over the same number of illnesses?

The bare loop does for every illness what no engine can leave out: read its row, score eight candidate providers
(travel, trust, load), take the best one with room, draw the outcome from a die that was thrown beforehand, post one
payment, move trust. The engine runs the whole case (burn-in, history, five policy years) with all its rules, dice and
ledger. Both run in one process on one core, in turns, so that a noisy machine slows both; the ratio is the median of
the pairs.

    python benchmarks/limit.py [--children 90000] [--turns 9]
"""

import argparse
import statistics
import sys
import time
from math import exp
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numba import njit

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from model import calendar  # noqa: E402
from model.alliance import AllianceModel  # noqa: E402
from model.scenario import Scenario, load_scenario  # noqa: E402

BAR = 5.0
N_CANDIDATES, N_PROVIDERS, CAPACITY, FEE_FEN = 8, 300, 40, 14_300
UTILS_PER_TRUST, UTILS_PER_MINUTE, UTILS_PER_CHILD_WAITING = 2.0, -0.02, -0.05
SLOPE_OF_OUTCOME, GAIN, LOSS, FIRST_TRUST = 8.0, 0.05, 0.15, 0.68


class Bare(NamedTuple):
    """What the bare loop reads: one row for each illness and each child, settled beforehand."""

    child: np.ndarray  # (n_illnesses,)
    complexity: np.ndarray  # (n_illnesses,)
    dice: np.ndarray  # (n_illnesses,)
    candidates: np.ndarray  # (n_children, 8) providers
    minutes: np.ndarray  # (n_children, 8)
    skill: np.ndarray  # (n_providers,)
    weeks: list[np.ndarray]  # rows of the illnesses of each week


@njit(nogil=True)
def bare_week(rows, child_of, complexity, dice, candidates, minutes, skill, trust, load, income, spent):
    """One week of the bare loop over the illnesses in `rows`; returns how many were served."""
    load[:] = 0
    served = 0
    for illness in rows:
        child = child_of[illness]
        best, best_utility = -1, -np.inf
        for k in range(N_CANDIDATES):
            provider = candidates[child, k]
            if load[provider] >= CAPACITY:
                continue
            utility = UTILS_PER_TRUST * trust[child] + UTILS_PER_MINUTE * minutes[child, k]
            utility += UTILS_PER_CHILD_WAITING * load[provider]
            if utility > best_utility:
                best, best_utility = provider, utility
        if best < 0:
            continue
        load[best] += 1
        served += 1
        income[best] += FEE_FEN
        spent[child] += FEE_FEN
        p_good = 1.0 / (1.0 + exp(-SLOPE_OF_OUTCOME * (skill[best] - complexity[illness])))
        is_good = dice[illness] < p_good
        trust[child] += GAIN * (1.0 - trust[child]) if is_good else -LOSS * trust[child]
    return served


def settle_beforehand(n_children: int, n_illnesses: int, n_weeks: int) -> Bare:
    """Random rows for the bare loop."""
    luck = np.random.default_rng(1)
    return Bare(
        luck.integers(0, n_children, n_illnesses),
        luck.beta(2, 5, n_illnesses),
        luck.random(n_illnesses),
        luck.integers(0, N_PROVIDERS, (n_children, N_CANDIDATES)),
        luck.gamma(2, 6, (n_children, N_CANDIDATES)),
        luck.beta(4, 4, N_PROVIDERS),
        np.array_split(np.arange(n_illnesses), n_weeks),
    )


def time_bare(bare: Bare, n_children: int) -> float:
    """Time of the bare loop over all weeks [s]."""
    trust, spent = np.full(n_children, FIRST_TRUST), np.zeros(n_children, np.int64)
    load, income = np.zeros(N_PROVIDERS, np.int64), np.zeros(N_PROVIDERS, np.int64)
    *settled, weeks = bare
    begin = time.perf_counter()
    for rows in weeks:
        bare_week(rows, *settled, trust, load, income, spent)
    duration = time.perf_counter() - begin
    assert income.sum() == spent.sum()
    return duration


def time_engine(scenario: Scenario) -> tuple[float, float, int]:
    """Time of building one world [s], of running it [s], and the illnesses that began in it."""
    begin = time.perf_counter()
    model = AllianceModel(scenario, 1)
    built = time.perf_counter()
    model.run_until(calendar.N_WEEKS)
    done = time.perf_counter()
    return built - begin, done - built, int(model.weekly().n_illnesses.sum())


def main() -> int:
    """Print nanoseconds per illness and the ratios; 1 if the bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--children", type=int, default=90_000)
    parser.add_argument("--turns", type=int, default=9)
    arguments = parser.parse_args()
    scenario = load_scenario(ROOT / "scenarios" / "huaxi.toml")
    scenario = scenario.with_settings({"population.n_children": arguments.children})
    n_illnesses = time_engine(scenario)[2]  # warm-up: compiles, or loads machine code
    bare = settle_beforehand(arguments.children, n_illnesses, calendar.N_WEEKS)
    time_bare(bare, arguments.children)
    begun, run, limit = [], [], []
    for _ in range(arguments.turns):
        built_in, run_in, _ = time_engine(scenario)
        begun.append(built_in)
        run.append(run_in)
        limit.append(time_bare(bare, arguments.children))
    return report(n_illnesses, np.array(begun), np.array(run), np.array(limit))


def report(n_illnesses: int, begun: np.ndarray, run: np.ndarray, limit: np.ndarray) -> int:
    """Print the figures of all turns; 1 if the bar is missed."""
    print(f"{n_illnesses} illnesses, {calendar.N_WEEKS} weeks, {len(limit)} turns")
    times = {"bare loop": limit, "engine without building the population": run, "engine with it": begun + run}
    for name, seconds in times.items():
        print(f"{name:40s} {statistics.median(seconds) / n_illnesses * 1e9:7.0f} ns per illness")
    without, including = statistics.median(run / limit), statistics.median((begun + run) / limit)
    print(f"engine / bare loop, without building the population: {without:.2f}")
    print(f"engine / bare loop, with it:                         {including:.2f}")
    print(f"at most {BAR:g} (with it): {'kept' if including <= BAR else 'MISSED'}")
    return int(including > BAR)


if __name__ == "__main__":
    sys.exit(main())
