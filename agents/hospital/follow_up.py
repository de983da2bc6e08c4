"""Whom does the alliance call within 48 hours, and does the call find what was missed?

A standard of the alliance: share_called of the children whom an accredited doctor sent home are called; a serious
illness that was missed is then found with p_found, and the child comes to the alliance hospital on the second day. Each
call costs the doctor minutes_per_call. A miss that a call repairs is counted as repaired, not as missed: the safety lever, and
what it costs. Numbers: follow_up.toml (no study of its yield was found; all assumed).
"""

from agents.compiled import compiled


@compiled
def p_repaired(k):
    """Probability that a missed serious illness is found by a call within 48 hours [1]."""
    return k.share_called * k.p_found


@compiled
def minutes_of_calls(k):
    """Minutes of calls that come with each alliance visit on average [min]."""
    return k.share_called * k.minutes_per_call


@compiled
def share_of_time_left(k):
    """Share of an accredited doctor's room for visits that calls leave [1]."""
    return k.minutes_per_visit / (k.minutes_per_visit + minutes_of_calls(k))
