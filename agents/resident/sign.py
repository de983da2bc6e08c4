"""Does the household sign with a family doctor, and does it stay signed?

    after a visit that helped:  p(signs)  = p_sign, if it is signed with nobody
    a year after signing:       p(leaves) = logistic(ln odds(leave_rate) - log_odds_per_trust x (trust - mean trust))

The contract is with the family doctors of a place, whoever of them is certified. It keeps a family there (utils_signed in
choose_provider) and raises trust a little when it is signed. It is a thing of its own beside membership in the plan.
Sources: family-doctor contracts raise the primary share of visits by 2 to 4 points; trust by 0.14 standard deviations,
partly by selection; 120 yuan a year in Changning. Numbers: sign.toml.
"""

import math

from agents.compiled import compiled


@compiled
def signs(k, die):
    """[bool] Whether a household that is signed with nobody signs after a visit that helped."""
    return die < k.p_sign


@compiled
def p_leaves(k, trust_gap):
    """Probability that the household does not renew the contract [1]; `trust_gap` is trust minus its mean."""
    log_odds = math.log(k.leave_rate / (1.0 - k.leave_rate)) - k.log_odds_per_trust * trust_gap
    return 1.0 / (1.0 + math.exp(-log_odds))


@compiled
def trust_when_signed(k, trust):
    """Trust in that kind of provider after signing [1]."""
    return trust + k.trust_gained * (1.0 - trust)
