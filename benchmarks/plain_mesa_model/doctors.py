"""What do family doctors do: see, judge, prescribe, send, learn, stay?"""

from __future__ import annotations

import math
from collections import deque
from types import SimpleNamespace
from typing import TYPE_CHECKING

import mesa

from agents.centre import invest, wait
from agents.centre.record import CENTRE
from agents.doctor import judge, learn, prescribe, record_referral, refer, stay
from agents.fund import pay
from agents.government import audit
from agents.government.reimburse import PRIMARY
from agents.hospital import accredit, admit, follow_up, review
from agents.units import DAYS_PER_WEEK, FEN_PER_YUAN, WEEKS_PER_QUARTER
from model import dice, ledger
from model.certificates import NOT_NOW, RENEWALS_FIRST
from model.dice import die
from model.outcome import AT_ALLIANCE, AT_PRIMARY
from model.tables import MEAN_COMPLEXITY, N_SLICES
from model.visit import DAYS_UNTIL_CALL, GREATEST_UTILISATION
from model.world import EVENT_APPOINTMENT, EVENT_VISIT, QUARTERS_REVIEWED, SELF_LIMITING, SERIOUS, SPECIALIST
from plain_mesa_model.plain import plain

if TYPE_CHECKING:
    from plain_mesa_model.people import Child, Illness
    from plain_mesa_model.sites import Site
    from plain_mesa_model.world import PlainAlliance

capacity_of_day, wait_hours = plain(wait.capacity_of_day), plain(wait.wait_hours)
expected_utilisation, share_of_time_left = plain(wait.expected_utilisation), plain(follow_up.share_of_time_left)
discriminability, p_sent, lost_by_load = plain(refer.discriminability), plain(refer.p_sent), plain(refer.lost_by_load)
log_odds_to_outweigh, asks_for_hospital = plain(refer.log_odds_to_outweigh), plain(refer.asks_for_hospital)
caution_on_request, p_recorded = plain(refer.caution_on_request), plain(record_referral.p_recorded)
drug_margin, p_prescribed = plain(prescribe.drug_margin), plain(prescribe.p_prescribed)
expected_fine_yuan, p_repaired = plain(audit.expected_fine_yuan), plain(follow_up.p_repaired)
has_green_number, days_in_ordinary_queue = plain(admit.has_green_number), plain(admit.days_in_ordinary_queue)
learned_skill, total_skill, belief = plain(learn.learned_skill), plain(learn.total_skill), plain(learn.belief)
share_that_arrives, arriving_fen = plain(pay.share_that_arrives), plain(pay.arriving_fen)
counted_referrals, yuan_lost_per_referral = plain(pay.counted_referrals), plain(pay.yuan_lost_per_referral)
minutes_per_visit, minutes_of_calls = plain(stay.minutes_per_visit), plain(follow_up.minutes_of_calls)
net_pay_per_hour, felt = plain(stay.net_pay_per_hour), plain(stay.felt)
p_leaves_alliance, p_quits = plain(stay.p_leaves_alliance), plain(stay.p_quits)
may_sit, must_renew, result = plain(accredit.may_sit), plain(accredit.must_renew), plain(accredit.result)
side_of_limits, is_beyond, is_removed = plain(review.side_of_limits), plain(review.is_beyond), plain(review.is_removed)
is_satisfied_with_payment = plain(judge.is_satisfied_with_payment)
is_satisfied_with_platform = plain(judge.is_satisfied_with_platform)
invested_skill, after_depreciation = plain(invest.invested_skill), plain(invest.after_depreciation)


