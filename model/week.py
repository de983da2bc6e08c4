"""What happens in a week, in which order?

The week reads like a story about one child. Day by day: those who come back, wait for an appointment or reach their day of
alarm; then the new illnesses in order of arrival. An illness becomes real, the family seeks care or not, chooses among
the providers that have room, is seen, treated, sent or missed, pays, and remembers. One sequential loop, so that queues and
capacity are exact. This module and those it calls alone write the rows of the world within a week.
"""

from agents.centre.record import MATERNAL_HOSPITAL
from agents.compiled import compiled, inlined
from agents.prefetch import bring_near
from agents.resident import seek_care
from agents.units import DAYS_PER_WEEK, FEN_PER_YUAN, MINUTES_PER_DAY
from model import dice
from model.billing import own_primary_fen
from model.choice import best_alternative
from model.dice import die, looked_up
from model.fullness import close_week, open_day
from model.illness import DAYS_PER_SEASON, days_until
from model.opening import open_week
from model.queue import close_case, take_case, take_due, wait_for
from model.reorganise import is_ordinary
from model.severe import fall_severely_ill
from model.tables import MEAN_COMPLEXITY
from model.visit import see_emergency, see_family_doctor, see_hospital
from model.world import EVENT_ALARM, EVENT_VISIT, SELF_LIMITING, SERIOUS, SPECIALIST

NOTHING = -1
FAR_AHEAD, NEAR_AHEAD = 12, 6  # illnesses; a household is known once its child lies near


@compiled
def run_week(world, stream, week, seed):
    """Run one week of the world; `stream` holds the potential illnesses of the week's season."""
    p = world.params[0]
    open_week(world, p)
    for day_of_week in range(DAYS_PER_WEEK):
        run_day(world, stream, p, seed, week * DAYS_PER_WEEK + day_of_week)
    account = world.site_account[len(world.sites) - 1]
    fall_severely_ill(
        world.books, world.clock[0], world.tally[0], world.households, world.children, world.severe_week, world.severe_child, p,
        seed, account,
    )  # fmt: skip
    close_week(world, p)


@inlined
def look_ahead(children, households, child_of, i):
    """Ask for the rows of the illnesses to come, so that they lie near when their turn comes."""
    if i + FAR_AHEAD < len(child_of):
        bring_near(children, child_of[i + FAR_AHEAD])
        bring_near(households, children[child_of[i + NEAR_AHEAD]].household)


@inlined
def run_day(world, stream, p, seed, today):
    """One day: cases whose day has come, then new illnesses in order of arrival; each may lead to one visit."""
    open_day(world.sites, world.doctors, p, today)
    day_of_season = today % DAYS_PER_SEASON
    i, last = stream.first[day_of_season], stream.first[day_of_season + 1]
    due = take_due(world.due_first, world.due_last, today)
    while due >= 0 or i < last:
        if due >= 0:
            case_row = due
            share_of_day = die(seed, dice.HOUR_OF_RETURN, world.cases[due].child, world.cases[due].number, today)
            due = world.cases[case_row].next
            event = come_back(world, p, seed, case_row)
        else:
            look_ahead(world.children, world.households, stream.child, i)
            share_of_day = stream.minute[i] / MINUTES_PER_DAY
            case_row = fall_ill(world, p, seed, stream.child[i], stream.number[i], today)
            event = EVENT_VISIT if case_row >= 0 else NOTHING
            i += 1
        if event != NOTHING:
            seek_visit(world, p, seed, case_row, event, today, share_of_day)


@compiled
def kind_of_illness(k, u):
    """Self-limiting (0), needs a specialist (1) or serious (2), drawn before anybody decides."""
    if u < k.share_serious:
        return SERIOUS
    return SPECIALIST if u < k.share_serious + k.share_specialist else SELF_LIMITING


@compiled
def severity_seen(p, seed, case, normal):
    """How severe the illness looks to the family before this visit [units]."""
    noise = looked_up(normal, die(seed, dice.PERCEPTION, case.child, case.number, case.n_visits))
    return seek_care.perceived_severity(
        p.resident.seek_care, case.complexity, MEAN_COMPLEXITY, 1 if case.kind == SERIOUS else 0,
        1 if case.kind == SPECIALIST else 0, noise,
    )  # fmt: skip


@compiled
def count_kind(tally, kind):
    """Count a new illness by its class."""
    if kind == SERIOUS:
        tally.n_serious += 1
    elif kind == SPECIALIST:
        tally.n_specialist += 1


@inlined
def open_case(world, p, seed, child_row, number, today):
    """Write down a new illness with all that was settled about it [row of the case]."""
    k = p.illness
    case_row = take_case(world.free_cases, world.clock[0])
    case = world.cases[case_row]
    case.child, case.number, case.onset_day = child_row, number, today
    case.kind = kind_of_illness(k, die(seed, dice.ILLNESS_CLASS, child_row, number, 0))
    count_kind(world.tally[0], case.kind)
    complexity = looked_up(world.complexity, die(seed, dice.ILLNESS_COMPLEXITY, child_row, number, 0))
    case.complexity = min(1.0, complexity + (k.complexity_of_serious if case.kind == SERIOUS else 0.0))
    if case.kind == SERIOUS:
        case.alarm_day = today + days_until(k.days_to_alarm, die(seed, dice.ILLNESS_ALARM, child_row, number, 0))
    case.n_visits = case.n_carried = case.is_hospital_only = case.is_recorded = case.is_alliance_referral = 0
    case.was_left_by_alliance = case.was_missed = case.has_green_number = 0
    case.referred_by = case.missed_by = case.missed_at = -1
    return case_row


