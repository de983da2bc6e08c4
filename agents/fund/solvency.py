"""How solvent is the fund, and how much reserve does it want?

    ratio  = capital / (premium_weight x yearly premium + claims_weight x yearly claims)
    target = reserve_months / 12 x yearly outgo

A stand-in for the solvency rules of mutual insurers, inspected at the yearly closing:

    below least_ratio   nothing is reinvested or rebated, and the plan takes no new members until the next closing
    below closing_ratio the plan is closed for good: members leave, families' trust in the alliance takes a shock
    otherwise           the founders' capital is paid back, repaid_share a year, out of what the reserve holds above its target

Numbers: solvency.toml (core 50 %, comprehensive 100 % in the law).
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


@compiled
def is_closed(k, ratio):
    """[bool] Whether the plan must be closed; at a closing_ratio of 0, when its capital is gone."""
    return ratio < k.closing_ratio


@compiled
def repaid_fen(k, operating_fen, above_target_fen, ratio):
    """Founders' capital that is paid back at this closing [fen]; never while solvency is short."""
    if ratio < k.least_ratio:
        return 0
    return max(0, min(operating_fen, math.floor(k.repaid_share * above_target_fen)))
