"""How much is there of everything at the end of the week?"""

from agents.compiled import compiled
from agents.units import DAYS_PER_WEEK


@compiled
def write_stocks(clock, tally, hospital, fund, doctors):
    """The stocks of the tally at the end of the week."""
    tally.n_children, tally.n_members, tally.n_accredited_doctors = clock.n_children, clock.n_members, clock.n_accredited
    tally.supervised_share = hospital.supervised_share
    tally.hospital_effort = hospital.effort
    tally.premium_yuan, tally.is_plan_closed, tally.is_plan_selling = fund.premium_yuan, fund.is_closed, fund.is_selling
    tally.skill_accredited_sum = 0.0
    tally.n_doctors_in_post = 0
    tally.added_visits_per_week = 0.0
    for row in range(len(doctors)):
        tally.n_doctors_in_post += 1 if doctors[row].week_vacant < 0 else 0
        if doctors[row].is_accredited:
            tally.skill_accredited_sum += doctors[row].skill
            tally.added_visits_per_week += doctors[row].added_visits_per_day * DAYS_PER_WEEK
