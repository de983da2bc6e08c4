"""What happens to a request between the network and Solara?

    the door (door.py) -> a place (places.py) -> Solara, through which only messages of our page pass (passage.py)

and on the way back the headers that tell the browser what to allow (headers.py). Once in a while sessions in which
nothing has happened for long are let go, and what was refused is counted in the log.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.rooms import ROOMS
from dashboard.serving import answers, headers, memory
from dashboard.serving.asked import address_of, beneath, knock_of
from dashboard.serving.door import CDN, HEALTH, Knock, Refusal, refusal
from dashboard.serving.health import Health, Warmth
from dashboard.serving.log import Refusals, logger
from dashboard.serving.options import Options
from dashboard.serving.passage import WatchedSocket
from dashboard.serving.places import FULL, Places

AWAY_SECONDS = 30.0
"""So long a page may be away before its place goes to a newcomer in a full house."""
LONGEST_PAUSE = 60.0
COMPRESSIBLE_FROM = 1_000


class Solara(Protocol):
    """What the wrapper needs of Solara's server."""

    app: ASGIApp

    def owners(self) -> dict[str, str]:
        """For each session that lives, whose it is."""
        ...

    def has_page(self, kernel: str, page: str) -> bool:
        """Whether the session knows the page."""
        ...

    def end(self, kernel: str) -> None:
        """End a session."""
        ...

    def front_page(self) -> str:
        """The page as it is served."""
        ...

    def cdn_folders(self) -> list[Path]:
        """Where the page's own files from packages lie."""
        ...

    def begin_to_warm(self) -> None:
        """Have computed what the first visitor will ask for."""
        ...

    def warmth(self) -> Warmth:
        """Whether that is done, or why it will never be."""
        ...

    def version(self) -> str:
        """Which engine computes the worlds."""
        ...


