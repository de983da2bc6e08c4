"""Is a child who is sent recorded as a referral, or only advised to go?

    p(recorded) = p_recorded x exp(-decline_per_100_yuan x yuan lost with one more recorded referral / 100
                                   - decline_when_advised, once the committee advised this doctor for too many referrals)

A loss that never reaches the doctor changes nothing; a gain does not make recording more likely than p_recorded.
Assumed throughout: no count of unrecorded advice exists. Numbers: record_referral.toml.
"""

import math

from agents.compiled import compiled
from agents.units import YUAN_PER_MONEY_STEP


@compiled
def p_recorded(k, yuan_lost, is_advised):
    """Probability that a child who is sent stands in the records [1]."""
    by_pay = k.decline_per_100_yuan * max(0.0, yuan_lost) / YUAN_PER_MONEY_STEP
    return k.p_recorded * math.exp(-by_pay - k.decline_when_advised * is_advised)
