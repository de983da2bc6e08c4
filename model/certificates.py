"""Who is trained, who sits the examination, who holds a certificate?

Training places follow from the experts' hours; renewals go first, then first sittings, then repeated ones.
"""

from agents.compiled import compiled
from agents.doctor import learn, stay
from agents.hospital import accredit
from agents.units import WEEKS_PER_QUARTER
from model import dice
from model.dice import die, looked_up

RENEWALS_FIRST = -1e6  # renewals come before first sittings, and those before repeated ones
NOT_NOW = 1e9


@compiled
def place_in_queue(p, doctor, week):
    """Order in which doctors get this quarter's training places: lowest first, NOT_NOW for those who may not."""
    k = p.hospital.accredit
    if doctor.is_accredited:
        if accredit.must_renew(k, week - doctor.week_certified, WEEKS_PER_QUARTER):
            return RENEWALS_FIRST + doctor.week_certified
        return NOT_NOW
    if doctor.week_vacant >= 0 or week < doctor.banned_until or not doctor.comes_forward:
        return NOT_NOW
    if not doctor.is_candidate or not accredit.may_sit(k, doctor.n_sittings, week - doctor.week_of_sitting):
        return NOT_NOW
    return doctor.turn if doctor.n_sittings == 0 else 1.0 + doctor.week_of_sitting


@compiled
def sit_examination(clock, tally, hospital, doctor, normal, p, seed, row, sd_skill):
    """One doctor is trained if new, sits the examination, and holds a certificate or not."""
    if doctor.n_sittings == 0:
        doctor.trained_skill = p.hospital.accredit.training_gain
        doctor.skill = learn.total_skill(doctor.innate_skill, doctor.trained_skill, doctor.learned_skill, doctor.invested_skill)
    noise = looked_up(normal, die(seed, dice.EXAMINATION, row, clock.week, 0))
    has_passed = accredit.result(p.hospital.accredit, doctor.skill, sd_skill, noise) >= hospital.cut
    doctor.n_sittings += 1
    doctor.week_of_sitting = clock.week
    tally.n_sittings += 1
    if has_passed:
        tally.n_passed += 1
        if not doctor.is_accredited:
            certify(clock, doctor)
        doctor.week_certified = clock.week
    elif doctor.is_accredited:
        withdraw(clock, doctor)
        tally.n_certificates_lost += 1


@compiled
def certify(clock, doctor):
    """A doctor joins the alliance."""
    doctor.is_accredited = 1
    doctor.utilisation = 0.0
    doctor.wait_hours = 0.0
    doctor.net_pay_felt = 0.0
    doctor.arrived_before_fen = doctor.income_from_alliance_fen
    clock.n_accredited += 1


@compiled
def withdraw(clock, doctor):
    """A doctor loses the certificate and leaves the alliance."""
    doctor.is_accredited = 0
    doctor.week_certified = -1
    clock.n_accredited -= 1
    doctor.advice_on_referral = doctor.advice_on_drugs = 0
    doctor.week_advised_on_referral = doctor.week_advised_on_drugs = -1


@compiled
def net_pay_of_peers(doctors):
    """Net pay an hour that accredited doctors feel on average [yuan/h], 0 while there are none."""
    total, n = 0.0, 0
    for row in range(len(doctors)):
        if doctors[row].is_accredited:
            total += doctors[row].net_pay_felt
            n += 1
    return total / n if n > 0 else 0.0


@compiled
def ask_who_comes(clock, doctors, p, seed):
    """Who of the doctors without a certificate wants to be trained in this quarter."""
    p_comes = stay.p_comes_forward(p.doctor.stay, net_pay_of_peers(doctors))
    for row in range(len(doctors)):
        u = die(seed, dice.COME_FORWARD, row, clock.week, doctors[row].n_hires)
        doctors[row].comes_forward = 1 if u < p_comes else 0


@compiled
def examine(clock, tally, hospital, doctors, normal, p, seed, sd_skill):
    """Fill the quarter's training places in order; whoever would have had to renew and found no place loses the certificate."""
    ask_who_comes(clock, doctors, p, seed)
    places = hospital.training_hours_week * WEEKS_PER_QUARTER / p.hospital.accredit.hours_per_place
    hospital.n_places_carried += places
    while hospital.n_places_carried >= 1.0:
        first, row = NOT_NOW, -1
        for i in range(len(doctors)):
            place = place_in_queue(p, doctors[i], clock.week)
            if place < first:
                first, row = place, i
        if row < 0:
            hospital.n_places_carried = 0.0
            break
        sit_examination(clock, tally, hospital, doctors[row], normal, p, seed, row, sd_skill)
        hospital.n_places_carried -= 1.0
    for i in range(len(doctors)):
        if doctors[i].is_accredited and place_in_queue(p, doctors[i], clock.week) < 0.0:
            withdraw(clock, doctors[i])
            tally.n_certificates_lost += 1
