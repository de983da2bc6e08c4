"""Does the share pass_rate pass a first examination under baseline training?

    P(pass) = mean over doctors of 1 - Phi((cut - skill - gain) / sd of the noise)

Skill is Beta, lower at clinics. The exact probability at the model's cut is an integral over the declared Beta density, by
quadrature; held against it are the lever itself, and sittings of drawn doctors (the dice, tables and rule
of the examination). More training than the baseline must let more pass, to the exact share again.
"""

import math
from statistics import NormalDist

import numpy as np

from agents.doctor import learn
from agents.hospital import accredit
from experiments.validation.check import Check, asked, error_of_share, within
from experiments.validation.isolated import numbers
from model import dice, examination, parameters, tables
from model.parameters import defaults
from model.population import skill_before_training

N_POINTS = 4_000
CLOSE_ENOUGH = 0.002  # the cut is solved on 256 slices of skill
RATES = (0.02, 0.1, 0.4, 0.8)
MORE_TRAINING = 0.15


def cut_at(pass_rate: float) -> float:
    """The model's cut for this pass rate [skill units]."""
    return examination.cut_for(parameters.record(defaults() | {"hospital.accredit.pass_rate": pass_rate}))


def sd_of_skill() -> float:
    """Standard deviation of skill before training [skill units], of the Beta distribution."""
    k = numbers().doctor.learn
    a, b = k.beta_shape, k.beta_shape * (1.0 - k.mean_skill) / k.mean_skill
    return math.sqrt(a * b / ((a + b) ** 2 * (a + b + 1.0)))


def share_private() -> float:
    """Share of the candidates who work at clinics [1]."""
    k = numbers().population
    return 1.0 - k.n_centres * k.doctors_per_centre / k.n_candidates


def exact_pass_share(cut: float, gain: float, private: float | None = None) -> float:
    """Share of doctors who pass at their first sitting [1], by quadrature over the Beta density; `private` of them at clinics."""
    p = numbers()
    k, reliability = p.doctor.learn, p.hospital.accredit.reliability
    a, b = k.beta_shape, k.beta_shape * (1.0 - k.mean_skill) / k.mean_skill
    skill = (np.arange(N_POINTS) + 0.5) / N_POINTS
    weights = skill ** (a - 1.0) * (1.0 - skill) ** (b - 1.0)
    noise = NormalDist(0.0, sd_of_skill() * math.sqrt(1.0 / reliability - 1.0))

    def of(gap: float) -> float:
        trained = np.clip(np.clip(skill + gap, 0.0, 1.0) + gain, 0.0, 1.0)
        return float(sum(w * (1.0 - noise.cdf(cut - s)) for w, s in zip(weights, trained, strict=True)) / weights.sum())

    private = share_private() if private is None else private
    return (1.0 - private) * of(0.0) + private * of(float(k.private_skill_gap))


def pass_share(cut: float, gain: float, n: int, key: np.uint64) -> float:
    """Share of `n` drawn doctors who pass, with the model's tables, dice and rules [1]."""
    p, who = numbers(), np.arange(n)
    k, quantiles, normal = p.hospital.accredit, skill_before_training(p), tables.normal()
    skill, noise = dice.dice(key, dice.DOCTOR_SKILL, who), dice.dice(key, dice.EXAMINATION, who)
    n_private, sd, n_passed = round(share_private() * n), examination.sd_of_skill(parameters.record(defaults())), 0
    for row in range(n):
        gap = float(p.doctor.learn.private_skill_gap) if row < n_private else 0.0
        innate = min(1.0, max(0.0, dice.looked_up(quantiles, skill[row]) + gap))
        trained = learn.total_skill(innate, gain, 0.0, 0.0)
        n_passed += accredit.result(k, trained, sd, dice.looked_up(normal, noise[row])) >= cut
    return n_passed / n


def cut_check(rate: float, gain: float) -> Check:
    """The lever against the exact share at the solved cut; where they differ, whether clinics explain it."""
    exact, at_clinics = (exact_pass_share(cut_at(rate), gain, private) for private in (None, 1.0))
    is_close = abs(exact - rate) < CLOSE_ENOUGH
    because = f"exact at the solved cut; equal to {100 * CLOSE_ENOUGH:g} percentage points"
    if not is_close and abs(at_clinics - rate) < CLOSE_ENOUGH:
        because += f"; {at_clinics:.4f} would pass if all doctors worked at clinics, as the cut takes for granted"
    question = "Is the lever pass_rate the exact probability of passing under baseline training?"
    return asked(f"examination, pass rate {rate:g}: cut", question, is_close, f"{rate:g}", f"{exact:.5f}", because)


def examination_checks(n: int = 20_000, seed: int = 1) -> list[Check]:
    """The examination at four pass rates, and with more training than the baseline."""
    baseline, key, checks = float(numbers().hospital.accredit.baseline_training_gain), dice.seed_key(seed), []
    for rate in RATES:
        checks.append(cut_check(rate, baseline))
        exact, found = exact_pass_share(cut_at(rate), baseline), pass_share(cut_at(rate), baseline, n, key)
        question = "Do as many drawn doctors pass as the integral says?"
        name = f"examination, pass rate {rate:g}: sittings"
        checks.append(within(name, question, exact, found, error_of_share(exact, n), "1", f"{n:,} sittings"))
    exact, found = exact_pass_share(cut_at(0.1), MORE_TRAINING), pass_share(cut_at(0.1), MORE_TRAINING, n, key)
    question = "With better training, do exactly as many more pass as the integral says?"
    checks.append(within("examination, better training", question, exact, found, error_of_share(exact, n), "1", f"{n:,} sittings"))
    return checks
