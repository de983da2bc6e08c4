"""What happens at the end of a quarter?

Doctors revise what they believe; the treasury passes on last quarter's pay; the hospital divides its experts' hours,
trains and examines; neighbourhoods learn which accredited doctors are near, and places how many ordinary doctors they have.
"""

import math

from agents.centre.record import ALLIANCE_HOSPITAL, CENTRE, CLINIC, MATERNAL_HOSPITAL, OTHER_HOSPITAL
from agents.compiled import compiled
from agents.doctor import learn
from agents.hospital import accredit, support
from agents.units import DAYS_PER_WEEK, WEEKS_PER_QUARTER
from model import dice, ledger
from model.dice import die, looked_up
from model.month import pass_on, take_stock_of_households, weigh_referral
from model.opening import share_of_zone
from model.places import N_OTHER_HOSPITALS
from model.stocks import write_stocks

RENEWALS_FIRST = -1e6  # renewals come before first sittings, and those before repeated ones
NOT_NOW = 1e9


@compiled
def revise_beliefs(hospital, doctors, p):
    """Each doctor's believed share of children who need the hospital, from what came back in the quarter."""
    found = seen = 0
    for row in range(len(doctors)):
        found += doctors[row].n_confirmed_quarter + doctors[row].n_reported_quarter
        seen += doctors[row].n_seen_quarter
    k = p.doctor.learn
    if seen > 0:
        hospital.alliance_rate = found / seen
    for row in range(len(doctors)):
        doctor = doctors[row]
        doctor.belief = learn.belief(
            k, doctor.belief, doctor.n_confirmed_quarter, doctor.n_reported_quarter, doctor.n_seen_quarter,
            hospital.alliance_rate,
        )  # fmt: skip
        doctor.n_confirmed_quarter = doctor.n_reported_quarter = doctor.n_seen_quarter = 0


@compiled
def pass_on_what_is_owed(books, clock, doctors):
    """Under separate accounts the treasury pays a quarter late: last quarter's pay now, this quarter's next time."""
    for row in range(len(doctors)):
        doctor = doctors[row]
        if doctor.owed_last_quarter_fen > 0:
            pass_on(books, clock, doctors, row, ledger.TREASURY, doctor.owed_last_quarter_fen)
        doctor.owed_last_quarter_fen = doctor.owed_fen
        doctor.owed_fen = 0


@compiled
def place_in_queue(p, doctor, week):
    """Order in which doctors get this quarter's training places: lowest first, NOT_NOW for those who may not."""
    k = p.hospital.accredit
    if doctor.is_accredited:
        if accredit.must_renew(k, week - doctor.week_certified, WEEKS_PER_QUARTER):
            return RENEWALS_FIRST + doctor.week_certified
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
        withdraw(clock, tally, doctor)


@compiled
def certify(clock, doctor):
    """A doctor joins the alliance."""
    doctor.is_accredited = 1
    doctor.utilisation = 0.0
    doctor.wait_hours = 0.0
    clock.n_accredited += 1


@compiled
def withdraw(clock, tally, doctor):
    """A doctor loses the certificate and leaves the alliance."""
    doctor.is_accredited = 0
    doctor.week_certified = -1
    clock.n_accredited -= 1
    tally.n_certificates_lost += 1


@compiled
def examine(clock, tally, hospital, doctors, normal, p, seed, sd_skill):
    """Fill the quarter's training places in order; whoever would have had to renew and found no place loses the certificate."""
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
            withdraw(clock, tally, doctors[i])


@compiled
def divide_hours(clock, hospital, p):
    """What the hospital gives the alliance in the coming quarter: hours for training and review, reserved numbers a week."""
    k = p.hospital.support
    is_on = clock.is_alliance
    hospital.training_hours_week = support.hours(k, k.share_for_training) * clock.scale * is_on
    hospital.review_hours_week = support.hours(k, k.share_for_review) * clock.scale * is_on
    hospital.n_green_numbers = int(p.hospital.admit.green_numbers_per_week * clock.scale + 1.0 / 2.0) * is_on


