"""How is a document read? One at a time; its pictures come when they are looked at."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import solara

from dashboard.heard import component_vue
from dashboard.rooms.about.markdown import Document, document
from dashboard.rooms.about.pages import BY_NAME, OF_FILE, Reading, found, language_of
from dashboard.rooms.about.places import read
from dashboard.session import Session
from dashboard.texts import LANGUAGES, LOCALES, Texts

MARKDOWN = "text/markdown;charset=utf-8"
MEDIA = {".svg": "image/svg+xml", ".png": "image/png"}
IF_DARK = re.compile(rb"@media *\(prefers-color-scheme: *dark\)")
"""Pictures stand on white paper: they must not follow the colours of the machine, which need not be those of the page."""
NOT_HERE = Document("", (), ())


@component_vue("document.vue")
def DocumentCard(
    document: str, html: str, parts: list[list[str]], read_in: str, page_in: str, texts: dict[str, str],
    picture: dict[str, Any] | None,
    event_see: Callable[[object], None], event_follow: Callable[[object], None], event_take: Callable[[object], None],
) -> None:  # fmt: skip
    """A document, its parts, and a way to take it away."""


@solara.component
def Reader(session: Session, reading: Reading) -> None:
    """Show a document, in the language of the page where there is one."""
    texts = Texts(session.language.value)
    language = language_of(reading, texts.language)
    name = reading.files[language]
    path = found(f"docs/{name}")
    picture: solara.Reactive[dict[str, Any] | None] = solara.use_reactive(None)
    shown = document(path) if path else NOT_HERE
    DocumentCard(
        document=name,
        html=shown.html or f"<p>{texts('about.not_here')}</p>",
        parts=[list(part) for part in shown.parts],
        read_in=LOCALES[language],
        page_in=texts.locale,
        texts={
            "only": texts("about.only_english") if language != texts.language and path else "",
            "parts": texts("about.parts"),
            "take": texts("about.take") if path else "",
        },
        picture=picture.value,
        event_see=lambda number: picture.set(seen(name, shown, number)),
        event_follow=lambda file: follow(session, file),
        event_take=lambda _: session.hand_over(name, path.read_bytes(), MARKDOWN) if path else None,
    )


def seen(name: str, shown: Document, number: object) -> dict[str, Any] | None:
    """Return a picture of a document as data; nothing for a number that it has not."""
    if not isinstance(number, int) or not 0 <= number < len(shown.pictures):
        return None
    return {"document": name, "number": number, "source": as_data(shown.pictures[number])}


def as_data(path: Path) -> str:
    """Return a picture as an address that holds it: shown so, it can neither run nor fetch anything."""
    content = IF_DARK.sub(b"@media not all", path.read_bytes())
    return f"data:{MEDIA[path.suffix]};base64,{base64.b64encode(content).decode('ascii')}"


def follow(session: Session, file: object) -> None:
    """Open the page that is made from a document; a document in another language switches the language."""
    if not isinstance(file, str) or file not in OF_FILE:
        return
    files = BY_NAME[OF_FILE[file]].files
    if len(files) == len(LANGUAGES):
        session.language.set(next(language for language, own in files.items() if own == file))
    read(session, OF_FILE[file])
