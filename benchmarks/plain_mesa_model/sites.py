"""What do places of care do: have room, see, treat?"""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import TYPE_CHECKING

import mesa

from agents.centre import wait
from agents.centre.record import ALLIANCE_HOSPITAL, CLINIC, MATERNAL_HOSPITAL, OTHER_HOSPITAL
from agents.government import audit, reimburse
from agents.government.reimburse import PRIMARY, SECONDARY, TERTIARY
from agents.hospital import support
from agents.units import DAYS_PER_WEEK, FEN_PER_YUAN
from model import dice, ledger
from model.choice import SITE_KEY
from model.dice import die
from model.outcome import AT_HOSPITAL
from model.places import N_OTHER_HOSPITALS
from model.world import SELF_LIMITING, SERIOUS, SPECIALIST
from plain_mesa_model.plain import plain

if TYPE_CHECKING:
    from plain_mesa_model.doctors import Doctor
    from plain_mesa_model.people import Child, Illness
    from plain_mesa_model.world import PlainAlliance

capacity_of_day, wait_hours = plain(wait.capacity_of_day), plain(wait.wait_hours)
expected_utilisation, clinic_visits_lost = plain(wait.expected_utilisation), plain(support.clinic_visits_lost)
n_found, fine_fen, with_referral = plain(audit.n_found), plain(audit.fine_fen), plain(reimburse.with_referral)


