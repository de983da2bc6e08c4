"""Does the family of an ill child seek care?

    severity = severity_per_complexity x (complexity - mean complexity) + severity_of_(class) + noise
    p(seek)  = relative_seeking x logistic(log_odds_of_seeking + log_odds_per_severity x severity
                                           + utils_per_100_yuan x own payment / 100)

The money coefficient is that of `choose_provider`: one coefficient for both decisions. The price is what the nearest
centre would cost this family. Left out: waiting, work, school. Numbers: seek_care.toml; target 84.4 % (NHSS 2013).
"""

import math

from agents.compiled import compiled
from agents.units import YUAN_PER_MONEY_STEP


@compiled
def perceived_severity(k, complexity, mean_complexity, is_serious, is_specialist, noise):
    """How severe the illness looks to the family [units], 0 for a self-limiting illness of mean complexity."""
    return (
        k.severity_per_complexity * (complexity - mean_complexity)
        + k.severity_of_serious * is_serious
        + k.severity_of_specialist * is_specialist
        + k.severity_noise * noise
    )


@compiled
def p_seek(k, severity, own_yuan, utils_per_100_yuan, relative_seeking):
    """Probability that the family seeks care now [1]."""
    log_odds = k.log_odds_of_seeking + k.log_odds_per_severity * severity + utils_per_100_yuan * own_yuan / YUAN_PER_MONEY_STEP
    return relative_seeking / (1.0 + math.exp(-log_odds))
