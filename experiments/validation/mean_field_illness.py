"""Which children are there, and what are their illnesses like?

Children by week of age; illnesses by class (self-limiting, needs a specialist, serious), by slices of complexity and by nodes
of the noise with which a family sees how severe they are, so that every average of the twin is a sum over these nodes.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from experiments.validation.mean_field_map import Values
from experiments.validation.mean_field_quadrature import Array, beta_slices, hermite, normal_cdf

SELF_LIMITING, SPECIALIST, SERIOUS = range(3)
N_COMPLEXITIES, N_NOISES = 5, 5
COMPLEXITY_SHAPES = (2.0, 5.0)  # of the Beta law from which complexity is drawn
MEAN_COMPLEXITY = COMPLEXITY_SHAPES[0] / sum(COMPLEXITY_SHAPES)
WEEKS_PER_YEAR, WEEKS_OF_AGE_GROUP = 365.25 / 7.0, 261


@dataclass
class Ages:
    """Children by week of age; who turns fifteen is replaced by a newborn."""

    by_week: Array

    @classmethod
    def of(cls, v: Values) -> Ages:
        """Age shares of the first week, even within each group."""
        shares = [v["population.share_0_4"], v["population.share_5_9"]]
        shares.append(1.0 - sum(shares))
        return cls(np.repeat(np.array(shares) * v["population.n_children"] / WEEKS_OF_AGE_GROUP, WEEKS_OF_AGE_GROUP))

    def grow(self) -> None:
        """A week older."""
        self.by_week = np.roll(self.by_week, 1)

    def groups(self) -> Array:
        """Children under 5, 5 to 9, 10 to 14."""
        return self.by_week.reshape(3, -1).sum(axis=1)


@dataclass
class Illness:
    """Nodes of illness: class x complexity x noise."""

    complexity: Array  # (3, N_COMPLEXITIES)
    share: Array  # of illnesses, (3, N_COMPLEXITIES)
    noise_weight: Array  # (N_NOISES,)
    severity: Array  # as the family sees it, (3, N_COMPLEXITIES, N_NOISES)
    p_asks: Array  # to be sent to the hospital, of the same shape
    signal: Array  # share of a doctor's d' that the illness shows, of the same shape
    days_back: Array  # days after which a family comes back, equally likely

    @classmethod
    def of(cls, v: Values) -> Illness:
        """The nodes of a scenario's illnesses."""
        k, r = "resident.seek_care.", "doctor.refer."
        c = beta_slices(*COMPLEXITY_SHAPES, N_COMPLEXITIES)
        complexity = np.stack([c, c, np.minimum(1.0, c + v["illness.complexity_of_serious"])])
        serious, specialist = v["illness.share_serious"], v["illness.share_specialist"]
        share = np.array([[1.0 - serious - specialist], [specialist], [serious]]) * np.full(
            (3, N_COMPLEXITIES), 1.0 / N_COMPLEXITIES
        )
        x, noise_weight = hermite(N_NOISES)
        by_class = np.array([0.0, v[k + "severity_of_specialist"], v[k + "severity_of_serious"]])
        looks = v[k + "severity_per_complexity"] * (complexity - MEAN_COMPLEXITY) + by_class[:, None]
        severity = looks[:, :, None] + v[k + "severity_noise"] * x
        p_asks = 1.0 - normal_cdf(v[r + "asking_threshold"] - v[r + "asking_per_severity"] * severity)
        signal = np.broadcast_to(np.array([0.0, v[r + "signal_of_specialist"], 1.0])[:, None, None], severity.shape)
        days = np.arange(1, 1 + math.ceil(v["doctor.treat.days_until_back"]))
        return cls(complexity, share, noise_weight, severity, p_asks, signal, days)
