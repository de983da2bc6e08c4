"""May these visitors come, and how many? `alliance serve` checks what it is told, then becomes the server.

alliance serve                                        for this machine only
alliance serve --host 0.0.0.0 --sessions 40           for a classroom's own network
alliance serve --origin alliance.example --proxy 127.0.0.1   behind a web server that people call by that name

The server is a process of its own program (dashboard/serving/): a terminal knows no page.
"""

import ipaddress
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer

from experiments.request import whole_number
from model.refusal import ScenarioError, shortened

ROOT = Path(__file__).resolve().parent.parent
SCHEME = "http"
PORTS = (1_024, 65_535)
SESSIONS = (1, 1_000)
IDLE_MINUTES = (1, 1_440)
LONGEST_NAME = 253
PATH = re.compile(r"(?:/[A-Za-z0-9_-]{1,60}){1,5}")
ORIGIN_ALLOWED = "allowed is a name, for https, or what a browser shows of an address up to the first single slash"


def serve(
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="Where it listens; 0.0.0.0 is every network.")] = "127.0.0.1",
    port: Annotated[str, typer.Option(metavar="N", help="The port.")] = "8765",
    origin: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="A name by which browsers call it, over https unless it says http; may be repeated."),
    ] = None,
    sessions: Annotated[str, typer.Option(metavar="N", help="How many may use it at once.")] = "50",
    idle: Annotated[str, typer.Option(metavar="MINUTES", help="A session in which nothing happens is let go after this.")] = "60",
    per_address: Annotated[
        str | None, typer.Option(metavar="N", help="How many of them one address may have; left out: half, so that none takes all.")
    ] = None,
    proxy: Annotated[
        list[str] | None,
        typer.Option(metavar="ADDRESS", help="A web server in front that is believed when it names the visitor; may be repeated."),
    ] = None,
    below: Annotated[str, typer.Option(metavar="PATH", help="The path below which the pages lie, such as /alliance.")] = "",
) -> None:
    """Serve the dashboard to many: hardened, with a limit of sessions, closed to other sites."""
    words = ["--host", checked_host(host), "--port", str(whole_number("--port", port, *PORTS))]
    for name in origin or []:
        words += ["--origin", checked_origin(name)]
    words += ["--sessions", str(whole_number("--sessions", sessions, *SESSIONS))]
    words += ["--idle-seconds", str(60 * whole_number("--idle", idle, *IDLE_MINUTES))]
    words += [] if per_address is None else ["--per-address", str(whole_number("--per-address", per_address, *SESSIONS))]
    for address in proxy or []:
        words += ["--proxy", checked_proxy(address)]
    words += ["--below", checked_path(below)] if below.strip("/") else []
    become_server(words)


def become_server(words: list[str]) -> None:
    """Replace this process by the server; it does not return."""
    paths = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    command = [sys.executable, "-m", "dashboard.serving", *words]
    os.execve(sys.executable, command, os.environ | {"PYTHONPATH": paths})  # noqa: S606


def checked_host(text: str) -> str:
    """Return the address to listen at; raises ScenarioError."""
    is_plain = 0 < len(text) <= LONGEST_NAME and all(letter.isalnum() or letter in ".-:" for letter in text)
    if not is_plain or not text.isascii() or text.startswith("-"):
        raise ScenarioError("--host", shortened(text), "allowed is an address or a name of this machine: 127.0.0.1, 0.0.0.0, ::1")
    return text


def checked_origin(text: str) -> str:
    """Return the origin as browsers write it; raises ScenarioError."""
    try:
        parts = urlsplit((text if "://" in text else f"{SCHEME}s://{text}").lower().removesuffix("/"))
        port = parts.port
    except ValueError:  # a port that is no number, a bracket that is not closed
        raise ScenarioError("--origin", shortened(text), ORIGIN_ALLOWED) from None
    is_name = bool(parts.hostname) and all(letter.isalnum() or letter in ".-:" for letter in parts.hostname or "")
    has_more = parts.path or parts.query or parts.fragment or parts.username is not None
    if parts.scheme not in ("http", "https") or not is_name or has_more or not text.isascii():
        raise ScenarioError("--origin", shortened(text), ORIGIN_ALLOWED)
    is_usual = port == {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{parts.netloc.rpartition(':')[0] if is_usual else parts.netloc}"


def checked_proxy(text: str) -> str:
    """Return the address of a proxy, or the network of several; raises ScenarioError."""
    try:
        return str(ipaddress.ip_network(text))
    except ValueError:
        allowed = "allowed is the address from which the proxy asks, or its network: 127.0.0.1, ::1, 10.0.0.0/8"
        raise ScenarioError("--proxy", shortened(text), allowed) from None


def checked_path(text: str) -> str:
    """Return the path below which the pages lie, without a slash at its end; raises ScenarioError."""
    path = "/" + text.strip("/")
    if not PATH.fullmatch(path):
        raise ScenarioError("--below", shortened(text), "allowed is a path of letters, digits, - and _, such as /alliance")
    return path


COMMANDS: dict[str, Callable[..., None]] = {"serve": serve}
