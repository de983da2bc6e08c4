"""How large an effect would luck alone show?

    mu* of luck = sd x (E|d| + 1.645 x sd(|d|) / sqrt(n steps)) / share of the range that a step moves,   d ~ N(0, 2)

The scenario itself is run with many seeds; sd is the standard deviation of an answer between them, over the root of the number of
seeds in an answer. If a step changed nothing but reshuffled all dice, its two ends would differ by d x sd, and mu* would lie below
the figure above in 19 of 20 cases. Points share their dice, so that an inert number has mu* = 0 and most of the luck cancels: the
figure is a ceiling. A parameter below it is *not distinguishable from luck*, which is not the same as without effect.
"""

import math

import numpy as np

N_SEEDS = 20
ONE_SIDED_95 = 1.645
MEAN_OF_DIFFERENCE = 2 / math.sqrt(math.pi)  # of |d| in standard deviations
SPREAD_OF_DIFFERENCE = math.sqrt(2 - MEAN_OF_DIFFERENCE**2)


def spread_between_seeds(values: np.ndarray) -> np.ndarray:
    """Standard deviation between seeds at one point, (n_outputs, n_seeds) -> (n_outputs,); NaN if fewer than two gave any."""
    known = [row[np.isfinite(row)] for row in values]
    return np.array([row.std(ddof=1) if len(row) > 1 else np.nan for row in known])


def mu_star_of_luck(spread: float, n_steps: np.ndarray, moved: np.ndarray) -> np.ndarray:
    """The mu* that luck alone would rarely exceed, by parameter; `moved` is the mean share of the range of a step."""
    with np.errstate(divide="ignore", invalid="ignore"):
        difference = MEAN_OF_DIFFERENCE + ONE_SIDED_95 * SPREAD_OF_DIFFERENCE / np.sqrt(n_steps)
        return np.asarray(spread * difference / moved)
