"""How does a week open?

Children enter and leave the register; what the week's calendar, season and levers say is written on the clock; counts
start at zero, stocks at last week's value.
"""

from agents.centre.record import MATERNAL_HOSPITAL, OTHER_HOSPITAL
from agents.compiled import compiled
from agents.hospital import support


@compiled
def set_clock(clock_rows, week, year, month, is_alliance, is_plan, incidence, ceiling, seeking, tally_rows, fund_rows):
    """What the calendar, the season and the switches say of this week; raises ValueError when illness exceeds its ceiling."""
    clock = clock_rows[0]
    if incidence > ceiling:
        raise ValueError("illness of this week exceeds the ceiling at which potential illnesses were drawn")
    clock.week, clock.year, clock.month = week, year, month
    clock.is_alliance, clock.is_plan = is_alliance, is_plan * (1 - fund_rows[0].is_closed)
    clock.relative_incidence, clock.ceiling_incidence, clock.relative_seeking = incidence, ceiling, seeking
    clock.n_alliance_visits_before = tally_rows[0].n_alliance_visits


@compiled
def enter_register(clock, children, households, communities, child_row, sign):
    """A child enters (+1) or leaves (-1) the register, with its household's membership."""
    household = households[children[child_row].household]
    community = communities[household.community]
    household.n_children += sign
    community.n_children += sign
    clock.n_children += sign
    if household.is_member:
        community.n_member_children += sign
        clock.n_members += sign


@compiled
def update_register(clock, children, leave_order, households, communities):
    """Who is born into the register this week, and who turns fifteen."""
    n = len(children)
    while clock.next_to_enter < n and children[clock.next_to_enter].first_week <= clock.week:
        enter_register(clock, children, households, communities, clock.next_to_enter, 1)
        clock.next_to_enter += 1
    while clock.next_to_leave < n and children[leave_order[clock.next_to_leave]].last_week <= clock.week:
        enter_register(clock, children, households, communities, leave_order[clock.next_to_leave], -1)
        clock.next_to_leave += 1


@compiled
def set_background(clock, sites, p):
    """Patients from elsewhere follow the same season."""
    wait, admit = p.centre.wait, p.hospital.admit
    activity = clock.relative_incidence * clock.relative_seeking
    for i in range(len(sites)):
        site = sites[i]
        if site.kind < MATERNAL_HOSPITAL:
            site.background_per_day = site.capacity_per_day * wait.background_utilisation * activity
        else:
            share = share_of_zone(admit, site.kind)
            site.background_per_day = site.capacity_per_day * wait.reference_utilisation * (1.0 - share) * activity


@compiled
def share_of_zone(admit, kind):
    """Share of the patients of this kind of hospital who come from the zone [1]."""
    if kind == MATERNAL_HOSPITAL:
        return admit.share_of_zone_maternal
    return admit.share_of_zone_other if kind == OTHER_HOSPITAL else admit.share_of_zone_alliance


@compiled
def open_week(world, p):
    """Start the week on a clock that is set."""
    clock, hospital = world.clock[0], world.hospital[0]
    update_register(clock, world.children, world.leave_order, world.households, world.communities)
    clock.n_weeks_of_month += 1
    hospital.n_green_given = 0
    hospital.supervised_share = 0.0
    if clock.is_alliance:
        hospital.supervised_share = support.supervised_share(
            p.hospital.support, hospital.review_hours_week, float(clock.n_alliance_visits_before), hospital.saved_by_platform
        )
    set_background(clock, world.sites, p)
