"""Does the doctor send this child to the hospital?

Signal detection. The doctor sees evidence x, normal with sd 1 around 0 (self-limiting), d' (serious) or
signal_of_specialist x d' (needs a specialist without urgency), and sends the child if x exceeds the threshold

    d'        = max(least, at zero skill + per skill x skill - per complexity x (complexity - mean complexity))
    threshold = d' / 2 + (ln((1 - belief) / belief) - ln caution) / d'
    ln caution = log_caution - caution_per_100_yuan x yuan lost with one more recorded referral / 100
    p(sent)   = 1 - Phi(threshold - signal)

`belief` is the doctor's own, not the truth. The die is keyed by illness and visit, not by doctor. Left out: requests of
parents, competition for patients, load, fear after a recent miss. Source: Chan, Gentzkow, Yu (QJE 2022) for skill and
threshold; Van den Bruel et al. (2007) for d' = 3.05 of a good rule. Numbers: refer.toml.
"""

import math

from agents.compiled import compiled
from agents.units import YUAN_PER_MONEY_STEP


@compiled
def discriminability(k, skill, complexity, mean_complexity):
    """How far apart serious and self-limiting illness look to this doctor, d' [sd]."""
    at_skill = k.discriminability_at_zero_skill + k.discriminability_per_skill * skill
    return max(k.least_discriminability, at_skill - k.discriminability_lost_per_complexity * (complexity - mean_complexity))


@compiled
def log_odds_to_outweigh(k, belief, log_caution, yuan_lost):
    """Log of prior odds against illness over caution: what evidence must outweigh before a child is sent [log odds]."""
    caution = log_caution - k.caution_per_100_yuan * yuan_lost / YUAN_PER_MONEY_STEP
    return math.log((1.0 - belief) / belief) - caution


@compiled
def p_sent(d_prime, log_odds, signal_share):
    """Probability that the child is sent [1]; `signal_share` of d' is what its illness shows (0, some, 1)."""
    threshold = d_prime / 2.0 + log_odds / d_prime
    return math.erfc((threshold - signal_share * d_prime) / math.sqrt(2.0)) / 2.0
