"""Whom does the quality committee advise, and whom does it remove?

A control chart of each alliance doctor over four quarters, for the recorded referral rate and for the share of abnormal
prescriptions:

    limit = b + sds x sqrt(b (1 - b) / n),   b the mean of the peers, n the doctor's visits, at least least_visits

Beyond the limit: advice. Still beyond it weeks_until_removal later: the certificate is withdrawn for weeks_of_ban. Back
within: the advice is forgotten. is_two_sided adds the lower limit, since too few referrals may hide missed illness. (A
doctor has some six referrals a quarter: a fixed limit would remove at random.) Source: three rule books of the case;
audit and feedback RR 0.85. Numbers: review.toml.
"""

import math

from agents.compiled import compiled

WITHIN, ABOVE, BELOW = range(3)


@compiled
def side_of_limits(k, sds, n_counted, n_visits, peer_mean):
    """Within (0), above (1) or below (2) the limits; within when there are too few visits to tell."""
    if n_visits < k.least_visits or n_visits == 0:
        return WITHIN
    width = sds * math.sqrt(peer_mean * (1.0 - peer_mean) / n_visits)
    rate = n_counted / n_visits
    if rate > peer_mean + width:
        return ABOVE
    return BELOW if rate < peer_mean - width else WITHIN


@compiled
def is_beyond(k, side):
    """[bool] Whether the committee acts on this side of the limits."""
    return side == ABOVE or (side == BELOW and k.is_two_sided)


@compiled
def is_removed(k, weeks_since_advice):
    """[bool] Whether a doctor who is still beyond the limits is removed."""
    return weeks_since_advice >= k.weeks_until_removal
