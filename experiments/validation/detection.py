"""Does a doctor send children at the rates of signal detection, and at the threshold of Bayes?

A doctor sees x, normal with sd 1 around the illness's signal, and sends the child if x exceeds a threshold. With d' between
the serious and the self-limiting illness, belief b and caution C (what a miss costs against a needless referral),

    threshold = d' / 2 + (ln((1 - b) / b) - ln C) / d'       false alarms 1 - Phi(threshold), hits 1 - Phi(threshold - d')

which is where the expected cost (1 - b) x false alarms + C x b x misses is least. Held against it: evidence drawn with the
model's dice and the rule's probability; and the whole judgement at a visit (`judges_to_send`), where families who ask for
the hospital lower the threshold.
"""

import math
from statistics import NormalDist
from typing import NamedTuple

import numpy as np

from agents.doctor import refer
from agents.records import rows
from experiments.validation.check import Check, asked, error_of_share, within
from experiments.validation.isolated import isolated_world, numbers
from model import dice
from model.settings import Settings
from model.tables import MEAN_COMPLEXITY
from model.visit import judges_to_send
from model.world import CASE, SELF_LIMITING, SERIOUS, SPECIALIST

PHI = NormalDist()
SIGNALS = {
    "self-limiting illness (false alarms)": SELF_LIMITING,
    "illness for a specialist": SPECIALIST,
    "serious illness (hits)": SERIOUS,
}
EVIDENCE = 1  # which of a child's dice is the evidence in the simulated story
CLOSE_ENOUGH = 1e-4  # sd: the search's own width


class Doctor(NamedTuple):
    """What a doctor brings to a judgement."""

    skill: float
    belief: float
    caution: float
    load: float

    def d_prime(self, complexity: float) -> float:
        """How far apart serious and self-limiting illness look [sd], from the declared numbers."""
        k = numbers().doctor.refer
        lost = k.discriminability_lost_per_load * max(0.0, self.load - k.load_borne)
        at_skill = k.discriminability_at_zero_skill + k.discriminability_per_skill * self.skill - lost
        return max(k.least_discriminability, at_skill - k.discriminability_lost_per_complexity * (complexity - MEAN_COMPLEXITY))

    def threshold(self, complexity: float, log_caution_on_request: float = 0.0) -> float:
        """The threshold on the evidence [sd], by the formula."""
        d = self.d_prime(complexity)
        return d / 2.0 + (math.log((1.0 - self.belief) / self.belief) - math.log(self.caution) - log_caution_on_request) / d


DOCTORS = {
    "a doctor of mean skill": (Doctor(0.58, 0.012, 10.0, 0.5), MEAN_COMPLEXITY, 0.0),
    "a busy doctor, a hard case, a worried family": (Doctor(0.7, 0.03, 20.0, 0.95), 0.55, 1.5),
}


def p_asks(severity: float) -> float:
    """Probability that a family asks for the hospital [1]."""
    k = numbers().doctor.refer
    return 1.0 - PHI.cdf(k.asking_threshold - k.asking_per_severity * severity)


def exact_rate(doctor: Doctor, complexity: float, severity: float, kind: int) -> float:
    """Probability that a visit ends with the child sent to the hospital [1], by the formula alone."""
    k = numbers().doctor.refer
    share = {SELF_LIMITING: 0.0, SPECIALIST: float(k.signal_of_specialist), SERIOUS: 1.0}[kind]
    request = k.caution_on_request + k.caution_on_request_when_idle * max(0.0, 1.0 - doctor.load)
    signal, asks = share * doctor.d_prime(complexity), p_asks(severity)
    calm, pressed = (1.0 - PHI.cdf(doctor.threshold(complexity, more) - signal) for more in (0.0, request))
    return (1.0 - asks) * calm + asks * pressed


def sent_by_model(
    doctor: Doctor, complexity: float, severity: float, kind: int, n: int, seed: int, other: Settings | None = None
) -> float:
    """Share of `n` visits after which the model's doctor sends the child [1]; `other` numbers plant a fault."""
    world, key = isolated_world(other or {}, seed)
    p, row, tally, n_sent = world.params[0], world.doctors[0], world.tally[0], 0
    k = p.doctor.refer
    row.skill, row.lost_by_load = doctor.skill, refer.lost_by_load(k, doctor.load)
    row.caution_on_request = refer.caution_on_request(k, 1.0 - doctor.load)
    row.log_odds_sent = refer.log_odds_to_outweigh(k, doctor.belief, math.log(doctor.caution), 0.0, 0, 0)
    case = rows(CASE, 1)[0]
    case.kind, case.complexity, case.severity = kind, complexity, severity
    with np.errstate(over="ignore"):
        for child in range(n):
            case.child, case.number = child, kind
            n_sent += bool(judges_to_send(tally, row, world.normal, p, key, case))
    return n_sent / n


