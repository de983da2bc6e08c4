"""What does basic insurance pay of a visit?

    outpatient = min(share of the level x cost, what is left of the child's yearly cap)
    inpatient  = min(share_inpatient x cost, inpatient_cap_yuan)

The level is primary care, a secondary hospital (maternal-and-child), or a tertiary one; with a recorded referral a hospital
visit is paid added_share_when_referred more: the reimbursement gap that makes a gate. Basic insurance pays before the
plan does; the family's own payment is never negative. Numbers: reimburse.toml.
"""

import math

from agents.compiled import compiled
from agents.units import FEN_PER_YUAN

PRIMARY, SECONDARY, TERTIARY, SECONDARY_REFERRED, TERTIARY_REFERRED = range(5)


@compiled
def share_of_level(k, level):
    """Share of an outpatient visit's cost at this level [1]."""
    if level == PRIMARY:
        return k.share_primary
    is_secondary = level == SECONDARY or level == SECONDARY_REFERRED  # noqa: PLR1714 - no sets in a compiled rule
    share = k.share_secondary if is_secondary else k.share_hospital
    return share + k.added_share_when_referred if level > TERTIARY else share


@compiled
def with_referral(level):
    """Level of a hospital visit to which the child comes with a recorded referral."""
    return SECONDARY_REFERRED if level == SECONDARY else TERTIARY_REFERRED


@compiled
def outpatient_fen(k, level, cost_fen, paid_this_year_fen):
    """What basic insurance pays of an outpatient visit [fen]."""
    left = math.floor(k.outpatient_cap_yuan * FEN_PER_YUAN) - paid_this_year_fen
    return max(0, min(math.floor(share_of_level(k, level) * cost_fen), left))


@compiled
def inpatient_fen(k, cost_fen):
    """What basic insurance pays of an admission [fen]."""
    return min(math.floor(k.share_inpatient * cost_fen), math.floor(k.inpatient_cap_yuan * FEN_PER_YUAN))
