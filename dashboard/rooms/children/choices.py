"""Which of a few does the visitor want? A row of buttons, one of them pressed."""

from __future__ import annotations

from collections.abc import Callable

import solara

from dashboard.session import Session


@solara.component_vue("choices.vue")
def Choices(label: str, options: list[list[str]], chosen: str, event_choose: Callable[[object], None]) -> None:
    """A named row of buttons: pairs of a name and what the button says."""


@solara.component_vue("words.vue")
def Words(title: str = "", quiet: str = "", said: list[str] = []) -> None:  # noqa: B006  never changed
    """A heading, a quiet sentence, and sentences of which the first counts most."""


def put(session: Session, place: str, value: str) -> None:
    """Write a choice of the room into the address.

    The head of the page was drawn before the room named its places: the count of changes has it look again.
    """
    session.place(place).set(value)
