"""Is the child better after the visit?

    ln odds(not better) = log_odds_unresolved + log_odds_per_complexity x (complexity - mean)
                          + log_odds_per_skill x (skill - 1/2)

for an illness that may be treated where it is seen. An illness that needs a specialist and is not sent stays unresolved
with p_specialist_unresolved; a serious one that is not recognised always does. Families come back within days_until_back.
Numbers: treat.toml; target 1.39 visits an episode (Tianhe 2019).
"""

import math

from agents.compiled import compiled


@compiled
def p_unresolved(k, skill, complexity, mean_complexity):
    """Probability that an ordinary illness is not better after this visit [1]."""
    log_odds = (
        k.log_odds_unresolved
        + k.log_odds_per_complexity * (complexity - mean_complexity)
        + k.log_odds_per_skill * (skill - 1.0 / 2.0)
    )
    return 1.0 / (1.0 + math.exp(-log_odds))


@compiled
def days_until_back(k, die):
    """Days until the family seeks care again [days], at least 1."""
    return 1 + math.floor(die * k.days_until_back)
