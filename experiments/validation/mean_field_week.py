"""What would the case's weeks be if everything happened in its expected proportion?

A deterministic recursion over burn-in, history and, if asked for, policy years: one set of expected values instead of
children and dice. It reads the declared values of a scenario as numbers by name and the calendar's dates, and shares no code
with the engine it checks; its equations are those of the documents and of the docstrings of `agents/`.

    illnesses   = children of each age x episodes x season x COVID
    sought      = illnesses x E[p(seek)] over class, complexity, what the family sees of it, membership, what is left of the cap
    visits      = sought + those who come back + referred + alarms; where to: `mean_field_places`
    recorded    = alliance visits x E[p(sent)] x p(recorded): `mean_field_doctors`

Closures, each the simplest: one mean trust for each kind of provider, weighted by how often a household falls ill; word of
mouth moves that mean only; a child's earlier visits of the year are a Poisson number given age and frailty; who finds all
full comes back once, a week later; a capacity of an expected day, every day of the week alike; the plan always sells and its
price stays; contracts with family doctors, the committee's removals and the surplus's uses do nothing.
"""

from __future__ import annotations

import math

import numpy as np

from experiments.validation.mean_field_doctors import Doctors
from experiments.validation.mean_field_illness import N_COMPLEXITIES, SERIOUS, WEEKS_PER_YEAR, Ages, Illness
from experiments.validation.mean_field_map import Values
from experiments.validation.mean_field_money import Membership, Money
from experiments.validation.mean_field_outcome import BACK_SAME_WEEK, weigh_outcomes
from experiments.validation.mean_field_places import FIRST_HOSPITAL, N_ALTERNATIVES, Providers
from experiments.validation.mean_field_quadrature import Array, hermite, logistic, spline_matrix
from model import calendar

N_OFFSETS = 8
PATHS = (
    "n_illnesses", "n_visits", "n_alliance_visits", "n_first_contacts", "n_first_contacts_primary", "n_accredited_doctors",
    "n_recorded_referrals", "n_members",
)  # fmt: skip


def run(v: Values, n_weeks: int = calendar.FIRST_POLICY_WEEK) -> dict[str, Array]:
    """Expected weekly paths of a scenario from the first week of the burn-in, by name, each of shape (n_weeks,)."""
    twin = Twin(v)
    rows = [twin.live_week(index) for index in range(n_weeks)]
    return {name: np.array([row[name] for row in rows]) for name in PATHS}


