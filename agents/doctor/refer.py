"""Does the doctor send this child to the hospital?

Signal detection. The doctor sees evidence x, normal with sd 1 around 0 (self-limiting), d' (serious) or
signal_of_specialist x d' (needs a specialist without urgency), and sends the child if x exceeds the threshold

    d'         = max(least, at zero skill + per skill x skill - per complexity x (complexity - mean complexity)
                            - per load x max(0, load - load_borne))
    threshold  = d' / 2 + (ln((1 - belief) / belief) - ln caution) / d'
    ln caution = log_caution - caution_per_100_yuan x yuan lost with one more recorded referral / 100
                 + caution_after_miss x misses reported back last quarter (at most 1)
                 - caution_lost_by_advice (advised for too many) or + (advised for too few)
                 + at a family's request: caution_on_request + caution_on_request_when_idle x spare share of the time
    p(sent)    = 1 - Phi(threshold - signal)

`belief` is the doctor's own, not the truth. The die is keyed by illness and visit, not by doctor. A family asks for the
hospital when asking_per_severity x severity + a normal die exceeds asking_threshold. Sources: Chan, Gentzkow, Yu (QJE
2022) for skill and threshold; Van den Bruel et al. (2007) for d' = 3.05 of a good rule; Iversen and Ma (2011): doctors
short of patients grant requests; 26 % of doctors are often swayed by parents. Numbers: refer.toml.
"""

import math

from agents.compiled import compiled
from agents.units import YUAN_PER_MONEY_STEP


@compiled
def discriminability(k, skill, complexity, mean_complexity, by_load):
    """How far apart serious and self-limiting illness look to this doctor, d' [sd]; `by_load` is lost to haste."""
    at_skill = k.discriminability_at_zero_skill + k.discriminability_per_skill * skill - by_load
    return max(k.least_discriminability, at_skill - k.discriminability_lost_per_complexity * (complexity - mean_complexity))


@compiled
def lost_by_load(k, load):
    """Discriminability lost because the doctor is too busy [sd]."""
    return k.discriminability_lost_per_load * max(0.0, load - k.load_borne)


@compiled
def log_odds_to_outweigh(k, belief, log_caution, yuan_lost, n_reported, advice):
    """Log of prior odds against illness over caution: what evidence must outweigh before a child is sent [log odds].

    `advice` is 1 for too many referrals, -1 for too few, 0 for none.
    """
    caution = log_caution - k.caution_per_100_yuan * yuan_lost / YUAN_PER_MONEY_STEP
    caution += k.caution_after_miss * min(1, n_reported) - k.caution_lost_by_advice * advice
    return math.log((1.0 - belief) / belief) - caution


@compiled
def caution_on_request(k, spare):
    """Log caution gained when the family asks for the hospital [log ratio]; `spare` is the idle share of the time."""
    return k.caution_on_request + k.caution_on_request_when_idle * spare


@compiled
def asks_for_hospital(k, severity, normal):
    """[bool] Whether the family asks to be sent; `normal` is its standard normal die."""
    return k.asking_per_severity * severity + normal > k.asking_threshold


@compiled
def p_sent(d_prime, log_odds, signal_share):
    """Probability that the child is sent [1]; `signal_share` of d' is what its illness shows (0, some, 1)."""
    threshold = d_prime / 2.0 + log_odds / d_prime
    return math.erfc((threshold - signal_share * d_prime) / math.sqrt(2.0)) / 2.0
