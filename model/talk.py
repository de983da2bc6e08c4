"""What do households tell each other, and what do they all hear when the plan closes?"""

from agents.compiled import compiled
from agents.prefetch import bring_near
from agents.resident import hear
from model.membership import leave_plan
from model.outcome import GAINED, LOST

TELLERS_AHEAD = 4  # whose friends' rows are asked for ahead, so that they lie near


@compiled
def tell_friends(clock, households, news, tellers, friend_first, friends, p):
    """What households lived through with accredited doctors in the month moves their friends' trust, first come, first told."""
    k, n = p.resident.hear, clock.n_tellers
    for teller in range(n):
        if teller + TELLERS_AHEAD < n:
            far = tellers[teller + TELLERS_AHEAD]
            for i in range(friend_first[far], friend_first[far + 1]):
                bring_near(households, friends[i])
        row = tellers[teller]
        heard = hear.heard(k, news[row, GAINED], news[row, LOST])
        news[row, GAINED] = news[row, LOST] = 0.0
        for i in range(friend_first[row], friend_first[row + 1]):
            friend = households[friends[i]]
            friend.trust_alliance = hear.trust_after_word(k, friend.trust_alliance, heard)
    clock.n_tellers = 0


@compiled
def hear_of_closure(clock, agenda, households, communities, p):
    """The plan is closed: every member leaves, and every household trusts accredited doctors less."""
    for row in range(len(households)):
        household = households[row]
        household.trust_alliance = hear.trust_after_closure(p.resident.hear, household.trust_alliance)
        if household.is_member:
            leave_plan(clock, agenda, communities, household, row)
