"""Do the purposes of the dice keep their numbers for ever?

A purpose whose number changed would give every child other luck: two versions of the model could no longer be paired.
A new purpose is added at the end with a new number; none is ever changed or used again.
"""

import pytest

from model import dice

pytestmark = pytest.mark.convention

PINNED = {
    "POPULATION_AGE": 1, "POPULATION_FRAILTY": 2, "POPULATION_SIBLING": 3, "POPULATION_COMMUNITY": 4,
    "HOUSEHOLD_INCOME": 5, "HOUSEHOLD_TRUST": 6, "HOUSEHOLD_NEWCOMER": 7, "PLACE_X": 8, "PLACE_Y": 9,
    "DOCTOR_SKILL": 10, "DOCTOR_CAUTION": 11, "DOCTOR_TURN": 12, "EXAMINATION": 13, "JOIN": 14, "LAPSE": 15,
    "ILLNESS_COUNT": 16, "ILLNESS_TIME": 17, "ILLNESS_HAPPENS": 18, "ILLNESS_CLASS": 19, "ILLNESS_COMPLEXITY": 20,
    "ILLNESS_RECOVERY": 21, "ILLNESS_ALARM": 22, "ILLNESS_HARM": 23, "PERCEPTION": 24, "SEEK": 25, "CHOICE": 26,
    "TRIAGE": 27, "RECORD": 28, "HEED": 29, "RESOLVED": 30, "BACK": 31, "BY_ITSELF": 32, "HOSPITAL_TRIAGE": 33,
    "MISS_REPORTED": 34, "HOUR_OF_RETURN": 35, "NEEDS_ANTIBIOTIC": 36, "PRESCRIBE": 37, "REQUEST": 38, "FOLLOW_UP": 39,
    "SIGN": 40, "LEAVE_ALLIANCE": 41, "QUIT": 42, "DOCTOR_PATIENCE": 43, "AUDIT": 44, "AUDIT_FINDS": 45, "SEVERE_TIME": 46,
    "SEVERE_COST": 47, "UNSIGN": 48, "FRIEND_FAR": 49, "FRIEND_WHO": 50, "COME_FORWARD": 51,
}  # fmt: skip


def purposes() -> dict[str, int]:
    return {name: value for name, value in vars(dice).items() if name.isupper() and type(value) is int}


def test_no_purpose_ever_changes_its_number():
    assert {name: purposes().get(name) for name in PINNED} == PINNED


def test_no_two_purposes_share_a_number():
    numbers = list(purposes().values())
    assert len(set(numbers)) == len(numbers)


def test_a_new_purpose_is_pinned_here_too():
    assert set(purposes()) == set(PINNED)
