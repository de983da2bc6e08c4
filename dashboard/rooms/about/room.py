"""What is this, what does it rest on, and what can it not say? Documents, numbers and terms, one at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import solara

from dashboard.heard import component_vue
from dashboard.parts.lead import Lead
from dashboard.rooms.about.glossary import Glossary
from dashboard.rooms.about.numbers import Numbers
from dashboard.rooms.about.pages import FIRST, GROUPS, READINGS, reading_of
from dashboard.rooms.about.places import PAGE, read
from dashboard.rooms.about.reader import Reader
from dashboard.rooms.about.software import Software
from dashboard.session import Session
from dashboard.texts import Texts
from model.parameters import declarations

FIRST_THINGS = (("forecast", "limits"), ("assumed", "numbers"), ("stories", "answers"))
"""What to know before anything else, and the page that tells more of it."""


@component_vue("contents.vue")
def Contents(page: str, groups: list[dict[str, Any]], texts: dict[str, str], event_read: Callable[[object], None]) -> None:
    """The list of pages."""


@component_vue("first.vue")
def FirstThings(things: list[dict[str, str]], event_read: Callable[[object], None]) -> None:
    """What to know first."""


@solara.component
def Room(session: Session) -> None:
    """A list of pages, and the one that is read."""
    texts = Texts(session.language.value)
    session.revision.value  # noqa: B018  another scenario has other values
    reading = reading_of(session.place(PAGE).value)
    Lead(title=texts("room.about"), text=texts("about.lead"))
    with solara.Div(classes=["about-body"]):
        Contents(
            page=reading.name,
            groups=contents(texts),
            texts=texts.several("about", "pages"),
            event_read=lambda name: read(session, name),
        )
        with solara.Div(classes=["about-page"]):
            if reading.name == FIRST:
                FirstThings(things=first_things(texts), event_read=lambda name: read(session, name))
            if reading.files:
                Reader(session, reading).key(reading.name)
            elif reading.name == "numbers":
                Numbers(session)
            elif reading.name == "glossary":
                Glossary(session)
            else:
                Software(session, reading.name).key(reading.name)


def contents(texts: Texts) -> list[dict[str, Any]]:
    """Return the pages by group."""
    return [
        {
            "name": group,
            "title": texts(f"about_group.{group}"),
            "pages": [{"name": one.name, "title": texts(f"about_page.{one.name}")} for one in READINGS if one.group == group],
        }
        for group in GROUPS
    ]


def first_things(texts: Texts) -> list[dict[str, str]]:
    """Return what to know before a figure is believed."""
    n, assumed = len(declarations()), sum(one.kind == "assumed" for one in declarations().values())
    return [
        {
            "page": page,
            "title": texts(f"about_first.{name}", n=n, assumed=assumed),
            "text": texts(f"about_first_text.{name}", n=n, assumed=assumed),
            "more": texts(f"about_page.{page}"),
        }
        for name, page in FIRST_THINGS
    ]
