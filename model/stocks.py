"""How much is there of everything at the end of the week?"""

from agents.compiled import compiled


@compiled
def write_stocks(world):
    """The stocks of the tally at the end of the week."""
    tally, clock = world.tally[0], world.clock[0]
    tally.n_children, tally.n_members, tally.n_accredited_doctors = clock.n_children, clock.n_members, clock.n_accredited
    tally.supervised_share = world.hospital[0].supervised_share
    tally.skill_accredited_sum = 0.0
    for row in range(len(world.doctors)):
        if world.doctors[row].is_accredited:
            tally.skill_accredited_sum += world.doctors[row].skill
