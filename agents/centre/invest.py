"""What does invested surplus add, and when?

    added weekly visits = yuan x share_for_capacity / yuan_per_added_weekly_visit
    added skill         = yuan x (1 - share_for_capacity) / yuan_per_hundredth_of_skill / 100

spread evenly over the doctors who are accredited when it takes effect, weeks_until_effect after the decision. Capacity
depreciates by the year. It goes to alliance doctors first: cheap comfort elsewhere drew children from hospitals to
ordinary doctors and raised missed cases when tried. Numbers: invest.toml (prices anchored on the cost of staff).
"""

from agents.compiled import compiled
from agents.units import HUNDREDTHS


@compiled
def added_weekly_visits(k, yuan, share_for_capacity):
    """Child visits a week that this investment buys [visits/week]."""
    return yuan * share_for_capacity / k.yuan_per_added_weekly_visit


@compiled
def added_skill(k, yuan, share_for_capacity):
    """Skill that this investment buys, summed over doctors [1]."""
    return yuan * (1.0 - share_for_capacity) / k.yuan_per_hundredth_of_skill / HUNDREDTHS


@compiled
def invested_skill(k, invested, added):
    """Invested skill of one doctor after `added` more [1], at most greatest_invested_skill."""
    return max(invested, min(k.greatest_invested_skill, invested + added))


@compiled
def after_depreciation(k, added_visits):
    """Added capacity that is left after a year [visits]."""
    return added_visits * (1.0 - k.depreciation)
