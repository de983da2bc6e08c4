"""Who may knock, and at which door?

A request is judged by its first lines, before anything of it reaches Solara. What Solara serves besides the page and its
files is closed: its diagnostics, its interface for notebooks, a folder of extensions, and the proxy that would fetch a
missing file from outside. A websocket opens for a page of ours only: browsers name the page's origin, and one that is
not named or not ours is refused. A host name that is not ours is refused as well: otherwise a foreign name that points
to this machine would be an origin of its own (rebinding of names).
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from dashboard.serving.options import Options

LONGEST_ADDRESS = 8_000
"""Path and query [characters]; the whole state of the page stands in the query."""
LONGEST_NAME_OF_FILE = 200
LONGEST_PATH = 500

CDN = "/_solara/cdn/"
WIDGETS = ("/jupyter/nbextensions/jupyter-vue/", "/jupyter/nbextensions/jupyter-vuetify/")
FILES = (CDN, "/static/", *WIDGETS)
CLOSED = ("/readyz", "/resourcez", "/jupyter", "/_solara", "/static/nbextensions")
HEALTH = "/health"
CLOSING = re.compile(r"/_solara/api/close/([A-Za-z0-9-]{1,64})\Z")
CHANNEL = re.compile(r"/jupyter/api/kernels/([A-Za-z0-9-]{1,64})/channels\Z")
NAME = re.compile(r"[A-Za-z0-9-]{1,64}\Z")


@dataclass(frozen=True)
class Refusal:
    """Why a request goes no further: a status for the client, a word for the log."""

    status: int
    reason: str


@dataclass(frozen=True)
class Knock:
    """The first lines of a request."""

    is_websocket: bool
    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    has_body: bool = False

    @property
    def kernel(self) -> str | None:
        """The kernel that a websocket or a page that closes names: the browser invents one for each page."""
        found = (CHANNEL if self.is_websocket else CLOSING).match(self.path)
        return found[1] if found else None

    @property
    def page(self) -> str | None:
        """The page's own name, which Solara keeps beside the kernel's."""
        names = parse_qs(self.query).get("session_id", [])
        return names[0] if len(names) == 1 and NAME.match(names[0]) else None

    @property
    def is_page(self) -> bool:
        """Whether the answer is the page itself, not a file of it."""
        return self.kernel is None and not self.path.startswith(FILES)


def refusal(knock: Knock, options: Options, cdn_folders: Iterable[Path]) -> Refusal | None:
    """Return why the request goes no further, or None."""
    if len(knock.path) + len(knock.query) > LONGEST_ADDRESS:
        return Refusal(414, "long address")
    if not is_our_host(knock.headers.get("host", ""), options):
        return Refusal(400, "foreign host")
    if knock.is_websocket:
        return _refused_websocket(knock, options)
    if knock.has_body:
        return Refusal(413, "body")
    if CLOSING.match(knock.path):
        is_ours = knock.method == "POST" and knock.page and is_our_origin(knock.headers, options)
        return None if is_ours else Refusal(404, "hidden")
    return _refused_path(knock.path, cdn_folders) if knock.method in ("GET", "HEAD") else Refusal(405, "method")


def _refused_websocket(knock: Knock, options: Options) -> Refusal | None:
    if not is_our_origin(knock.headers, options):
        return Refusal(403, "foreign origin")
    if knock.kernel is None or knock.page is None:
        return Refusal(404, "hidden")
    return None


def _refused_path(path: str, cdn_folders: Iterable[Path]) -> Refusal | None:
    is_plain = path.startswith("/") and path.isprintable() and "\\" not in path and len(path) <= LONGEST_PATH
    if not is_plain or any(map(_is_odd, path.split("/"))):
        return Refusal(404, "odd path")
    if path.startswith(CDN):
        is_there = any((folder / path.removeprefix(CDN).lstrip("/")).is_file() for folder in cdn_folders)
        return None if is_there else Refusal(404, "no such file")
    if path.startswith(WIDGETS):
        return None
    is_closed = any(path == door or path.startswith(f"{door}/") for door in CLOSED)
    return Refusal(404, "hidden") if is_closed else None


def _is_odd(part: str) -> bool:
    return part == ".." or len(part.encode(errors="replace")) > LONGEST_NAME_OF_FILE


def is_our_host(host: str, options: Options) -> bool:
    """Whether the server may be called by this name: a number, the loopback's name, or one that was listed."""
    try:
        parts = urlsplit(f"//{host}")
        name, _ = parts.hostname, parts.port
    except ValueError:
        return False
    if not name or parts.path or parts.query or parts.fragment or "@" in host:
        return False
    return name in options.names or _is_number(name)


def _is_number(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def is_our_origin(headers: Mapping[str, str], options: Options) -> bool:
    """Whether the page that asks was served by us: its origin is the host that is called, or a listed one."""
    origin, host = headers.get("origin", "").lower(), headers.get("host", "").lower()
    return origin in options.origins or origin in {f"{scheme}://{host}" for scheme in ("http", "https")}