class Wrapper:
    """The whole server as one ASGI application."""

    def __init__(self, solara: Solara, options: Options) -> None:
        self._solara, self._options = solara, options
        self.places = Places(options.sessions, solara.owners, options.sessions_of_address)
        self.health = Health(solara)
        self._last_life: dict[str, float] = {}
        self._lived: frozenset[str] = frozenset()
        self._has_left = False
        self._refusals = Refusals()

    @cached_property
    def policy(self) -> str:
        """The content security policy; asked for when Solara is ready."""
        return headers.policy(answers.in_our_words(self._solara.front_page()))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, one websocket, or the server's life."""
        if scope["type"] == "lifespan":
            await self._live(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._websocket(scope, receive, send)
        else:
            await self._http(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        below = self._options.below
        if scope["path"] == below != "":
            await answers.to_first_page(below)(scope, receive, send)
            return
        inside = beneath(scope, below)
        knock, address = knock_of(inside or scope), address_of(scope)
        is_secure = scope["scheme"] == "https"
        why_not = refusal(knock, self._options, self._solara.cdn_folders())
        visitor, answer = headers.visitor_of(scope["headers"]), None
        if why_not is None and knock.kernel is not None:
            is_known = visitor is not None and self._solara.owners().get(knock.kernel) == visitor
            is_known = is_known and self._solara.has_page(knock.kernel, knock.page or "")
            why_not = None if is_known else Refusal(404, "unknown session")
        if why_not is not None:
            self._refusals.add(why_not.reason)
            answer = answers.plain(why_not)
        elif knock.path == HEALTH:
            answer = answers.healthy(await self._state(visitor, address))
        elif inside is None or (knock.is_page and knock.path.strip("/") not in ("", *ROOMS)):
            answer = answers.nowhere(below)
        elif knock.is_page and (no_page := await self._why_no_page(visitor, address)):
            self._refusals.add(no_page)
            is_full = no_page == FULL
            answer = answers.full(self.places.n_places) if is_full else answers.crowded(self.places.n_of_address)
        if answer is not None:
            await answer(scope, receive, self._telling(send, None, is_secure, is_lasting=False))
        else:
            await self._solara_http(inside or scope, knock, visitor or str(uuid4()), receive, send)

    async def _state(self, visitor: str | None, address: str) -> dict[str, Any]:
        """What there is to say of the server, and whether whoever asks would get a place."""
        ails = await asyncio.to_thread(self.health.ails)
        is_warm = self._solara.warmth() is Warmth.WARM
        told = {"ok": not ails, "ails": ails, "version": self._solara.version(), "warm": is_warm}
        has_place = self.places.why_no_page(visitor, address) is None
        return told | {"sessions": self.places.n_taken, "places": self.places.n_places, "place": has_place}

    async def _why_no_page(self, visitor: str | None, address: str) -> str | None:
        """Why there is no page for a visitor, after room was made where somebody's page has been away for long."""
        why_not = self.places.why_no_page(visitor, address)
        if why_not is None:
            return None
        candidates = self.places.without_page()
        is_made = await self._make_room(candidates if why_not == FULL else candidates & self.places.of_house(address))
        return self.places.why_no_page(visitor, address) if is_made else why_not

    async def _solara_http(self, scope: Scope, knock: Knock, visitor: str, receive: Receive, send: Send) -> None:
        told = self._telling(send, visitor if knock.is_page else None, scope["scheme"] == "https", knock.path.startswith(CDN))
        inner = self._inner(scope, visitor)
        if not knock.is_page:
            await self._solara.app(inner, receive, told)
            return
        page = Collected()
        await self._solara.app(inner, receive, page.send)
        text, policy = headers.with_nonce(answers.in_our_words(page.text), self.policy)
        await page.pass_on(told, text, policy)

    async def _websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        inside = beneath(scope, self._options.below)
        knock = knock_of(inside or scope)
        why_not = refusal(knock, self._options, ()) if inside else Refusal(404, "not below our path")
        visitor = headers.visitor_of(scope["headers"]) or str(uuid4())
        kernel = knock.kernel or ""
        if why_not is None and not self.places.enter(kernel, visitor, address_of(scope)):
            why_not = Refusal(403, "no place for a websocket")
        if why_not is not None:
            self._refusals.add(why_not.reason)
            await receive()
            await send({"type": "websocket.close", "code": 1008})
            return
        self._note_life(kernel)
        socket = WatchedSocket(receive, send, lambda: self._note_life(kernel), self._refusals.add)
        try:
            await self._solara.app(self._inner(inside or scope, visitor), socket.receive, socket.send)
        finally:
            self.places.leave(kernel)

    def _inner(self, scope: Scope, visitor: str) -> Scope:
        """The request as Solara sees it: nobody's address, no header of a proxy, compressed by nobody."""
        return {**scope, "headers": headers.for_solara(scope["headers"], visitor), "client": None}

    def _telling(self, send: Send, visitor: str | None, is_secure: bool, is_lasting: bool) -> Send:
        async def tell(message: Message) -> None:
            if message["type"] == "http.response.start":
                is_lasting_file = is_lasting and message["status"] in (200, 304)
                told = headers.for_browser(message["headers"], visitor, is_secure, is_lasting_file, self._options.below)
                message = {**message, "headers": told}
            await send(message)

        return tell

    def _note_life(self, kernel: str) -> None:
        self._last_life[kernel] = time.monotonic()

    async def _live(self, scope: Scope, receive: Receive, send: Send) -> None:
        async with contextlib.AsyncExitStack() as stack:

            async def begun(message: Message) -> None:
                if message["type"] == "lifespan.startup.complete":
                    await stack.enter_async_context(self._housekeeping())
                await send(message)

            await self._solara.app(scope, receive, begun)

    @contextlib.asynccontextmanager
    async def _housekeeping(self) -> AsyncIterator[None]:
        self._solara.begin_to_warm()
        logger.info("serving, at most %s sessions", self._options.sessions)
        task = asyncio.create_task(self._keep_house())
        yield
        task.cancel()
        self._refusals.tell()

    async def _keep_house(self) -> None:
        while True:
            await asyncio.sleep(min(LONGEST_PAUSE, self._options.idle_seconds / 4))
            self._refusals.tell()
            await self._let_idle_go()
            await self._tidy_up()

    async def _make_room(self, candidates: set[str]) -> bool:
        """Let the session go whose page has been away longest, so that a newcomer need not wait for it; False if none has."""
        now = time.monotonic()
        away = {kernel: self._last_life.get(kernel, now) for kernel in candidates}
        longest = min(away, key=lambda kernel: away[kernel], default=None)
        if longest is None or now - away[longest] < AWAY_SECONDS:
            return False
        self.places.let_go(longest)
        await asyncio.to_thread(self._solara.end, longest)
        return True

    async def _tidy_up(self) -> None:
        """Give memory back after somebody has left."""
        lived, self._lived = self._lived, frozenset(self._solara.owners())
        if lived - self._lived or self._has_left:
            self._has_left = bool(lived - self._lived)  # once more: a thread is dismissed only after some seconds
            await memory.tidy()

    async def _let_idle_go(self) -> None:
        living, now = self._solara.owners(), time.monotonic()
        self._last_life = {kernel: self._last_life.get(kernel, now) for kernel in living}
        idle = [kernel for kernel, at in self._last_life.items() if now - at > self._options.idle_seconds]
        for kernel in idle:
            self.places.let_go(kernel)
            await asyncio.to_thread(self._solara.end, kernel)
        if idle:
            logger.info("let go %s idle sessions of %s", len(idle), len(living))


class Collected:
    """An answer of Solara that is held back until it is whole."""

    def __init__(self) -> None:
        self.status = 500
        self._headers: headers.Headers = []
        self._body = bytearray()

    async def send(self, message: Message) -> None:
        """Take a part of the answer."""
        if message["type"] == "http.response.start":
            self.status, self._headers = message["status"], list(message["headers"])
        else:
            self._body += message.get("body", b"")

    @property
    def text(self) -> str:
        """What it says."""
        return self._body.decode()

    async def pass_on(self, send: Send, text: str, policy: str) -> None:
        """Send the answer with another text and the policy that goes with it."""
        body = text.encode()
        kept = [(name, value) for name, value in self._headers if name != b"content-length"]
        added = [(b"content-length", str(len(body)).encode()), (b"content-security-policy", policy.encode())]
        await send({"type": "http.response.start", "status": self.status, "headers": [*kept, *added]})
        await send({"type": "http.response.body", "body": body})
