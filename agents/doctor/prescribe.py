"""Does the doctor prescribe an antibiotic?

    ln odds(prescribed) = log_odds_unneeded (+ log_odds_of_need, if the illness needs one)
                          - log_odds_per_skill x (skill - 1/2), if it needs none; the other way round, if it does
                          + log_odds_per_margin x drug margin of the place
                          - log_odds_per_advice, once the quality committee has advised this doctor
                          - log_odds_per_100_yuan x expected fine for an unneeded one / 100

Whether an illness needs one is drawn before anybody decides (illness.share_needing_antibiotic). A prescription without
need is *abnormal*: that is what the committee counts and what an audit may find. Parents' wishes are in the base rate.
Sources: Guizhou 2020 (76.9 % of children's antibiotics unneeded), pooled 63.8 %, claims 27.1 %; Xi'an standardised
patients (private clinics prescribe more). Left out: other drugs, resistance. Numbers: prescribe.toml.
"""

import math

from agents.compiled import compiled
from agents.units import YUAN_PER_MONEY_STEP


@compiled
def drug_margin(k, is_private):
    """Share of a drug's price that stays with the place [1]."""
    return k.margin_private if is_private else k.margin_public


@compiled
def p_prescribed(k, is_needed, skill, margin, is_advised, expected_fine_yuan):
    """Probability that an antibiotic is prescribed [1]."""
    by_skill = k.log_odds_per_skill * (skill - 1.0 / 2.0)
    log_odds = k.log_odds_unneeded - by_skill
    if is_needed:
        log_odds = k.log_odds_unneeded + k.log_odds_of_need + by_skill
    else:
        log_odds -= k.log_odds_per_advice * is_advised + k.log_odds_per_100_yuan * expected_fine_yuan / YUAN_PER_MONEY_STEP
    log_odds += k.log_odds_per_margin * margin
    return 1.0 / (1.0 + math.exp(-log_odds))
