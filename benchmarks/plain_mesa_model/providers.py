"""What do doctors and places do: have room, see, send, treat, learn?"""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import TYPE_CHECKING

import mesa

from agents.centre import invest, wait
from agents.centre.record import ALLIANCE_HOSPITAL, CENTRE, CLINIC, MATERNAL_HOSPITAL, OTHER_HOSPITAL
from agents.doctor import learn, record_referral, refer
from agents.fund import pay
from agents.hospital import accredit, admit, support
from agents.units import DAYS_PER_WEEK, FEN_PER_YUAN, WEEKS_PER_QUARTER
from model import dice, ledger
from model.choice import SITE_KEY
from model.dice import die
from model.places import N_OTHER_HOSPITALS
from model.quarter import NOT_NOW, RENEWALS_FIRST
from model.tables import MEAN_COMPLEXITY, N_SLICES
from model.visit import AT_ALLIANCE, AT_HOSPITAL, AT_PRIMARY, GREATEST_UTILISATION
from model.world import EVENT_APPOINTMENT, EVENT_VISIT, SELF_LIMITING, SERIOUS, SPECIALIST
from plain_mesa_model.plain import plain

if TYPE_CHECKING:
    from plain_mesa_model.people import Child, Illness
    from plain_mesa_model.world import PlainAlliance

capacity_of_day, wait_hours = plain(wait.capacity_of_day), plain(wait.wait_hours)
expected_utilisation = plain(wait.expected_utilisation)
discriminability, p_sent, log_odds_to_outweigh = (
    plain(refer.discriminability), plain(refer.p_sent), plain(refer.log_odds_to_outweigh),
)  # fmt: skip
p_recorded, has_green_number = plain(record_referral.p_recorded), plain(admit.has_green_number)
days_in_ordinary_queue, clinic_visits_lost = plain(admit.days_in_ordinary_queue), plain(support.clinic_visits_lost)
learned_skill, total_skill, belief = plain(learn.learned_skill), plain(learn.total_skill), plain(learn.belief)
share_that_arrives, arriving_fen = plain(pay.share_that_arrives), plain(pay.arriving_fen)
counted_referrals, yuan_lost_per_referral = plain(pay.counted_referrals), plain(pay.yuan_lost_per_referral)
may_sit, must_renew, result = plain(accredit.may_sit), plain(accredit.must_renew), plain(accredit.result)
invested_skill, after_depreciation = plain(invest.invested_skill), plain(invest.after_depreciation)


class Site(mesa.Agent):
    """A centre, a clinic or a hospital."""

    def __init__(self, model: PlainAlliance, row: int, record: SimpleNamespace, account: int) -> None:
        super().__init__(model)
        self.row, self.kind, self.is_separate = row, record.kind, record.is_separate
        self.price_fen, self.account, self.key = record.price_fen, account, SITE_KEY + row
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
            n = sum(1 - doctor.is_accredited for doctor in self.doctors)
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
            if not doctor.is_accredited:
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
        child.pay_visit(self, 1, 0)
        tally.n_hospital_visits += 1
        if illness.was_left_by_alliance:
            tally.n_self_referred += 1
            illness.was_left_by_alliance = 0
        if illness.referred_by is not None and illness.is_recorded:
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


