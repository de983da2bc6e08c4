"""Which year, world, side, kind of payment and week does the address ask for?

What stands there was typed by anybody: it is taken only if it is one of what is on offer, else the usual one is shown.
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.rooms.money.books import Books
from dashboard.session import Session
from model import ledger

KINDS = {name: reason for reason, name in enumerate(ledger.REASONS)}


def seed(session: Session) -> int:
    """The world that is looked at: one of the choice's, usually the first."""
    choice = session.choice
    asked = whole(session.place("money_world").value)
    return asked if asked in choice.seeds else choice.seed


def is_policy(session: Session) -> bool:
    """[bool] Whether the policy's side is shown; without a lever moved both sides are the baseline."""
    return bool(session.choice.settings) and session.place("money_side").value != "baseline"


def year(session: Session, books: Books) -> int:
    """The year that is shown, usually the last."""
    asked = whole(session.place("money_year").value)
    return asked if asked in books.years else books.years[-1]


@dataclass(frozen=True)
class Drill:
    """A kind of payment that is looked into, and the week of it, if one is chosen."""

    reason: int | None
    week: int | None


def drill(session: Session, books: Books, of_year: int) -> Drill:
    """The kind and week that are looked into; a week must belong to the year and hold payments of the kind."""
    reason = KINDS.get(session.place("money_kind").value)
    week = whole(session.place("money_week").value)
    if reason is None or week not in books.weeks(of_year) or not books.paid_in_week(week, reason):
        week = None
    return Drill(reason, week)


def whole(text: str) -> int:
    """Return a whole number that was written, -1 if it is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else -1


def take(session: Session, name: object, value: object, books: Books) -> None:
    """Take what a control of the page sent; anything else changes nothing."""
    if not isinstance(value, str):
        return
    if name == "world" and whole(value) in session.choice.seeds:
        _go(session, world="" if whole(value) == session.choice.seed else value)
    elif name == "side" and value in ("policy", "baseline"):
        _go(session, side="" if value == "policy" else "baseline")
    elif name == "year" and whole(value) in books.years:
        _go(session, week="", year="" if whole(value) == books.years[-1] else value)
    elif name == "kind" and (value in KINDS or value == ""):
        _go(session, week="", kind=value)
    elif name == "week" and (value == "" or any(whole(value) in books.weeks(one) for one in books.years)):
        _go(session, week=value)


def _go(session: Session, **places: str) -> None:
    for name, value in places.items():
        session.place(f"money_{name}").set(value)
