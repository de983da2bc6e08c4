"""What happens at a visit, and what does it lead to?

A visit at primary care ends in one of four ways: referred and recorded; advised to go, unrecorded; sent home and better;
sent home and not. A visit at a hospital ends in treatment, or in being sent home. The emergency door is always open.
"""

import math

from agents.centre.record import ALLIANCE_HOSPITAL, CENTRE
from agents.compiled import inlined
from agents.doctor import refer
from agents.government.reimburse import PRIMARY, with_referral
from agents.hospital import admit, follow_up
from agents.units import FEN_PER_YUAN
from model import dice, ledger
from model.billing import level_of, pay_admission, pay_visit
from model.choice import key_of
from model.dice import die, looked_up
from model.ledger import post
from model.outcome import AT_ALLIANCE, AT_HOSPITAL, AT_PRIMARY, go_home, is_better, learn_of_miss, miss, remember, sign_contract
from model.queue import close_case, wait_for
from model.tables import MEAN_COMPLEXITY
from model.world import EVENT_APPOINTMENT, EVENT_VISIT, SELF_LIMITING, SERIOUS, SPECIALIST

DAYS_UNTIL_CALL = 2
GREATEST_UTILISATION = 0.98  # beyond it the formula of the ordinary queue has no meaning


@inlined
def send(world, p, seed, case_row, doctor_row, household, today):
    """Send a child to the hospital: recorded or not, with or without a green number, if the family heeds it."""
    case, clock, tally, hospital = world.cases[case_row], world.clock[0], world.tally[0], world.hospital[0]
    doctor = world.doctors[doctor_row]
    is_recorded = 1 if die(seed, dice.RECORD, case.child, case.number, case.n_visits) < doctor.p_recorded else 0
    has_green = 0
    if doctor.is_accredited:
        tally.n_sent_alliance += 1
        if is_recorded:
            tally.n_recorded_referrals += 1
            world.doctor_counts[doctor_row, 2] += 1
            world.referrals[doctor.site] += 1
            doctor.n_recorded_year += 1
            doctor.n_recorded_quarter += 1
            if case.kind == SELF_LIMITING:
                tally.n_unnecessary_referrals += 1
            else:
                tally.n_needed_referrals += 1
            if admit.has_green_number(p.hospital.admit, hospital.n_green_given, hospital.n_green_numbers, household.is_member):
                has_green = 1
                hospital.n_green_given += 1
                tally.n_green += 1
        else:
            tally.n_advised_unrecorded += 1
    k = p.resident.seek_care
    heeds = die(seed, dice.HEED, case.child, case.number, case.n_visits) < (k.p_heeds_referral if is_recorded else k.p_heeds_advice)
    if not heeds:
        go_home(
            world.cases,
            world.free_cases,
            world.due_first,
            world.due_last,
            clock,
            p,
            seed,
            case_row,
            today,
            is_better(p, seed, case, doctor.skill, today),
        )
        return
    case.referred_by = doctor_row
    case.is_recorded = is_recorded
    case.is_alliance_referral = doctor.is_accredited
    case.has_green_number = has_green
    if not is_recorded:
        case.is_hospital_only = 1
        wait_for(world.cases, world.due_first, world.due_last, case_row, today, today + 1, EVENT_VISIT)
        return
    days = int(p.hospital.admit.days_by_green_channel)
    if not has_green:
        u_hospital = world.sites[len(world.sites) - 1].utilisation
        days = admit.days_in_ordinary_queue(p.hospital.admit, u_hospital, p.centre.wait.reference_utilisation, GREATEST_UTILISATION)
    wait_for(world.cases, world.due_first, world.due_last, case_row, today, today + days, EVENT_APPOINTMENT)


@inlined
def judges_to_send(tally, doctor, normal, p, seed, case):
    """[bool] Whether the doctor sends this child to the hospital: evidence, caution, and what the family asks for."""
    k = p.doctor.refer
    signal = 0.0
    if case.kind == SERIOUS:
        signal = 1.0
    elif case.kind == SPECIALIST:
        signal = k.signal_of_specialist
    log_odds = doctor.log_odds_sent
    wish = looked_up(normal, die(seed, dice.REQUEST, case.child, case.number, case.n_visits))
    if refer.asks_for_hospital(k, case.severity, wish):
        log_odds -= doctor.caution_on_request
        tally.n_asked_for_hospital += doctor.is_accredited
    d_prime = refer.discriminability(k, doctor.skill, case.complexity, MEAN_COMPLEXITY, doctor.lost_by_load)
    return die(seed, dice.TRIAGE, case.child, case.number, case.n_visits) < refer.p_sent(d_prime, log_odds, signal)


