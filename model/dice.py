"""Which luck befalls whom? Settled before anybody decides.

    die(seed, purpose, who, which, n) in [0, 1)

A counter hash of who, what for and which occasion, never a generator that is drawn from in some order: nobody's luck
depends on what others did, so two scenarios with one seed are the same children with the same illnesses. The key is a
sum of products with odd constants, mixed by the finaliser of splitmix64 (Steele, Lea, Flood 2014). Purposes are
explicit numbers that never change; a new purpose takes a new number.
"""

import numpy as np

from agents.compiled import compiled

# who is a child, which an illness unless it says otherwise
POPULATION_AGE, POPULATION_FRAILTY, POPULATION_SIBLING, POPULATION_COMMUNITY = 1, 2, 3, 4
HOUSEHOLD_INCOME, HOUSEHOLD_TRUST, HOUSEHOLD_NEWCOMER = 5, 6, 7
PLACE_X, PLACE_Y = 8, 9  # who: place
DOCTOR_SKILL, DOCTOR_CAUTION, DOCTOR_TURN = 10, 11, 12  # who: doctor
EXAMINATION = 13  # who: doctor, which: week of the sitting
JOIN, LAPSE = 14, 15  # who: household, which: month
ILLNESS_COUNT, ILLNESS_TIME, ILLNESS_HAPPENS = 16, 17, 18
ILLNESS_CLASS, ILLNESS_COMPLEXITY, ILLNESS_RECOVERY, ILLNESS_ALARM, ILLNESS_HARM = 19, 20, 21, 22, 23
PERCEPTION, SEEK, CHOICE, TRIAGE, RECORD, HEED = 24, 25, 26, 27, 28, 29  # n: visit
NEEDS_ANTIBIOTIC = 36
PRESCRIBE, REQUEST, FOLLOW_UP, SIGN = 37, 38, 39, 40  # n: visit
LEAVE_ALLIANCE, QUIT, DOCTOR_PATIENCE = 41, 42, 43  # who: doctor, which: month, n: hires before
AUDIT, AUDIT_FINDS = 44, 45  # who: place (doctor), which: year
SEVERE_TIME, SEVERE_COST = 46, 47  # who: child
UNSIGN = 48  # who: household, which: month
FRIEND_FAR, FRIEND_WHO = 49, 50  # who: household, n: nth friend
COME_FORWARD = 51  # who: doctor, which: week, n: hires before
RESOLVED, BACK, BY_ITSELF, HOSPITAL_TRIAGE, MISS_REPORTED, HOUR_OF_RETURN = 30, 31, 32, 33, 34, 35  # n: visit

_WHO = np.uint64(0x9E3779B97F4A7C15)
_WHICH = np.uint64(0xD1B54A32D192ED03)
_N = np.uint64(0x8CB92BA72F3D8DD7)
_PURPOSE = np.uint64(0xABC98388FB8FAC03)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)
_SHIFT_30, _SHIFT_27, _SHIFT_31, _SHIFT_11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)
_UNIT = 2.0**-53


@compiled
def hashed(seed, purpose, who, which, n):
    """64 well-mixed bits [uint64] for this key; `seed` is the model's seed key."""
    x = seed + np.uint64(purpose) * _PURPOSE + np.uint64(who) * _WHO + np.uint64(which) * _WHICH + np.uint64(n) * _N
    x = (x ^ (x >> _SHIFT_30)) * _MIX_1
    x = (x ^ (x >> _SHIFT_27)) * _MIX_2
    return x ^ (x >> _SHIFT_31)


@compiled
def die(seed, purpose, who, which, n):
    """A uniform number in [0, 1) that belongs to this key for ever [1]."""
    return np.float64(hashed(seed, purpose, who, which, n) >> _SHIFT_11) * _UNIT


@compiled
def looked_up(table, die):
    """The quantile of a tabulated distribution at this die; `table` has shape (n,)."""
    return table[int(die * len(table))]


def seed_key(seed: int) -> np.uint64:
    """The seed spread over 64 bits, so that neighbouring seeds have nothing in common."""
    with np.errstate(over="ignore"):
        return hashed.py_func(np.uint64(0), 0, seed, 0, 0) if hasattr(hashed, "py_func") else hashed(np.uint64(0), 0, seed, 0, 0)


def dice(seed: np.uint64, purpose: int, who: np.ndarray, which: int = 0, n: int = 0) -> np.ndarray:
    """`die` for many at once, shape of `who`; the same bits."""
    with np.errstate(over="ignore"):
        x = seed + np.uint64(purpose) * _PURPOSE + np.asarray(who).astype(np.uint64) * _WHO
        x = x + np.uint64(which) * _WHICH + np.uint64(n) * _N
        x = (x ^ (x >> _SHIFT_30)) * _MIX_1
        x = (x ^ (x >> _SHIFT_27)) * _MIX_2
        x = x ^ (x >> _SHIFT_31)
    return (x >> _SHIFT_11).astype(np.float64) * _UNIT
