"""Which points of the box can not be ruled out?

    log likelihood = -1/2 x sum over targets of implausibility squared,   prior: uniform over the box

drawn by many walkers on the emulator (Metropolis, steps in random directions of mixed length), then run in the model itself:
only what the model confirms, no figure beyond three steps, and what a scenario may say belongs to the posterior sample. It says
how unsure the *numbers* are; the chance from seed to seed is kept apart from it.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from experiments.calibration.emulator import Emulator, fitted
from experiments.calibration.evaluate import Evaluations, Laboratory, steps_of
from experiments.calibration.space import Space
from experiments.calibration.targets import MOST_IMPLAUSIBLE, implausibilities
from experiments.sweep.design import contradicts

N_STEPS = 6_000
LENGTHS = (0.03, 0.1, 0.3, 0.8)  # of a step, in units of the box's half width
DIRECTIONS_AT_ONCE = 4  # parameters moved together


def drawn(emulator: Emulator, n_parameters: int, n: int, seed: int) -> np.ndarray:
    """`n` positions drawn from the posterior on the emulator, one from each walker; shape (n, parameters)."""
    luck = np.random.default_rng(seed)
    here = luck.uniform(-1.0, 1.0, (n, n_parameters))
    height = _log_likelihood(emulator, here)
    for _ in range(N_STEPS):
        moved = luck.random((n, n_parameters)) < DIRECTIONS_AT_ONCE / n_parameters
        length = luck.choice(LENGTHS, (n, 1))
        there = here + moved * length * luck.standard_normal((n, n_parameters))
        there = np.where(np.abs(there) > 1.0, np.sign(there) * 2.0 - there, there)  # reflected at the walls
        there = np.clip(there, -1.0, 1.0)
        new = _log_likelihood(emulator, there)
        goes = np.log(luck.random(n)) < new - height
        here, height = np.where(goes[:, None], there, here), np.where(goes, new, height)
    return here


def _log_likelihood(emulator: Emulator, positions: np.ndarray) -> np.ndarray:
    steps, variance = emulator.predict(positions)
    return -0.5 * (implausibilities(steps, variance) ** 2 + np.log1p(variance)).sum(axis=1)


@dataclass(frozen=True)
class Matched:
    """What history matching leaves: everything that was run, the last wave, and which of it was not ruled out."""

    evaluations: Evaluations
    wave: Evaluations
    is_plausible: np.ndarray


def matched(
    laboratory: Laboratory, space: Space, chance: np.ndarray, begun: Evaluations, *, waves: int, size: int, n_seeds: int,
    first_seed: int, say: Callable[[str], None],
) -> Matched:  # fmt: skip
    """Wave after wave: fit the emulator, draw, run what was drawn, learn from it."""
    wave, is_plausible = begun, np.zeros(len(begun.steps), bool)
    for number in range(waves):
        positions = drawn(fitted(begun, chance), len(space.names), size, first_seed + number)
        points = [space.point(position) for position in positions]
        seeds = range(first_seed + number * n_seeds, first_seed + (number + 1) * n_seeds)
        steps = steps_of(laboratory.aims, laboratory.figures(points, seeds))
        wave = Evaluations(np.array([space.position(point) for point in points]), steps, np.full(size, n_seeds))
        is_plausible = implausibilities(steps, chance / n_seeds).max(axis=1) < MOST_IMPLAUSIBLE
        is_plausible &= np.array([not contradicts(laboratory.scenario, point) for point in points])
        begun = begun.joined(wave)
        say(f"wave {number + 1} of {waves}: the model confirms {is_plausible.sum()} of {size} points")
    return Matched(begun, wave, is_plausible)
