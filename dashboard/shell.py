"""What surrounds every room?

Title, rooms, undo and redo, the address of the page, sharing, languages and colours, files on their way to the browser.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any, cast

import solara

from dashboard import address
from dashboard.address import Visit
from dashboard.heard import component_vue
from dashboard.link import said_of_link
from dashboard.refused import notices_of
from dashboard.report import report_html
from dashboard.reproduce import file_of, ways
from dashboard.rooms import ROOMS
from dashboard.session import Session
from dashboard.texts import LANGUAGES, Texts
from dashboard.told import levers_text, scenario_title

SAID = (
    "title", "subtitle", "language", "skip", "rooms", "tools", "undo", "redo", "reset", "share", "link", "copy", "copied",
    "reproduce", "save_file", "link_is_local", "report", "dismiss", "scheme", "scheme_light", "scheme_dark",
)  # fmt: skip


@component_vue("shell.vue")
def Frame(
    language: str, languages: dict[str, str], texts: dict[str, str], rooms: list[dict[str, str]], room: str, address: str,
    policy: dict[str, Any], shared: dict[str, Any], notices: list[str], parcel: dict[str, Any] | None,
    written_report: dict[str, Any] | None, event_speak: Callable[[str], None], event_go: Callable[[str], None],
    event_visit: Callable[[dict[str, str]], None], event_step: Callable[[str], None], event_share: Callable[[object], None],
    event_take: Callable[[str], None], event_report: Callable[[object], None], event_dismiss: Callable[[object], None],
) -> None:  # fmt: skip
    """The head of the page."""


@solara.component
def Shell(session: Session) -> None:
    """The head of the page, for this visitor."""
    texts = Texts(session.language.value)
    is_shared, share = solara.use_state(0)
    report, write_report = solara.use_state(cast("dict[str, Any] | None", None))
    session.revision.value  # noqa: B018  the policy may have changed
    whole = session.whole_of_this_policy
    visit = session.visit_now()
    past, coming = session.steps.value
    Frame(
        language=session.language.value,
        languages=LANGUAGES,
        texts=texts.several("page", *SAID),
        rooms=[_door(texts, visit, name) for name in ROOMS],
        room=session.room.value,
        address=address.written(visit),
        policy={
            "scenario": texts("page.scenario", title=scenario_title(texts, session)),
            "levers": levers_text(texts, len(session.choice.settings)),
            "is_changed": bool(session.choice.settings),
            "can_undo": bool(past),
            "can_redo": bool(coming),
        },
        shared=_shared(texts, session) if is_shared else {"address": "", "caution": "", "ways": []},
        notices=[
            *notices_of(texts, session.notices.value),
            *said_of_link(texts, session, whole),
        ],
        parcel=solara.use_memo(lambda: _parcel(session), [session.parcel.value]),
        written_report=report,
        event_speak=lambda code: session.language.set(code) if isinstance(code, str) and code in LANGUAGES else None,
        event_go=lambda name: session.go(name) if name in ROOMS else None,
        event_visit=lambda where: _visit(session, where),
        event_step=lambda name: _step(session, name),
        event_share=lambda _: share(is_shared + 1),
        event_take=lambda name: _take(session, name),
        event_report=lambda _: write_report(lambda before: _report(texts, session, before)),
        event_dismiss=lambda _: session.dismiss(),
    )


def _door(texts: Texts, visit: Visit, name: str) -> dict[str, str]:
    there = Visit(name, visit.language, visit.choice, visit.places)
    return {"name": name, "title": texts(f"room.{name}"), "path": address.written(there)}


def _shared(texts: Texts, session: Session) -> dict[str, Any]:
    own = session.choice.scenario in session.uploads
    return {
        "address": address.written(session.visit_now(is_shared=True)),
        "caution": texts("page.link_without_upload") if own else "",
        "ways": ways(texts, session),
    }


def _report(texts: Texts, session: Session, before: dict[str, Any] | None) -> dict[str, Any]:
    """A report for the browser to put its pictures in; the number tells it from the one before."""
    number = before["number"] + 1 if before else 1
    return {"html": report_html(texts, session), "name": "alliance-report.html", "number": number}


def _parcel(session: Session) -> dict[str, Any] | None:
    parcel = session.parcel.value
    if parcel is None:
        return None
    content = base64.b64encode(parcel.content).decode("ascii")
    return {"number": parcel.number, "name": parcel.name, "content": content, "kind": parcel.kind}


def _visit(session: Session, where: object) -> None:
    if isinstance(where, dict):
        session.visit(str(where.get("path", "/")), str(where.get("query", "")))


def _step(session: Session, name: object) -> None:
    steps = {"undo": session.undo, "redo": session.redo, "reset": session.reset}
    if isinstance(name, str) and name in steps:
        steps[name]()


def _take(session: Session, name: object) -> None:
    if name == "scenario":
        session.hand_over("policy.toml", file_of(session).encode("utf-8"), "application/toml")
