"""How many doctors hold a certificate, how skilled are they, and how many children do they send?

Doctors are a density over innate skill and ownership, moved from quarter to quarter: places for training, the order of
renewals, first and repeated sittings, the pass probability 1 - Phi((cut - skill) / sd of noise), certificates that run out,
doctors who hand them back or leave the zone, posts that are filled again. Whoever sat once and failed is less skilled than
who never sat: the density keeps that.

Referral is signal detection averaged over skill, caution, complexity, what the family sees of it and whether it asks.

Closures: belief, pay, load, learned skill and cases are means over all doctors of a kind; the quality committee's advice and
removals and what the surplus buys are left out.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from experiments.validation.mean_field_map import Values, Zone
from experiments.validation.mean_field_quadrature import Array, beta_slices, hermite, log_odds, logistic, normal_cdf

N_SKILLS, N_CAUTIONS = 25, 5
WEEKS_PER_QUARTER, MONTHS_PER_YEAR = 13, 12


@dataclass(eq=False)
class Cohort:
    """Doctors who are alike but for skill: mass by ownership (public, private) and innate skill, shape (2, N_SKILLS)."""

    mass: Array
    n_sittings: int = 0
    week: int = 0  # of the last sitting, of the certificate, of leaving
    is_certified: bool = False
    learned: float = 0.0

    @property
    def n(self) -> float:
        """Doctors of this cohort."""
        return float(self.mass.sum())


@dataclass
class Doctors:
    """The family doctors of the zone."""

    v: Values
    zone: Zone
    cohorts: list[Cohort] = field(default_factory=list)
    vacant: list[Cohort] = field(default_factory=list)
    net_pay: float = 0.0
    belief: Array = field(init=False)  # accredited, others
    carried: float = 0.0

    def __post_init__(self) -> None:
        k = "doctor.learn."
        mean, a = self.v[k + "mean_skill"], self.v[k + "beta_shape"]
        b = a * (1.0 - mean) / mean
        self.sd = math.sqrt(a * b / ((a + b) ** 2 * (a + b + 1.0)))
        raw = beta_slices(a, b, N_SKILLS)
        self.innate = np.clip(np.stack([raw, raw + self.v[k + "private_skill_gap"]]), 0.0, 1.0)
        n_private = self.zone.n_clinics
        self.of_kind = np.array([self.zone.n_doctors - n_private, n_private], float)
        self.cohorts.append(Cohort(np.repeat(self.of_kind[:, None] / N_SKILLS, N_SKILLS, 1)))
        self.belief = np.full(2, float(self.v[k + "initial_belief"]))
        self.noise = self.sd * math.sqrt(1.0 / self.v["hospital.accredit.reliability"] - 1.0)
        self.cut = self._cut()

    def _cut(self) -> float:
        """The examination's cut: the declared share of first sittings passes under baseline training."""
        n_public = self.v["population.n_centres"] * self.v["population.doctors_per_centre"]
        private = max(0.0, 1.0 - n_public / self.v["population.n_candidates"])
        skill = self.innate + self.v["hospital.accredit.baseline_training_gain"]
        weight = np.array([[1.0 - private], [private]]) / N_SKILLS
        low, high = -1.0, 3.0
        for _ in range(60):
            cut = (low + high) / 2.0
            passing = (weight * (1.0 - normal_cdf((cut - skill) / self.noise))).sum()
            low, high = (cut, high) if passing > self.v["hospital.accredit.pass_rate"] else (low, cut)
        return (low + high) / 2.0

    # -- who holds a certificate ---------------------------------------------------------------------------------

    @property
    def certified(self) -> list[Cohort]:
        """Cohorts that hold a certificate."""
        return [one for one in self.cohorts if one.is_certified]

    @property
    def n_certified(self) -> float:
        """Expected number of accredited doctors."""
        return sum(one.n for one in self.certified)

    @property
    def share_private(self) -> float:
        """Share of accredited doctors who work at a private clinic."""
        n = self.n_certified
        return sum(float(one.mass[1].sum()) for one in self.certified) / n if n > 0 else 0.5

    @property
    def share_vacant(self) -> float:
        """Share of posts that nobody holds."""
        return sum(one.n for one in self.vacant) / self.zone.n_doctors

    def _skill(self, one: Cohort) -> Array:
        trained = self.v["hospital.accredit.training_gain"] if one.n_sittings > 0 else 0.0
        return np.clip(self.innate + trained + one.learned, 0.0, 1.0)

    def skills_of_certified(self) -> tuple[Array, Array]:
        """Skills of accredited doctors and their weights."""
        found = self.certified
        if not found:
            return np.array([0.5]), np.array([1.0])
        skill = np.concatenate([self._skill(one).ravel() for one in found])
        mass = np.concatenate([one.mass.ravel() for one in found])
        order = np.argsort(skill)
        groups = np.array_split(order, 6)  # few nodes are enough: six groups of neighbours
        weight = np.array([mass[g].sum() for g in groups])
        mean = np.array([(mass[g] * skill[g]).sum() / max(1e-12, mass[g].sum()) for g in groups])
        return mean, weight / max(1e-12, weight.sum())

    def _may_sit(self, one: Cohort, week: int) -> bool:
        k = "hospital.accredit."
        if one.n_sittings == 0:
            return True
        last_in_row = one.n_sittings % self.v[k + "n_sittings_in_a_row"] == 0
        return week - one.week >= self.v[k + ("weeks_of_pause" if last_in_row else "weeks_between_sittings")]

    def examine(self, week: int, hours_a_week: float, idle: float) -> None:
        """A quarter's sittings: renewals, then first sittings, then repeated ones, as far as the places go.

        `idle` is the share of clinics that nobody goes to [1]: their doctors still believe what they believed at first.
        """
        k = "hospital.accredit."
        self.carried += hours_a_week * WEEKS_PER_QUARTER / self.v[k + "hours_per_place"]
        comes = float(
            logistic(
                np.array(self.v["doctor.stay.log_odds_of_coming"] + self.v["doctor.stay.coming_per_10_yuan"] * self.net_pay / 10.0)
            )
        )
        due = [one for one in self.certified if week - one.week + WEEKS_PER_QUARTER > self.v[k + "weeks_of_certificate"]]
        free = [one for one in self.cohorts if not one.is_certified and self._may_sit(one, week)]
        first = [one for one in free if one.n_sittings == 0]
        again = sorted((one for one in free if one.n_sittings > 0), key=lambda one: one.week)
        before = self.n_certified
        for one in due + first + again:
            self._sit(one, week, comes)
        for one in due:  # what found no place loses the certificate
            one.is_certified = False
        self.cohorts = [one for one in self.cohorts if one.n > 1e-9]
        kept = min(1.0, before / max(1e-9, self.n_certified))
        unseen = self.share_private * idle
        brought = unseen * self.v["doctor.learn.initial_belief"] + (1.0 - unseen) * self.belief[1]
        self.belief[0] = kept * self.belief[0] + (1.0 - kept) * brought
        self.net_pay *= kept  # newcomers have felt nothing yet

    def _sit(self, one: Cohort, week: int, comes: float) -> None:
        willing = one.mass * (1.0 if one.is_certified else comes)
        n = float(willing.sum())
        if n <= 0.0 or self.carried <= 0.0:
            return
        sits = willing * min(1.0, self.carried / n)
        if one.n_sittings == 0:  # private clinics respond faster: they come first in proportion to their speed
            speed = np.array([[1.0], [self.v["hospital.accredit.relative_speed_private"]]])
            sits = np.minimum(willing, willing * speed * float(sits.sum()) / float((willing * speed).sum()))
            rest = willing - sits  # what the faster leave over is for the others
            sits = sits + rest * min(1.0, max(0.0, min(self.carried, n) - float(sits.sum())) / max(1e-12, float(rest.sum())))
        self.carried -= float(sits.sum())
        one.mass = one.mass - sits
        after = Cohort(sits, one.n_sittings + 1, week, False, one.learned)
        passing = 1.0 - normal_cdf((self.cut - self._skill(after)) / self.noise)
        self.cohorts.append(Cohort(sits * passing, after.n_sittings, week, True, one.learned))
        self.cohorts.append(Cohort(sits * (1.0 - passing), after.n_sittings, week, False, one.learned))

    def end_month(
        self, week: int, visits: float, members: float, supervised: float, arrives: float, loads: tuple[float, float]
    ) -> None:
        """A month for accredited doctors: `visits` and `members`' visits of each, the supervised share, pay that arrives [1]."""
        s, pay = "doctor.stay.", "fund.pay."
        running = self.v["fund.plan.is_running"]
        f = "hospital.follow_up."
        minutes = self.v[s + "minutes_per_record"] + self.v[f + "share_called"] * self.v[f + "minutes_per_call"]
        hours = visits * minutes / 60.0 + self.v[s + "training_hours_per_month"]
        yuan = (
            running
            * arrives
            * (
                members * self.v[pay + "yuan_per_visit"]
                + self.v[s + "training_hours_per_month"] * self.v[pay + "yuan_per_training_hour"]
            )
        )
        net = min(
            self.v[s + "greatest_net_pay"],
            max(-self.v[s + "yuan_per_own_hour"], yuan / max(hours, 1e-9) - self.v[s + "yuan_per_own_hour"]),
        )
        if self.n_certified > 0:
            self.net_pay += self.v[s + "memory"] * (net - self.net_pay)
        leaves = float(
            logistic(np.array(self.v[s + "log_odds_of_leaving"] - self.v[s + "log_odds_per_10_yuan"] * self.net_pay / 10.0))
        )
        self._learn(visits, supervised)
        for one in list(self.certified):
            self.cohorts.append(Cohort(one.mass * leaves, self._paused(one), week, False, one.learned))
            one.mass = one.mass * (1.0 - leaves)
        self._quit(week, yuan, loads)

    def _paused(self, one: Cohort) -> int:
        row = int(self.v["hospital.accredit.n_sittings_in_a_row"])
        return (one.n_sittings + row - 1) // row * row  # barred for the pause

    def _learn(self, visits: float, supervised: float) -> None:
        k = "doctor.learn."
        gain = 1.0 - math.exp(-visits * supervised / self.v[k + "n_cases_to_saturate"])
        kept = 1.0 - (self.v[k + "forgotten_share"] if visits < self.v[k + "n_cases_to_remember"] else 0.0)
        for one in self.certified:
            one.learned = (one.learned + (self.v[k + "greatest_gain"] - one.learned) * gain) * kept

    def _quit(self, week: int, yuan: float, loads: tuple[float, float]) -> None:
        s = "doctor.stay."
        leaving = np.zeros(2)
        for one in self.cohorts:
            load, income = (loads[0], yuan) if one.is_certified else (loads[1], 0.0)
            odds = log_odds(self.v[s + "quit_rate"]) + self.v[s + "log_odds_per_load"] * (
                load - self.v["centre.wait.reference_utilisation"]
            )
            rate = float(logistic(np.array(odds - self.v[s + "log_odds_per_1000_yuan"] * income / 1000.0))) / MONTHS_PER_YEAR
            leaving += one.mass.sum(axis=1) * rate
            one.mass = one.mass * (1.0 - rate)
        self.vacant.append(Cohort(np.repeat(leaving[:, None] / N_SKILLS, N_SKILLS, 1), week=week))
        filled = [one for one in self.vacant if week - one.week >= self.v[s + "weeks_of_vacancy"]]
        self.vacant = [one for one in self.vacant if one not in filled]
        for one in filled:
            self.cohorts.append(Cohort(one.mass))  # another person, who never sat

    # -- what they believe and whom they send --------------------------------------------------------------------

    def revise_beliefs(self, found: Array, seen: Array) -> None:
        """A quarter: confirmed referrals and misses reported back, over visits, of accredited and other doctors."""
        k = "doctor.learn."
        if seen.sum() <= 0:
            return
        common = found.sum() / seen.sum()
        own = np.divide(found, seen, out=np.full(2, common), where=seen > 0)
        mixed = (1.0 - self.v[k + "belief_shrinkage"]) * own + self.v[k + "belief_shrinkage"] * common
        kept = self.v[k + "belief_kept"]
        moved = np.where(seen > 0, kept * self.belief + (1.0 - kept) * mixed, self.belief)
        self.belief = np.clip(moved, self.v[k + "least_belief"], self.v[k + "greatest_belief"])

    def p_sent(
        self, is_accredited: bool, load: float, complexity: Array, signal: Array, p_asks: Array, yuan_lost: float, p_reported: float
    ) -> Array:
        """Probability that a child is sent [1], by complexity (last axis); `signal` and `p_asks` broadcast against it."""
        k = "doctor.refer."
        v = self.v
        skill, weight = self.skills_of_certified() if is_accredited else (self.innate.ravel(), np.repeat(self.of_kind, N_SKILLS))
        if not is_accredited:
            groups = np.array_split(np.argsort(skill), 6)
            weight, skill = np.array([weight[g].sum() for g in groups]), np.array([skill[g].mean() for g in groups])
            weight = weight / weight.sum()
        c, c_weight = hermite(N_CAUTIONS)
        lost = v[k + "discriminability_lost_per_load"] * max(0.0, load - v[k + "load_borne"])
        at_mean = v[k + "discriminability_at_zero_skill"] + v[k + "discriminability_per_skill"] * skill - lost
        d = np.maximum(
            v[k + "least_discriminability"],
            at_mean[:, None] - v[k + "discriminability_lost_per_complexity"] * (complexity - 2.0 / 7.0),
        )
        belief = self.belief[0 if is_accredited else 1]
        evidence = math.log((1.0 - belief) / belief) - math.log(v[k + "caution"]) - v[k + "caution_spread"] * c
        evidence = evidence + v[k + "caution_per_100_yuan"] * yuan_lost / 100.0 - v[k + "caution_after_miss"] * p_reported
        request = v[k + "caution_on_request"] + v[k + "caution_on_request_when_idle"] * max(0.0, 1.0 - load)
        total = np.zeros(np.broadcast_shapes(signal.shape, p_asks.shape, complexity.shape))
        for s, ws in enumerate(weight):
            for e, we in zip(evidence, c_weight, strict=True):
                for shift, p in ((0.0, 1.0 - p_asks), (request, p_asks)):
                    total = total + ws * we * p * normal_cdf(signal * d[s] - d[s] / 2.0 - (e - shift) / d[s])
        return total
