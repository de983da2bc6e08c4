"""What do you expect, and what comes? Lessons in which a prediction comes first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import solara

from dashboard.heard import component_vue
from dashboard.parts.lead import Lead
from dashboard.parts.plot import PlotPart
from dashboard.parts.progress import Progress
from dashboard.rooms.learn import case, course, outcome, written
from dashboard.rooms.learn.guide import Guide, Sheet
from dashboard.rooms.learn.lesson import Lesson, Look, Prediction
from dashboard.rooms.learn.lessons import lesson, lessons
from dashboard.rooms.learn.run import Came, base_of, run
from dashboard.session import Session
from dashboard.texts import Texts
from dashboard.work import Work, use_work

LESSON, PREDICTION, VIEW = "learn_lesson", "learn_prediction", "learn_view"
GUIDE, SHEET = "guide", "sheet"

lessons()  # a file that is not complete stops the server, not the first visitor


@component_vue("lessons.vue")
def LessonList(
    words: dict[str, str], listed: list[dict[str, Any]], event_take: Callable[[str], None], event_guide: Callable[[object], None],
) -> None:  # fmt: skip
    """All lessons, in order."""


@solara.component
def Room(session: Session) -> None:
    """The list of lessons, a lesson, its sheet, or the guide: as the address says."""
    texts = Texts(session.language.value)
    chosen, view = lesson(session.place(LESSON).value), session.place(VIEW).value
    with solara.Div(classes=["learn-room"]):
        if view == GUIDE:
            Guide(texts, on_back=lambda _: session.place(VIEW).set(""))
        elif chosen is None:
            _all_lessons(session, texts)
        elif view == SHEET:
            Sheet(texts, chosen, on_back=lambda _: session.place(VIEW).set(""))
        else:
            Study(session, chosen).key(chosen.name)


def _all_lessons(session: Session, texts: Texts) -> None:
    Lead(title=texts("learn.title"), text=texts("learn.sentence"))
    listed = [
        {
            "name": one.name,
            "number": texts("learn.number", number=one.order),
            "title": written.said(texts, one.title),
            "question": written.said(texts, one.question),
        }
        for one in lessons()
    ]
    LessonList(
        words=texts.several("learn", "lessons", "open_lesson", "guide"),
        listed=listed,
        event_take=lambda name: _take(session, name),
        event_guide=lambda _: session.place(VIEW).set(GUIDE),
    )


@solara.component
def Study(session: Session, chosen_lesson: Lesson) -> None:
    """One lesson: case and prediction, then what came."""
    texts = Texts(session.language.value)
    place = session.place(PREDICTION)
    chosen = case.chosen_of(chosen_lesson, place.value)
    work: Work[Came] = use_work()
    solara.use_effect(lambda: _begin(work, chosen_lesson, chosen), [chosen is None])
    state = work.state.value
    with solara.Div(classes=["learn-study"]):
        case.LessonCard(
            words=case.words(texts),
            lesson=solara.use_memo(lambda: case.case_texts(texts, chosen_lesson), [texts.language]),
            chosen=case.place_of(chosen),
            can_run=state.name in ("stopped", "failed", "refused"),
            event_choose=lambda said: place.set(case.place_of(case.chosen_of(chosen_lesson, str(said)))),
            event_again=lambda _: place.set(""),
            event_run=lambda _: _begin(work, chosen_lesson, chosen),
            event_back=lambda _: _take(session, ""),
            event_sheet=lambda _: session.place(VIEW).set(SHEET),
        )
        if chosen is not None:
            Progress(work, texts, doing=texts("learn.doing"))
        if chosen is not None and state.name == "done" and state.result is not None:
            Reveal(session, state.result, chosen)


@solara.component
def Reveal(session: Session, came: Came, chosen: Prediction | float) -> None:
    """What came, beside the prediction; then why."""
    texts = Texts(session.language.value)
    taught = came.lesson
    shown, show = solara.use_state(_first_shown(taught).name)
    children = base_of(taught).n_children
    with solara.Div(classes=["learn-study"]):
        outcome.OutcomeCard(
            words=outcome.words(texts),
            outcome=solara.use_memo(
                lambda: outcome.outcome_texts(texts, came, chosen, children), [texts.language, case.place_of(chosen)]
            ),
            shown=shown,
            event_look=lambda name: show(name) if any(name == look.name for look in taught.looks) else None,
        )
        PlotPart(session, solara.use_memo(lambda: course.plot(texts, came, taught.look(shown)), [texts.language, shown]))
        outcome.ExplanationCard(
            words=outcome.more_words(texts),
            lesson=outcome.explanation_texts(texts, taught),
            event_decide=lambda _: _decide(session, taught),
            event_again=lambda _: session.place(PREDICTION).set(""),
            event_sheet=lambda _: session.place(VIEW).set(SHEET),
            event_next=lambda _: _take(session, outcome.following(taught).name),
        )


def _first_shown(taught: Lesson) -> Look:
    """The guessed figure, or the first that was hidden."""
    if taught.guess is not None:
        return taught.look(taught.guess.look)
    return next(look for look in taught.looks if look.is_hidden)


def _begin(work: Work[Came], taught: Lesson, chosen: Prediction | float | None) -> None:
    if chosen is not None and work.state.peek().name not in ("running", "done"):
        work.begin(lambda report: run(taught, report))


def _take(session: Session, name: object) -> None:
    if name == "" or (isinstance(name, str) and lesson(name) is not None):
        session.place(PREDICTION).set("")
        session.place(LESSON).set(str(name))


def _decide(session: Session, taught: Lesson) -> None:
    """Open the second policy in Decide; a lesson with a world of its own brings it along."""
    settings = tuple(sorted(taught.second.settings.items()))
    if taught.world:
        base = base_of(taught)
        session.uploads[base.name] = base
        session.open(base.name, settings)
    else:
        session.open(taught.scenario, settings)
