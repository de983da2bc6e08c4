"""What do family doctors decide at the end of a month?

They learn from supervised cases, weigh what a referral and a prescription cost them, stay in the alliance or hand back
their certificate, stay in the zone or leave it; a post that has been vacant long enough is filled by another person.
"""

import math

from agents.compiled import compiled
from agents.doctor import learn, prescribe, record_referral, refer, stay
from agents.fund import pay
from agents.government import audit
from agents.hospital import follow_up
from agents.units import FEN_PER_YUAN
from model import dice
from model.certificates import withdraw
from model.dice import die, looked_up


@compiled
def load_of(sites, doctor):
    """Share of the doctor's time in use [1]: an accredited doctor's own, else that of the place."""
    return doctor.utilisation if doctor.is_accredited else sites[doctor.site].utilisation


@compiled
def weigh(clock, sites, doctor, p):
    """What one more recorded referral costs this doctor, how much evidence it therefore takes, and how readily he prescribes."""
    doctor.yuan_lost_per_referral = 0.0
    site = sites[doctor.site]
    if doctor.is_accredited and clock.is_plan:
        share = pay.share_that_arrives(p.fund.pay, doctor.is_private, site.is_separate)
        doctor.yuan_lost_per_referral = pay.yuan_lost_per_referral(
            p.fund.pay, share, doctor.n_alliance_visits_year, doctor.n_recorded_year
        )
    doctor.log_odds_sent = refer.log_odds_to_outweigh(
        p.doctor.refer, doctor.belief, doctor.log_caution, doctor.yuan_lost_per_referral, doctor.n_reported_before,
        doctor.advice_on_referral,
    )  # fmt: skip
    load = load_of(sites, doctor)
    doctor.lost_by_load = refer.lost_by_load(p.doctor.refer, load)
    doctor.caution_on_request = refer.caution_on_request(p.doctor.refer, max(0.0, 1.0 - load))
    is_advised = 1 if doctor.advice_on_referral > 0 else 0
    doctor.p_recorded = record_referral.p_recorded(p.doctor.record_referral, doctor.yuan_lost_per_referral, is_advised)
    weigh_prescribing(doctor, p)


@compiled
def weigh_prescribing(doctor, p):
    """How readily the doctor prescribes, with need and without."""
    k = p.doctor.prescribe
    margin = prescribe.drug_margin(k, doctor.is_private)
    fine = audit.expected_fine_yuan(p.government.audit)
    doctor.p_needed_antibiotic = prescribe.p_prescribed(k, 1, doctor.skill, margin, doctor.advice_on_drugs, fine)
    doctor.p_unneeded_antibiotic = prescribe.p_prescribed(k, 0, doctor.skill, margin, doctor.advice_on_drugs, fine)


@compiled
def learn_from_cases(clock, doctors, sites, p):
    """Every doctor's skill after the month's supervised cases, and what follows for the coming month."""
    k = p.doctor.learn
    for row in range(len(doctors)):
        doctor = doctors[row]
        if doctor.is_accredited:
            doctor.learned_skill = learn.learned_skill(k, doctor.learned_skill, doctor.n_supervised_month, doctor.n_seen_month)
        doctor.n_supervised_month = 0.0
        doctor.n_seen_month = 0
        doctor.n_alliance_visits_month = 0
        doctor.skill = learn.total_skill(doctor.innate_skill, doctor.trained_skill, doctor.learned_skill, doctor.invested_skill)
        weigh(clock, sites, doctor, p)


@compiled
def stay_in_alliance(clock, tally, hospital, doctor, arrived, p, seed, row):
    """An accredited doctor looks at what alliance work brought in the month, and stays or hands back the certificate.

    `arrived` is what arrived of the plan's pay in the month [yuan].
    """
    k = p.doctor.stay
    minutes = stay.minutes_per_visit(k, follow_up.minutes_of_calls(p.hospital.follow_up), hospital.saved_by_platform)
    net_pay = stay.net_pay_per_hour(k, arrived, doctor.n_alliance_visits_month, minutes, k.training_hours_per_month)
    doctor.net_pay_felt = stay.felt(k, doctor.net_pay_felt, net_pay)
    if die(seed, dice.LEAVE_ALLIANCE, row, clock.month, doctor.n_hires) < stay.p_leaves_alliance(k, doctor.net_pay_felt):
        tally.n_left_alliance += 1
        doctor.banned_until = clock.week + p.hospital.accredit.weeks_of_pause
        withdraw(clock, doctor)
        return 1
    return 0


@compiled
def stay_in_zone(clock, tally, sites, doctor, arrived, p, seed, row):
    """A doctor stays in the zone or leaves the post vacant."""
    p_quits = stay.p_quits(p.doctor.stay, load_of(sites, doctor), p.centre.wait.reference_utilisation, arrived)
    if die(seed, dice.QUIT, row, clock.month, doctor.n_hires) < p_quits:
        tally.n_quits += 1
        if doctor.is_accredited:
            withdraw(clock, doctor)
        doctor.week_vacant = clock.week
        doctor.n_alliance_visits_year = doctor.n_recorded_year = 0  # the bonus of the year is lost with the post
        return 1
    return 0


@compiled
def hire(doctor, normal, innate_skill, p, seed, row):
    """Another person takes the post, with a skill, caution and patience of their own, and without training."""
    doctor.n_hires += 1
    doctor.week_vacant = -1
    gap = p.doctor.learn.private_skill_gap if doctor.is_private else 0.0
    innate = looked_up(innate_skill, die(seed, dice.DOCTOR_SKILL, row, doctor.n_hires, 0)) + gap
    doctor.innate_skill = doctor.skill = min(1.0, max(0.0, innate))
    caution = looked_up(normal, die(seed, dice.DOCTOR_CAUTION, row, doctor.n_hires, 0))
    doctor.log_caution = math.log(p.doctor.refer.caution) + p.doctor.refer.caution_spread * caution
    doctor.patience = die(seed, dice.DOCTOR_PATIENCE, row, doctor.n_hires, 0)
    doctor.belief = p.doctor.learn.initial_belief
    doctor.trained_skill = doctor.learned_skill = doctor.invested_skill = doctor.net_pay_felt = 0.0
    doctor.n_reported_quarter = doctor.n_confirmed_quarter = doctor.n_seen_quarter = 0
    doctor.arrived_before_fen = doctor.income_from_alliance_fen  # late pay for the post is not the newcomer's
    doctor.n_sittings = doctor.week_of_sitting = doctor.banned_until = doctor.n_reported_before = 0
    doctor.week_certified = -1


@compiled
def decide_to_stay(clock, tally, hospital, doctors, sites, normal, innate_skill, p, seed):
    """Who leaves the alliance, who leaves the zone, which posts are filled; returns how many changed."""
    n_changes = 0
    for row in range(len(doctors)):
        doctor = doctors[row]
        if doctor.week_vacant >= 0:
            if clock.week - doctor.week_vacant >= p.doctor.stay.weeks_of_vacancy:
                hire(doctor, normal, innate_skill, p, seed, row)
                n_changes += 1
            continue
        arrived = (doctor.income_from_alliance_fen - doctor.arrived_before_fen) / FEN_PER_YUAN
        if doctor.is_accredited and clock.is_alliance:
            n_changes += stay_in_alliance(clock, tally, hospital, doctor, arrived, p, seed, row)
        n_changes += stay_in_zone(clock, tally, sites, doctor, arrived, p, seed, row)
        doctor.arrived_before_fen = doctor.income_from_alliance_fen
    return n_changes