@inlined
def prescribe_antibiotic(tally, doctor, p, seed, case):
    """An antibiotic or none, at a visit after which the child is treated where it is."""
    is_needed = die(seed, dice.NEEDS_ANTIBIOTIC, case.child, case.number, 0) < p.illness.share_needing_antibiotic
    p_prescribed = doctor.p_needed_antibiotic if is_needed else doctor.p_unneeded_antibiotic
    if die(seed, dice.PRESCRIBE, case.child, case.number, case.n_visits) < p_prescribed:
        tally.n_antibiotics += 1
        if not is_needed:
            tally.n_unneeded_antibiotics += 1
            doctor.n_unneeded_year += 1
            if doctor.is_accredited:
                tally.n_unneeded_alliance += 1
                doctor.n_unneeded_quarter += 1


@inlined
def is_repaired_by_call(tally, p, seed, case, today):
    """[bool] Whether a call within 48 hours finds the serious illness that the visit missed, before the day of alarm."""
    if case.alarm_day <= today + DAYS_UNTIL_CALL:
        return False
    u = die(seed, dice.FOLLOW_UP, case.child, case.number, case.n_visits)
    if u < follow_up.p_repaired(p.hospital.follow_up):
        tally.n_repaired_misses += 1
        return True
    return False


@inlined
def see_family_doctor(world, p, seed, case_row, doctor_row, household, today):
    """One visit to a family doctor, accredited or not: paid, judged, sent or treated, remembered."""
    case, clock, tally = world.cases[case_row], world.clock[0], world.tally[0]
    doctor, child = world.doctors[doctor_row], world.children[case.child]
    site = world.sites[doctor.site]
    is_accredited = doctor.is_accredited
    pay_visit(
        world.books, p, clock, child, case.child, household, doctor_row, world.site_account[doctor.site], PRIMARY,
        is_accredited, site.price_fen,
    )  # fmt: skip
    tally.n_primary_visits += 1
    if site.kind == CENTRE:
        tally.n_centre_visits += 1
    doctor.n_seen_month += 1
    doctor.n_seen_quarter += 1
    where = AT_ALLIANCE if is_accredited else AT_PRIMARY
    if is_accredited:
        tally.n_alliance_visits += 1
        tally.n_true_need_alliance += 1 if case.kind != SELF_LIMITING else 0
        world.doctor_counts[doctor_row, 0] += 1
        doctor.n_alliance_visits_year += 1
        doctor.n_alliance_visits_quarter += 1
        doctor.n_alliance_visits_month += 1
        doctor.n_supervised_month += world.hospital[0].supervised_share
        if case.kind == SERIOUS:
            tally.n_serious_alliance += 1
        if household.is_member:
            tally.n_alliance_visits_members += 1
            if clock.is_plan:
                tally.n_fee_visits += 1
                doctor.n_fee_visits_month += 1
                world.doctor_counts[doctor_row, 1] += 1
    is_sent = judges_to_send(tally, doctor, world.normal, p, seed, case)
    case.was_left_by_alliance = 1 if is_accredited and not is_sent else 0
    case.n_visits += 1
    if is_sent:
        send(world, p, seed, case_row, doctor_row, household, today)
        return
    prescribe_antibiotic(tally, doctor, p, seed, case)
    if case.kind == SERIOUS and is_accredited and is_repaired_by_call(tally, p, seed, case, today):
        case.was_left_by_alliance = 0
        wait_for(world.cases, world.due_first, world.due_last, case_row, today, today + DAYS_UNTIL_CALL, EVENT_APPOINTMENT)
        return
    if case.kind == SERIOUS:
        miss(tally, child, case, doctor_row, where)
        tally.n_missed_serious_alliance += is_accredited
    elif case.kind == SPECIALIST:
        tally.n_missed_specialist_alliance += is_accredited
    is_resolved = is_better(p, seed, case, doctor.skill, today)
    tally.n_not_better += 1 - is_resolved
    key = key_of(doctor_row if is_accredited else -1, doctor.site)
    row = child.household
    remember(p, clock, tally, world.tellers, world.news, household, row, where, key, is_resolved)
    sign_contract(clock, tally, world.agenda, p, seed, case, household, row, where, doctor.site, is_resolved)
    go_home(world.cases, world.free_cases, world.due_first, world.due_last, clock, p, seed, case_row, today, is_resolved)


