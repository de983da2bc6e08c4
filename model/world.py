"""What is the whole state of one world?

A `World` is a tuple of arrays: every agent of a kind is a row in one of them, and nothing else holds state. Copying the
arrays copies the world (a checkpoint); two worlds share nothing but tables that never change.
"""

from typing import NamedTuple

import numpy as np

from agents.records import FLOAT, INT, Field, copied
from model.ledger import Books

CASE = [
    Field("child", INT, "row", "whose illness it is", "illness"),
    Field("number", INT, "key", "number of the potential illness of this child", "illness"),
    Field("kind", INT, "class", "0 self-limiting, 1 needs a specialist without urgency, 2 serious", "illness"),
    Field("complexity", FLOAT, "1", "how hard the illness is to judge and treat", "illness"),
    Field("onset_day", INT, "day", "day on which it began", "illness"),
    Field("alarm_day", INT, "day", "day of alarm of a serious illness", "illness"),
    Field("severity", FLOAT, "units", "how severe it looks to the family at this visit", "seek_care"),
    Field("n_visits", INT, "visits", "completed visits of this illness", "choose_provider"),
    Field("n_carried", INT, "times", "times every provider was full", "choose_provider"),
    Field("event", INT, "event", "what happens on the day it waits for: 0 visit, 1 appointment, 2 alarm", "week"),
    Field("is_hospital_only", INT, "flag", "the family goes to a hospital and nowhere else", "seek_care"),
    Field("is_recorded", INT, "flag", "comes with a recorded referral", "record_referral"),
    Field("referred_by", INT, "row", "doctor who sent the child, -1 if nobody", "refer"),
    Field("is_alliance_referral", INT, "flag", "that doctor was accredited", "refer"),
    Field("has_green_number", INT, "flag", "has a reserved appointment", "admit"),
    Field("was_left_by_alliance", INT, "flag", "the last visit was to an accredited doctor who did not send the child", "refer"),
    Field("was_missed", INT, "flag", "a serious illness that was missed at least once", "refer"),
    Field("missed_by", INT, "row", "family doctor who missed it, -1 if none", "refer"),
    Field("missed_at", INT, "kind", "0 ordinary primary care, 1 accredited doctor, 2 hospital, -1 nobody saw it", "refer"),
    Field("next", INT, "row", "next case of the same day, -1 at the end", "week"),
]
EVENT_VISIT, EVENT_APPOINTMENT, EVENT_ALARM = range(3)
SELF_LIMITING, SPECIALIST, SERIOUS = range(3)

CLOCK = [
    Field("week", INT, "week", "week that runs", "week"),
    Field("year", INT, "year", "calendar year of that week", "week"),
    Field("month", INT, "month", "month number of that week", "week"),
    Field("is_alliance", INT, "flag", "the hospital trains and examines", "week"),
    Field("is_plan", INT, "flag", "the fund runs", "week"),
    Field("relative_incidence", FLOAT, "1", "illness in this week against a mean week", "illness"),
    Field("ceiling_incidence", FLOAT, "1", "the highest it can be in this season: potential illnesses are drawn at it", "illness"),
    Field("relative_seeking", FLOAT, "1", "care sought in this week against other weeks", "illness"),
    Field("n_free", INT, "rows", "free rows among the cases", "week"),
    Field("next_to_enter", INT, "row", "first child that has not entered the register yet", "population"),
    Field("next_to_leave", INT, "place", "place in the order of leaving of the next child to leave", "population"),
    Field("n_children", INT, "persons", "children in the register", "population"),
    Field("n_members", INT, "persons", "those who are members", "join"),
    Field("n_accredited", INT, "doctors", "doctors with a certificate", "accredit"),
    Field("n_weeks_of_month", INT, "weeks", "weeks of the month so far", "week"),
    Field("n_alliance_visits_before", INT, "visits", "alliance visits of the week before", "support"),
    Field("n_tellers", INT, "households", "households with news of accredited doctors in this month", "hear"),
    Field("next_severe", INT, "place", "place in the list of severe illnesses of the next one to come", "illness"),
    Field("scale", FLOAT, "1", "children against those of the declared zone", "population"),
]
QUARTERS_REVIEWED = 4
N_DUE_DAYS = 256  # nothing waits longer than that

DOCTOR_COUNTS = ("visits", "visits_of_members", "recorded_referrals")


