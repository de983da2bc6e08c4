"""What does a planner see first?

The door of the dashboard: one page, one session for each visitor, nothing from outside the machine.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import solara
import solara.lab

from dashboard import figures, worlds
from dashboard.charts import Charts
from dashboard.headline import Headline
from dashboard.lever import Levers
from dashboard.server import close_to_the_outside
from dashboard.state import Session
from dashboard.texts import LANGUAGES, Texts, language_of_browser
from model.calendar import POLICY_START

STYLE = Path(__file__).with_name("page.css")

close_to_the_outside()
worlds.scenario("huaxi")  # what is wrong with it stops the server, not the first visitor


@solara.component_vue("masthead.vue")
def Masthead(language: str, languages: dict[str, str], texts: dict[str, str], event_speak: Callable[[str], None]) -> None:
    """Title, the one sentence, the switch of languages and the key to the colours."""


@solara.component
def Page() -> None:
    """The simulator's first screen."""
    session = solara.use_memo(lambda: Session(_first_language()), [])
    solara.use_effect(lambda: _live(session), [])
    texts = Texts(session.language.value)
    solara.Title(texts("page.title"))
    solara.Style(STYLE)
    with solara.Div(classes=["alliance"]):
        Masthead(
            language=session.language.value,
            languages=LANGUAGES,
            texts=masthead_texts(texts),
            event_speak=session.language.set,
        )
        with solara.Div(classes=["alliance-body"]):
            Levers(session)
            with solara.Div(classes=["alliance-results"]):
                Headline(session)
                Charts(session)


@solara.component
def Layout(children: list[solara.Element]) -> None:
    """The page as it is, without a frame around it."""
    solara.Div(children=children)


def masthead_texts(texts: Texts) -> dict[str, str]:
    """Return the texts above everything."""
    said = {name: texts(f"page.{name}") for name in ("title", "subtitle", "language")}
    said |= {name: texts(f"page.{name}") for name in ("key_baseline", "key_policy", "key_history")}
    said["sentence"] = texts(
        "page.sentence",
        n_children=figures.count(texts, worlds.n_children()),
        policy_start=figures.day(texts, POLICY_START),
    )
    return said


def _first_language() -> str:
    headers = solara.lab.headers.value or {}
    return language_of_browser(",".join(headers.get("accept-language", [])))


def _live(session: Session) -> Callable[[], None]:
    session.start()
    return session.stop
