"""How does a calibration go?

    chance      one point, many seeds: how far luck alone moves each figure
    search      Optuna's generations: where does it fit?
    matching    waves of history matching: which points can not be ruled out?  -> the posterior sample
    polishing   the least departure from the declared values that meets all    -> the scenario's values

Every run is kept in the folder; a calibration that was stopped goes on there. Seeds of fitting lie from 1,001 on: those from 4,001
on are never used in it and stay for the check.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from experiments.calibration.emulator import fitted
from experiments.calibration.evaluate import ALSO_KEPT, Laboratory, chance_of
from experiments.calibration.matching import matched
from experiments.calibration.polish import polished
from experiments.calibration.space import Space
from model.settings import Settings

FIRST_CHANCE, FIRST_SEARCH, FIRST_MATCHING, FIRST_POLISH, FIRST_CHECK = 1_001, 1_101, 2_001, 3_001, 4_001
N_CHECK = 20


@dataclass(frozen=True)
class Effort:
    """How much is run: these numbers are part of what a calibration is."""

    chance_seeds: int = 16
    generations: int = 10
    generation_size: int = 24
    search_seeds: int = 2
    waves: int = 3
    wave_size: int = 48
    wave_seeds: int = 4
    polish_rounds: int = 5
    polish_seeds: int = 60
    last_rounds: int = 0
    """Further rounds of polishing, from the point found so far."""
    last_seeds: int = 160

    @property
    def n_runs(self) -> int:
        """Runs of the history in all, at most."""
        search = self.generations * self.generation_size * self.search_seeds
        matching = self.waves * self.wave_size * self.wave_seeds
        polishing = self.polish_rounds * self.polish_seeds + self.last_rounds * self.last_seeds
        return self.chance_seeds + search + matching + polishing


def effort_of_reading() -> Effort:
    """A reading's box is a small part of the case's, and its emulator knows it sooner.

    With 40 seeds alone one of four readings lay 6.7 % beside its visits when it was checked: luck of the fitting seeds, which
    160 halve.
    """
    return Effort(generations=6, waves=2, wave_size=40, polish_rounds=5, polish_seeds=40, last_rounds=2)


@dataclass(frozen=True)
class Fit:
    """What came of a calibration."""

    space: Space
    best: Settings
    posterior: list[Settings]
    """Points that the model itself did not rule out; a sample of the posterior."""
    posterior_figures: pd.DataFrame
    """A row for each of them: its figures, means over the seeds of the last wave."""
    check: pd.DataFrame
    """The best point with seeds that were not used in fitting: a row a seed."""
    n_confirmed: int
    n_drawn: int


def fit(laboratory: Laboratory, space: Space, effort: Effort, say: Callable[[str], None]) -> Fit:
    """Calibrate one scenario over one box."""
    base = space.point(np.zeros(len(space.names)))
    seeds = range(FIRST_CHANCE, FIRST_CHANCE + effort.chance_seeds)
    chance = chance_of(laboratory.aims, laboratory.figures([base], seeds))
    from experiments.calibration.search import searched

    found = searched(
        laboratory, space, chance, generations=effort.generations, size=effort.generation_size, n_seeds=effort.search_seeds,
        first_seed=FIRST_SEARCH, say=say,
    )  # fmt: skip
    left = matched(
        laboratory, space, chance, found, waves=effort.waves, size=effort.wave_size, n_seeds=effort.wave_seeds,
        first_seed=FIRST_MATCHING, say=say,
    )  # fmt: skip
    emulator, best = fitted(left.evaluations, chance), space.point(space.start())
    for rounds, n_seeds in ((effort.polish_rounds, effort.polish_seeds), (effort.last_rounds, effort.last_seeds)):
        seeds = range(FIRST_POLISH, FIRST_POLISH + n_seeds)
        best = polished(laboratory, space, emulator, best, rounds=rounds, seeds=seeds, say=say)
    check = laboratory.figures([best], range(FIRST_CHECK, FIRST_CHECK + N_CHECK))
    posterior = [space.point(position) for position in left.wave.positions[left.is_plausible]]
    return Fit(
        space, best, posterior, _figures_of(laboratory, posterior, effort), check.drop(columns="point"),
        int(left.is_plausible.sum()), len(left.is_plausible),
    )  # fmt: skip


def _figures_of(laboratory: Laboratory, posterior: list[Settings], effort: Effort) -> pd.DataFrame:
    """The figures of the posterior sample, from the runs of the last wave."""
    if not posterior:
        return pd.DataFrame(columns=[*(aim.indicator for aim in laboratory.aims), *ALSO_KEPT])
    first = FIRST_MATCHING + (effort.waves - 1) * effort.wave_seeds
    figures = laboratory.figures(posterior, range(first, first + effort.wave_seeds))
    return pd.DataFrame(figures.drop(columns="seed").groupby("point", sort=True).mean())
