"""How solvent is the fund, and how much reserve does it want?

    ratio  = capital / (premium_weight x yearly premium + claims_weight x yearly claims)
    target = reserve_months / 12 x yearly outgo

A stand-in for the solvency rules of mutual insurers: below least_ratio no surplus is reinvested. Left out: pricing, stop
of sales, closure. Numbers: solvency.toml.
"""

import math

from agents.compiled import compiled
from agents.units import MONTHS_PER_YEAR


@compiled
def solvency_ratio(k, capital_fen, premium_fen, claims_fen):
    """Capital over required capital [1]; `least_ratio` when nothing is required."""
    required = k.premium_weight * premium_fen + k.claims_weight * claims_fen
    return capital_fen / required if required > 0.0 else k.least_ratio


@compiled
def reserve_target_fen(k, outgo_fen):
    """Reserve that the plan wants to hold [fen]."""
    return math.floor(k.reserve_months / MONTHS_PER_YEAR * outgo_fen)


@compiled
def interest_of_month_fen(k, reserve_fen):
    """Investment income of a month [fen]; none on an overdraft."""
    return math.floor(k.interest_rate / MONTHS_PER_YEAR * max(0, reserve_fen))
