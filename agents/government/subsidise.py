"""What does the district government give the plan?

    subsidy of a year = yuan_per_year (for the declared zone) + yuan_per_member x members,   paid in twelve parts

An advance that lets the plan invest before it has any surplus is fund.surplus.advance_yuan. Numbers: subsidise.toml.
"""

import math

from agents.compiled import compiled
from agents.units import FEN_PER_YUAN, MONTHS_PER_YEAR


@compiled
def subsidy_of_month_fen(k, scale, n_members):
    """Subsidy of one month [fen]; `scale` is the zone against the declared one."""
    return math.floor((k.yuan_per_year * scale + k.yuan_per_member * n_members) * FEN_PER_YUAN / MONTHS_PER_YEAR)
