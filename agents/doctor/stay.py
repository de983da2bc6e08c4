"""Does the doctor come forward for the alliance, stay in it, and stay in the zone?

    hours      = visits x minutes of alliance work a visit / 60 + hours of training
    net pay    = (what arrived of the plan's pay) / hours - yuan_per_own_hour
    net pay felt += memory x (net pay of the month - net pay felt)
    ln odds(leaves the alliance in a month) = log_odds_of_leaving - log_odds_per_10_yuan x net pay felt / 10
    ln odds(comes forward in a quarter)     = log_odds_of_coming + coming_per_10_yuan x net pay that its doctors feel / 10
    ln odds(leaves the zone in a year)      = ln odds(quit_rate) + log_odds_per_load x (load - reference)
                                              - log_odds_per_1000_yuan x monthly income from the alliance / 1000

Decided monthly by accredited doctors (leaving the alliance) and by all (leaving the zone), quarterly by those who might
be trained: they hear from colleagues what alliance work brings. Records, follow-up calls and training cost
hours whether or not a fund pays for them: a loose alliance decays by this, not by decree. A vacant post is filled after
weeks_of_vacancy by another person, with a skill and caution of their own (doctor post, nth hire). Sources: base rate of
quitting, rehiring after half a year (assumed). Numbers: stay.toml.
"""

import math

from agents.compiled import compiled
from agents.units import MINUTES_PER_HOUR, MONTHS_PER_YEAR, TENS, THOUSANDS


@compiled
def minutes_per_visit(k, minutes_of_calls, saved_by_platform):
    """Minutes that alliance work adds to a visit [min]: the structured record, shortened by a better platform, and calls."""
    return k.minutes_per_record * (1.0 - saved_by_platform) + minutes_of_calls


@compiled
def net_pay_per_hour(k, arrived_yuan, n_visits, minutes, training_hours):
    """What an hour of alliance work brings above the doctor's own hour in this month [yuan/h]."""
    hours = n_visits * minutes / MINUTES_PER_HOUR + training_hours
    if hours <= 0.0:
        return 0.0
    return max(-k.yuan_per_own_hour, min(k.greatest_net_pay, arrived_yuan / hours - k.yuan_per_own_hour))


@compiled
def felt(k, before, now):
    """Net pay an hour that a doctor goes by, after this month [yuan/h]."""
    return before + k.memory * (now - before)


@compiled
def p_leaves_alliance(k, net_pay):
    """Probability that an accredited doctor hands back the certificate in this month [1]."""
    return 1.0 / (1.0 + math.exp(-k.log_odds_of_leaving + k.log_odds_per_10_yuan * net_pay / TENS))


@compiled
def p_quits(k, utilisation, reference_utilisation, income_yuan):
    """Probability that a doctor leaves the zone in this month [1]; `income_yuan` a month from the alliance."""
    log_odds = math.log(k.quit_rate / (1.0 - k.quit_rate))
    log_odds += k.log_odds_per_load * (utilisation - reference_utilisation)
    log_odds -= k.log_odds_per_1000_yuan * income_yuan / THOUSANDS
    return 1.0 / (1.0 + math.exp(-log_odds)) / MONTHS_PER_YEAR


@compiled
def p_comes_forward(k, net_pay_of_peers):
    """Probability that a doctor who may be trained wants to be, in this quarter [1]."""
    return 1.0 / (1.0 + math.exp(-k.log_odds_of_coming - k.coming_per_10_yuan * net_pay_of_peers / TENS))
