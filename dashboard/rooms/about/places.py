"""What may a visitor choose in this room? A page, and what of it is shown; all of it stands in the address."""

from __future__ import annotations

from dashboard.rooms.about.pages import BY_NAME, FIRST
from dashboard.rooms.about.search import LONGEST_SEARCH, choices
from dashboard.session import Session

PAGE = "about_page"
FILTERS = ("find", "actor", "kind", "role", "order")


def chosen(session: Session) -> dict[str, str]:
    """Return what is shown of a page, as the address has it."""
    return {name: session.place(f"about_{name}").value for name in FILTERS}


def read(session: Session, name: object) -> None:
    """Open a page; what was searched for in another is forgotten."""
    if isinstance(name, str) and name in BY_NAME:
        for one in FILTERS:
            session.place(f"about_{one}").set("")
        session.place(PAGE).set("" if name == FIRST else name)


def choose(session: Session, what: object) -> None:
    """Take a word or a choice; what no control of the page could send changes nothing."""
    if not isinstance(what, dict):
        return
    name, value = what.get("name"), what.get("value")
    if isinstance(name, str) and isinstance(value, str) and name in FILTERS and (name == "find" or value in ("", *choices()[name])):
        session.place(f"about_{name}").set(value[:LONGEST_SEARCH])
