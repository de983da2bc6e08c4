"""What will the premium be next year?

    premium = premium x (1 + response x (loss ratio - target_loss_ratio)), within greatest_change a year

Decided at the yearly closing, from the year's claims over its premium. response = 0 leaves the price to the planner, who
sets fund.plan.premium_yuan; a dated change of that lever lists the new price at once. Raising the price to restore
solvency can make it worse where the healthy leave first: both branches must be reachable. Numbers: price.toml.
"""

from agents.compiled import compiled


@compiled
def next_premium_yuan(k, premium_yuan, loss_ratio):
    """Premium of the coming year [yuan/year]."""
    change = k.response * (loss_ratio - k.target_loss_ratio)
    return premium_yuan * (1.0 + min(k.greatest_change, max(-k.greatest_change, change)))
