"""Do as many families seek care as the logistic says?

    p(seek) = relative_seeking x logistic(log_odds + per severity x severity + money x own payment / 100)

Severity is a constant of the kind of illness, complexity (Beta 2, 5) and the family's noise (normal). The exact share is the
integral over both, by quadrature from the declared numbers; it is held against dice that are thrown as the model throws
them, with the model's tables and rules.
"""

import numpy as np

from agents.resident import seek_care
from experiments.validation.check import Check, error_of_share, within
from experiments.validation.isolated import numbers
from model import dice, tables
from model.tables import COMPLEXITY_SHAPES, MEAN_COMPLEXITY

N_POINTS = 400  # of each axis of the quadrature
WIDEST = 8.0  # standard deviations
CASES = {
    "self-limiting, a free visit": (0, 0, 0.0, 1.0),
    "serious, 60 yuan": (1, 0, 60.0, 1.0),
    "specialist, 150 yuan, in COVID": (0, 1, 150.0, 0.5),
}


def exact_share(is_serious: int, is_specialist: int, own_yuan: float, relative_seeking: float) -> float:
    """Share of ill children whose family seeks care [1], by quadrature."""
    p = numbers()
    k, money = p.resident.seek_care, p.resident.choose_provider.utils_per_100_yuan
    a, b = COMPLEXITY_SHAPES
    complexity = (np.arange(N_POINTS) + 0.5) / N_POINTS
    of_complexity = complexity ** (a - 1) * (1.0 - complexity) ** (b - 1)
    noise = np.linspace(-WIDEST, WIDEST, N_POINTS)
    of_noise = np.exp(-(noise**2) / 2.0)
    severity = k.severity_per_complexity * (complexity[:, None] - MEAN_COMPLEXITY) + k.severity_noise * noise[None, :]
    severity = severity + k.severity_of_serious * is_serious + k.severity_of_specialist * is_specialist
    log_odds = k.log_odds_of_seeking + k.log_odds_per_severity * severity + money * own_yuan / 100.0
    weights = of_complexity[:, None] * of_noise[None, :] / of_complexity.sum() / of_noise.sum()
    return relative_seeking * float((weights / (1.0 + np.exp(-log_odds))).sum())


def seeking_share(is_serious: int, is_specialist: int, own_yuan: float, relative_seeking: float, n: int, key: np.uint64) -> float:
    """Share of `n` families that seek care, with the model's dice, tables and rules [1]."""
    p, who = numbers(), np.arange(n)
    k, money = p.resident.seek_care, float(p.resident.choose_provider.utils_per_100_yuan)
    which = 2 * is_serious + is_specialist
    complexity, normal = tables.beta(*COMPLEXITY_SHAPES), tables.normal()
    throws = [dice.dice(key, purpose, who, which) for purpose in (dice.ILLNESS_COMPLEXITY, dice.PERCEPTION, dice.SEEK)]
    n_sought = 0
    for u, v, w in zip(*throws, strict=True):
        seen = dice.looked_up(complexity, u), dice.looked_up(normal, v)
        severity = seek_care.perceived_severity(k, seen[0], MEAN_COMPLEXITY, is_serious, is_specialist, seen[1])
        n_sought += w < seek_care.p_seek(k, severity, own_yuan, money, relative_seeking)
    return n_sought / n


def seeking_checks(n: int = 20_000, seed: int = 1) -> list[Check]:
    """The share seeking care."""
    key, checks = dice.seed_key(seed), []
    for name, case in CASES.items():
        exact, found = exact_share(*case), seeking_share(*case, n, key)
        question = "Do as many families seek care as the integral of the logistic says?"
        checks.append(within(f"seeking care, {name}", question, exact, found, error_of_share(exact, n), "1", f"{n:,} illnesses"))
    return checks
