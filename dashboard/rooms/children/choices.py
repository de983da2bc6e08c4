"""Which of a few does the visitor want? A row of buttons, one of them pressed."""

from __future__ import annotations

from collections.abc import Callable

from dashboard.heard import component_vue


@component_vue("choices.vue")
def Choices(label: str, options: list[list[str]], chosen: str, event_choose: Callable[[object], None]) -> None:
    """A named row of buttons: pairs of a name and what the button says."""


@component_vue("words.vue")
def Words(title: str = "", quiet: str = "", said: list[str] = []) -> None:  # noqa: B006  never changed
    """A heading, a quiet sentence, and sentences of which the first counts most."""
