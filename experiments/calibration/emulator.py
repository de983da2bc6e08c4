"""What would the model give at a point where it was not run?

    steps(position) = a quadratic surface: constant, linear, squares and products, for each target

fitted to all points that were run, with a normal prior on its coefficients (ridge) whose width, and the noise that the surface
leaves, maximise the evidence over a small grid. It says how unsure it is.
"""

from dataclasses import dataclass

import numpy as np

from experiments.calibration.evaluate import Evaluations

PRIOR_VARIANCES = np.array([3.0, 10.0, 30.0, 100.0, 300.0])  # of linear coefficients, in squared steps
RELATIVE_VARIANCE_OF_SECOND = 0.1  # surfaces are smoother than steep
NOISES = np.array([0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0])  # variance left by the surface, in squared steps


def features(positions: np.ndarray) -> np.ndarray:
    """Constant, linear terms, then squares and products; shape (points, features)."""
    n = positions.shape[1]
    first, second = np.triu_indices(n)
    return np.hstack([np.ones((len(positions), 1)), positions, positions[:, first] * positions[:, second]])


@dataclass(frozen=True)
class Surface:
    """The surface of one target."""

    mean: np.ndarray
    covariance: np.ndarray
    noise: float

    def predict(self, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Steps and their variance (of the surface, with what it leaves over; without the chance of seeds) at rows of features."""
        return rows @ self.mean, np.einsum("ij,jk,ik->i", rows, self.covariance, rows) + self.noise


@dataclass(frozen=True)
class Emulator:
    """A surface for each target."""

    surfaces: tuple[Surface, ...]

    def predict(self, positions: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Steps and variances, both of shape (points, targets)."""
        rows = features(positions)
        found = [surface.predict(rows) for surface in self.surfaces]
        return np.stack([mean for mean, _ in found], axis=1), np.stack([variance for _, variance in found], axis=1)

    def slopes(self, position: np.ndarray) -> np.ndarray:
        """Change of the steps per unit of each parameter at a position; shape (targets, parameters)."""
        shifts = np.eye(len(position))
        up, down = (features(position + sign * shifts) for sign in (0.5, -0.5))
        return np.array([(up - down) @ surface.mean for surface in self.surfaces])


def fitted(found: Evaluations, chance: np.ndarray) -> Emulator:
    """Surfaces through all points that were run; `chance` is the variance from seed to seed, shape (targets,)."""
    rows = features(found.positions)
    n = found.positions.shape[1]
    shape = np.concatenate([[10.0], np.ones(n), np.full(rows.shape[1] - n - 1, RELATIVE_VARIANCE_OF_SECOND)])
    columns = zip(found.steps.T, chance, strict=True)
    return Emulator(tuple(_surface(rows, steps, luck / found.n_seeds, shape) for steps, luck in columns))


def _surface(rows: np.ndarray, steps: np.ndarray, luck: np.ndarray, shape: np.ndarray) -> Surface:
    best, most = (np.zeros(0), np.zeros(0), np.zeros(0), 0.0), -np.inf
    for width in PRIOR_VARIANCES:
        prior = width * shape
        spread = (rows * prior) @ rows.T
        for noise in NOISES:
            root = np.linalg.cholesky(spread + np.diag(noise + luck))
            half = np.linalg.solve(root, steps)
            evidence = float(-0.5 * half @ half - np.log(np.diag(root)).sum())
            if evidence > most:
                best, most = (prior, root, half, float(noise)), evidence
    prior, root, half, noise = best
    gain = np.linalg.solve(root, rows * prior)
    return Surface(gain.T @ half, np.diag(prior) - gain.T @ gain, noise)
