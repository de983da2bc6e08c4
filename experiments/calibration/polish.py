"""Which single point stands for the calibration?

The one that departs least from the declared values: from there Gauss-Newton steps on the emulator's slopes, each the shortest that
would meet every target, judged by many seeds in common. A point is needed for the files that people open; the posterior sample says
how far from it others lie that fit as well.
"""

from collections.abc import Callable

import numpy as np

from experiments.calibration.emulator import Emulator
from experiments.calibration.evaluate import Laboratory, steps_of
from experiments.calibration.space import Space
from experiments.sweep.design import contradicts
from model.scenario import Scenario
from model.settings import Settings

REGULAR = 0.05  # steps that the slopes do not distinguish from nothing are not taken
CLOSE_ENOUGH = 0.15  # steps of tolerance
WAY = (1.0, 0.75, 0.5, 0.25)


def polished(
    laboratory: Laboratory, space: Space, emulator: Emulator, start: Settings, *, rounds: int, seeds: range,
    say: Callable[[str], None],
) -> Settings:  # fmt: skip
    """The best point that was met over these seeds; the start itself if there is no round."""
    point, best = start, (np.inf, start, np.zeros(0))
    for number in range(rounds):
        steps = steps_of(laboratory.aims, laboratory.figures([point], seeds))[0]
        said, furthest = f"polishing with {len(seeds)} seeds, round {number + 1}", np.abs(steps).max()
        say(f"{said}: furthest figure {furthest:.2f} steps from its target")
        best = min(best, (float((steps**2).mean()), point, steps), key=lambda one: one[0])
        if np.abs(best[2]).max() < CLOSE_ENOUGH:
            break
        here = space.position(best[1])
        point = allowed_on_the_way(laboratory.scenario, space, here, towards(here, best[2], emulator))
    return best[1]


def allowed_on_the_way(scenario: Scenario, space: Space, here: np.ndarray, there: np.ndarray) -> Settings:
    """The point nearest to `there`, on the way to it, that a scenario may say; `here` is one."""
    points = (space.point(here + share * (there - here)) for share in WAY)
    return next((point for point in points if not contradicts(scenario, point)), space.point(here))


def towards(position: np.ndarray, steps: np.ndarray, emulator: Emulator) -> np.ndarray:
    """The shortest move on the slopes that undoes the steps, inside the box; parameters at a wall are left there."""
    there = position.copy()
    for _ in range(len(position)):
        slopes = emulator.slopes(there)
        rest = -steps - slopes @ (there - position)
        is_free = (np.abs(there) < 1.0) | (there * (slopes.T @ rest) < 0.0)
        free = slopes * is_free
        move = free.T @ np.linalg.solve(free @ free.T + REGULAR * np.eye(len(steps)), rest)
        new = np.clip(there + move, -1.0, 1.0)
        if np.abs(new - there).max() < 1e-6:
            break
        there = new
    return there
