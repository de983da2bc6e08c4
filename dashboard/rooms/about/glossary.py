"""What does a word of the page mean, in both languages?

The table of docs/glossary.md, the language of the page first; a test compares the page's own words with it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache

import solara

from dashboard.heard import component_vue
from dashboard.rooms.about.pages import found
from dashboard.rooms.about.places import choose, chosen
from dashboard.rooms.about.search import words_of
from dashboard.session import Session
from dashboard.texts import LOCALES, Texts

Term = tuple[str, str, str, str]
"""A term and its meaning: English, Chinese, meaning in English, meaning in Chinese."""
N_COLUMNS = 4
RULE = "---"


@component_vue("glossary.vue")
def GlossaryList(
    terms: str, chosen: str, texts: dict[str, str], other_in: str, event_choose: Callable[[dict[str, str]], None]
) -> None:  # fmt: skip
    """A search and the terms that it finds."""


@solara.component
def Glossary(session: Session) -> None:
    """The terms of the field, those that are searched for."""
    texts = Texts(session.language.value)
    searched = chosen(session)["find"]
    every = terms()
    shown = [listed(term, texts.language) for term in every if is_found(term, searched)]
    said = texts.several("glossary", "find", "find_hint", "none") | {"title": texts("about_page.glossary")}
    said["counted"] = texts("glossary.counted", n=len(shown), all=len(every)) if every else texts("about.not_here")
    other = "en" if texts.language == "zh" else "zh"
    GlossaryList(
        terms=json.dumps(shown, ensure_ascii=False), chosen=searched, texts=said, other_in=LOCALES[other],
        event_choose=lambda what: choose(session, what),
    )  # fmt: skip


@cache
def terms() -> tuple[Term, ...]:
    """Return every term of the glossary, none where it is not installed."""
    path = found("docs/glossary.md")
    lines = path.read_text(encoding="utf-8").splitlines() if path else []
    rows = [
        tuple(cell.strip().replace("`", "") for cell in line.strip("| \n").split("|")) for line in lines if line.startswith("|")
    ]
    return tuple((row[0], row[1], row[2], row[3]) for row in rows[1:] if len(row) == N_COLUMNS and not row[0].startswith(RULE))


def is_found(term: Term, searched: str) -> bool:
    """[bool] Whether every word stands in a term or its meaning, in any language."""
    said = " ".join(term).casefold()
    return all(word in said for word in words_of(searched))


def listed(term: Term, language: str) -> list[str]:
    """Return a term in the language of the page, in the other, and its meaning."""
    english, chinese, meaning, in_chinese = term
    return [chinese, english, in_chinese] if language == "zh" else [english, chinese, meaning]
