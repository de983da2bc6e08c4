"""Is a certified doctor satisfied with the platform, and with payment?

    satisfied with payment  = what arrived within the quarter >= tolerated_share x what was due, and as much as patience asks
    satisfied with platform = minutes per record <= patience in minutes

Each doctor's patience is drawn once; who is owed nothing has nothing to complain of. Two survey figures of the case: 96 %
and 100 % *of interviewed certified doctors*: those who left or never passed were not asked. Numbers: judge.toml.
"""

from agents.compiled import compiled


@compiled
def is_satisfied_with_payment(k, due_fen, arrived_fen, patience):
    """[bool] Whether what arrived in the quarter is enough of what was due; `patience` in [0, 1)."""
    return due_fen == 0 or arrived_fen >= k.tolerated_share * (1.0 - k.spread_of_tolerance * patience) * due_fen


@compiled
def is_satisfied_with_platform(k, minutes_per_record, patience):
    """[bool] Whether a structured record takes no longer than the doctor bears; `patience` in [0, 1)."""
    return minutes_per_record <= k.minutes_borne * (1.0 + patience)
