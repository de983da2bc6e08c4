"""What is this room for, and what do its colours mean?"""

from __future__ import annotations

from dashboard.heard import component_vue


@component_vue("lead.vue")
def Lead(text: str, title: str = "", marks: list[list[str]] = []) -> None:  # noqa: B006  never changed
    """A room's heading, its one sentence, and the key to its colours: pairs of a class of the style and its meaning."""
