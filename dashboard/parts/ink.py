"""What does every picture of the page need? Dates, numbers, axes and files, in one place of the browser."""

from __future__ import annotations

from dashboard.heard import component_vue


@component_vue("ink.vue")
def Ink(none: str) -> None:
    """Make `window.alliance` known to the pictures; it is drawn before any of them. `none` stands where a figure has no value."""
