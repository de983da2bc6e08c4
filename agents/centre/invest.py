"""What does each use of the surplus add, and when?

    equipment      visits a week = yuan / yuan_per_added_weekly_visit                      after weeks_until_equipment
    training       skill         = yuan / yuan_per_hundredth_of_skill / 100                after weeks_until_training
    platform       time saved    = greatest_saving x (1 - exp(-yuan invested / yuan_of_platform))   after weeks_until_platform
    green numbers  numbers a week = yuan / yuan_per_green_number, for weeks_of_green_numbers  after weeks_until_green_numbers

Visits and skill are spread evenly over the doctors who are accredited when they take effect. Capacity and platform
depreciate by the year. It goes to alliance doctors first: cheap comfort elsewhere drew children from hospitals to
ordinary doctors and raised missed cases when tried. Numbers: invest.toml (prices anchored on the cost of staff).
"""

import math

from agents.compiled import compiled
from agents.units import HUNDREDTHS


@compiled
def added_weekly_visits(k, yuan):
    """Child visits a week that this investment buys [visits/week]."""
    return yuan / k.yuan_per_added_weekly_visit


@compiled
def added_skill(k, yuan):
    """Skill that this investment buys, summed over doctors [1]."""
    return yuan / k.yuan_per_hundredth_of_skill / HUNDREDTHS


@compiled
def invested_skill(k, invested, added):
    """Invested skill of one doctor after `added` more [1], at most greatest_invested_skill."""
    return max(invested, min(k.greatest_invested_skill, invested + added))


@compiled
def saved_by_platform(k, yuan):
    """Share of the time for records and reviews that a platform worth `yuan` for the declared zone saves [1]."""
    return k.greatest_saving * (1.0 - math.exp(-yuan / k.yuan_of_platform))


@compiled
def added_green_numbers(k, yuan):
    """Reserved appointments a week that this buys for a year [numbers/week]."""
    return yuan / k.yuan_per_green_number


@compiled
def after_depreciation(k, invested):
    """What is left after a year of added capacity [visits] or of the platform's worth [yuan]."""
    return invested * (1.0 - k.depreciation)