@inlined
def treat_serious(world, p, seed, case_row, site_row, household, today, price_yuan):
    """A serious illness reaches treatment: admission, delay, harm, and what was missed comes to light."""
    case, clock, tally = world.cases[case_row], world.clock[0], world.tally[0]
    child = world.children[case.child]
    untreated = today - case.onset_day
    tally.n_admissions += 1
    tally.n_serious_treated += 1
    tally.delay_days += untreated
    u = die(seed, dice.ILLNESS_HARM, case.child, case.number, 0)
    if u < 1.0 - math.exp(-p.illness.harm_per_untreated_day * untreated):
        tally.n_severe_harm += 1
    price = math.floor(price_yuan * FEN_PER_YUAN)
    pay_admission(world.books, p, clock, child, case.child, household, world.site_account[site_row], price)
    if case.was_missed:
        learn_of_miss(clock, world.tellers, world.news, world.doctors, p, seed, case, household, child.household)
    close_case(world.free_cases, clock, case_row)


@inlined
def see_hospital(world, p, seed, case_row, site_row, household, today):
    """One outpatient visit at a hospital, by appointment or by the family itself."""
    case, clock, tally = world.cases[case_row], world.clock[0], world.tally[0]
    child, site = world.children[case.child], world.sites[site_row]
    level = level_of(site.kind)
    if case.referred_by >= 0 and case.is_recorded:
        level = with_referral(level)
    pay_visit(
        world.books, p, clock, child, case.child, household, -1, world.site_account[site_row], level, 0,
        site.price_fen,
    )  # fmt: skip
    tally.n_hospital_visits += 1
    needs_hospital = case.kind != SELF_LIMITING
    if case.was_left_by_alliance:
        tally.n_self_referred += 1
        case.was_left_by_alliance = 0
    if case.referred_by >= 0 and case.is_recorded:
        if needs_hospital:
            world.doctors[case.referred_by].n_confirmed_quarter += 1
        if case.is_alliance_referral and site.kind == ALLIANCE_HOSPITAL:
            tally.n_referrals_seen += 1
            world.hospital[0].n_referrals_seen_quarter += 1
            if clock.is_plan:
                fee = math.floor(p.fund.pay.yuan_per_referral * FEN_PER_YUAN)
                post(
                    world.books, clock.week, ledger.FUND_CLAIMS, world.site_account[site_row], ledger.REFERRAL_FEE, fee,
                    fee, case.child, case.referred_by,
                )  # fmt: skip
    case.referred_by = -1
    case.is_recorded = 0
    u = die(seed, dice.HOSPITAL_TRIAGE, case.child, case.number, case.n_visits)
    is_recognised = u < p.hospital.admit.p_recognised
    case.n_visits += 1
    if case.kind == SERIOUS and is_recognised:
        treat_serious(world, p, seed, case_row, site_row, household, today, p.prices.admission_yuan)
        return
    if case.kind == SERIOUS:
        miss(tally, child, case, -1, AT_HOSPITAL)
        is_resolved = 0
    elif case.kind == SPECIALIST:
        is_resolved = 1 if is_recognised else 0
    else:
        is_resolved = is_better(p, seed, case, p.doctor.treat.skill_at_hospital, today)
    tally.n_not_better += 1 - is_resolved
    key = key_of(-1, site_row)
    remember(p, clock, tally, world.tellers, world.news, household, child.household, AT_HOSPITAL, key, is_resolved)
    go_home(world.cases, world.free_cases, world.due_first, world.due_last, clock, p, seed, case_row, today, is_resolved)


@inlined
def see_emergency(world, p, seed, case_row, household, today):
    """The day of alarm of a serious illness: the parents go to the alliance hospital's emergency door, which is open."""
    case, tally = world.cases[case_row], world.tally[0]
    tally.n_emergencies += 1
    tally.n_hospital_visits += 1
    if case.n_visits == 0:
        miss(tally, world.children[case.child], case, -1, -1)
    if case.was_left_by_alliance:
        tally.n_self_referred += 1
    price = p.prices.admission_yuan + p.prices.delay_yuan
    treat_serious(world, p, seed, case_row, len(world.sites) - 1, household, today, price)
