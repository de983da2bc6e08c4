"""What does somebody see of a lesson before its figures are shown?"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from dashboard.heard import component_vue
from dashboard.rooms.learn import written
from dashboard.rooms.learn.lesson import Guess, Lesson, Prediction
from dashboard.texts import Texts

GUESSED = re.compile(r"-?\d{1,4}")
WORDS = (
    "back", "sheet", "case", "compared", "compared_note", "question", "choose", "choose_first", "move_first", "guess_label",
    "again", "run_again", "looks",
)  # fmt: skip


@component_vue("lesson.vue")
def LessonCard(
    words: dict[str, str], lesson: dict[str, Any], chosen: str, can_run: bool, event_choose: Callable[[str], None],
    event_again: Callable[[object], None], event_run: Callable[[object], None], event_back: Callable[[object], None],
    event_sheet: Callable[[object], None],
) -> None:  # fmt: skip
    """Case, question, predictions, and the names of figures that are hidden still."""


def chosen_of(lesson: Lesson, place: str) -> Prediction | float | None:
    """Return the prediction or guess that an address or a click names; None if it is none of this lesson's."""
    if lesson.guess is None:
        return lesson.prediction(place)
    if not GUESSED.fullmatch(place):
        return None
    guess = float(place)
    return guess if lesson.guess.low <= guess <= lesson.guess.high else None


def place_of(chosen: Prediction | float | None) -> str:
    """Return how a prediction stands in the address."""
    if chosen is None:
        return ""
    return chosen.name if isinstance(chosen, Prediction) else f"{chosen:.0f}"


def case_texts(texts: Texts, lesson: Lesson) -> dict[str, Any]:
    """Return a lesson as it is told before the run."""
    sides = ((lesson.first, "baseline"), (lesson.second, "policy"))
    return {
        "number": texts("learn.number", number=lesson.order),
        "title": written.said(texts, lesson.title),
        "story": written.said(texts, lesson.case),
        "question": written.said(texts, lesson.question),
        "home": written.said(texts, lesson.home),
        "sides": [
            {"kind": kind, "name": written.said(texts, policy.name), "lines": written.settings(texts, lesson, policy)}
            for policy, kind in sides
        ],
        "options": [{"name": one.name, "says": written.said(texts, one.says)} for one in lesson.predictions],
        "guess": _guess(lesson.guess),
        "figures": [
            {
                "name": look.name,
                "label": written.said(texts, look.label),
                "state": texts("learn.hidden")
                if look.is_hidden
                else texts("learn.known", direction=texts(f"learn.direction_{look.expect}")),
                "is_hidden": look.is_hidden,
            }
            for look in lesson.looks
        ],
    }


def _guess(guess: Guess | None) -> dict[str, float] | None:
    return {"low": guess.low, "high": guess.high, "step": guess.step} if guess else None


def words(texts: Texts) -> dict[str, str]:
    """Return the words around a lesson's case."""
    return texts.several("learn", *WORDS)
