"""Which version is this, how is it cited, under which licence, and what is kept of a visitor?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import solara

from dashboard.heard import component_vue
from dashboard.rooms.about.citation import apa, bibtex, facts
from dashboard.rooms.about.pages import found
from dashboard.session import Session
from dashboard.texts import Texts
from experiments.record import engine_version, package_version
from model.calendar import POLICY_START

KEPT = ("choices", "address", "uploads", "colours", "cookie", "log", "outside")
"""What is said of a visitor's traces, one thing after another."""


@component_vue("software.vue")
def SoftwareCard(
    title: str, texts: dict[str, str], facts: list[list[str]], ways: list[dict[str, str]], listed: list[list[str]], text: str
) -> None:
    """Facts, texts to copy, a list, a long text."""


@solara.component
def Software(session: Session, name: str) -> None:
    """One of the three pages about the software itself."""
    texts = Texts(session.language.value)
    made: dict[str, Callable[[Texts, Session], dict[str, Any]]] = {"cite": cited, "licence": licensed, "privacy": kept}
    empty: dict[str, Any] = {"facts": [], "ways": [], "listed": [], "text": ""}
    said = empty | made[name](texts, session)
    SoftwareCard(title=texts(f"about_page.{name}"), **said)


def cited(texts: Texts, session: Session) -> dict[str, Any]:
    """Return versions, the line for a list of references and the entry for BibTeX."""
    said = facts()
    engine = engine_version()
    versions = [
        [texts("software.version"), package_version()],
        [texts("software.engine"), engine],
        [texts("software.scenario"), session.choice.scenario],
        [texts("software.policy_start"), POLICY_START.isoformat()],
    ]
    ways = [{"name": "apa", "title": texts("software.apa"), "text": apa(said, engine)}] if said else []
    ways += [{"name": "bibtex", "title": texts("software.bibtex"), "text": bibtex(said, engine)}] if said else []
    lead = texts("software.cite_lead") if said else texts("about.not_here")
    return {"texts": {"lead": lead} | texts.several("page", "copy", "copied"), "facts": versions, "ways": ways}


def licensed(texts: Texts, session: Session) -> dict[str, Any]:  # noqa: ARG001  all pages are made alike
    """Return the licence in a sentence and in full."""
    path = found("LICENSE")
    said = {
        "lead": texts("software.licence_lead", licence=facts().get("license", "Apache-2.0")),
        "full": texts("software.licence_full"),
    }
    return {"texts": said, "text": path.read_text(encoding="utf-8") if path else texts("about.not_here")}


def kept(texts: Texts, session: Session) -> dict[str, Any]:  # noqa: ARG001  all pages are made alike
    """Return what is kept of a visitor, and where."""
    return {
        "texts": {"lead": texts("privacy.lead")},
        "listed": [[texts(f"privacy.{name}"), texts(f"privacy_said.{name}")] for name in KEPT],
    }
