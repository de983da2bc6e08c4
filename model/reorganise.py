"""Who has how much room, and who is near whom, after doctors or levers changed?

The hospital divides its experts' hours by the effort it makes; each place has the capacity of those of its doctors who are
in post and not accredited; neighbourhoods learn which accredited doctors and places are near.
"""

import math

from agents.centre.record import ALLIANCE_HOSPITAL, CENTRE, CLINIC, MATERNAL_HOSPITAL, OTHER_HOSPITAL
from agents.compiled import compiled
from agents.hospital import support
from agents.units import DAYS_PER_WEEK
from model.opening import share_of_zone
from model.places import N_OTHER_HOSPITALS

NEAREST_CENTRE = 2  # among the alternatives of choice: two accredited doctors, two centres, then one of each other kind


@compiled
def divide_hours(clock, hospital, p):
    """What the hospital gives the alliance in the coming quarter: hours for training and review, reserved numbers a week."""
    k = p.hospital.support
    is_on = clock.is_alliance
    hospital.training_hours_week = support.hours(k, k.share_for_training, hospital.effort) * clock.scale * is_on
    hospital.review_hours_week = support.hours(k, k.share_for_review, hospital.effort) * clock.scale * is_on
    numbers = p.hospital.admit.green_numbers_per_week * clock.scale * hospital.effort + hospital.added_green_numbers
    hospital.n_green_numbers = int(numbers + 1.0 / 2.0) * is_on


@compiled
def set_capacity(clock, hospital, sites, doctors, p):
    """What each place can see a day, now that some of its doctors work for the alliance and some experts teach."""
    wait, admit = p.centre.wait, p.hospital.admit
    for i in range(len(sites)):
        site = sites[i]
        if site.kind <= CLINIC:
            n = 0
            for row in range(site.first_doctor, site.first_doctor + site.n_doctors):
                n += is_ordinary(doctors[row])
            site.capacity_per_day = n * wait.visits_per_doctor_day * wait.share_for_children_others
            continue
        zone, share = hospital_visits(admit, site.kind), share_of_zone(admit, site.kind)
        site.capacity_per_day = zone * clock.scale / share / wait.reference_utilisation
        if site.kind == ALLIANCE_HOSPITAL:
            lost = support.clinic_visits_lost(p.hospital.support, hospital.training_hours_week + hospital.review_hours_week)
            site.capacity_per_day -= (lost + hospital.n_green_numbers) / DAYS_PER_WEEK


@compiled
def is_ordinary(doctor):
    """1 for a doctor in post without a certificate, else 0."""
    return 1 if doctor.week_vacant < 0 and not doctor.is_accredited else 0


@compiled
def hospital_visits(admit, kind):
    """Zone children a day at each hospital of this kind [visits/day]."""
    if kind == MATERNAL_HOSPITAL:
        return admit.visits_per_day_maternal
    return admit.visits_per_day_other / N_OTHER_HOSPITALS if kind == OTHER_HOSPITAL else admit.visits_per_day_alliance


@compiled
def find_doctors_near(site, doctor, minutes, doctors, c):
    """The two nearest accredited doctors of neighbourhood `c`, where there are any; the earlier row wins a tie."""
    first = second = math.inf
    for row in range(len(doctors)):
        if not doctors[row].is_accredited:
            continue
        away = minutes[c, doctors[row].site]
        if away < first:
            second, doctor[c, 1], site[c, 1] = first, doctor[c, 0], site[c, 0]
            first, doctor[c, 0], site[c, 0] = away, row, doctors[row].site
        elif away < second:
            second, doctor[c, 1], site[c, 1] = away, row, doctors[row].site


@compiled
def alternative_of(kind):
    """Place of the nearest one of this kind among the alternatives of choice."""
    return NEAREST_CENTRE if kind == CENTRE else kind + NEAREST_CENTRE + 1


@compiled
def find_places_near(site, nearest, minutes, sites, c):
    """The two nearest centres and the nearest place of each other kind that has room; the earlier row wins a tie."""
    nearest[:] = math.inf
    for i in range(len(sites)):
        if sites[i].capacity_per_day <= 0.0:
            continue
        k, away = alternative_of(sites[i].kind), minutes[c, i]
        if away < nearest[k]:
            if k == NEAREST_CENTRE:
                nearest[k + 1], site[c, k + 1] = nearest[k], site[c, k]
            nearest[k], site[c, k] = away, i
        elif k == NEAREST_CENTRE and away < nearest[k + 1]:
            nearest[k + 1], site[c, k + 1] = away, i


@compiled
def find_alternatives(site, doctor, nearest, minutes, sites, doctors):
    """For each neighbourhood: who is near now."""
    site[:] = -1
    doctor[:] = -1
    for c in range(len(site)):
        find_doctors_near(site, doctor, minutes, doctors, c)
        find_places_near(site, nearest, minutes, sites, c)


@compiled
def reorganise(world):
    """Hours, capacity and neighbours' knowledge after doctors or levers changed."""
    p, clock, hospital = world.params[0], world.clock[0], world.hospital[0]
    divide_hours(clock, hospital, p)
    set_capacity(clock, hospital, world.sites, world.doctors, p)
    find_alternatives(world.alternative_site, world.alternative_doctor, world.nearest, world.minutes, world.sites, world.doctors)
