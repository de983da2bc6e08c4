"""Where to run the model next?

Optuna proposes points in generations of fixed size and is told what came of them in the order of their numbers, so that the
course is the same for any number of workers. The loss of a point is the mean squared implausibility of its figures. A search that
was stopped is repeated from the start: every run is found in its folder, so the same proposals come, at no cost.
"""

from collections.abc import Callable

import numpy as np

from experiments.calibration.evaluate import Evaluations, Laboratory, steps_of
from experiments.calibration.space import Space
from experiments.calibration.targets import implausibilities

WARM_UP_GENERATIONS = 3  # spread over the box before the sampler looks at losses


def searched(
    laboratory: Laboratory, space: Space, chance: np.ndarray, *, generations: int, size: int, n_seeds: int, first_seed: int,
    say: Callable[[str], None],
) -> Evaluations:  # fmt: skip
    """Run `generations` of `size` points each, every generation with seeds of its own; all that was run."""
    import optuna

    optuna.logging.set_verbosity(optuna.logging.ERROR)
    sampler = optuna.samplers.TPESampler(
        n_startup_trials=WARM_UP_GENERATIONS * size, n_ei_candidates=48, multivariate=False, constant_liar=True, seed=first_seed
    )
    study = optuna.create_study(sampler=sampler)
    box: dict[str, optuna.distributions.BaseDistribution] = {
        name: optuna.distributions.FloatDistribution(-1.0, 1.0) for name in space.names
    }
    found: Evaluations | None = None
    for number in range(generations):
        trials = [study.ask(box) for _ in range(size)]
        points = [space.point(np.array([trial.params[name] for name in space.names])) for trial in trials]
        seeds = range(first_seed + number * n_seeds, first_seed + (number + 1) * n_seeds)
        steps = steps_of(laboratory.aims, laboratory.figures(points, seeds))
        losses = (implausibilities(steps, chance / n_seeds) ** 2).mean(axis=1)
        for trial, loss in zip(trials, losses, strict=True):
            study.tell(trial, float(loss))
        new = Evaluations(np.array([space.position(point) for point in points]), steps, np.full(size, n_seeds))
        found = new if found is None else found.joined(new)
        say(f"generation {number + 1} of {generations}: least loss {losses.min():.2f}, of all {study.best_value:.2f}")
    assert found is not None  # noqa: S101  (at least one generation)
    return found
