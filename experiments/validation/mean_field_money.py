"""What does a visit cost a family on the average, and how many are members of the plan?

Basic insurance pays a share of a visit until a child's yearly cap is used up. How much of it is used when a child falls ill
follows from its visits so far in the year: Poisson numbers at primary care and at hospitals, given its age and frailty, and a
child that is ill more often counts more often. Six classes: member or not x the cap pays in full, in part, nothing.

Membership is a density over what a household knows of its risk and over its income, moved month by month by the rules of
joining and lapsing. Closures: neighbourhoods have one share of members; lapsing meets a twelfth of the members a month, of
those who have been members for a year; the plan's price stays.
"""

from __future__ import annotations

import math

import numpy as np

from experiments.validation.mean_field_map import Values
from experiments.validation.mean_field_quadrature import Array, gamma_slices, hermite, log_odds, logistic

N_FRAILTIES, MOST_PRIMARY, MOST_HOSPITAL = 8, 14, 20
MONTHS_PER_YEAR = 12
KINDS = ("centre", "clinic", "maternal", "other", "alliance")
YUAN = dict(
    zip(KINDS, ("centre_yuan", "clinic_yuan", "maternal_yuan", "other_hospital_yuan", "alliance_hospital_yuan"), strict=True)
)
SHARE = dict(zip(KINDS, ("primary", "primary", "secondary", "hospital", "hospital"), strict=True))


class Money:
    """Classes of what a visit costs, and how often each occurs."""

    def __init__(self, v: Values, illnesses: Array, episodes: Array) -> None:
        self.v, g = v, "government.reimburse."
        self.cost = {kind: v["prices." + YUAN[kind]] for kind in KINDS}
        self.basic = {kind: self.cost[kind] * v[f"{g}share_{SHARE[kind]}"] for kind in KINDS}
        indirect = {kind: v["prices.indirect_hospital_yuan"] * (kind in KINDS[2:]) for kind in KINDS}
        self.own_of_kind = {kind: self.cost[kind] - self.basic[kind] + indirect[kind] for kind in KINDS}
        left = np.array([1.0, 0.5, 0.0])
        covered = v["fund.plan.covered_share"] * v["fund.plan.is_running"] * v["fund.plan.is_all_primary_covered"]
        own = self.cost["centre"] - left * self.basic["centre"]
        self.own_before_plan = np.concatenate([own, own])
        self.own_centre = np.concatenate([own, own * (1.0 - covered)])
        lost_at_hospital = np.tile((1.0 - left) * self.basic["other"], 2)
        extra = (self.own_centre - self.own_of_kind["centre"]) - lost_at_hospital
        self.offsets = v["resident.choose_provider.utils_per_100_yuan"] * extra / 100.0
        frailty = gamma_slices(v["illness.frailty_cv"], N_FRAILTIES)
        rate = episodes / (illnesses.sum() / (illnesses / episodes).sum())
        self.rate = (rate[:, None] * frailty).ravel()
        self.weight = (illnesses[:, None] * frailty).ravel() / (illnesses.sum() * N_FRAILTIES)
        children = (illnesses / episodes)[:, None] * np.ones(N_FRAILTIES)
        second = float((children.ravel() * self.rate**2).sum() / children.sum())
        p = v["population.p_sibling"]
        mean, spread = 1.0 / (1.0 - p), p / (1.0 - p) ** 2
        self.visitor_weight = (mean * second + spread + mean**2 - mean) / mean  # of a visitor's household, against one mean child
        self.start_year()

    def start_year(self) -> None:
        """A new calendar year: the cap is whole again."""
        self.primary, self.hospital = 0.0, 0.0

    def count(self, primary: float, hospital: float) -> None:
        """Visits of this week, for each child."""
        self.primary += primary / self.v["population.n_children"]
        self.hospital += hospital / self.v["population.n_children"]

    def _classes(self, extra: float) -> Array:
        k, h = np.arange(MOST_PRIMARY)[:, None], np.arange(MOST_HOSPITAL)[None, :]

        def law(n: Array, mean: Array) -> Array:
            logs = np.array([math.lgamma(i + 1.0) for i in n.ravel()]).reshape(n.shape)
            m = np.maximum(mean, 1e-12)[:, None, None]
            return np.exp(n * np.log(m) - m - logs)

        joint = law(k, self.rate * self.primary) * law(h, self.rate * self.hospital)
        joint = np.einsum("r,rkh->kh", self.weight, joint)
        left = self.v["government.reimburse.outpatient_cap_yuan"] - k * self.basic["centre"] - h * self.basic["other"] - extra
        part = np.clip(left / max(1e-9, self.basic["centre"]), 0.0, 1.0)
        full, none = float((joint * (part >= 1.0)).sum()), float((joint * (part <= 0.0)).sum())
        middle = max(0.0, 1.0 - full - none)
        if middle <= 1e-12:
            return np.array([full, 0.0, none]) / max(1e-12, full + none)
        mean_left = float((joint * part * ((part > 0.0) & (part < 1.0))).sum()) / middle
        return np.array(
            [
                full + middle * max(0.0, 2.0 * mean_left - 1.0),
                middle * (1.0 - abs(2.0 * mean_left - 1.0)),
                none + middle * max(0.0, 1.0 - 2.0 * mean_left),
            ]
        )

    def shares(self, members: float) -> tuple[Array, Array]:
        """Share of each class at first contacts and when an illness comes back, shape (6,) each."""
        seen = max(1e-12, self.primary + self.hospital)
        before = (self.primary * self.basic["centre"] + self.hospital * self.basic["other"]) / seen
        found = [self._classes(extra) for extra in (0.0, before)]
        first, again = (np.concatenate([one * (1.0 - members), one * members]) for one in found)
        return first, again


