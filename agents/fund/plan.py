"""What does the fund take over of a member's visit, and what does it charge?

    own payment before the plan = cost - basic insurance
    fund pays                   = covered_share x that, for a member at an accredited doctor, or at any centre or clinic
                                  of the network if is_all_primary_covered
    premium of a month          = premium_yuan / 12 for each child of a member household

Basic insurance pays first. The premium is billed in twelve parts, each earned in its month, so that earned and billed
premium are one number, to the fen. Severe illness: cover_severe.py. Numbers: plan.toml.
"""

import math

from agents.compiled import compiled
from agents.units import FEN_PER_YUAN, MONTHS_PER_YEAR


@compiled
def is_covered(k, is_member, is_accredited):
    """[bool] Whether the plan covers this primary visit."""
    return is_member and (is_accredited or k.is_all_primary_covered)


@compiled
def covered_fen(k, own_fen):
    """What the fund takes over of an own payment [fen]; the family, who pays the rest, bears the rounding."""
    return math.floor(k.covered_share * own_fen)


@compiled
def premium_of_month_fen(premium_yuan):
    """Premium of one child for a month [fen], from the premium of a year in force."""
    return math.floor(premium_yuan * FEN_PER_YUAN / MONTHS_PER_YEAR)
