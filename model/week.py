"""What happens in a week, in which order?

The week reads like a story about one child. Day by day: those who come back, wait for an appointment or reach their day of
alarm; then the new illnesses in order of arrival. An illness becomes real, the family seeks care or not, chooses among
the providers that have room, is seen, treated, sent or missed, pays, and remembers. One sequential loop, so that queues and
capacity are exact. This module and those it calls alone write the rows of the world within a week.
"""

import math

from agents.centre import wait
from agents.centre.record import MATERNAL_HOSPITAL
from agents.compiled import compiled
from agents.resident import seek_care
from agents.units import DAYS_PER_WEEK, FEN_PER_YUAN, MINUTES_PER_DAY
from model import dice
from model.billing import own_primary_fen
from model.choice import best_alternative
from model.dice import die, looked_up
from model.illness import DAYS_PER_SEASON
from model.queue import close_case, take_case, take_due, wait_for
from model.tables import MEAN_COMPLEXITY
from model.visit import see_emergency, see_family_doctor, see_hospital
from model.world import EVENT_ALARM, EVENT_APPOINTMENT, EVENT_VISIT, SELF_LIMITING, SERIOUS, SPECIALIST

FIRST_CENTRE_ALTERNATIVE = 2
ONE_WEEK = 7


@compiled
def run_week(world, stream, week, seed):
    """Run one week of the world; `stream` holds the potential illnesses of the week's season."""
    p = world.params[0]
    for day_of_week in range(DAYS_PER_WEEK):
        today = week * DAYS_PER_WEEK + day_of_week
        case_row = take_due(world.due_first, world.due_last, today)
        while case_row >= 0:
            following = world.cases[case_row].next
            come_back(world, p, seed, case_row, today)
            case_row = following
        day_of_season = today % DAYS_PER_SEASON
        for i in range(stream.first[day_of_season], stream.first[day_of_season + 1]):
            fall_ill(world, p, seed, stream.child[i], stream.number[i], today, stream.minute[i] / MINUTES_PER_DAY)
    close_week(world, p)


@compiled
def kind_of_illness(k, u):
    """Self-limiting (0), needs a specialist (1) or serious (2), drawn before anybody decides."""
    if u < k.share_serious:
        return SERIOUS
    return SPECIALIST if u < k.share_serious + k.share_specialist else SELF_LIMITING


@compiled
def days_until(mean, u):
    """Exponential waiting time in whole days [days], at least 1."""
    return 1 + math.floor(-mean * math.log(1.0 - u))


@compiled
def severity_seen(p, seed, case, normal):
    """How severe the illness looks to the family before this visit [units]."""
    noise = looked_up(normal, die(seed, dice.PERCEPTION, case.child, case.number, case.n_visits))
    return seek_care.perceived_severity(
        p.resident.seek_care, case.complexity, MEAN_COMPLEXITY, 1 if case.kind == SERIOUS else 0,
        1 if case.kind == SPECIALIST else 0, noise,
    )  # fmt: skip


@compiled
def open_case(world, p, seed, child_row, number, today):
    """Write down a new illness with all that was settled about it [row of the case]."""
    k = p.illness
    case_row = take_case(world.cases, world.free_cases, world.clock[0])
    case = world.cases[case_row]
    case.child, case.number, case.onset_day = child_row, number, today
    case.kind = kind_of_illness(k, die(seed, dice.ILLNESS_CLASS, child_row, number, 0))
    complexity = looked_up(world.complexity, die(seed, dice.ILLNESS_COMPLEXITY, child_row, number, 0))
    case.complexity = min(1.0, complexity + (k.complexity_of_serious if case.kind == SERIOUS else 0.0))
    if case.kind == SERIOUS:
        case.alarm_day = today + days_until(k.days_to_alarm, die(seed, dice.ILLNESS_ALARM, child_row, number, 0))
    case.recovery_day = today + days_until(k.days_to_recovery, die(seed, dice.ILLNESS_RECOVERY, child_row, number, 0))
    case.n_visits = case.n_carried = case.is_hospital_only = case.is_recorded = case.is_alliance_referral = 0
    case.was_left_by_alliance = case.was_missed = case.has_green_number = 0
    case.referred_by = case.missed_by = case.missed_at = -1
    return case_row


@compiled
def fall_ill(world, p, seed, child_row, number, today, share_of_day):
    """A potential illness: it becomes real or not, and the family seeks care or not."""
    clock, tally = world.clock[0], world.tally[0]
    tally.n_potential_illnesses += 1
    if die(seed, dice.ILLNESS_HAPPENS, child_row, number, 0) * clock.ceiling_incidence >= clock.relative_incidence:
        return
    child = world.children[child_row]
    if clock.week < child.first_week or clock.week >= child.last_week:
        return
    child.n_illnesses += 1
    case_row = open_case(world, p, seed, child_row, number, today)
    case, household = world.cases[case_row], world.households[child.household]
    tally.n_illnesses += 1
    if case.kind == SERIOUS:
        tally.n_serious += 1
    elif case.kind == SPECIALIST:
        tally.n_specialist += 1
    severity = severity_seen(p, seed, case, world.normal)
    centre = world.sites[world.alternative_site[household.community, FIRST_CENTRE_ALTERNATIVE]]
    own = own_primary_fen(p, clock, child, household.is_member, 0, centre.price_fen) / FEN_PER_YUAN
    money = p.resident.choose_provider.utils_per_100_yuan
    p_seek = seek_care.p_seek(p.resident.seek_care, severity, own, money, clock.relative_seeking)
    if die(seed, dice.SEEK, child_row, number, 0) < p_seek:
        tally.n_sought += 1
        seek_visit(world, p, seed, case_row, household, severity, today, share_of_day)
    elif case.kind == SERIOUS:
        wait_for(world.cases, world.due_first, world.due_last, case_row, today, case.alarm_day, EVENT_ALARM)
    else:
        close_case(world.free_cases, clock, case_row)


