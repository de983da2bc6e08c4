"""Which scenarios are there, and what does each ask? Open one, keep it for a comparison, bring one's own."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import solara

from dashboard import figures, uploads
from dashboard.address import LONGEST_NAME
from dashboard.choice import CASE, MOST_KEPT, Kept
from dashboard.heard import component_vue
from dashboard.parts.lead import Lead
from dashboard.refused import n_mistakes, rows_of
from dashboard.rooms.library.shelves import LONGEST_SEARCH, found_scenarios, kept_name, shelves
from dashboard.session import Session
from dashboard.texts import Texts
from dashboard.worlds import Base
from experiments.district_template import template_zip
from experiments.district_workbook import template_workbook
from model.refusal import ScenarioError

logger = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class Answer:
    """How many uploads were answered, and why the last was refused: what is wrong with it, or an error of our own."""

    number: int = 0
    refused: ScenarioError | None = None
    has_failed: bool = False


TEMPLATES: dict[str, tuple[Callable[[str], bytes], str]] = {
    "xlsx": (template_workbook, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "zip": (template_zip, "application/zip"),
}
"""How the template of a district is made, and what a browser calls such a file."""
CARD_TEXTS = ("open", "open_now", "keep", "kept", "broken", "broken_sentence")
FIND_TEXTS = ("find", "find_hint", "find_clear")
UPLOAD_TEXTS = (
    "title",
    "sentence",
    "choose",
    "details",
    "details_scenario",
    "details_district",
    "details_limits",
    "details_private",
    "reading",
    "too_large",
    "too_many",
    "wrong_kind",
    "unreadable",
    "template",
    "template_xlsx",
    "template_zip",
    "file",
    "line",
    "column",
    "found",
    "allowed",
)


@component_vue("find.vue")
def Find(found: str, said: str, longest: int, texts: dict[str, str], event_find: Callable[[object], None]) -> None:
    """A box for a word to find, and how many scenarios it finds."""


@component_vue("upload.vue")
def Upload(
    problem: str,
    mistakes: list[dict[str, str]],
    number: int,
    most_bytes: int,
    most_files: int,
    texts: dict[str, str],
    event_send: Callable[[object], None],
    event_template: Callable[[object], None],
) -> None:
    """A button that takes files of the visitor, and one for a template of them; `number` counts the answers."""


@component_vue("cards.vue")
def Cards(
    shelves: dict[str, Any],
    said: str,
    texts: dict[str, str],
    event_enter: Callable[[object], None],
    event_keep: Callable[[object], None],
) -> None:
    """The scenarios, group by group."""


@solara.component
def Room(session: Session) -> None:
    """Search, upload, scenarios."""
    texts = Texts(session.language.value)
    find = session.place("library_find")
    said, say = solara.use_state("")
    answer, tell = solara.use_state(Answer())
    found = solara.use_memo(found_scenarios, [])
    revision = session.revision.value
    shown = solara.use_memo(lambda: _shelves(session, texts, found), [texts.language, find.value, revision, len(session.uploads)])
    Lead(title=texts("library.title"), text=texts("library.sentence"))
    with solara.Div(classes=["library-top"]):
        Find(
            found=find.value[:LONGEST_SEARCH],
            said=_count(texts, shown["n"], find.value),
            longest=LONGEST_SEARCH,
            texts=texts.several("library", *FIND_TEXTS),
            event_find=lambda text: find.set(text[:LONGEST_SEARCH]) if isinstance(text, str) else None,
        )
        Upload(
            problem=_problem(texts, answer),
            mistakes=[] if answer.refused is None else rows_of(texts, answer.refused),
            number=answer.number,
            most_bytes=uploads.MOST_BYTES,
            most_files=uploads.MOST_FILES,
            texts=_upload_texts(texts),
            event_send=lambda sent: tell(_take(session, sent, answer.number + 1)),
            event_template=lambda kind: _hand_over_template(session, kind),
        )
    Cards(
        shelves=shown,
        said=said,
        texts=texts.several("library", *CARD_TEXTS),
        event_enter=partial(_enter, session),
        event_keep=lambda name: say(_keep(session, texts, name)),
    )


def _shelves(session: Session, texts: Texts, found: list[Any]) -> dict[str, Any]:
    own = list(session.uploads.values())
    return shelves(texts, found, own, session.base(CASE), session.choice, session.place("library_find").peek())


def _upload_texts(texts: Texts) -> dict[str, str]:
    said = texts.several("library_upload", *UPLOAD_TEXTS)
    numbers = {
        "files": figures.grouped(uploads.MOST_FILES, 0),
        "megabytes": figures.grouped(uploads.MOST_BYTES / 1e6, 0),
        "children": figures.count(texts, uploads.MOST_CHILDREN),
        "uploads": figures.grouped(uploads.MOST_UPLOADS, 0),
        "communities": "communities.csv",
        "providers": "providers.csv",
        "travel": "travel.csv",
        "encoding": "UTF-8",
    }
    return {key: text.format(**numbers) for key, text in said.items()}


def _count(texts: Texts, n: int, searched: str) -> str:
    """Say how many scenarios are shown."""
    if not searched.strip():
        return texts("library.count_all", n=n)
    return texts("library.count_none") if n == 0 else texts("library.count_one" if n == 1 else "library.count_found", n=n)


def _known(session: Session, name: object) -> Base | None:
    """The scenario that a page's button names, if there is one."""
    if not isinstance(name, str):
        return None
    try:
        return session.base(name) if name else None
    except ScenarioError:
        return None


