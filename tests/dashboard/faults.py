"""Is anything that the page would be sent, or shows, no number and no word?"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, MutableMapping
from functools import cache

from ipywidgets import Widget

from dashboard.texts import catalogue

BAD = re.compile(r"\b(?:nan|NaN|None|undefined|inf|Infinity|Traceback)\b|\[object Object\]")
TEMPLATES = ("template", "_template", "css", "methods", "components", "events", "layout", "style_")
"""Traits that are code of ours and not said to anybody."""


def all_widgets() -> MutableMapping[str, Widget]:
    """Return every widget there is, by its name."""
    from ipywidgets.widgets import widget

    return widget._instances


def faults_of_widget(widget: Widget) -> list[str]:
    """What is wrong with what a widget would be sent."""
    found = []
    for name, value in widget.get_state().items():
        if name not in TEMPLATES and not name.startswith("_"):
            found += [f"{name}: {fault}" for fault in faults_of_value(value)]
    return found


def faults_of_value(value: object) -> list[str]:
    """What is wrong with a value, whatever it is made of."""
    if isinstance(value, float):
        return [] if abs(value) < float("inf") else [f"{value} among the numbers"]
    if isinstance(value, Mapping):
        return [fault for one in value.values() for fault in faults_of_value(one)]
    if isinstance(value, list | tuple):
        return [fault for one in value for fault in faults_of_value(one)]
    return faults_of_text(value) if isinstance(value, str) else []


def faults_of_text(text: str) -> list[str]:
    """What is wrong with a text; numbers that travel as one are read."""
    if text[:1] in "{[" and text[-1:] in "}]":
        try:
            return faults_of_value(json.loads(text))
        except ValueError:
            pass
    if not BAD.search(text):
        return []
    for prose in said_so():
        text = text.replace(prose, "")
    bad = BAD.search(text)
    return [f"{bad[0]!r} in {text[max(0, bad.start() - 60) : bad.end() + 60]!r}"] if bad else []


@cache
def said_so() -> list[str]:
    """Texts of ours in which such a word is a word of English, such as "None of these people is real"."""
    texts = [by_language["en"] for by_language in catalogue().values()]
    return [*(text for text in texts if BAD.search(text)), "None of"]
