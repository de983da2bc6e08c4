"""What does a household make of what its friends say about the alliance's doctors?

    news of a household    = its own gains and losses of trust in accredited doctors within the month
    what a friend hears    = share_of_bad_news x losses + share_of_good_news x gains
    trust                 += what it hears from each friend, within most_heard; never above 1 or below 0

Only what somebody lived through is told: nobody passes on what was heard. Bad news travels further than good. Friends are
those of a small-world graph: neighbours of the same neighbourhood, and a few ties across the zone. Sources: a relative's
misdiagnosis costs 3.2 of 100 points where one's own costs 4.3; friends' payouts move others half as much as one's own.
Numbers: hear.toml.
"""

from agents.compiled import compiled


@compiled
def heard(k, gained, lost):
    """What one friend's month adds to trust [1], negative for bad news."""
    return k.share_of_good_news * gained - k.share_of_bad_news * lost


@compiled
def trust_after_word(k, trust, news):
    """Trust after what one friend said of its month [1]."""
    return min(1.0, max(0.0, trust + max(-k.most_heard, min(k.most_heard, news))))


@compiled
def trust_after_closure(k, trust):
    """Trust in accredited doctors after the plan was closed [1]."""
    return max(0.0, trust - k.loss_at_closure)