class Doctor(mesa.Agent):
    """A family doctor."""

    def __init__(self, model: PlainAlliance, row: int, record: SimpleNamespace, site: Site) -> None:
        super().__init__(model)
        self.row, self.site = row, site
        site.doctors.append(self)
        self.is_private, self.is_candidate, self.turn = record.is_private, record.is_candidate, record.turn
        self.innate_skill, self.skill = record.innate_skill, record.skill
        self.log_caution, self.belief = record.log_caution, record.belief
        self.patience, self.net_pay_felt = record.patience, 0.0
        self.trained_skill = self.learned_skill = self.invested_skill = self.added_visits_per_day = 0.0
        self.is_accredited, self.week_certified, self.n_sittings, self.week_of_sitting = 0, -1, 0, 0
        self.week_vacant, self.banned_until, self.n_hires = -1, 0, 0
        self.week_advised_on_referral = self.week_advised_on_drugs = -1
        self.advice_on_referral, self.advice_on_drugs, self.comes_forward = 0, 0, False
        self.quarters: deque[tuple[int, int, int]] = deque(maxlen=QUARTERS_REVIEWED)  # visits, recorded, unneeded antibiotics
        self.capacity_today = self.n_seen_today = self.n_seen_week = self.n_seen_month = self.n_seen_quarter = 0
        self.n_visits_week = self.n_member_visits_week = self.n_recorded_week = 0
        self.utilisation = self.wait_hours = self.n_supervised_month = 0.0
        self.n_confirmed_quarter = self.n_reported_quarter = self.n_alliance_visits_year = self.n_recorded_year = 0
        self.n_alliance_visits_month = self.n_alliance_visits_quarter = self.n_recorded_quarter = 0
        self.n_unneeded_quarter = self.n_unneeded_year = self.n_reported_before = 0
        self.n_fee_visits_month = self.owed_fen = self.owed_last_quarter_fen = self.income_from_alliance_fen = 0
        self.due_quarter_fen = self.arrived_quarter_fen = self.arrived_before_fen = 0
        self.weigh()

    # -- room ---------------------------------------------------------------------------------------------------

    def is_ordinary(self) -> bool:
        """In post, and without a certificate."""
        return self.week_vacant < 0 and not self.is_accredited

    def visits_per_day(self) -> float:
        """Children whom an accredited doctor can see on a mean day, calls made [visits/day]."""
        k = self.model.p.centre.wait
        own = k.visits_per_doctor_day * k.share_for_children_accredited
        return (own + self.added_visits_per_day) * share_of_time_left(self.model.p.hospital.follow_up)

    def load(self) -> float:
        """How full the doctor is: an accredited one alone, the others as their place [1]."""
        return self.utilisation if self.is_accredited else self.site.utilisation

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
        tally, kind = self.model.tally, illness.kind
        is_accredited, household = self.is_accredited, child.household
        child.pay_visit(self.site, PRIMARY, is_accredited)
        tally.n_primary_visits += 1
        if self.site.kind == CENTRE:
            tally.n_centre_visits += 1
        self.n_seen_month += 1
        self.n_seen_quarter += 1
        if is_accredited:
            self.count_alliance_visit(illness, household.is_member)
        is_sent = self.judges_to_send(child, illness)
        illness.was_left_by_alliance = is_accredited and not is_sent
        illness.n_visits += 1
        if is_sent:
            self.send(child, illness, today)
            return
        self.prescribe(child, illness)
        if kind == SERIOUS and is_accredited and self.finds_by_call(child, illness, today):
            illness.was_left_by_alliance = 0
            child.wait_for(illness, today, today + DAYS_UNTIL_CALL, EVENT_APPOINTMENT)
            return
        where = AT_ALLIANCE if is_accredited else AT_PRIMARY
        if kind == SERIOUS:
            child.miss(illness, self, where)
            tally.n_missed_serious_alliance += is_accredited
        elif kind == SPECIALIST:
            tally.n_missed_specialist_alliance += is_accredited
        is_resolved = child.is_better(illness, self.skill, today)
        tally.n_not_better += 1 - is_resolved
        key = self.row if is_accredited else self.site.key
        household.remember(where, key, is_resolved)
        child.sign_contract(illness, where, self.site, is_resolved)
        child.go_home(illness, today, is_resolved)

    def judges_to_send(self, child: Child, illness: Illness) -> bool:
        """Whether the doctor sends this child: evidence, caution, and what the family asks for."""
        model, row, number, kind = self.model, child.row, illness.number, illness.kind
        k, seed = model.p.doctor.refer, model.seed_key
        signal = 0.0
        if kind == SERIOUS:
            signal = 1.0
        elif kind == SPECIALIST:
            signal = k.signal_of_specialist
        log_odds = self.log_odds_sent
        wish = model.normal[int(die(seed, dice.REQUEST, row, number, illness.n_visits) * N_SLICES)]
        if asks_for_hospital(k, illness.severity, wish):
            log_odds -= self.caution_on_request
            model.tally.n_asked_for_hospital += self.is_accredited
        d_prime = discriminability(k, self.skill, illness.complexity, MEAN_COMPLEXITY, self.lost_by_load)
        return die(seed, dice.TRIAGE, row, number, illness.n_visits) < p_sent(d_prime, log_odds, signal)

    def prescribe(self, child: Child, illness: Illness) -> None:
        """An antibiotic or none, for a child who is treated where it is."""
        model, tally, row, number = self.model, self.model.tally, child.row, illness.number
        is_needed = die(model.seed_key, dice.NEEDS_ANTIBIOTIC, row, number, 0) < model.p.illness.share_needing_antibiotic
        p_antibiotic = self.p_needed_antibiotic if is_needed else self.p_unneeded_antibiotic
        if die(model.seed_key, dice.PRESCRIBE, row, number, illness.n_visits) >= p_antibiotic:
            return
        tally.n_antibiotics += 1
        if not is_needed:
            tally.n_unneeded_antibiotics += 1
            self.n_unneeded_year += 1
            if self.is_accredited:
                tally.n_unneeded_alliance += 1
                self.n_unneeded_quarter += 1

    def finds_by_call(self, child: Child, illness: Illness, today: int) -> bool:
        """Whether a call within 48 hours finds the serious illness that the visit missed, before the day of alarm."""
        if illness.alarm_day <= today + DAYS_UNTIL_CALL:
            return False
        model = self.model
        u = die(model.seed_key, dice.FOLLOW_UP, child.row, illness.number, illness.n_visits)
        if u < p_repaired(model.p.hospital.follow_up):
            model.tally.n_repaired_misses += 1
            return True
        return False

    def count_alliance_visit(self, illness: Illness, is_member: int) -> None:
        """What is counted of a visit to an accredited doctor."""
        model, tally = self.model, self.model.tally
        tally.n_alliance_visits += 1
        self.n_visits_week += 1
        self.n_alliance_visits_year += 1
        self.n_alliance_visits_quarter += 1
        self.n_alliance_visits_month += 1
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
        is_recorded = u < self.p_recorded
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
        self.n_recorded_quarter += 1
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
        self.due_quarter_fen += fen
        if site.is_separate:
            self.owed_fen += arriving
        else:
            self.receive(employer, arriving)

    def receive(self, employer: int, fen: int) -> None:
        """What the employer passes on."""
        self.model.books.post(employer, ledger.DOCTOR_KIND, ledger.PASSED_ON, fen)
        self.income_from_alliance_fen += fen
        self.arrived_quarter_fen += fen
        if self.is_private:
            self.model.tally.arrived_private_fen += fen

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
        self.weigh()

    def be_passed_what_is_owed(self) -> None:
        """Under separate accounts the treasury pays a quarter late."""
        if self.owed_last_quarter_fen > 0:
            self.receive(ledger.TREASURY, self.owed_last_quarter_fen)
        self.owed_last_quarter_fen, self.owed_fen = self.owed_fen, 0

    def be_paid_for_month(self, fee: int, training: int) -> None:
        """Be paid for the month's visits of members and for hours of training [fen each]."""
        n, self.n_fee_visits_month = self.n_fee_visits_month, 0
        if n > 0 and fee > 0:
            self.be_paid(ledger.DOCTOR_FEE, n * fee)
        if self.is_accredited and training > 0:
            self.be_paid(ledger.TRAINING_PAY, training)

    def answer_survey(self, minutes_per_record: float) -> None:
        """A certified doctor says whether payment and platform are good enough; the quarter's pay starts anew."""
        tally, k = self.model.tally, self.model.p.doctor.judge
        if self.is_accredited:
            tally.n_certified_asked += 1
            if is_satisfied_with_payment(k, self.due_quarter_fen, self.arrived_quarter_fen, self.patience):
                tally.n_satisfied_with_payment += 1
            if is_satisfied_with_platform(k, minutes_per_record, self.patience):
                tally.n_satisfied_with_platform += 1
        self.due_quarter_fen = self.arrived_quarter_fen = 0

    # -- skill and caution --------------------------------------------------------------------------------------

    def weigh(self) -> None:
        """How much evidence it takes to send a child, how likely it is recorded, how readily the doctor prescribes."""
        model, p = self.model, self.model.p
        self.yuan_lost_per_referral = 0.0
        if self.is_accredited and model.is_plan:
            self.yuan_lost_per_referral = yuan_lost_per_referral(
                p.fund.pay, self.share_that_arrives(), self.n_alliance_visits_year, self.n_recorded_year
            )
        k, load = p.doctor.refer, self.load()
        self.log_odds_sent = log_odds_to_outweigh(
            k, self.belief, self.log_caution, self.yuan_lost_per_referral, self.n_reported_before, self.advice_on_referral
        )
        self.lost_by_load, self.caution_on_request = lost_by_load(k, load), caution_on_request(k, max(0.0, 1.0 - load))
        self.p_recorded = p_recorded(p.doctor.record_referral, self.yuan_lost_per_referral, int(self.advice_on_referral > 0))
        k, advice = p.doctor.prescribe, self.advice_on_drugs
        margin, fine = drug_margin(k, self.is_private), expected_fine_yuan(p.government.audit)
        self.p_needed_antibiotic = p_prescribed(k, 1, self.skill, margin, advice, fine)
        self.p_unneeded_antibiotic = p_prescribed(k, 0, self.skill, margin, advice, fine)

    def learn_from_cases(self) -> None:
        """Skill after the month's supervised cases."""
        k = self.model.p.doctor.learn
        if self.is_accredited:
            self.learned_skill = learned_skill(k, self.learned_skill, self.n_supervised_month, self.n_seen_month)
        self.n_supervised_month, self.n_seen_month, self.n_alliance_visits_month = 0.0, 0, 0
        self.add_up_skill()
        self.weigh()

    def add_up_skill(self) -> None:
        """Skill now."""
        self.skill = total_skill(self.innate_skill, self.trained_skill, self.learned_skill, self.invested_skill)

    def revise_belief(self, alliance_rate: float) -> None:
        """Believed share of children who need the hospital, after a quarter."""
        self.belief = belief(
            self.model.p.doctor.learn, self.belief, self.n_confirmed_quarter, self.n_reported_quarter,
            self.n_seen_quarter, alliance_rate,
        )  # fmt: skip
        self.n_reported_before = self.n_reported_quarter
        self.n_confirmed_quarter = self.n_reported_quarter = self.n_seen_quarter = 0

    def be_trained_from_surplus(self, added_skill: float) -> None:
        """Skill that the surplus bought takes effect."""
        self.invested_skill = invested_skill(self.model.p.centre.invest, self.invested_skill, added_skill)

    def depreciate(self) -> None:
        """Added capacity wears out by the year."""
        self.added_visits_per_day = after_depreciation(self.model.p.centre.invest, self.added_visits_per_day)

    # -- examination --------------------------------------------------------------------------------------------

    def come_forward(self, p_comes: float) -> None:
        """Want to be trained in this quarter, or not."""
        self.comes_forward = die(self.model.seed_key, dice.COME_FORWARD, self.row, self.model.week, self.n_hires) < p_comes

    def place_in_queue(self) -> float:
        """Order in which doctors get training places: lowest first, NOT_NOW for those who may not."""
        k, week = self.model.p.hospital.accredit, self.model.week
        if self.is_accredited:
            if must_renew(k, week - self.week_certified, WEEKS_PER_QUARTER):
                return RENEWALS_FIRST + self.week_certified
            return NOT_NOW
        if self.week_vacant >= 0 or week < self.banned_until or not self.comes_forward:
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

    def fail_to_renew(self) -> None:
        """Whoever would have had to renew and found no place loses the certificate."""
        if self.is_accredited and self.place_in_queue() < 0.0:
            self.lose_certificate()

    def lose_certificate(self) -> None:
        """Not renewed."""
        self.withdraw()
        self.model.tally.n_certificates_lost += 1

    def be_certified(self) -> None:
        """Join the alliance."""
        self.is_accredited, self.utilisation, self.wait_hours = 1, 0.0, 0.0
        self.net_pay_felt, self.arrived_before_fen = 0.0, self.income_from_alliance_fen
        self.model.n_accredited += 1

    def withdraw(self) -> None:
        """Leave the alliance."""
        self.is_accredited, self.week_certified = 0, -1
        self.forget_advice()
        self.model.n_accredited -= 1

    # -- the quality committee ----------------------------------------------------------------------------------

    def keep_quarter(self) -> None:
        """The quarter's counts take the place of those of a year ago; who is not accredited has none."""
        if self.is_accredited:
            self.quarters.append((self.n_alliance_visits_quarter, self.n_recorded_quarter, self.n_unneeded_quarter))
        else:
            self.quarters.clear()
        self.n_alliance_visits_quarter = self.n_recorded_quarter = self.n_unneeded_quarter = 0

    def of_four_quarters(self) -> tuple[int, int, int]:
        """Visits, recorded referrals and unneeded antibiotics over four quarters."""
        visits = recorded = unneeded = 0
        for quarter in self.quarters:
            visits, recorded, unneeded = visits + quarter[0], recorded + quarter[1], unneeded + quarter[2]
        return visits, recorded, unneeded

    def be_reviewed(self, mean_referral: float, mean_drugs: float) -> None:
        """Advise, remove or let alone the doctor, by the two control charts against these means of the peers."""
        model, k, week = self.model, self.model.p.hospital.review, self.model.week
        n, recorded, unneeded = self.of_four_quarters()
        referral = side_of_limits(k, k.sds_referral, recorded, n, mean_referral)
        is_drugs = side_of_limits(k, k.sds_prescription, unneeded, n, mean_drugs) == review.ABOVE
        is_referral = is_beyond(k, referral)
        if not is_referral and not is_drugs:
            self.forget_advice()
            return
        sign = (1 if referral == review.ABOVE else -1) if is_referral else 0
        is_new = sign not in (0, self.advice_on_referral) or (is_drugs and not self.advice_on_drugs)
        model.tally.n_advised += int(is_new)
        if sign != self.advice_on_referral:
            self.advice_on_referral, self.week_advised_on_referral = sign, week if sign else -1
        if is_drugs != bool(self.advice_on_drugs):
            self.advice_on_drugs, self.week_advised_on_drugs = int(is_drugs), week if is_drugs else -1
        weeks = [week - since for since in (self.week_advised_on_referral, self.week_advised_on_drugs) if since >= 0]
        if any(is_removed(k, each) for each in weeks):
            model.tally.n_removed += 1
            self.withdraw()
            self.banned_until = week + k.weeks_of_ban

    def forget_advice(self) -> None:
        """No advice of the committee is in force."""
        self.advice_on_referral = self.advice_on_drugs = 0
        self.week_advised_on_referral = self.week_advised_on_drugs = -1

    # -- stay or leave ------------------------------------------------------------------------------------------

    def decide_to_stay(self) -> bool:
        """The month's decision: stay in the alliance, stay in the zone; a vacant post is filled in time."""
        model = self.model
        if self.week_vacant >= 0:
            if model.week - self.week_vacant < model.p.doctor.stay.weeks_of_vacancy:
                return False
            self.be_replaced()
            return True
        arrived = (self.income_from_alliance_fen - self.arrived_before_fen) / FEN_PER_YUAN
        has_left = bool(self.is_accredited and model.is_alliance and self.leaves_alliance(arrived))
        has_quit = self.quits(arrived)
        self.arrived_before_fen = self.income_from_alliance_fen
        return has_left or has_quit

    def leaves_alliance(self, arrived_yuan: float) -> bool:
        """Hand back the certificate, or not, after what alliance work brought in the month."""
        model, p, k = self.model, self.model.p, self.model.p.doctor.stay
        minutes = minutes_per_visit(k, minutes_of_calls(p.hospital.follow_up), model.hospital.saved_by_platform)
        net_pay = net_pay_per_hour(k, arrived_yuan, self.n_alliance_visits_month, minutes, k.training_hours_per_month)
        self.net_pay_felt = felt(k, self.net_pay_felt, net_pay)
        u = die(model.seed_key, dice.LEAVE_ALLIANCE, self.row, model.month, self.n_hires)
        if u >= p_leaves_alliance(k, self.net_pay_felt):
            return False
        model.tally.n_left_alliance += 1
        self.banned_until = model.week + p.hospital.accredit.weeks_of_pause
        self.withdraw()
        return True

    def quits(self, arrived_yuan: float) -> bool:
        """Leave the zone, or not."""
        model, p = self.model, self.model.p
        p_leaves = p_quits(p.doctor.stay, self.load(), p.centre.wait.reference_utilisation, arrived_yuan)
        if die(model.seed_key, dice.QUIT, self.row, model.month, self.n_hires) >= p_leaves:
            return False
        model.tally.n_quits += 1
        if self.is_accredited:
            self.withdraw()
        self.week_vacant = model.week
        self.n_alliance_visits_year = self.n_recorded_year = 0  # the bonus of the year is lost with the post
        return True

    def be_replaced(self) -> None:
        """Another person takes the post, with a skill, caution and patience of their own, and without training."""
        model, p, seed, row = self.model, self.model.p, self.model.seed_key, self.row
        self.n_hires += 1
        n = self.n_hires
        self.week_vacant = self.week_certified = -1
        gap = p.doctor.learn.private_skill_gap if self.is_private else 0.0
        innate = model.innate_skill[int(die(seed, dice.DOCTOR_SKILL, row, n, 0) * N_SLICES)] + gap
        self.innate_skill = self.skill = min(1.0, max(0.0, innate))
        caution = model.normal[int(die(seed, dice.DOCTOR_CAUTION, row, n, 0) * N_SLICES)]
        self.log_caution = math.log(p.doctor.refer.caution) + p.doctor.refer.caution_spread * caution
        self.patience = die(seed, dice.DOCTOR_PATIENCE, row, n, 0)
        self.belief = p.doctor.learn.initial_belief
        self.trained_skill = self.learned_skill = self.invested_skill = self.net_pay_felt = 0.0
        self.n_sittings = self.week_of_sitting = self.banned_until = self.n_reported_before = 0
        self.n_reported_quarter = self.n_confirmed_quarter = self.n_seen_quarter = 0
        self.arrived_before_fen = self.income_from_alliance_fen  # late pay for the post is not the newcomer's
