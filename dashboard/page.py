"""What does a visitor see? One page of many rooms, one session for each visitor, nothing from outside the machine."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import cache
from pathlib import Path

import reacton.ipyvuetify as rv
import solara
import solara.lab

from dashboard import figures, worlds
from dashboard.parts.ink import Ink
from dashboard.rooms import ROOMS, room
from dashboard.server import close_to_the_outside
from dashboard.session import Session
from dashboard.shell import Shell
from dashboard.texts import Texts, language_of_browser

logger = logging.getLogger(__name__)

FOLDER = Path(__file__).parent

close_to_the_outside()
worlds.base()  # what is wrong with it stops the server, not the first visitor


@cache
def style() -> str:
    """Return the style of the page and of every room."""
    files = [FOLDER / "page.css", *sorted(FOLDER.glob("parts/*.css")), *sorted(FOLDER.glob("rooms/*/style.css"))]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


@solara.component
def Page() -> None:
    """The simulator, in the room that the address names."""
    router = solara.use_router()
    session = solara.use_memo(lambda: Session(_first_language(), router.path or "/", router.search or ""), [])
    solara.use_effect(lambda: _live(session), [])
    problem, forget = solara.use_exception()
    texts = Texts(session.language.value)
    if problem is not None:
        Apology(texts, problem, forget)
        return
    name = session.room.value
    solara.Title(f"{texts(f'room.{name}')} · {texts('page.title')}")
    solara.Style(style())
    with solara.Div(classes=["alliance"]):
        Ink(none=figures.no_value(texts))
        Shell(session)
        with solara.Div(classes=["alliance-room", f"room-{name}"], attributes={"id": "main", "role": "main", "tabindex": "-1"}):
            room(name)(session).key(name)


@solara.component
def Apology(texts: Texts, problem: BaseException, forget: Callable[[], None]) -> None:
    """Say in plain words that the page failed, and offer a way on; what failed stands in the server's log alone."""
    solara.use_effect(lambda: logger.error("A page failed", exc_info=problem), [problem])
    solara.Style(style())
    with solara.Div(classes=["alliance"], attributes={"role": "alert"}):
        rv.Html(tag="h1", children=[texts("page.failed_title")])
        rv.Html(tag="p", children=[texts("page.failed")])
        solara.Button(texts("page.failed_again"), on_click=forget)
        rv.Html(tag="a", children=[texts("page.failed_start")], attributes={"href": "./"})


@solara.component
def Layout(children: list[solara.Element]) -> None:
    """The page as it is, without a frame around it."""
    solara.Div(children=children)


routes = [solara.Route(path="/", component=Page, layout=Layout), *(solara.Route(path=name, component=Page) for name in ROOMS)]


def _first_language() -> str:
    headers = solara.lab.headers.value or {}
    return language_of_browser(",".join(headers.get("accept-language", [])))


def _live(session: Session) -> Callable[[], None]:
    session.start()
    return session.stop