class Doctor(mesa.Agent):
    """A family doctor."""

    def __init__(self, model: PlainAlliance, row: int, record: SimpleNamespace, site: Site) -> None:
        super().__init__(model)
        self.row, self.site = row, site
        site.doctors.append(self)
        self.is_private, self.is_candidate, self.turn = record.is_private, record.is_candidate, record.turn
        self.innate_skill, self.skill = record.innate_skill, record.skill
        self.log_caution, self.belief = record.log_caution, record.belief
        self.trained_skill = self.learned_skill = self.invested_skill = 0.0
        self.log_odds_sent = record.log_odds_sent
        self.yuan_lost_per_referral = self.added_visits_per_day = 0.0
        self.is_accredited, self.week_certified, self.n_sittings, self.week_of_sitting = 0, -1, 0, 0
        self.capacity_today = self.n_seen_today = self.n_seen_week = self.n_seen_month = self.n_seen_quarter = 0
        self.n_visits_week = self.n_member_visits_week = self.n_recorded_week = 0
        self.utilisation = self.wait_hours = self.n_supervised_month = 0.0
        self.n_confirmed_quarter = self.n_reported_quarter = self.n_alliance_visits_year = self.n_recorded_year = 0
        self.n_fee_visits_month = self.owed_fen = self.owed_last_quarter_fen = self.income_from_alliance_fen = 0

    # -- room ---------------------------------------------------------------------------------------------------

    def visits_per_day(self) -> float:
        """Children whom an accredited doctor can see on a mean day [visits/day]."""
        k = self.model.p.centre.wait
        return k.visits_per_doctor_day * k.share_for_children_accredited + self.added_visits_per_day

    def open_day(self, today: int) -> None:
        """The whole visits that fit into this day."""
        if self.is_accredited:
            self.n_seen_today = 0
            self.capacity_today = capacity_of_day(self.visits_per_day(), today)

    def close_week(self) -> None:
        """Families take note of how full the doctor was; the week's counts start anew."""
        if self.is_accredited:
            k = self.model.p.centre.wait
            used = self.n_seen_week / DAYS_PER_WEEK / self.visits_per_day()
            self.utilisation = expected_utilisation(k, self.utilisation, min(1.0, used))
            self.wait_hours = wait_hours(k, k.hours_at_centre, self.utilisation)
        self.n_seen_week = self.n_visits_week = self.n_member_visits_week = self.n_recorded_week = 0

    # -- visits -------------------------------------------------------------------------------------------------

    def see(self, child: Child, illness: Illness, today: int) -> None:
        """One visit: paid, judged, sent or treated, remembered."""
        model, p, tally, kind = self.model, self.model.p, self.model.tally, illness.kind
        is_accredited, household = self.is_accredited, child.household
        child.pay_visit(self.site, 0, is_accredited)
        tally.n_primary_visits += 1
        if self.site.kind == CENTRE:
            tally.n_centre_visits += 1
        self.n_seen_month += 1
        self.n_seen_quarter += 1
        if is_accredited:
            self.count_alliance_visit(illness, household.is_member)
        signal = 0.0
        if kind == SERIOUS:
            signal = 1.0
        elif kind == SPECIALIST:
            signal = p.doctor.refer.signal_of_specialist
        d_prime = discriminability(p.doctor.refer, self.skill, illness.complexity, MEAN_COMPLEXITY)
        u = die(model.seed_key, dice.TRIAGE, child.row, illness.number, illness.n_visits)
        is_sent = u < p_sent(d_prime, self.log_odds_sent, signal)
        illness.was_left_by_alliance = is_accredited and not is_sent
        illness.n_visits += 1
        if is_sent:
            self.send(child, illness, today)
            return
        where = AT_ALLIANCE if is_accredited else AT_PRIMARY
        if kind == SERIOUS:
            child.miss(illness, self, where)
            tally.n_missed_serious_alliance += is_accredited
        elif kind == SPECIALIST:
            tally.n_missed_specialist_alliance += is_accredited
        is_resolved = child.is_better(illness, self.skill, today)
        tally.n_not_better += 1 - is_resolved
        household.remember(where, self.row if is_accredited else self.site.key, is_resolved)
        child.go_home(illness, today, is_resolved)

    def count_alliance_visit(self, illness: Illness, is_member: int) -> None:
        """What is counted of a visit to an accredited doctor."""
        model, tally = self.model, self.model.tally
        tally.n_alliance_visits += 1
        self.n_visits_week += 1
        self.n_alliance_visits_year += 1
        self.n_supervised_month += model.hospital.supervised_share
        if illness.kind != SELF_LIMITING:
            tally.n_true_need_alliance += 1
        if illness.kind == SERIOUS:
            tally.n_serious_alliance += 1
        if is_member:
            tally.n_alliance_visits_members += 1
            if model.is_plan:
                tally.n_fee_visits += 1
                self.n_fee_visits_month += 1
                self.n_member_visits_week += 1

    def send(self, child: Child, illness: Illness, today: int) -> None:
        """Send a child to the hospital: recorded or not, with or without a green number, if the family heeds it."""
        model, p, row, number = self.model, self.model.p, child.row, illness.number
        u = die(model.seed_key, dice.RECORD, row, number, illness.n_visits)
        is_recorded = u < p_recorded(p.doctor.record_referral, self.yuan_lost_per_referral)
        has_green = self.count_sent(child, illness, is_recorded) if self.is_accredited else 0
        k = p.resident.seek_care
        p_heeds = k.p_heeds_referral if is_recorded else k.p_heeds_advice
        if die(model.seed_key, dice.HEED, row, number, illness.n_visits) >= p_heeds:
            child.go_home(illness, today, child.is_better(illness, self.skill, today))
            return
        illness.referred_by, illness.is_recorded, illness.is_alliance_referral = self, is_recorded, self.is_accredited
        illness.has_green_number = has_green
        if not is_recorded:
            illness.is_hospital_only = 1
            child.wait_for(illness, today, today + 1, EVENT_VISIT)
            return
        k = p.hospital.admit
        days = int(k.days_by_green_channel)
        if not has_green:
            reference = p.centre.wait.reference_utilisation
            days = days_in_ordinary_queue(k, model.alliance_hospital.utilisation, reference, GREATEST_UTILISATION)
        child.wait_for(illness, today, today + days, EVENT_APPOINTMENT)

    def count_sent(self, child: Child, illness: Illness, is_recorded: bool) -> int:
        """What is counted of a child whom an accredited doctor sends; [flag] whether it gets a green number."""
        model, tally, hospital = self.model, self.model.tally, self.model.hospital
        tally.n_sent_alliance += 1
        if not is_recorded:
            tally.n_advised_unrecorded += 1
            return 0
        tally.n_recorded_referrals += 1
        self.n_recorded_week += 1
        self.site.n_referrals_year += 1
        self.n_recorded_year += 1
        if illness.kind == SELF_LIMITING:
            tally.n_unnecessary_referrals += 1
        else:
            tally.n_needed_referrals += 1
        k, is_member = model.p.hospital.admit, child.household.is_member
        if not has_green_number(k, hospital.n_green_given, hospital.n_green_numbers, is_member):
            return 0
        hospital.n_green_given += 1
        tally.n_green += 1
        return 1

    # -- pay ----------------------------------------------------------------------------------------------------

    def share_that_arrives(self) -> float:
        """Share of the plan's pay that reaches this doctor [1]."""
        return share_that_arrives(self.model.p.fund.pay, self.is_private, self.site.is_separate)

    def be_paid(self, reason: int, fen: int) -> None:
        """The fund pays the employer, who passes on what arrives."""
        site = self.site
        employer = ledger.TREASURY if site.is_separate else site.account
        self.model.books.post(ledger.FUND_CLAIMS, employer, reason, fen)
        arriving = arriving_fen(self.share_that_arrives(), fen)
        if site.is_separate:
            self.owed_fen += arriving
        else:
            self.receive(employer, arriving)

    def receive(self, employer: int, fen: int) -> None:
        """What the employer passes on."""
        self.model.books.post(employer, ledger.DOCTOR_KIND, ledger.PASSED_ON, fen)
        self.income_from_alliance_fen += fen

    def settle_incentive(self) -> None:
        """Be paid for referrals below the benchmark, or pay for those above; the year's counts start anew."""
        model, k = self.model, self.model.p.fund.pay
        counted = counted_referrals(k, self.n_alliance_visits_year, self.n_recorded_year)
        fen = math.floor(math.fabs(counted * k.yuan_per_avoided_referral) * FEN_PER_YUAN)
        if self.n_alliance_visits_year > 0 and model.is_plan and fen > 0:
            if counted * k.yuan_per_avoided_referral > 0.0:
                self.be_paid(ledger.INCENTIVE, fen)
            else:
                taken = arriving_fen(self.share_that_arrives(), fen)
                model.books.post(ledger.DOCTOR_KIND, ledger.FUND_CLAIMS, ledger.DEDUCTION, taken)
                self.income_from_alliance_fen -= taken
        self.n_alliance_visits_year = self.n_recorded_year = 0
        self.weigh_referral()

    def be_passed_what_is_owed(self) -> None:
        """Under separate accounts the treasury pays a quarter late."""
        if self.owed_last_quarter_fen > 0:
            self.receive(ledger.TREASURY, self.owed_last_quarter_fen)
        self.owed_last_quarter_fen, self.owed_fen = self.owed_fen, 0

    # -- skill --------------------------------------------------------------------------------------------------

    def weigh_referral(self) -> None:
        """How much evidence it takes to send a child, given what one more recorded referral costs."""
        model, p = self.model, self.model.p
        self.yuan_lost_per_referral = 0.0
        if self.is_accredited and model.is_plan:
            self.yuan_lost_per_referral = yuan_lost_per_referral(
                p.fund.pay, self.share_that_arrives(), self.n_alliance_visits_year, self.n_recorded_year
            )
        self.log_odds_sent = log_odds_to_outweigh(p.doctor.refer, self.belief, self.log_caution, self.yuan_lost_per_referral)

    def learn_from_cases(self) -> None:
        """Skill after the month's supervised cases."""
        k = self.model.p.doctor.learn
        if self.is_accredited:
            self.learned_skill = learned_skill(k, self.learned_skill, self.n_supervised_month, self.n_seen_month)
        self.n_supervised_month, self.n_seen_month = 0.0, 0
        self.add_up_skill()
        self.weigh_referral()

    def add_up_skill(self) -> None:
        """Skill now."""
        self.skill = total_skill(self.innate_skill, self.trained_skill, self.learned_skill, self.invested_skill)

    def revise_belief(self, alliance_rate: float) -> None:
        """Believed share of children who need the hospital, after a quarter."""
        self.belief = belief(
            self.model.p.doctor.learn, self.belief, self.n_confirmed_quarter, self.n_reported_quarter,
            self.n_seen_quarter, alliance_rate,
        )  # fmt: skip
        self.n_confirmed_quarter = self.n_reported_quarter = self.n_seen_quarter = 0

    def invest(self, added_visits_per_day: float, added_skill: float) -> None:
        """What the surplus bought takes effect."""
        self.added_visits_per_day += added_visits_per_day
        self.invested_skill = invested_skill(self.model.p.centre.invest, self.invested_skill, added_skill)

    def depreciate(self) -> None:
        """Added capacity wears out by the year."""
        self.added_visits_per_day = after_depreciation(self.model.p.centre.invest, self.added_visits_per_day)

    # -- examination --------------------------------------------------------------------------------------------

    def place_in_queue(self) -> float:
        """Order in which doctors get training places: lowest first, NOT_NOW for those who may not."""
        k, week = self.model.p.hospital.accredit, self.model.week
        if self.is_accredited:
            if must_renew(k, week - self.week_certified, WEEKS_PER_QUARTER):
                return RENEWALS_FIRST + self.week_certified
            return NOT_NOW
        if not self.is_candidate or not may_sit(k, self.n_sittings, week - self.week_of_sitting):
            return NOT_NOW
        return self.turn if self.n_sittings == 0 else 1.0 + self.week_of_sitting

    def sit_examination(self) -> None:
        """Be trained if new, sit the examination, and hold a certificate or not."""
        model, k = self.model, self.model.p.hospital.accredit
        if self.n_sittings == 0:
            self.trained_skill = k.training_gain
            self.add_up_skill()
        noise = model.normal[int(die(model.seed_key, dice.EXAMINATION, self.row, model.week, 0) * N_SLICES)]
        has_passed = result(k, self.skill, model.sd_skill, noise) >= model.cut
        self.n_sittings += 1
        self.week_of_sitting = model.week
        model.tally.n_sittings += 1
        if has_passed:
            model.tally.n_passed += 1
            if not self.is_accredited:
                self.be_certified()
            self.week_certified = model.week
        elif self.is_accredited:
            self.lose_certificate()

    def be_certified(self) -> None:
        """Join the alliance."""
        self.is_accredited, self.utilisation, self.wait_hours = 1, 0.0, 0.0
        self.n_alliance_visits_year = self.n_recorded_year = 0
        self.model.n_accredited += 1

    def lose_certificate(self) -> None:
        """Leave the alliance."""
        self.is_accredited, self.week_certified = 0, -1
        self.model.n_accredited -= 1
        self.model.tally.n_certificates_lost += 1