@inlined
def fall_ill(world, p, seed, child_row, number, today):
    """A potential illness: it becomes real or not, and the family seeks care now [row of the case] or not [-1]."""
    clock, tally = world.clock[0], world.tally[0]
    tally.n_potential_illnesses += 1
    if die(seed, dice.ILLNESS_HAPPENS, child_row, number, 0) * clock.ceiling_incidence >= clock.relative_incidence:
        return -1
    child = world.children[child_row]
    if clock.week < child.first_week or clock.week >= child.last_week:
        return -1
    child.n_illnesses += 1
    tally.n_illnesses += 1
    case_row = open_case(world, p, seed, child_row, number, today)
    case, household = world.cases[case_row], world.households[child.household]
    case.severity = severity_seen(p, seed, case, world.normal)
    price = world.sites[0].price_fen  # the first place is a centre, and all centres cost the same
    own = own_primary_fen(p, clock, child, household.is_member, 0, price) / FEN_PER_YUAN
    money = p.resident.choose_provider.utils_per_100_yuan
    p_seek = seek_care.p_seek(p.resident.seek_care, case.severity, own, money, clock.relative_seeking)
    if die(seed, dice.SEEK, child_row, number, 0) < p_seek:
        tally.n_sought += 1
        return case_row
    if case.kind == SERIOUS:
        wait_for(world.cases, world.due_first, world.due_last, case_row, today, case.alarm_day, EVENT_ALARM)
    else:
        close_case(world.free_cases, clock, case_row)
    return -1


@inlined
def come_back(world, p, seed, case_row):
    """A case whose day has come: what it came for [event], NOTHING if the child has left the register."""
    case, clock = world.cases[case_row], world.clock[0]
    if clock.week >= world.children[case.child].last_week:
        close_case(world.free_cases, clock, case_row)
        return NOTHING
    if case.event == EVENT_VISIT:
        case.severity = severity_seen(p, seed, case, world.normal)
    return case.event


@inlined
def seek_visit(world, p, seed, case_row, event, today, share_of_day):
    """The child is brought to a provider: by appointment, in alarm, or to the best one that has room.

    When all are full the family tries again a week later, once, and then gives up.
    """
    case, clock, tally = world.cases[case_row], world.clock[0], world.tally[0]
    child = world.children[case.child]
    household = world.households[child.household]
    site_row, doctor_row = len(world.sites) - 1, -1
    if event == EVENT_VISIT:
        k = best_alternative(
            p, clock, seed, child, case.child, household, case, share_of_day, world.minutes,
            world.alternative_site, world.alternative_doctor, world.sites, world.doctors, world.gumbel,
        )  # fmt: skip
        if k < 0:
            find_all_full(world, case_row, today)
            return
        site_row = world.alternative_site[household.community, k]
        doctor_row = world.alternative_doctor[household.community, k]
    tally.n_visits += 1
    child.n_visits += 1
    if case.n_visits == 0:
        tally.n_first_contacts += 1
    if event == EVENT_ALARM:
        see_emergency(world, p, seed, case_row, household, today)
    else:
        at_provider(world, p, seed, case_row, household, site_row, doctor_row, today)


@inlined
def find_all_full(world, case_row, today):
    """Every provider is full: once more in a week, then the alarm of a serious illness, or the family gives up."""
    case, tally = world.cases[case_row], world.tally[0]
    tally.n_turned_away += 1
    case.n_carried += 1
    if case.n_carried == 1:
        wait_for(world.cases, world.due_first, world.due_last, case_row, today, today + DAYS_PER_WEEK, EVENT_VISIT)
    elif case.kind == SERIOUS:
        wait_for(world.cases, world.due_first, world.due_last, case_row, today, case.alarm_day, EVENT_ALARM)
    else:
        tally.n_gave_up += 1
        close_case(world.free_cases, world.clock[0], case_row)


@compiled
def whose_turn(site, doctors):
    """The doctor of a centre or clinic who sees the next child [row]: those who are not accredited, in turn."""
    doctor_row = site.first_doctor
    for _ in range(site.n_doctors):
        doctor_row = site.first_doctor + site.turn % site.n_doctors
        site.turn += 1
        if is_ordinary(doctors[doctor_row]):
            break
    return doctor_row


@inlined
def take_room(world, site_row, doctor_row):
    """Use a place at a provider today; returns the wait there [h]."""
    if doctor_row >= 0:
        doctor = world.doctors[doctor_row]
        doctor.n_seen_today += 1
        doctor.n_seen_week += 1
        return doctor.wait_hours
    site = world.sites[site_row]
    site.n_seen_today += 1
    site.n_seen_week += 1
    return site.wait_hours


@inlined
def at_provider(world, p, seed, case_row, household, site_row, doctor_row, today):
    """The child is at a provider: it takes a place, waits, and is seen."""
    case, tally, site = world.cases[case_row], world.tally[0], world.sites[site_row]
    hours = 0.0
    if case.has_green_number:
        case.has_green_number = 0  # reserved numbers are kept out of the ordinary capacity, and nobody waits in the hall
    else:
        hours = take_room(world, site_row, doctor_row)
    world.site_visits[site_row] += 1
    if household.is_member:
        tally.n_waits_members += 1
        tally.wait_hours_members_sum += hours
    else:
        tally.n_waits_others += 1
        tally.wait_hours_others_sum += hours
    is_hospital = site.kind >= MATERNAL_HOSPITAL
    if case.n_visits == 0:
        world.flows[household.community, site_row] += 1
        if not is_hospital:
            tally.n_first_contacts_primary += 1
    if is_hospital:
        see_hospital(world, p, seed, case_row, site_row, household, today)
        return
    if doctor_row < 0:
        doctor_row = whose_turn(site, world.doctors)
    see_family_doctor(world, p, seed, case_row, doctor_row, household, today)
