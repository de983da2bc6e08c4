"""What is answered without Solara: a refusal, the state of health, a page that says that all places are taken?"""

from __future__ import annotations

import html
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response

from dashboard.serving.door import Refusal

TEXTS = Path(__file__).with_name("texts.toml")
WATCH = Path(__file__).with_name("watch.js")
SECONDS_TO_RETRY = 30
WORDS = {400: "Bad request", 403: "Forbidden", 404: "Not found", 405: "Not allowed", 413: "Too large", 414: "Too long"}
# What Solara shows of itself when a connection is lost, in its version that pyproject.toml names: ours stands in its place.
TAKEN_OUT = (
    '<v-alert v-if="needsRefresh || cancelAutoRefresh"',
    '<v-overlay style="z-index: 100002;"',
    '<v-overlay style="z-index: 100001;"',
    '<v-dialog v-model="needsRefresh"',
)
VIEWPORT = ("initial-scale=1, maximum-scale=1, user-scalable=no, minimal-ui", "initial-scale=1")
LANGUAGE = ("<html>", '<html lang="en">')

FULL = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
{refresh}<title>{title_en} · {title_zh}</title><style>
body {{ font: 1.1rem/1.6 system-ui, sans-serif; color: #1d2733; background: #f5f6f8; max-width: 34rem; margin: 12vh auto;
  padding: 0 1.5rem; }} h1 {{ font-size: 1.5rem; }} section + section {{ margin-top: 3rem; }} a {{ color: #1f5fa8; }}
</style></head><body><main>{sections}</main></body></html>
"""
SECTION = '<section lang="{language}"><h1>{title}</h1><p>{sentence}</p><p><a href="">{again}</a></p><p>{wait}</p></section>'
NOWHERE = '<section lang="{language}"><h1>{title}</h1><p>{sentence}</p><p><a href="{home}">{again}</a></p></section>'
REFRESH = f'<meta http-equiv="refresh" content="{SECONDS_TO_RETRY}">'
NOTICE = """<style>
#alliance-notice { position: fixed; inset: auto 0 0; z-index: 3000; padding: 1rem 1.5rem; background: #1d2733; color: #fff;
  font: 1rem/1.5 system-ui, sans-serif; } #alliance-notice p { margin: 0 0 .4rem; }
#alliance-notice button { font: inherit; color: #1d2733; background: #fff; border: 0; padding: .3rem 1rem; min-height: 2.5rem; }
</style>
"""
LANGUAGES = {"en": "en", "zh": "zh-CN"}


@cache
def texts() -> dict[str, dict[str, dict[str, str]]]:
    """Return the texts by section, key and language."""
    return tomllib.loads(TEXTS.read_text(encoding="utf-8"))


def plain(refusal: Refusal) -> Response:
    """Return a refusal; the connection ends with it, so that nobody waits for the rest of a request."""
    return PlainTextResponse(WORDS.get(refusal.status, "Refused"), refusal.status, {"connection": "close"})


def healthy(found: dict[str, Any]) -> Response:
    """Return the state of health; one that is not well says so by its status as well."""
    return JSONResponse(found, 200 if found["ok"] else 503, {"cache-control": "no-store"})


def nowhere(below: str = "") -> Response:
    """Return the page for an address at which there is none; the pages lie below a path."""
    return HTMLResponse(_page("nowhere", NOWHERE, home=f"{below}/"), 404)


def to_first_page(below: str) -> Response:
    """Send a browser that left out the last slash to the first page."""
    return RedirectResponse(f"{below}/", 308)


def full(n_places: int) -> Response:
    """Return the page for the visitor for whom there is no place."""
    return _waiting("full", 503, n_places)


def crowded(n_of_address: int) -> Response:
    """Return the page for the visitor whose address has as many places as one may have."""
    return _waiting("crowded", 429, n_of_address)


def _waiting(section: str, status: int, n_places: int) -> Response:
    page = _page(section, SECTION, REFRESH, n_places=n_places)
    return HTMLResponse(page, status, {"retry-after": str(SECONDS_TO_RETRY), "cache-control": "no-store"})


def _page(section: str, template: str, refresh: str = "", home: str = "", **values: object) -> str:
    """A page in both languages."""
    said = texts()[section]
    shown = {key: {name: html.escape(text[key].format(**values)) for name, text in said.items()} for key in LANGUAGES}
    sections = "".join(template.format(language=tag, home=html.escape(home), **shown[key]) for key, tag in LANGUAGES.items())
    return FULL.format(refresh=refresh, sections=sections, **{f"title_{key}": shown[key]["title"] for key in LANGUAGES})


def in_our_words(page: str) -> str:
    """Return Solara's page with a language, free to be enlarged, and with our words for a lost connection."""
    for found, put in (VIEWPORT, LANGUAGE):
        page = page.replace(found, put, 1)
    for opened in TAKEN_OUT:
        page = page.replace(opened, f'{opened.partition(" ")[0]} v-if="false"', 1)
    return page.replace("</html>", f"{NOTICE}{notice()}<script>{WATCH.read_text(encoding='utf-8')}</script></html>", 1)


def notice() -> str:
    """Return what is shown when a connection is lost or a session has ended, in both languages."""
    said = texts()["notice"]
    buttons = " ".join(
        f'<button type="button" lang="{tag}">{html.escape(said["reload"][key])}</button>' for key, tag in LANGUAGES.items()
    )
    return (
        '<div id="alliance-notice" role="alert" hidden>'
        f'<div data-about="lost">{_in_both(said["lost"])}</div>'
        f'<div data-about="ended">{_in_both(said["ended"])}{buttons}</div></div>'
    )


def _in_both(text: dict[str, str]) -> str:
    return "".join(f'<p lang="{tag}">{html.escape(text[key])}</p>' for key, tag in LANGUAGES.items())
