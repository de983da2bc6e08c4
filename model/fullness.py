"""How full is each provider, day by day and week by week?

Every provider opens the day with the whole visits that fit into it; at the week's end families take note of how full it was.
"""

from agents.centre import wait
from agents.centre.record import MATERNAL_HOSPITAL
from agents.compiled import compiled, inlined
from agents.doctor import stay
from agents.hospital import follow_up
from agents.units import DAYS_PER_WEEK
from model.investment import take_effect
from model.reorganise import divide_hours
from model.stocks import write_stocks


@compiled
def accredited_visits_per_day(p, doctor):
    """Children whom an accredited doctor can see on a mean day, calls made [visits/day]."""
    k = p.centre.wait
    own = k.visits_per_doctor_day * k.share_for_children_accredited
    return (own + doctor.added_visits_per_day) * follow_up.share_of_time_left(p.hospital.follow_up)


@inlined
def open_day(sites, doctors, p, today):
    """Every provider opens with the whole visits that fit into this day."""
    for i in range(len(sites)):
        site = sites[i]
        site.n_seen_today = 0
        site.capacity_today = wait.capacity_of_day(site.capacity_per_day, today)
    for i in range(len(doctors)):
        doctor = doctors[i]
        if doctor.is_accredited:
            doctor.n_seen_today = 0
            doctor.capacity_today = wait.capacity_of_day(accredited_visits_per_day(p, doctor), today)


@compiled
def close_week(world, p):
    """Families take note of how full each provider was; its week starts anew."""
    k = p.centre.wait
    background = seen = capacity = 0.0
    for i in range(len(world.sites)):
        site = world.sites[i]
        is_hospital = site.kind >= MATERNAL_HOSPITAL
        if site.capacity_per_day > 0.0:
            used = (site.n_seen_week / DAYS_PER_WEEK + site.background_per_day) / site.capacity_per_day
            site.utilisation = wait.expected_utilisation(k, site.utilisation, min(1.0, used))
        site.wait_hours = wait.wait_hours(k, k.hours_at_hospital if is_hospital else k.hours_at_centre, site.utilisation)
        if not is_hospital:
            background += min(site.background_per_day, site.capacity_per_day)
            seen += site.n_seen_week / DAYS_PER_WEEK
            capacity += site.capacity_per_day
        site.n_seen_week = 0
    world.tally[0].utilisation_primary = min(1.0, (background + seen) / capacity) if capacity > 0.0 else 0.0
    world.tally[0].utilisation_hospital = world.sites[len(world.sites) - 1].utilisation
    for i in range(len(world.doctors)):
        doctor = world.doctors[i]
        if doctor.is_accredited:
            used = doctor.n_seen_week / DAYS_PER_WEEK / accredited_visits_per_day(p, doctor)
            doctor.utilisation = wait.expected_utilisation(k, doctor.utilisation, min(1.0, used))
            doctor.wait_hours = wait.wait_hours(k, k.hours_at_centre, doctor.utilisation)
        doctor.n_seen_week = 0
    minutes = stay.minutes_per_visit(p.doctor.stay, 0.0, world.hospital[0].saved_by_platform)
    world.tally[0].minutes_of_records_sum = world.tally[0].n_alliance_visits * minutes
    take_effect(world.clock[0], world.fund[0], world.hospital[0], world.doctors, p)
    divide_hours(world.clock[0], world.hospital[0], p)
    write_stocks(world.clock[0], world.tally[0], world.hospital[0], world.fund[0], world.doctors)