@compiled
def set_capacity(clock, hospital, sites, doctors, p):
    """What each place can see a day, now that some of its doctors work for the alliance and some experts teach."""
    wait, admit = p.centre.wait, p.hospital.admit
    for i in range(len(sites)):
        site = sites[i]
        if site.kind <= CLINIC:
            n = 0
            for row in range(site.first_doctor, site.first_doctor + site.n_doctors):
                n += 1 - doctors[row].is_accredited
            site.capacity_per_day = n * wait.visits_per_doctor_day * wait.share_for_children_others
            continue
        zone, share = hospital_visits(admit, site.kind), share_of_zone(admit, site.kind)
        site.capacity_per_day = zone * clock.scale / share / wait.reference_utilisation
        if site.kind == ALLIANCE_HOSPITAL:
            lost = support.clinic_visits_lost(p.hospital.support, hospital.training_hours_week + hospital.review_hours_week)
            site.capacity_per_day -= (lost + hospital.n_green_numbers) / DAYS_PER_WEEK


@compiled
def hospital_visits(admit, kind):
    """Zone children a day at each hospital of this kind [visits/day]."""
    if kind == MATERNAL_HOSPITAL:
        return admit.visits_per_day_maternal
    return admit.visits_per_day_other / N_OTHER_HOSPITALS if kind == OTHER_HOSPITAL else admit.visits_per_day_alliance


@compiled
def nearest_site(sites, minutes, community, kind, skipped):
    """Nearest place of this kind with a doctor who is not accredited (any hospital) [row], -1 if there is none."""
    best, least = -1, math.inf
    for i in range(len(sites)):
        is_possible = sites[i].kind == kind and i != skipped and sites[i].capacity_per_day > 0.0
        if is_possible and minutes[community, i] < least:
            best, least = i, minutes[community, i]
    return best


@compiled
def nearest_accredited(doctors, minutes, community, skipped):
    """Nearest accredited doctor [row], -1 if there is none."""
    best, least = -1, math.inf
    for row in range(len(doctors)):
        doctor = doctors[row]
        if doctor.is_accredited and row != skipped and minutes[community, doctor.site] < least:
            best, least = row, minutes[community, doctor.site]
    return best


@compiled
def find_alternatives(site, doctor, minutes, sites, doctors):
    """For each neighbourhood: who is near now."""
    site[:] = -1
    doctor[:] = -1
    for c in range(len(site)):
        doctor[c, 0] = nearest_accredited(doctors, minutes, c, -1)
        if doctor[c, 0] >= 0:
            site[c, 0] = doctors[doctor[c, 0]].site
            doctor[c, 1] = nearest_accredited(doctors, minutes, c, doctor[c, 0])
        if doctor[c, 1] >= 0:
            site[c, 1] = doctors[doctor[c, 1]].site
        site[c, 2] = nearest_site(sites, minutes, c, CENTRE, -1)
        site[c, 3] = nearest_site(sites, minutes, c, CENTRE, site[c, 2])
        site[c, 4] = nearest_site(sites, minutes, c, CLINIC, -1)
        site[c, 5] = nearest_site(sites, minutes, c, MATERNAL_HOSPITAL, -1)
        site[c, 6] = nearest_site(sites, minutes, c, OTHER_HOSPITAL, -1)
        site[c, 7] = nearest_site(sites, minutes, c, ALLIANCE_HOSPITAL, -1)


@compiled
def reorganise(world):
    """Hours, capacity and neighbours' knowledge after doctors or levers changed."""
    p, clock, hospital = world.params[0], world.clock[0], world.hospital[0]
    divide_hours(clock, hospital, p)
    set_capacity(clock, hospital, world.sites, world.doctors, p)
    find_alternatives(world.alternative_site, world.alternative_doctor, world.minutes, world.sites, world.doctors)


@compiled
def end_quarter(world, seed, sd_skill):
    """The end of a quarter, in order."""
    p, clock, tally, hospital = world.params[0], world.clock[0], world.tally[0], world.hospital[0]
    doctors, sites = world.doctors, world.sites
    revise_beliefs(hospital, doctors, p)
    pass_on_what_is_owed(world.books, clock, doctors)
    if clock.is_alliance:
        examine(clock, tally, hospital, doctors, world.normal, p, seed, sd_skill)
    reorganise(world)
    for row in range(len(doctors)):
        weigh_referral(clock, sites, doctors[row], p)
    take_stock_of_households(tally, world.households)
    write_stocks(clock, tally, hospital, doctors)
