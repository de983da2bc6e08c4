"""What is surplus, how much of it is used, and for what?

    result  = premium + subsidy + interest - claims - fees - administration
    surplus = max(0, result - losses brought forward - top-up of the reserve to its target)
    used    = reinvested_share x surplus + advance_yuan,   nothing of the surplus while solvency is short
    use i   = used x weight_of_i / sum of the weights,   i = equipment, training, platform, green numbers, rebate

Closed once a year. A loss is carried forward until later results make it good. Early surplus is normally zero: the
advance lets a planner invest before there is any. Numbers: surplus.toml.
"""

import math

from agents.compiled import compiled

EQUIPMENT, TRAINING, PLATFORM, GREEN_NUMBERS, REBATE = range(5)
N_USES = REBATE + 1


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


@compiled
def weight(k, use):
    """Weight of a use of the surplus [1]: equipment (0), training (1), platform (2), green numbers (3), rebate (4)."""
    if use == EQUIPMENT:
        return k.weight_of_equipment
    if use == TRAINING:
        return k.weight_of_training
    if use == PLATFORM:
        return k.weight_of_platform
    return k.weight_of_green_numbers if use == GREEN_NUMBERS else k.weight_of_rebate


@compiled
def used_fen(k, use, fen):
    """What of `fen` goes to this use [fen]; what rounding leaves stays in the reserve. Nothing where all weights are zero."""
    total = 0.0
    for other in range(N_USES):
        total += weight(k, other)
    return math.floor(fen * weight(k, use) / total) if total > 0.0 else 0
