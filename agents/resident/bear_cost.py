"""When is a year of illness a catastrophe for a household?

    catastrophic = own payments for care in the year > threshold_share x yearly income

Premiums are not counted, since they are chosen. Households are told apart by fifths of income. Source: the usual
threshold of 10 % of what a household lives on (40 % of what is left after food). Numbers: bear_cost.toml.
"""

from agents.compiled import compiled


@compiled
def is_catastrophic(k, own_yuan, income_yuan):
    """[bool] Whether the year's own payments pass the threshold."""
    return own_yuan > k.threshold_share * income_yuan