class Site(mesa.Agent):
    """A centre, a clinic or a hospital."""

    def __init__(self, model: PlainAlliance, row: int, record: SimpleNamespace, account: int) -> None:
        super().__init__(model)
        self.row, self.kind, self.is_separate = row, record.kind, record.is_separate
        self.price_fen, self.account, self.key = record.price_fen, account, SITE_KEY + row
        self.level = PRIMARY if self.kind <= CLINIC else SECONDARY if self.kind == MATERNAL_HOSPITAL else TERTIARY
        self.doctors: list[Doctor] = []
        self.turn = self.n_seen_today = self.n_seen_week = self.n_visits_week = self.capacity_today = 0
        self.n_referrals_year = 0
        self.capacity_per_day = self.background_per_day = 0.0
        self.utilisation, self.wait_hours = record.utilisation, record.wait_hours

    # -- room ---------------------------------------------------------------------------------------------------

    def set_capacity(self) -> None:
        """What the place can see a day, now that some doctors work for the alliance and some experts teach."""
        model, p = self.model, self.model.p
        if self.kind <= CLINIC:
            n = sum(doctor.is_ordinary() for doctor in self.doctors)
            self.capacity_per_day = n * p.centre.wait.visits_per_doctor_day * p.centre.wait.share_for_children_others
            return
        zone, share = self.zone_visits_per_day(), self.share_of_zone()
        self.capacity_per_day = zone * model.scale / share / p.centre.wait.reference_utilisation
        if self.kind == ALLIANCE_HOSPITAL:
            hospital = model.hospital
            lost = clinic_visits_lost(p.hospital.support, hospital.training_hours_week + hospital.review_hours_week)
            self.capacity_per_day -= (lost + hospital.n_green_numbers) / DAYS_PER_WEEK

    def zone_visits_per_day(self) -> float:
        """Children of the whole zone who come to this hospital in a day [visits/day]."""
        k = self.model.p.hospital.admit
        if self.kind == MATERNAL_HOSPITAL:
            return k.visits_per_day_maternal
        return k.visits_per_day_other / N_OTHER_HOSPITALS if self.kind == OTHER_HOSPITAL else k.visits_per_day_alliance

    def share_of_zone(self) -> float:
        """Share of this hospital's patients who come from the zone [1]."""
        k = self.model.p.hospital.admit
        if self.kind == MATERNAL_HOSPITAL:
            return k.share_of_zone_maternal
        return k.share_of_zone_other if self.kind == OTHER_HOSPITAL else k.share_of_zone_alliance

    def open_week(self) -> None:
        """Patients from elsewhere follow the same season."""
        k = self.model.p.centre.wait
        activity = self.model.incidence * self.model.relative_seeking
        if self.kind < MATERNAL_HOSPITAL:
            self.background_per_day = self.capacity_per_day * k.background_utilisation * activity
        else:
            share = self.share_of_zone()
            self.background_per_day = self.capacity_per_day * k.reference_utilisation * (1.0 - share) * activity

    def open_day(self, today: int) -> None:
        """The whole visits that fit into this day."""
        self.n_seen_today = 0
        self.capacity_today = capacity_of_day(self.capacity_per_day, today)

    def close_week(self) -> None:
        """Families take note of how full the place was."""
        k = self.model.p.centre.wait
        if self.capacity_per_day > 0.0:
            used = (self.n_seen_week / DAYS_PER_WEEK + self.background_per_day) / self.capacity_per_day
            self.utilisation = expected_utilisation(k, self.utilisation, min(1.0, used))
        hours = k.hours_at_hospital if self.kind >= MATERNAL_HOSPITAL else k.hours_at_centre
        self.wait_hours = wait_hours(k, hours, self.utilisation)

    def whose_turn(self) -> Doctor:
        """The doctor who sees the next child: those who are not accredited, in turn."""
        doctors = self.doctors
        doctor = doctors[0]
        for _ in doctors:
            doctor = doctors[self.turn % len(doctors)]
            self.turn += 1
            if doctor.is_ordinary():
                break
        return doctor

    # -- visits -------------------------------------------------------------------------------------------------

    def receive(self, child: Child, illness: Illness, doctor: Doctor | None, today: int) -> None:
        """The child is here: it takes a place, waits, and is seen."""
        tally, household = self.model.tally, child.household
        hours = 0.0
        if illness.has_green_number:
            illness.has_green_number = 0
        else:
            place = doctor or self
            hours = place.wait_hours
            place.n_seen_today += 1
            place.n_seen_week += 1
        self.n_visits_week += 1
        if household.is_member:
            tally.n_waits_members += 1
            tally.wait_hours_members_sum += hours
        else:
            tally.n_waits_others += 1
            tally.wait_hours_others_sum += hours
        is_hospital = self.kind >= MATERNAL_HOSPITAL
        if illness.n_visits == 0:
            household.community.first_contacts[self.row] += 1
            if not is_hospital:
                tally.n_first_contacts_primary += 1
        if is_hospital:
            self.see_at_hospital(child, illness, today)
        else:
            (doctor or self.whose_turn()).see(child, illness, today)

    def see_at_hospital(self, child: Child, illness: Illness, today: int) -> None:
        """One outpatient visit, by appointment or by the family itself."""
        model, p, tally, kind = self.model, self.model.p, self.model.tally, illness.kind
        is_referred = illness.referred_by is not None and illness.is_recorded
        child.pay_visit(self, with_referral(self.level) if is_referred else self.level, 0)
        tally.n_hospital_visits += 1
        if illness.was_left_by_alliance:
            tally.n_self_referred += 1
            illness.was_left_by_alliance = 0
        if is_referred:
            self.confirm_referral(illness)
        illness.referred_by, illness.is_recorded = None, 0
        u = die(model.seed_key, dice.HOSPITAL_TRIAGE, child.row, illness.number, illness.n_visits)
        is_recognised = u < p.hospital.admit.p_recognised
        illness.n_visits += 1
        if kind == SERIOUS and is_recognised:
            self.treat_serious(child, illness, today, p.prices.admission_yuan)
            return
        if kind == SERIOUS:
            child.miss(illness, None, AT_HOSPITAL)
            is_resolved = 0
        elif kind == SPECIALIST:
            is_resolved = int(is_recognised)
        else:
            is_resolved = child.is_better(illness, p.doctor.treat.skill_at_hospital, today)
        tally.n_not_better += 1 - is_resolved
        child.household.remember(AT_HOSPITAL, self.key, is_resolved)
        child.go_home(illness, today, is_resolved)

    def confirm_referral(self, illness: Illness) -> None:
        """A recorded referral is seen: the doctor hears of it, and the fund pays for it."""
        model = self.model
        if illness.kind != SELF_LIMITING:
            illness.referred_by.n_confirmed_quarter += 1
        if illness.is_alliance_referral and self.kind == ALLIANCE_HOSPITAL:
            model.tally.n_referrals_seen += 1
            model.hospital.n_referrals_seen_quarter += 1
            if model.is_plan:
                fee = math.floor(model.p.fund.pay.yuan_per_referral * FEN_PER_YUAN)
                model.books.post(ledger.FUND_CLAIMS, self.account, ledger.REFERRAL_FEE, fee)

    def see_emergency(self, child: Child, illness: Illness, today: int) -> None:
        """The day of alarm of a serious illness, at the emergency door, which is open."""
        tally, prices = self.model.tally, self.model.p.prices
        tally.n_emergencies += 1
        tally.n_hospital_visits += 1
        if illness.n_visits == 0:
            child.miss(illness, None, -1)
        if illness.was_left_by_alliance:
            tally.n_self_referred += 1
        self.treat_serious(child, illness, today, prices.admission_yuan + prices.delay_yuan)

    def treat_serious(self, child: Child, illness: Illness, today: int, price_yuan: float) -> None:
        """A serious illness reaches treatment: admission, delay, harm, and what was missed comes to light."""
        model, p, tally = self.model, self.model.p, self.model.tally
        untreated = today - illness.onset_day
        tally.n_admissions += 1
        tally.n_serious_treated += 1
        tally.delay_days += untreated
        u = die(model.seed_key, dice.ILLNESS_HARM, child.row, illness.number, 0)
        if u < 1.0 - math.exp(-p.illness.harm_per_untreated_day * untreated):
            tally.n_severe_harm += 1
        child.pay_admission(self, price_yuan)
        if illness.was_missed and illness.missed_at >= 0:
            child.household.learn_of_miss(illness.missed_at)
            v = die(model.seed_key, dice.MISS_REPORTED, child.row, illness.number, 0)
            if illness.missed_by is not None and v < p.doctor.learn.p_miss_reported:
                illness.missed_by.n_reported_quarter += 1
        child.illnesses.remove(illness)

    # -- the bureau ---------------------------------------------------------------------------------------------

    def be_audited(self) -> None:
        """The year's unneeded antibiotics: the bureau may audit a centre or clinic, and fines what it finds."""
        if self.level != PRIMARY:
            return
        model, k = self.model, self.model.p.government.audit
        n = sum(doctor.n_unneeded_year for doctor in self.doctors)
        for doctor in self.doctors:
            doctor.n_unneeded_year = 0
        if n > 0 and die(model.seed_key, dice.AUDIT, self.row, model.year, 0) < k.p_audited:
            found = n_found(k, n, die(model.seed_key, dice.AUDIT_FINDS, self.row, model.year, 0))
            model.tally.n_unneeded_found += found
            model.books.post(self.account, ledger.BASIC_INSURANCE, ledger.FINE, fine_fen(k, found))