def visit_checks(n: int, seed: int, other: Settings | None = None) -> list[Check]:
    """The whole judgement at a visit against the exact rates."""
    checks = []
    for who, (doctor, complexity, severity) in DOCTORS.items():
        for what, kind in SIGNALS.items():
            rate = exact_rate(doctor, complexity, severity, kind)
            found = sent_by_model(doctor, complexity, severity, kind, n, seed, other)
            question = "Does the doctor send as many children as signal detection with requests says?"
            checks.append(within(f"detection, {who}: {what}", question, rate, found, error_of_share(rate, n), "1", f"{n:,} visits"))
    return checks


def story_checks(n: int, seed: int) -> list[Check]:
    """Evidence that is drawn and compared with the threshold, against the rule's probability."""
    doctor, complexity, _ = DOCTORS["a doctor of mean skill"]
    d, threshold = doctor.d_prime(complexity), doctor.threshold(complexity)
    log_odds = refer.log_odds_to_outweigh(numbers().doctor.refer, doctor.belief, math.log(doctor.caution), 0.0, 0, 0)
    u = dice.dice(dice.seed_key(seed), dice.TRIAGE, np.arange(n), EVIDENCE)
    evidence = np.array([PHI.inv_cdf(max(x, 2.0**-54)) for x in u])
    checks = []
    for what, share in (("self-limiting illness", 0.0), ("serious illness", 1.0)):
        rule, seen = float(refer.p_sent(d, log_odds, share)), float(np.mean(evidence + share * d > threshold))
        question = "Is the rule's probability that of drawn evidence beyond the threshold?"
        checks.append(
            within(f"detection, drawn evidence: {what}", question, rule, seen, error_of_share(rule, n), "1", f"{n:,} draws")
        )
    return checks


def threshold_of_rule(doctor: Doctor, complexity: float) -> float:
    """The threshold that the rule's false alarms imply [sd]."""
    k, d = numbers().doctor.refer, doctor.d_prime(complexity)
    log_odds = refer.log_odds_to_outweigh(k, doctor.belief, math.log(doctor.caution), 0.0, 0, 0)
    return PHI.inv_cdf(1.0 - float(refer.p_sent(d, log_odds, 0.0)))


def cheapest_threshold(doctor: Doctor, d_prime: float) -> float:
    """The threshold with the least expected cost [sd], by search and not by formula."""

    def cost(t: float) -> float:
        return (1.0 - doctor.belief) * (1.0 - PHI.cdf(t)) + doctor.caution * doctor.belief * PHI.cdf(t - d_prime)

    low, high = min(np.linspace(-8.0, 8.0, 1_601), key=cost) + np.array([-0.02, 0.02])
    while high - low > CLOSE_ENOUGH / 10.0:
        third = (high - low) / 3.0
        low, high = (low, high - third) if cost(low + third) < cost(high - third) else (low + third, high)
    return float(low + high) / 2.0


def threshold_checks() -> list[Check]:
    """The rule's threshold against the cheapest one."""
    checks = []
    for who, (doctor, complexity, _) in DOCTORS.items():
        best, used = cheapest_threshold(doctor, doctor.d_prime(complexity)), threshold_of_rule(doctor, complexity)
        question = "Is the rule's threshold the one with the least expected cost of misses and needless referrals?"
        because = "the least of the cost, found by search; equal to a ten-thousandth of a standard deviation"
        name, is_close = f"detection, {who}: threshold", abs(best - used) <= CLOSE_ENOUGH
        checks.append(asked(name, question, is_close, f"{best:.4f} sd", f"{used:.4f} sd", because))
    return checks


def detection_checks(n: int = 20_000, seed: int = 1) -> list[Check]:
    """All checks of the referral decision."""
    return [*visit_checks(n, seed), *story_checks(n, seed), *threshold_checks()]
