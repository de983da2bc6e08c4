"""Where is the cut of the examination?

Solved once for a set of levers: the result that the share pass_rate of first sittings reaches under baseline training,
where skill is Beta, lower by private_skill_gap at clinics, and the examination adds its noise (see agents/hospital/accredit.py).
"""

import math
from functools import lru_cache

import numpy as np

from agents.hospital.accredit import result
from model import tables

N_SKILL_SLICES = 256
N_HALVINGS = 50
HIGHEST, LOWEST = 2.0, -1.0


@lru_cache(maxsize=64)
def _skills(shape: float, mean: float) -> tuple[float, ...]:
    quantiles = tables.beta(shape, shape * (1.0 - mean) / mean)
    step = tables.N_SLICES // N_SKILL_SLICES
    return tuple(quantiles[step // 2 :: step].tolist())


def sd_of_skill(params: np.recarray) -> float:
    """Standard deviation of skill before training [skill units]: that of the declared Beta distribution."""
    k = params[0].doctor.learn
    a, b = float(k.beta_shape), float(k.beta_shape * (1.0 - k.mean_skill) / k.mean_skill)
    return math.sqrt(a * b / ((a + b) ** 2 * (a + b + 1.0)))


@lru_cache(maxsize=256)
def _solve(skills: tuple[float, ...], gap: float, share: float, sd_noise: float, pass_rate: float) -> float:
    """The cut that `pass_rate` of all pass, of whom a `share` has skills that lie `gap` off."""
    groups = ((1.0 - share, 0.0), (share, gap))
    low, high = LOWEST, HIGHEST
    for _ in range(N_HALVINGS):
        cut = (low + high) / 2.0
        passing = sum(
            weight * sum(math.erfc((cut - skill - off) / sd_noise / math.sqrt(2.0)) for skill in skills) / len(skills) / 2.0
            for weight, off in groups
        )
        low, high = (cut, high) if passing > pass_rate else (low, cut)
    return (low + high) / 2.0


def cut_for(params: np.recarray) -> float:
    """The cut of the examination [skill units]."""
    p = params[0]
    k, accredit = p.doctor.learn, p.hospital.accredit
    n_public = p.population.n_centres * p.population.doctors_per_centre
    share_private = max(0.0, 1.0 - n_public / p.population.n_candidates)
    skills = _skills(float(k.beta_shape), float(k.mean_skill))
    trained = tuple(skill + float(accredit.baseline_training_gain) for skill in skills)
    sd_noise = float(result(accredit, 0.0, sd_of_skill(params), 1.0))
    return _solve(trained, float(k.private_skill_gap), share_private, sd_noise, float(accredit.pass_rate))
