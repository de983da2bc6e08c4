"""How does a visit move the household's trust in that kind of provider?

    helped:      trust += gain x (1 - trust)          gain x (1 - mean)  = gain_at_mean
    did not:     trust -= loss x trust                loss x mean        = loss_over_gain x gain_at_mean
    missed:      trust -= missed x trust              missed x mean      = loss_of_missed   (besides)

Increments are stated at mean trust, so loss is three times gain *there*; trust stays within 0 and 1. "Did not help" is
an illness that comes back, about 28 % of visits, not only a miss: else everybody trusts everybody. Each household has
three stocks: ordinary primary care, accredited doctors, hospitals. What families hear of others: hear.py. Numbers: trust.toml.
"""

from agents.compiled import compiled


@compiled
def trust_after_visit(k, trust, mean_trust, is_resolved):
    """Trust after the outcome of a visit is known [1]."""
    if is_resolved:
        return trust + k.gain_at_mean / (1.0 - mean_trust) * (1.0 - trust)
    return trust - k.loss_over_gain * k.gain_at_mean / mean_trust * trust


@compiled
def trust_after_miss(k, trust, mean_trust):
    """Trust after a serious illness turned out to have been missed [1]."""
    return trust - k.loss_of_missed / mean_trust * trust
