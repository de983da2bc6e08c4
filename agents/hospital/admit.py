"""How soon does the hospital see a referred child, and does it see what is there?

A recorded referral takes one of the week's green numbers while there are any; days then, days_by_green_channel. Without
one it waits in the ordinary queue,

    days = days_by_ordinary_queue x [u / (1 - u)] / [reference / (1 - reference)],   at least days_by_green_channel

The emergency door is always open: a serious illness on its day of alarm is seen at once, whatever the load. Unused
green numbers lapse at the end of the week. Left out: referral down. Numbers: admit.toml.
"""

import math

from agents.compiled import compiled


@compiled
def has_green_number(k, n_given, n_numbers, is_member):
    """[bool] Whether a recorded referral gets a reserved appointment."""
    return n_given < n_numbers and (is_member or not k.is_green_for_members_only)


@compiled
def days_in_ordinary_queue(k, utilisation, reference_utilisation, greatest_utilisation):
    """Days until a referred child without a reserved appointment is seen [days], whole."""
    u = min(utilisation, greatest_utilisation)
    relative = u / (1.0 - u) / (reference_utilisation / (1.0 - reference_utilisation))
    return math.floor(max(k.days_by_green_channel, k.days_by_ordinary_queue * relative))
