"""Did it come as predicted, figure by figure, and why?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from dashboard import figures
from dashboard.heard import component_vue
from dashboard.rooms.learn import written
from dashboard.rooms.learn.lesson import Lesson, Prediction, agrees, came_true
from dashboard.rooms.learn.lessons import lessons
from dashboard.rooms.learn.run import Came, Figure
from dashboard.texts import Texts

WORDS = ("came", "looks", "figure", "foreseen", "difference", "in_words", "picture", "show_course")
MORE_WORDS = ("why", "rules", "mechanisms", "readings", "home", "decide", "decide_note", "again", "sheet")
WHOLE_ZONE = 90_000


@component_vue("outcome.vue")
def OutcomeCard(words: dict[str, str], outcome: dict[str, Any], shown: str, event_look: Callable[[str], None]) -> None:
    """The prediction beside what came: sentences and a table."""


@component_vue("explanation.vue")
def ExplanationCard(
    words: dict[str, str], lesson: dict[str, Any], event_decide: Callable[[object], None], event_again: Callable[[object], None],
    event_sheet: Callable[[object], None], event_next: Callable[[object], None],
) -> None:  # fmt: skip
    """Mechanism, readings, the question to take home, and ways on."""


def outcome_texts(texts: Texts, came: Came, chosen: Prediction | float, n_children: int) -> dict[str, Any]:
    """Return what came, beside what was predicted."""
    found = came.figures
    said, verdict, reply = _of_prediction(texts, came, chosen) if isinstance(chosen, Prediction) else _of_guess(texts, came, chosen)
    expects = chosen.expects if isinstance(chosen, Prediction) else {}
    small = texts("learn.few_children", children=figures.count(texts, n_children)) if n_children < WHOLE_ZONE else ""
    return {
        "said": said, "verdict": verdict, "reply": reply,
        "sides": [written.said(texts, came.lesson.first.name), written.said(texts, came.lesson.second.name)],
        "has_foreseen": bool(expects),
        "rows": [_row(texts, figure, expects) for figure in found],
        "note": written.joined(texts, [texts("learn.interval_note", n=len(came.pairs)), small]),
    }  # fmt: skip


def explanation_texts(texts: Texts, lesson: Lesson) -> dict[str, Any]:
    """Return the explanation of a lesson."""
    has_steps = any(step.week for step in lesson.second.steps)
    return {
        "why": written.paragraphs(texts, lesson.why),
        "rules": [f"agents/{rule}.py" for rule in lesson.rules],
        "mechanisms": list(lesson.mechanisms),
        "readings": written.said(texts, lesson.readings),
        "home": written.said(texts, lesson.home),
        "decide_note": written.joined(texts, [texts("learn.decide_note"), texts("learn.decide_stays") if has_steps else ""]),
        "next": texts("learn.next", title=written.said(texts, following(lesson).title)),
    }


def following(lesson: Lesson) -> Lesson:
    """Return the next lesson; after the last the first."""
    listed = lessons()
    return listed[(listed.index(lesson) + 1) % len(listed)]


def words(texts: Texts) -> dict[str, str]:
    """Return the words around what came."""
    return texts.several("learn", *WORDS)


def more_words(texts: Texts) -> dict[str, str]:
    """Return the words around the explanation."""
    return texts.several("learn", *MORE_WORDS)


def _of_prediction(texts: Texts, came: Came, chosen: Prediction) -> tuple[str, str, str]:
    said = texts("learn.you_said", says=written.said(texts, chosen.says))
    directions = came.directions
    happened = [one for one in came.lesson.predictions if came_true(one, directions)]
    if chosen in happened:
        verdict = texts("learn.came_true")
    elif happened:
        verdict = texts("learn.came_otherwise", says=written.said(texts, happened[0].says))
    else:
        verdict = texts("learn.came_as_none")
    return said, verdict, written.said(texts, chosen.reply)


def _of_guess(texts: Texts, came: Came, guess: float) -> tuple[str, str, str]:
    asked = came.lesson.guess
    if asked is None:
        return "", "", ""
    figure = next(figure for figure in came.figures if figure.look.name == asked.look)
    shown = texts("figure.percent", value=figures.grouped(guess, 0, signed=True))
    said = texts("learn.you_guessed", guess=shown, came=written.relative(texts, figure))
    verdict = "guess_too_high" if guess > figure.percent.high else "guess_too_low" if guess < figure.percent.low else "guess_within"
    return said, texts(f"learn.{verdict}"), written.said(texts, asked.reply)


def _row(texts: Texts, figure: Figure, expects: Mapping[str, str]) -> dict[str, Any]:
    look, like = figure.look, figure.difference.mean
    direction = texts(f"learn.direction_{figure.direction}")
    if look.name in expects:
        key = "as_foreseen" if agrees(expects[look.name], figure.direction) else "not_foreseen"
        direction = texts(f"learn.{key}", direction=direction)
    return {
        "name": look.name, "label": written.said(texts, look.label), "note": written.said(texts, look.note),
        "first": written.value(texts, look.indicator, figure.first, like),
        "second": written.value(texts, look.indicator, figure.second, like),
        "difference": written.span(texts, look.indicator, figure), "relative": written.relative(texts, figure),
        "foreseen": written.foreseen(texts, expects, look), "words": direction,
    }  # fmt: skip
