"""Does a household join the plan, and does it stay at renewal?

    willingness = expected benefit x risk x (1 + relative_loading) + yuan_of_security x (income / mean)^income_elasticity
    p(join in a month) = (p_of_itself + p_by_neighbours x member share of the neighbourhood)
                         x logistic(log_odds_per_log_value x ln(willingness / premium))
    ln odds(lapse at renewal) = ln odds(lapse_rate) + lapse_log_odds_per_trust x (trust - mean) - healthy x (risk - 1)
                                - log_odds_per_log_value x ln(willingness / premium)

Adverse selection is not written in: those who expect to be ill are willing to pay more. One premium bill a household.
Left out: advertising, payouts seen among friends. Numbers: join.toml (Ying et al. 2007 for elasticities).
"""

import math

from agents.compiled import compiled


@compiled
def security_yuan(k, income_yuan, mean_income_yuan):
    """What security alone is worth to a household of this income [yuan/year]."""
    return k.yuan_of_security * math.pow(income_yuan / mean_income_yuan, k.income_elasticity)


@compiled
def willingness_yuan(k, expected_benefit_yuan, risk, security):
    """What membership of one child is worth to the household [yuan/year]; `security` is security_yuan of its income."""
    return expected_benefit_yuan * risk * (1.0 + k.relative_loading) + security


@compiled
def p_consider(k, member_share):
    """Probability that a household that is not a member considers the plan in this month [1]."""
    return k.p_of_itself + k.p_by_neighbours * member_share


@compiled
def p_join(k, considers, willingness, premium_yuan):
    """Probability that a household joins in this month [1], never above that of considering it."""
    log_odds = k.log_odds_per_log_value * math.log(willingness / premium_yuan)
    return considers / (1.0 + math.exp(-log_odds))


@compiled
def p_lapse(k, trust_gap, risk, willingness, premium_yuan):
    """Probability that a member household leaves at its yearly renewal [1]; `trust_gap` is trust minus its mean."""
    healthy = math.log(k.relative_lapse_healthy) * 2.0  # stated for half the mean risk
    log_odds = (
        math.log(k.lapse_rate / (1.0 - k.lapse_rate))
        + k.lapse_log_odds_per_trust * trust_gap
        - healthy * (risk - 1.0)
        - k.log_odds_per_log_value * math.log(willingness / premium_yuan)
    )
    return 1.0 / (1.0 + math.exp(-log_odds))
