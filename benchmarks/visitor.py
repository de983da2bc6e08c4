"""How does one visit the dashboard without a browser?

A visitor opens the page for its cookie, speaks to its session over a websocket as the page's scripts would, keeps what it
is told of every widget, finds a slider and the charts by what they are made of, moves the slider, and waits until the
charts show the whole picture for exactly that setting. Fifty of them cost less than one Chromium.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin

ROOT = Path(__file__).resolve().parents[1]
LONGEST_START = 600.0
LONGEST_MESSAGE = 64 * 1024 * 1024
SETTINGS = re.compile(r'"settings": (\{[^{}]*\})')
WHOLE = re.compile(r'"is_whole": (true|false)')


class DroppedError(Exception):
    """The server ended the connection, or said nothing for too long."""


@contextmanager
def served(*options: str, log: Path | None = None, **environment: str) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The dashboard as `alliance serve` starts it, on a free port; its address and its process."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    command = [sys.executable, "-m", "dashboard.serving", "--port", str(port), *options]
    paths = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    with contextlib.ExitStack() as stack:
        output: Any = stack.enter_context(log.open("wb")) if log else subprocess.DEVNULL
        server = subprocess.Popen(  # noqa: S603  this interpreter on this package
            command, cwd=ROOT, env=os.environ | {"PYTHONPATH": paths} | environment, stdout=output, stderr=subprocess.STDOUT
        )
        try:
            address = f"http://127.0.0.1:{port}"
            wait_until_healthy(address, server)
            yield address, server
        finally:
            server.terminate()
            server.wait(30)


def wait_until_healthy(address: str, server: subprocess.Popen[bytes]) -> None:
    """Return when the server says that it is well; raises DroppedError."""
    until = time.monotonic() + LONGEST_START
    while True:
        try:
            health(address)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            if server.poll() is not None or time.monotonic() > until:
                raise DroppedError("the server did not start") from None
            time.sleep(0.1)
        else:
            return


def health(address: str) -> dict[str, Any]:
    """What the server says of itself."""
    with urllib.request.urlopen(f"{address}/health", timeout=10) as answer:  # noqa: S310  our own server
        return json.load(answer)


@dataclass(frozen=True)
class Lever:
    """A slider on the page."""

    widget: str
    key: str
    low: float
    high: float


class Visitor:
    """One page open in nobody's browser."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.kernel, self.page = str(uuid4()), str(uuid4())
        self.cookie = ""
        self.widgets: dict[str, dict[str, Any]] = {}
        self.sent: list[str] = []
        self.pictures: list[tuple[dict[str, float], bool]] = []
        self.n_tracebacks = self.n_messages = 0
        self._news = asyncio.Condition()
        self._listening: asyncio.Task[None] | None = None
        self.ended = asyncio.Event()
        self.socket: ClientConnection | None = None

    @property
    def is_over(self) -> bool:
        """Whether the server has ended the connection."""
        return self.ended.is_set()

    @property
    def channel(self) -> str:
        """Where the session listens."""
        host = urlsplit(self.address).netloc
        return f"ws://{host}/jupyter/api/kernels/{self.kernel}/channels?session_id={self.page}"

    async def open(self) -> None:
        """Open the page and its websocket, and have the page drawn."""
        self.cookie = await asyncio.to_thread(self._fetch_cookie)
        headers = {"Cookie": self.cookie}
        self.socket = await connect(
            self.channel, origin=Origin(self.address), additional_headers=headers, max_size=LONGEST_MESSAGE, open_timeout=60
        )  # fmt: skip
        self._listening = asyncio.create_task(self._listen())
        control = str(uuid4())
        await self.say("kernel_info_request", {})
        await self.say("comm_open", {"comm_id": control, "target_name": "solara.control", "data": {}})
        arguments = {"path": "/", "dark": False, "themes": {}, "appName": None}
        await self.say("comm_msg", {"comm_id": control, "data": {"method": "run", "args": arguments}})

    async def close(self) -> None:
        """Close the page as a browser does: with a word to the server."""
        if self.socket is not None:
            await self.socket.close()
        if self._listening is not None:
            self._listening.cancel()
        await asyncio.to_thread(self._say_goodbye)

    async def say(self, kind: str, content: dict[str, Any]) -> None:
        """Send a message as the page's scripts write it."""
        header = {"date": "", "msg_id": str(uuid4()), "msg_type": kind, "session": self.page, "username": "", "version": "5.2"}
        message = {"buffers": [], "channel": "shell", "content": content, "header": header, "metadata": {}, "parent_header": {}}
        await self.say_raw(json.dumps(message))

    async def say_raw(self, message: str | bytes) -> None:
        """Send anything; raises DroppedError."""
        assert self.socket is not None
        try:
            await self.socket.send(message)
        except ConnectionClosed as closed:
            raise DroppedError(str(closed)) from None
        if isinstance(message, str):
            self.sent.append(message)

    async def emit(self, widget: str, event: str, value: object) -> None:
        """Have a widget's part of the page report an event."""
        content = {"event": event, "data": value}
        await self.say("comm_msg", {"comm_id": widget, "data": {"method": "custom", "content": content}})

    def hears(self, event: str, beside: str = "") -> str | None:
        """The widget on the page that hears an event, and another one where several hear it."""
        wanted = {event, beside} - {""}
        return next((name for name, state in self.widgets.items() if wanted <= set(state.get("events") or [])), None)

    async def say_to(self, event: str, value: object, beside: str = "") -> None:
        """Report an event where it is heard, as soon as that is on the page; raises DroppedError."""
        await self.emit(await self.part_that_hears(event, beside), event, value)

    async def part_that_hears(self, event: str, beside: str = "", seconds: float = 120.0) -> str:
        """Wait for the widget that hears an event; raises DroppedError if it does not come."""
        await self._wait(lambda: self.hears(event, beside), seconds)
        found = self.hears(event, beside)
        assert found is not None, "a page that waits for it has it"
        return found

    @property
    def waits(self) -> bool:
        """Whether a bar on the page grows."""
        return any((state.get("texts") or {}).get("running") for state in self.widgets.values() if "done" in state)

    async def first_picture(self, seconds: float = 180.0) -> None:
        """Return when the charts show a whole picture; raises DroppedError."""
        await self._wait(lambda: any(is_whole for _, is_whole in self.pictures), seconds)

    @property
    def levers(self) -> list[Lever]:
        """The sliders on the page that go through all values between their ends, in the order of the page."""
        panels = [
            (widget, group)
            for widget, state in self.widgets.items()
            if "event_move" in (state.get("events") or [])
            for group in state.get("groups") or []
        ]
        rows = [(widget, one) for widget, group in panels for one in group["levers"] if one["step"] != 1]
        return [Lever(widget, one["key"], one["low"], one["high"]) for widget, one in rows]

    async def drag(self, lever: Lever, value: float) -> None:
        """Have a slider pass a place."""
        await self.emit(lever.widget, "event_move", {"key": lever.key, "value": value})

    async def move(self, lever: Lever, value: float, seconds: float = 120.0) -> float:
        """Move a slider, let it go, and wait for its whole picture [seconds]; raises DroppedError."""
        began, n_before = time.perf_counter(), len(self.pictures)
        await self.drag(lever, value)
        await self.emit(lever.widget, "event_settle", None)
        await self._wait(
            lambda: any(whole and settings.get(lever.key) == value for settings, whole in self.pictures[n_before:]), seconds
        )
        return time.perf_counter() - began

    async def _wait(self, is_there: Any, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds), self._news:
                await self._news.wait_for(lambda: self.is_over or is_there())
        except TimeoutError:
            raise DroppedError(f"nothing came within {seconds:g} s") from None
        if self.is_over and not is_there():
            raise DroppedError("the server ended the connection")

    async def _listen(self) -> None:
        assert self.socket is not None
        try:
            async for message in self.socket:
                if isinstance(message, str):
                    self._note(message)
                    async with self._news:
                        self._news.notify_all()
        except ConnectionClosed:
            pass
        self.ended.set()
        async with self._news:
            self._news.notify_all()

    def _note(self, message: str) -> None:
        self.n_messages += 1
        self.n_tracebacks += "Traceback (most recent call last)" in message
        read = json.loads(message)
        content = read.get("content", {})
        if read.get("header", {}).get("msg_type") == "comm_close":
            self.widgets.pop(content.get("comm_id"), None)
            return
        said = content.get("data")
        state = said.get("state") if isinstance(said, dict) else None
        if not isinstance(state, dict):
            return
        self.widgets.setdefault(content["comm_id"], {}).update(state)
        policy = state.get("policy")
        if isinstance(policy, str) and (settings := SETTINGS.search(policy)) and (whole := WHOLE.search(policy)):
            self.pictures.append((json.loads(settings[1]), whole[1] == "true"))

    def _fetch_cookie(self) -> str:
        with urllib.request.urlopen(f"{self.address}/", timeout=60) as answer:  # noqa: S310  our own server
            answer.read()
            return str(answer.headers["set-cookie"]).partition(";")[0]

    def _say_goodbye(self) -> None:
        request = urllib.request.Request(  # noqa: S310  our own server
            f"{self.address}/_solara/api/close/{self.kernel}?session_id={self.page}",
            method="POST",
            headers={"Cookie": self.cookie, "Origin": self.address},
        )
        with contextlib.suppress(OSError), urllib.request.urlopen(request, timeout=10):  # noqa: S310
            pass
