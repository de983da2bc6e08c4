"""What is surplus, and how much of it is invested?

    result  = premium + subsidy + interest - claims - fees - administration
    surplus = max(0, result - losses brought forward - top-up of the reserve to its target)
    invested = reinvested_share x surplus + advance_yuan,   nothing of the surplus while solvency is short

Closed once a year. A loss is carried forward until later results make it good. Early surplus is normally zero: the
advance lets a planner invest before there is any. Numbers: surplus.toml.
"""

import math

from agents.compiled import compiled


@compiled
def loss_carried_forward(result_fen, loss_fen):
    """Losses not yet made good after a year with this result [fen]."""
    return max(0, loss_fen - result_fen)


@compiled
def surplus(result_fen, loss_fen, top_up_fen):
    """Surplus of the year [fen]."""
    return max(0, result_fen - loss_fen - top_up_fen)


@compiled
def reinvested_fen(k, surplus_fen, is_solvent):
    """What of the surplus is invested in accredited doctors [fen]."""
    return math.floor(k.reinvested_share * surplus_fen) if is_solvent else 0
