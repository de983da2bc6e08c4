"""What does a facilitator need: the guide by minutes, what to say of each lesson, and a sheet to print?"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

import solara

from dashboard.heard import component_vue
from dashboard.rooms.about import pages
from dashboard.rooms.learn import written
from dashboard.rooms.learn.case import case_texts
from dashboard.rooms.learn.lesson import Lesson
from dashboard.rooms.learn.lessons import lessons
from dashboard.texts import Texts

FILES = {"en": "facilitator.md", "zh": "facilitator.zh.md"}
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
MARKS = re.compile(r"[*`]")

Block = dict[str, Any]


@component_vue("guide.vue")
def GuideCard(
    words: dict[str, str], blocks: list[Block], notes: list[dict[str, str]], event_back: Callable[[object], None],
) -> None:  # fmt: skip
    """The guide, and what gives the answers away below it."""


@component_vue("sheet.vue")
def SheetCard(words: dict[str, str], lesson: dict[str, Any], event_back: Callable[[object], None]) -> None:
    """One lesson on one sheet of paper, without the answer."""


@solara.component
def Guide(texts: Texts, on_back: Callable[[object], None]) -> None:
    """The facilitator's guide."""
    words = texts.several("learn", "back", "print", "guide_notes", "guide_giving_away")
    notes = [
        {
            "title": f"{texts('learn.number', number=one.order)} · {written.said(texts, one.title)}",
            "teacher": written.said(texts, one.teacher),
            "why": written.paragraphs(texts, one.why)[0],
        }
        for one in lessons()
    ]
    blocks = list(blocks_of(texts.language)) or [{"kind": "text", "lines": [texts("about.not_here")]}]
    GuideCard(words=words, blocks=blocks, notes=notes, event_back=on_back)


@solara.component
def Sheet(texts: Texts, lesson: Lesson, on_back: Callable[[object], None]) -> None:
    """A lesson to print."""
    asked = (
        "back_to_lesson",
        "print",
        "sheet",
        "case",
        "compared",
        "compared_note",
        "question",
        "guess_label",
        "looks",
        "figure",
        "home",
    )
    words = texts.several("learn", *asked, "sheet_group", "sheet_reasons", "sheet_expected", "sheet_came")
    SheetCard(words=words, lesson=case_texts(texts, lesson), event_back=on_back)


@cache
def blocks_of(language: str) -> tuple[Block, ...]:
    """The guide as headings, paragraphs, lists and tables of plain text; nothing where documents are not installed."""
    path = pages.found(f"docs/{FILES[language]}")
    if path is None:
        return ()
    text = path.read_text(encoding="utf-8")
    joint = "" if language == "zh" else " "
    blocks = [_block(part.splitlines(), joint) for part in re.split(r"\n\s*\n", text.strip())]
    return tuple(block for block in blocks if block["lines"] not in (["中文"], ["English"]))


def _block(lines: list[str], joint: str) -> Block:
    first = lines[0]
    if first.startswith("#"):
        return {"kind": "title" if first.startswith("# ") else "heading", "lines": [_plain(first.lstrip("# "))]}
    if first.startswith("|"):
        rows = [
            [_plain(cell.strip()) for cell in line.strip("|").split("|")] for line in lines if not re.fullmatch(r"[|\s:-]+", line)
        ]
        return {"kind": "table", "lines": [], "head": rows[0], "rows": rows[1:]}
    if first.startswith("- "):
        items = re.split(
            r"^- ",
            joint.join(line if line.startswith("- ") else line.strip() for line in lines).replace(f"{joint}- ", "\n- "),
            flags=re.MULTILINE,
        )
        return {"kind": "list", "lines": [_plain(item.strip()) for item in items if item.strip()]}
    return {"kind": "text", "lines": [_plain(joint.join(line.strip() for line in lines))]}


def _plain(text: str) -> str:
    return MARKS.sub("", LINK.sub(r"\1", text))