class Twin:
    """The expected zone at one week."""

    def __init__(self, v: Values) -> None:
        self.v = v
        self.providers = Providers.of(v)
        self.doctors = Doctors(v, self.providers.zone)
        self.ages, self.members = Ages.of(v), Membership(v)
        self.episodes = np.array([v["illness.episodes_0_4"], v["illness.episodes_5_9"], v["illness.episodes_10_14"]])
        self.money = Money(v, self.episodes * self.ages.groups(), self.episodes)
        self.trust = np.full(3, float(v["resident.choose_provider.mean_trust"]))  # primary, alliance, hospital
        illness = Illness.of(v)
        self.complexity, self.share, self.noise_weight = illness.complexity, illness.share, illness.noise_weight
        self.severity, self.p_asks, self.signal, self.days_back = (
            illness.severity,
            illness.p_asks,
            illness.signal,
            illness.days_back,
        )
        self._lay_out_offsets()
        shape = (3, N_COMPLEXITIES)
        self.back_next_week: Array = np.zeros(shape)
        self.carried_first, self.carried_again = np.zeros(shape), np.zeros(shape)
        self.back_guess: Array = np.zeros(shape)
        self.emergencies, self.effort, self.week_begun = 0.0, 1.0, -1
        self.found, self.seen, self.reported, self.referrals_seen = np.zeros(2), np.zeros(2), np.zeros(2), 0.0
        self.p_reported, self.arrives = np.zeros(2), 1.0
        self.advised = self.appointments = self.alliance_visits = 0.0
        self.helped, self.not_helped = np.zeros(3), np.zeros(3)  # visits of the week at other doctors, accredited, hospitals
        self.helped_share_by_alternative = np.zeros(N_ALTERNATIVES)
        self.week_found, self.week_reported = np.zeros(2), np.zeros(2)
        self.is_case = False
        self.visits_before, self.month = 0.0, np.zeros(3)  # weeks, alliance visits, supervised share

    def _lay_out_offsets(self) -> None:
        """Nodes of the offset between primary care and hospitals, and matrices from them to illnesses by class of money."""
        k = "resident.choose_provider."
        mean = self.v[k + "utils_per_severity_at_primary"] * self.severity.ravel()
        spread = self.v[k + "utils_per_trust"] * self.v["resident.trust.initial_spread"] * math.sqrt(2.0)
        x, weight = hermite(3)
        again = self.v[k + "utils_hospital_again"]
        at = [mean + shift for shift in self.money.offsets]
        low, high = min(a.min() for a in at) - 2.0 * spread - again, max(a.max() for a in at) + 2.0 * spread
        self.offsets = np.linspace(low, high, N_OFFSETS)

        def matrix(means: Array) -> Array:
            return np.sum([w * spline_matrix(self.offsets, means + spread * xi) for xi, w in zip(x, weight, strict=True)], axis=0)

        self.to_first = np.stack([matrix(a) for a in at])
        self.to_again = np.stack([matrix(a - again) for a in at])

    # -- the week ------------------------------------------------------------------------------------------------

    def live_week(self, index: int) -> dict[str, float]:
        """One week of expected values."""
        now, v = calendar.week(index), self.v
        self.is_case = now.period != "burn_in"
        phase = 2.0 * math.pi * (now.week_of_year - v["illness.week_of_peak"]) / WEEKS_PER_YEAR
        incidence = (1.0 + v["illness.seasonal_amplitude"] * math.cos(phase)) * (
            v["illness.covid_relative_incidence"] if now.is_covid else 1.0
        )
        seeking = v["illness.covid_relative_seeking"] if now.is_covid else 1.0
        illnesses = float((self.ages.groups() * self.episodes).sum()) * incidence / WEEKS_PER_YEAR
        new = self._seek(illnesses, seeking)
        self._choose(new, incidence * seeking)
        row = weigh_outcomes(self, new.sum(axis=0))
        row["n_illnesses"] = illnesses
        self._remember()
        self._end(index, now)
        self.ages.grow()
        row["n_accredited_doctors"], row["n_members"] = (
            self.doctors.n_certified,
            self.members.share * self.v["population.n_children"],
        )
        return row

    def _seek(self, illnesses: float, seeking: float) -> Array:
        """Illnesses for which care is sought, by class of money and node of illness, shape (classes, nodes)."""
        v, k = self.v, "resident.seek_care."
        weight = (self.share[:, :, None] * self.noise_weight).ravel()
        self.money_first, self.money_again = self.money.shares(self.members.share_of_visits)
        own = self.money.own_centre[:, None]
        odds = v[k + "log_odds_of_seeking"] + v[k + "log_odds_per_severity"] * self.severity.ravel()
        p = seeking * logistic(odds + v["resident.choose_provider.utils_per_100_yuan"] * own / 100.0)
        unseen = (self.money_first[:, None] * (1.0 - p)).sum(axis=0) * weight
        self.emergencies = illnesses * float(unseen.reshape(3, -1)[SERIOUS].sum())
        return illnesses * self.money_first[:, None] * p * weight

    def _choose(self, new: Array, activity: float) -> None:
        """Where families go in this week; leaves shares by node of illness and alternative."""
        first = np.einsum("ma,maz->z", new, self.to_first)
        self.back = self.back_next_week + BACK_SAME_WEEK * self.back_guess
        alone = self.v["resident.seek_care.p_goes_by_itself"]
        self.early = (self.carried_first[..., None] * self.noise_weight).ravel()
        again = ((self.back + self.carried_again)[..., None] * self.noise_weight).ravel()
        blend_first = np.einsum("m,maz->az", self.money_first, self.to_first)
        blend_again = np.einsum("m,maz->az", self.money_again, self.to_again)
        returning = self.early @ blend_first + (1.0 - alone) * again @ blend_again
        returning = np.append(returning, alone * again.sum() + self.advised)
        arriving = np.append(first, 0.0)
        self._set_room()
        k = "centre.wait.reference_utilisation"
        elsewhere = [self.v["centre.wait.background_utilisation"]] * 2
        elsewhere += [
            self.v[k] * (1.0 - self.v[f"hospital.admit.share_of_zone_{kind}"]) for kind in ("maternal", "other", "alliance")
        ]
        utilities = self.providers.utilities(self._worth())
        day = self.providers.live_a_day(
            utilities, np.append(self.offsets, -40.0), returning / 7.0, arriving / 7.0, np.array(elsewhere) * activity,
            self.appointments / 7.0,
        )  # fmt: skip
        self.day, self.flows = day, (arriving, returning)
        by_class = np.einsum("maz,zj->maj", self.to_first, day.arriving[:-1])
        self.to_new = np.divide(np.einsum("ma,maj->aj", new, by_class), new.sum(axis=0)[:, None] + 1e-300)
        primary = np.einsum("ma,maj->m", new, by_class[..., :FIRST_HOSPITAL])
        self.members_of_primary = float(primary[3:].sum() / primary.sum())  # members pay less there, and go there more often
        by_slot = np.einsum("ma,maj->j", new[3:], by_class[3:])
        at_clinics = (by_slot[4] + by_slot[:2].sum() * self.doctors.share_private) / max(1e-12, by_slot[:FIRST_HOSPITAL].sum())
        price = 1.0 - at_clinics * (1.0 - self.money.cost["clinic"] / self.money.cost["centre"])
        self.own_of_members = price * float(primary[3:] @ self.money.own_before_plan[3:] / max(1e-12, primary[3:].sum()))
        self.to_early = blend_first @ day.returning[:-1]
        self.to_again_shares = (1.0 - alone) * (blend_again @ day.returning[:-1]) + alone * day.returning[-1]

    def _set_room(self) -> None:
        v, scale = self.v, self.providers.zone.scale
        reference = v["centre.wait.reference_utilisation"]
        kinds = (("maternal", 1.0), ("other", 3.0), ("alliance", 1.0))
        hospital = np.array(
            [
                v[f"hospital.admit.visits_per_day_{k}"] / n * scale / v[f"hospital.admit.share_of_zone_{k}"] / reference
                for k, n in kinds
            ]
        )
        if self.is_case and v["hospital.accredit.is_running"]:
            s = "hospital.support."
            lost = self._hours("share_for_training") + self._hours("share_for_review")
            lost *= v[s + "visits_per_hour"] * (1.0 - v[s + "backfill"])
            hospital[2] -= (lost + v["hospital.admit.green_numbers_per_week"] * scale * self.effort) / 7.0
        f = "hospital.follow_up."
        calls = v[f + "share_called"] * v[f + "minutes_per_call"]
        own = v["centre.wait.visits_per_doctor_day"] * v["centre.wait.share_for_children_accredited"]
        own *= v[f + "minutes_per_visit"] / (v[f + "minutes_per_visit"] + calls)
        self.providers.set_room(self.doctors.share_vacant, own, hospital)

    def _hours(self, share: str) -> float:
        s = "hospital.support."
        return self.v[s + "n_experts"] * self.v[s + "hours_per_week"] * self.v[s + share] * self.effort * self.providers.zone.scale

    def _worth(self) -> dict[str, float]:
        """What each alternative is worth by itself, at the mean trust of now and for a family of the first class of money."""
        v, k = self.v, "resident.choose_provider."
        trust = v[k + "utils_per_trust"] * (self.trust - v[k + "mean_trust"])
        own = {name: v[k + "utils_per_100_yuan"] * yuan / 100.0 for name, yuan in self.money.own_of_kind.items()}
        certificate = v[k + "utils_certificate"] + trust[1]
        if not v["fund.plan.is_all_primary_covered"]:  # then the plan makes certified doctors alone cheaper, for members
            certificate -= own["centre"] * v["fund.plan.covered_share"] * self.members.share_of_visits * v["fund.plan.is_running"]
        worth = {name: v[f"{k}utils_{name}"] + own[name] for name in ("centre", "clinic")}
        worth |= {f"accredited_{name}": worth[name] + certificate for name in ("centre", "clinic")}
        worth |= {name: worth[name] + trust[0] for name in ("centre", "clinic")}
        for name, full in (("maternal", "maternal_hospital"), ("other", "other_hospital"), ("alliance", "alliance_hospital")):
            worth[name] = v[f"{k}utils_{full}"] + v[k + "utils_any_hospital"] + own[name] + trust[2]
        return worth

    # -- what visits lead to -------------------------------------------------------------------------------------

    def _remember(self) -> None:
        """Trust and habits move with what visits of the week came to."""
        v, k = self.v, "resident.trust."
        mean = v["resident.choose_provider.mean_trust"]
        gain = v[k + "gain_at_mean"] / (1.0 - mean)
        loss = v[k + "loss_over_gain"] * v[k + "gain_at_mean"] / mean
        rate = self.money.visitor_weight / v["population.n_children"]
        up, down = gain * (1.0 - self.trust) * self.helped * rate, loss * self.trust * self.not_helped * rate
        h, friends = "resident.hear.", v["population.n_friends"]
        heard = np.array([0.0, 1.0, 0.0]) * friends * (v[h + "share_of_good_news"] * up - v[h + "share_of_bad_news"] * down)
        self.trust = np.clip(self.trust + up - down + heard, 0.0, 1.0)
        turnover = float(self.helped.sum()) * rate
        arriving, returning = self.flows
        self.providers.learn_habits(arriving, returning, self.helped_share_by_alternative, turnover)

    # -- what happens at the ends of months, quarters, years -----------------------------------------------------

    def _end(self, index: int, now: calendar.Week) -> None:
        alliance, v = self.is_case and bool(self.v["hospital.accredit.is_running"]), self.v
        supervised = (
            min(
                1.0,
                self._hours("share_for_review") / v["hospital.support.hours_per_supervised_case"] / max(1.0, self.visits_before),
            )
            if alliance
            else 0.0
        )
        self.month += (1.0, self.alliance_visits, supervised * self.alliance_visits)
        self.visits_before = self.alliance_visits
        before = self.doctors.n_certified
        if now.ends_month:
            self._end_month(index, alliance)
        if now.ends_quarter:
            self._end_quarter(index, alliance)
        if now.ends_year:
            self.money.start_year()
            self.members.close_year()
        kept = min(1.0, self.doctors.n_certified / before) if before > 0 else 1.0
        self.providers.certify(self.doctors.n_certified, kept)

    def _end_month(self, index: int, alliance: bool) -> None:
        if self.is_case and self.v["fund.plan.is_running"]:
            self.members.decide(self.trust[1] - self.v["resident.choose_provider.mean_trust"])
        n, visits, supervised = max(1e-9, self.doctors.n_certified), self.month[1], self.month[2]
        private, p = self.doctors.share_private, "fund.pay.reaches_"
        separate = self.v["population.share_separate_centres"]
        public = (1.0 - separate) * self.v[p + "public"] + separate * self.v[p + "separate"]
        self.arrives = private * self.v[p + "private"] + (1.0 - private) * public
        if alliance and self.doctors.n_certified > 0:
            members = visits * self.members_of_primary / n
            share = supervised / max(1e-9, visits)
            self.doctors.end_month(
                index, visits / n, members, share, self.arrives, (self.day.load_of_accredited, self.day.load_of_others)
            )
        else:
            self.doctors.end_month(index, 0.0, 0.0, 0.0, 0.0, (0.0, self.day.load_of_others))
        self.month[:] = 0.0

    def _end_quarter(self, index: int, alliance: bool) -> None:
        self.doctors.revise_beliefs(self.found + self.reported, self.seen)
        each = np.array([max(1e-9, self.doctors.n_certified), self.providers.zone.n_doctors])
        self.p_reported = 1.0 - np.exp(-self.reported / each)
        self.found, self.seen, self.reported = np.zeros(2), np.zeros(2), np.zeros(2)
        if alliance:
            self._reckon_effort(index)
            self.doctors.examine(index, self._hours("share_for_training"), self.providers.share_of_idle_clinics)
        self.referrals_seen = 0.0

    def _reckon_effort(self, index: int) -> None:
        v, s = self.v, "hospital.support."
        self.week_begun = index if self.week_begun < 0 else self.week_begun
        if index - self.week_begun < v[s + "weeks_of_promise"]:
            return
        running, full = v["fund.plan.is_running"], self.effort
        self.effort = 1.0
        hours = 13.0 * (self._hours("share_for_training") + self._hours("share_for_review"))
        cases = (
            self.referrals_seen * (v[s + "yuan_per_complex_case"] + running * v["fund.pay.yuan_per_referral"]) / max(hours, 1e-9)
        )
        clinic = v[s + "visits_per_hour"] * v["prices.alliance_hospital_yuan"] * (1.0 - v[s + "backfill"])
        net = running * v["fund.pay.yuan_per_expert_hour"] + cases - clinic
        wanted = float(logistic(np.array(v[s + "log_odds_of_effort"] + v[s + "log_odds_per_100_yuan"] * net / 100.0)))
        self.effort = full + v[s + "adaptation"] * (wanted - full)