@compiled
def come_back(world, p, seed, case_row, today):
    """A case whose day has come: an appointment, the day of alarm, or another visit."""
    case, clock = world.cases[case_row], world.clock[0]
    child = world.children[case.child]
    household = world.households[child.household]
    if clock.week >= child.last_week:
        close_case(world.free_cases, clock, case_row)
    elif case.event == EVENT_ALARM:
        see_emergency(world, p, seed, case_row, household, today)
    elif case.event == EVENT_APPOINTMENT:
        at_provider(world, p, seed, case_row, household, len(world.sites) - 1, -1, today)
    else:
        severity = severity_seen(p, seed, case, world.normal)
        seek_visit(world, p, seed, case_row, household, severity, today, 0.0)


@compiled
def seek_visit(world, p, seed, case_row, household, severity, today, share_of_day):
    """The family wants a visit: it takes the best provider with room, or tries again a week later, or gives up."""
    case, clock, tally = world.cases[case_row], world.clock[0], world.tally[0]
    k = best_alternative(
        p, clock, seed, world.children[case.child], case.child, household, case, severity, today, share_of_day,
        world.minutes, world.alternative_site, world.alternative_doctor, world.sites, world.doctors, world.gumbel,
    )  # fmt: skip
    if k >= 0:
        site_row = world.alternative_site[household.community, k]
        at_provider(world, p, seed, case_row, household, site_row, world.alternative_doctor[household.community, k], today)
        return
    tally.n_turned_away += 1
    case.n_carried += 1
    if case.n_carried == 1:
        wait_for(world.cases, world.due_first, world.due_last, case_row, today, today + ONE_WEEK, EVENT_VISIT)
    elif case.kind == SERIOUS:
        wait_for(world.cases, world.due_first, world.due_last, case_row, today, case.alarm_day, EVENT_ALARM)
    else:
        tally.n_gave_up += 1
        close_case(world.free_cases, clock, case_row)


@compiled
def whose_turn(site, doctors):
    """The doctor of a centre or clinic who sees the next child [row]: those who are not accredited, in turn."""
    doctor_row = site.first_doctor
    for _ in range(site.n_doctors):
        doctor_row = site.first_doctor + site.turn % site.n_doctors
        site.turn += 1
        if not doctors[doctor_row].is_accredited:
            break
    return doctor_row


@compiled
def at_provider(world, p, seed, case_row, household, site_row, doctor_row, today):
    """The child is at a provider: use its room, count the visit and the wait, and be seen."""
    case, tally, site = world.cases[case_row], world.tally[0], world.sites[site_row]
    hours = site.wait_hours
    if doctor_row >= 0:
        doctor = world.doctors[doctor_row]
        if doctor.day != today:
            doctor.day, doctor.n_seen_today = today, 0
        doctor.n_seen_today += 1
        doctor.n_seen_week += 1
        hours = doctor.wait_hours
    elif case.has_green_number:
        case.has_green_number = 0  # reserved numbers are kept out of the ordinary capacity
    else:
        if site.day != today:
            site.day, site.n_seen_today = today, 0
        site.n_seen_today += 1
        site.n_seen_week += 1
    tally.n_visits += 1
    world.site_visits[site_row] += 1
    world.children[case.child].n_visits += 1
    if household.is_member:
        tally.n_waits_members += 1
        tally.wait_hours_members_sum += hours
    else:
        tally.n_waits_others += 1
        tally.wait_hours_others_sum += hours
    if case.n_visits == 0:
        tally.n_first_contacts += 1
        world.flows[household.community, site_row] += 1
        if site.kind < MATERNAL_HOSPITAL:
            tally.n_first_contacts_primary += 1
    if site.kind >= MATERNAL_HOSPITAL:
        see_hospital(world, p, seed, case_row, site_row, household, today)
    else:
        see_family_doctor(
            world, p, seed, case_row, doctor_row if doctor_row >= 0 else whose_turn(site, world.doctors), household, today
        )


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
    world.tally[0].utilisation_primary = (background + seen) / capacity if capacity > 0.0 else 0.0
    world.tally[0].utilisation_hospital = world.sites[len(world.sites) - 1].utilisation
    for i in range(len(world.doctors)):
        doctor = world.doctors[i]
        if doctor.is_accredited:
            room = k.visits_per_doctor_day * k.share_for_children_accredited + doctor.added_visits_per_day
            used = doctor.n_seen_week / DAYS_PER_WEEK / room
            doctor.utilisation = wait.expected_utilisation(k, doctor.utilisation, min(1.0, used))
            doctor.wait_hours = wait.wait_hours(k, k.hours_at_centre, doctor.utilisation)
        doctor.n_seen_week = 0
