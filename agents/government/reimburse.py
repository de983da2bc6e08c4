"""What does basic insurance pay of a visit?

    outpatient = min(share x cost, what is left of the child's yearly cap)
    inpatient  = share_inpatient x cost

Basic insurance pays before the plan does; the family's own payment is never negative. Numbers: reimburse.toml.
"""

import math

from agents.compiled import compiled
from agents.units import FEN_PER_YUAN


@compiled
def outpatient_fen(k, is_hospital, cost_fen, paid_this_year_fen):
    """What basic insurance pays of an outpatient visit [fen]."""
    share = k.share_hospital if is_hospital else k.share_primary
    left = math.floor(k.outpatient_cap_yuan * FEN_PER_YUAN) - paid_this_year_fen
    return max(0, min(math.floor(share * cost_fen), left))


@compiled
def inpatient_fen(k, cost_fen):
    """What basic insurance pays of an admission [fen]."""
    return math.floor(k.share_inpatient * cost_fen)