def _enter(session: Session, name: object) -> None:
    if base := _known(session, name):
        session.open(base.name)


def _keep(session: Session, texts: Texts, name: object) -> str:
    """Keep a scenario as it is for a comparison, or give it up; returns what to say."""
    base = _known(session, name)
    if base is None:
        return ""
    choice = session.choice
    if others := tuple(one for one in choice.kept if (one.scenario, one.settings) == (base.name, ())):
        session.change(replace(choice, kept=tuple(one for one in choice.kept if one not in others)))
        return texts("library.said_given_up", title=others[0].name)
    one = Kept(_free_name(kept_name(texts, base), choice.kept), base.name)
    if len(choice.kept) >= MOST_KEPT:
        return texts("library.said_full", n=MOST_KEPT)
    session.change(replace(choice, kept=(*choice.kept, one)))
    return texts("library.said_kept", title=one.name, n=len(choice.kept) + 1, most=MOST_KEPT)


def _free_name(wanted: str, kept: tuple[Kept, ...]) -> str:
    """A name that no kept policy has yet."""
    taken = {one.name for one in kept}
    names = [wanted, *(f"{wanted[: LONGEST_NAME - 4]} ({n})" for n in range(2, MOST_KEPT + 2))]
    return next(name for name in names if name not in taken)


def _problem(texts: Texts, answer: Answer) -> str:
    """Say in a sentence why the last upload was refused; its mistakes follow in a table."""
    if answer.has_failed:
        return texts("library_upload.failed")
    if answer.refused is None:
        return ""
    n = n_mistakes(answer.refused)
    return texts("library_upload.mistake") if n == 1 else texts("library_upload.mistakes", n=figures.grouped(n, 0))


def _take(session: Session, sent: object, number: int) -> Answer:
    """Open what a visitor sent, or say why not."""
    try:
        uploads.take(session, sent)
    except ScenarioError as error:
        return Answer(number, error)
    except Exception:
        logger.exception("An upload failed")
        return Answer(number, has_failed=True)
    return Answer(number)


def _hand_over_template(session: Session, kind: object) -> None:
    """Have the browser save the template of a district in the page's language; what is no kind of file does nothing."""
    if isinstance(kind, str) and kind in TEMPLATES:
        make, media_type = TEMPLATES[kind]
        language = session.language.value
        session.hand_over(f"{Texts(language)('library_upload.template_name')}.{kind}", make(language), media_type)
