"""How much is there of everything at the end of the week?"""

from agents.compiled import compiled


@compiled
def write_stocks(clock, tally, hospital, doctors):
    """The stocks of the tally at the end of the week."""
    tally.n_children, tally.n_members, tally.n_accredited_doctors = clock.n_children, clock.n_members, clock.n_accredited
    tally.supervised_share = hospital.supervised_share
    tally.skill_accredited_sum = 0.0
    for row in range(len(doctors)):
        if doctors[row].is_accredited:
            tally.skill_accredited_sum += doctors[row].skill