class World(NamedTuple):
    """All state of one world; the shapes stand beside each array."""

    params: np.recarray  # (1,) every parameter
    clock: np.recarray  # (1,)
    children: np.recarray  # (n_children_ever,)
    leave_order: np.ndarray  # (n_children_ever,) children in the order in which they leave
    households: np.recarray  # (n_households,)
    communities: np.recarray  # (n_communities,)
    minutes: np.ndarray  # (n_communities, n_sites) travel time
    alternative_site: np.ndarray  # (n_communities, 8) place of each alternative, -1 if there is none
    alternative_doctor: np.ndarray  # (n_communities, 8) its accredited doctor, -1: whoever is free there
    nearest: np.ndarray  # (8,) minutes to the nearest of each alternative, while they are looked for
    sites: np.recarray  # (n_sites,)
    site_account: np.ndarray  # (n_sites,) account of each place
    doctors: np.recarray  # (n_doctors,)
    review_counts: np.ndarray  # (n_doctors, 4, 3) visits, recorded referrals, unneeded antibiotics of the last four quarters
    doctor_counts: np.ndarray  # (n_doctors, 3) visits, members' visits, recorded referrals of this week
    site_visits: np.ndarray  # (n_sites,) visits of this week, for the books' check
    flows: np.ndarray  # (n_communities, n_sites) first contacts of this year
    referrals: np.ndarray  # (n_sites,) recorded alliance referrals of this year by place of the doctor
    friend_first: np.ndarray  # (n_households + 1,) place of each household's first friend
    friends: np.ndarray  # (n_ties,) rows of friends
    agenda: np.ndarray  # (2, n_households) month of the year of each one's renewal of membership, of its contract
    deciders: np.ndarray  # (n_households,) rows of those who decide about the plan this month, while they are gone through
    security: np.ndarray  # (n_households,) what security is worth to each [yuan/year]
    news: np.ndarray  # (n_households, 2) trust in accredited doctors gained and lost by own visits in this month
    tellers: np.ndarray  # (n_households,) rows of those who have news of accredited doctors this month, in order
    severe_week: np.ndarray  # (n_severe,) weeks of severe illnesses, in order
    severe_child: np.ndarray  # (n_severe,) whose they are
    hospital: np.recarray  # (1,)
    fund: np.recarray  # (1,)
    cases: np.recarray  # (n_cases,)
    free_cases: np.ndarray  # (n_cases,) stack of free rows
    due_first: np.ndarray  # (256,) first case due on a day
    due_last: np.ndarray  # (256,) last one
    tally: np.recarray  # (1,) counts of this week
    books: Books
    innate_skill: np.ndarray  # (1024,) quantiles of skill before training
    gumbel: np.ndarray  # (1024,)
    normal: np.ndarray  # (1024,)
    complexity: np.ndarray  # (1024,)


CONSTANT = (
    "leave_order", "minutes", "site_account", "friend_first", "friends", "severe_week", "severe_child", "innate_skill",
    "gumbel", "normal", "complexity",
)  # fmt: skip


class Stream(NamedTuple):
    """Potential illnesses of one season of half a year, in order of arrival."""

    first: np.ndarray  # (182 + 1,) place of the first potential illness of each day
    child: np.ndarray  # (n,) row of the child
    number: np.ndarray  # (n,) number of the potential illness of that child
    minute: np.ndarray  # (n,) minute of the day


def copy_world(world: World) -> World:
    """A world of its own with the same state; what never changes is shared."""
    books = Books(*(array if name in ("kind", "allowed") else array.copy() for name, array in world.books._asdict().items()))
    own = {
        name: value if name in CONSTANT else copied(value) if value.dtype.names and name != "params" else value.copy()
        for name, value in world._asdict().items()
        if name != "books"
    }
    return World(**own, books=books)


def columns(world: World) -> dict[str, np.ndarray]:
    """Every column of state by table and name, for comparing two worlds bit by bit."""
    found: dict[str, np.ndarray] = {}
    for table, value in {**world._asdict(), **{f"books_{k}": v for k, v in world.books._asdict().items()}}.items():
        if table in ("books", "params", "books_journal", *CONSTANT):
            continue
        if value.dtype.names:
            found |= {f"{table}.{name}": value[name] for name in value.dtype.names}
        else:
            found[table] = value
    return found
