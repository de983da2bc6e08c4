"""What does the plan pay when a member falls severely ill, and what does reinsurance take over?

    cost    = least_cost_yuan x (1 - die)^(-1 / tail)   (Pareto), at most greatest_cost_yuan
    benefit = min(greatest_benefit_yuan, share_covered x max(0, own payment - deductible_yuan))
    reinsurer pays   = share_reinsured x max(0, benefit - retention_yuan)
    reinsurer charges = (1 + reinsurance_loading) x expected payment x members, monthly

Severe and rare disease is rare (some 4 in 10,000 child-years) and costs a family's income several times over. Cover is a
lever and off by default: the source claims a benefit for severe cases and "replicable experience". The reinsurer
knows the law of the cost: its expectation is the mean over the law's slices. Sources: leukaemia 68,000 yuan own payment, tail 1.8
(assumed). Numbers: cover_severe.toml.
"""

import math

from agents.compiled import compiled
from agents.units import FEN_PER_YUAN, MONTHS_PER_YEAR


@compiled
def cost_yuan(k, die):
    """Cost of one severe illness [yuan]; `die` in [0, 1)."""
    return min(k.greatest_cost_yuan, k.least_cost_yuan * math.pow(1.0 - die, -1.0 / k.tail))


@compiled
def benefit_fen(k, own_fen):
    """What the plan takes over of a member's own payment [fen]."""
    above = max(0, own_fen - math.floor(k.deductible_yuan * FEN_PER_YUAN))
    return min(math.floor(k.greatest_benefit_yuan * FEN_PER_YUAN), math.floor(k.share_covered * above))


@compiled
def reinsured_fen(k, benefit):
    """What the reinsurer pays back of one benefit [fen]."""
    return math.floor(k.share_reinsured * max(0, benefit - math.floor(k.retention_yuan * FEN_PER_YUAN)))


@compiled
def reinsurance_premium_fen(k, n_members, severe_per_child_year, expected_fen):
    """What the reinsurer charges in a month [fen]; `expected_fen` is its mean payment for one severe illness."""
    expected = n_members * severe_per_child_year / MONTHS_PER_YEAR * expected_fen
    return math.floor((1.0 + k.reinsurance_loading) * expected)
