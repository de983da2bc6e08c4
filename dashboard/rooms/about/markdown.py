"""How does a document become a part of the page?

Markdown becomes HTML on the server: HTML in a document is shown as text, so nothing in it can run. Headings begin below those of
the page, links to other documents open them here, and pictures are named, not sent: the page asks for those it shows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from dashboard.rooms.about.pages import OF_FILE

SHIFT, LOWEST = 2, 6
"""The title of a document is a heading of the third level: the page and the room have the first two."""
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
NUMBER = re.compile(r"[+\-\u2212±]?\d.{0,28}|[-–—]?")
"""How the cells of a column of numbers begin; some hold nothing."""
OUTSIDE = re.compile(r"https?://", re.IGNORECASE)
PICTURES = (".svg", ".png")


@dataclass(frozen=True)
class Document:
    """A document ready to be shown: its parts as pairs of mark and title, its pictures as files."""

    html: str
    parts: tuple[tuple[str, str], ...]
    pictures: tuple[Path, ...]


def document(path: Path) -> Document:
    """Return a document; it is made anew when its file changes."""
    return _document(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=32)
def _document(path: Path, _changed: int) -> Document:
    return made(path.read_text(encoding="utf-8"), path.parent)


def made(text: str, folder: Path) -> Document:
    """Return a text in Markdown as a document; its pictures are looked for in `folder`."""
    reader = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    parts: list[tuple[str, str]] = []
    pictures: list[Path] = []
    shown: list[Token] = []
    heading = ""
    tokens = reader.parse(COMMENT.sub("", text))
    for before, token in zip([Token("", "", 0), *tokens], tokens, strict=False):
        if before.type == "heading_open":
            heading = _mark_heading(before, token, parts)
        _lead_links(token.children or [], folder, pictures)
        shown += _framed(token, heading)
    _align_numbers(tokens)
    for token in shown:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + SHIFT, LOWEST)}"
    return Document(reader.renderer.render(shown, reader.options, {}), tuple(parts), tuple(pictures))


def mark_of(heading: str) -> str:
    """Return the mark of a heading as links within a document write it."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def _mark_heading(token: Token, inline: Token, parts: list[tuple[str, str]]) -> str:
    """Mark a heading, so that links find it, and return its words; those of the second level are the document's parts."""
    words = "".join(child.content for child in inline.children or [])
    token.attrs["id"] = f"doc-{mark_of(inline.content)}"
    if token.tag == "h1":
        token.attrs |= {"tabindex": "-1", "class": "about-title"}
    elif token.tag == "h2":
        parts.append((mark_of(inline.content), words))
    return words


def _framed(token: Token, heading: str) -> list[Token]:
    """Let a table scroll within a frame that is named after the heading above it."""
    if token.type == "table_open":
        return [Token("html_block", "", 0, content=f'<div class="about-frame" role="group" aria-label="{escape(heading)}">'), token]
    return [token, Token("html_block", "", 0, content="</div>")] if token.type == "table_close" else [token]


def _align_numbers(tokens: Sequence[Token]) -> None:
    """Mark the columns of a table in which every cell is a number, so that they stand to the right."""
    columns: dict[int, list[tuple[Token, str]]] = {}
    column = 0
    for token, content in pairwise(tokens):
        if token.type == "table_open":
            columns = {}
        elif token.type == "tr_open":
            column = 0
        elif token.type in ("th_open", "td_open"):
            columns.setdefault(column, []).append((token, content.content.strip("*` ")))
            column += 1
        elif token.type == "tbody_close":
            for (head, _), *cells in columns.values():
                if any(text for _, text in cells) and all(NUMBER.fullmatch(text) for _, text in cells):
                    for cell in (head, *(cell for cell, _ in cells)):
                        cell.attrJoin("class", "about-number")


def _lead_links(tokens: Sequence[Token], folder: Path, pictures: list[Path]) -> None:
    for token in tokens:
        if token.type == "link_open":
            token.attrs = _link(str(token.attrs.get("href", "")))
        elif token.type == "image":
            path = (folder / str(token.attrs.pop("src", ""))).resolve()
            if path.suffix in PICTURES and path.is_relative_to(folder.resolve()) and path.is_file():
                token.attrs["data-picture"] = str(len(pictures))
                pictures.append(path)
            token.attrs["class"] = "about-picture"


def _link(href: str) -> dict[str, str | int | float]:
    """Return what a link does: open a page of this room, show a part of this document, or leave for its source."""
    name, _, part = href.partition("#")
    if name in OF_FILE:
        return {"href": f"?about_page={OF_FILE[name]}", "data-page": OF_FILE[name], "data-file": name}
    if href.startswith("#"):
        return {"href": href, "data-part": part}
    if OUTSIDE.match(href):
        return {"href": href, "target": "_blank", "rel": "noopener noreferrer"}
    return {"class": "about-elsewhere"}
