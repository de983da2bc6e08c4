"""How do skill and belief change with cases?

    learned += (greatest_gain - learned) x (1 - exp(-supervised cases / n_cases_to_saturate))
    learned -= forgotten_share x learned            in a month with fewer than n_cases_to_remember children
    skill    = innate + trained + learned + invested, within 0 and 1
    belief   = belief_kept x belief + (1 - belief_kept) x ((1 - shrinkage) x own rate + shrinkage x alliance rate)

Only accredited doctors learn, and only from cases that an expert supervised. Own rate = (referrals that the hospital
confirmed + misses reported back) / visits: if misses never come back, caution drifts away. Sources: Japanese residents
(100 to 200 cases), Pusic et al. (gain over 234 cases). Numbers: learn.toml.
"""

import math

from agents.compiled import compiled


@compiled
def learned_skill(k, learned, n_supervised, n_seen):
    """Learned skill at the end of a month [1]."""
    if n_seen < k.n_cases_to_remember:
        learned -= k.forgotten_share * learned
    return learned + max(0.0, k.greatest_gain - learned) * (1.0 - math.exp(-n_supervised / k.n_cases_to_saturate))


@compiled
def total_skill(innate, trained, learned, invested):
    """Skill now [1], within 0 and 1."""
    return min(1.0, max(0.0, innate + trained + learned + invested))


@compiled
def belief(k, old, n_confirmed, n_reported, n_seen, alliance_rate):
    """Believed share of children who need the hospital, after a quarter [1]; unchanged without a visit."""
    if n_seen < 1:
        return old
    own_rate = (n_confirmed + n_reported) / n_seen
    learned = (1.0 - k.belief_shrinkage) * own_rate + k.belief_shrinkage * alliance_rate
    return min(k.greatest_belief, max(k.least_belief, k.belief_kept * old + (1.0 - k.belief_kept) * learned))