class Membership:
    """Who is a member: mass by risk and income."""

    def __init__(self, v: Values) -> None:
        self.v = v
        p = v["population.p_sibling"]
        one_over_size = 1.0 - p  # mean of 1 / size over children, sizes being geometric
        self.risk = gamma_slices(v["illness.frailty_cv"] * math.sqrt(one_over_size), N_FRAILTIES)
        x, weight = hermite(5)
        spread = v["population.income_spread"]
        income = np.exp(spread * x - spread**2 / 2.0)
        self.mass = weight[None, :] * np.full((N_FRAILTIES, 1), 1.0 / N_FRAILTIES)
        self.security = v["resident.join.yuan_of_security"] * income ** v["resident.join.income_elasticity"]
        self.benefit = float(v["fund.plan.expected_benefit_yuan"])
        self.member = np.zeros(self.mass.shape)
        self.joined: list[Array] = []  # by month of the year since the plan began
        self.claims = self.member_months = 0.0

    @property
    def share(self) -> float:
        """Share of children who are members."""
        return float(self.member.sum())

    @property
    def share_of_visits(self) -> float:
        """Share of visits that are members': they are ill more often."""
        return float((self.member * self.risk[:, None]).sum())

    def claim(self, yuan: float) -> None:
        """What the plan took over in this week [yuan]."""
        self.claims += yuan

    def decide(self, trust_gap: float) -> None:
        """A month: some join, a twelfth of the members of a year and more renew or lapse."""
        v, k = self.v, "resident.join."
        self.member_months += self.share * v["population.n_children"]
        willing = self.benefit * self.risk[:, None] * (1.0 + v[k + "relative_loading"]) + self.security
        value = v[k + "log_odds_per_log_value"] * np.log(willing / v["fund.plan.premium_yuan"])
        considers = v[k + "p_of_itself"] + v[k + "p_by_neighbours"] * self.share
        healthy = 2.0 * math.log(v[k + "relative_lapse_healthy"])
        odds = log_odds(v[k + "lapse_rate"]) + v[k + "lapse_log_odds_per_trust"] * trust_gap - healthy * (self.risk[:, None] - 1.0)
        stay = 1.0 - logistic(odds - value)
        month = len(self.joined) % MONTHS_PER_YEAR
        due = sum(self.joined[month::MONTHS_PER_YEAR], start=np.zeros(self.mass.shape))
        lapsed = due * (1.0 - stay)
        for i in range(month, len(self.joined), MONTHS_PER_YEAR):
            self.joined[i] = self.joined[i] * stay
        joins = (self.mass - self.member) * considers * logistic(value)
        self.joined.append(joins)
        self.member = self.member - lapsed + joins

    def close_year(self) -> None:
        """Families learn what a member got back: half of what they believe is new."""
        if self.member_months > 0:
            self.benefit = (self.benefit + self.claims / self.member_months * MONTHS_PER_YEAR) / 2.0
        self.claims = self.member_months = 0.0
