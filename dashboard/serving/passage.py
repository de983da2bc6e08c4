"""What may pass through one websocket, and how fast?

Each message from the browser is looked at before Solara sees it (`messages.py`); a flood of them ends the connection, as
does any message that no page of ours sends. What goes to the browser holds no traceback.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from starlette.types import Message, Receive, Send

from dashboard.serving.messages import is_allowed, without_traceback

BURST = 600
A_SECOND = 120
NOT_ALLOWED, TOO_MANY = 1008, 1013


class WatchedSocket:
    """One websocket between a browser and its session; `on_life` is called with every message in either direction."""

    def __init__(
        self,
        receive: Receive,
        send: Send,
        on_life: Callable[[], None],
        on_refusal: Callable[[str], None],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._receive, self._send = receive, send
        self._on_life, self._on_refusal = on_life, on_refusal
        self._may_send, self._now, self._at = float(BURST), now, now()
        self._is_over = False

    async def receive(self) -> Message:
        """Return the next message that may pass; one that may not ends the connection."""
        message = await self._receive()
        if message["type"] != "websocket.receive":
            return message
        text, piece = message.get("text"), message.get("bytes")
        if not self._is_in_time():
            return await self._end(TOO_MANY, "flood of messages")
        if not is_allowed(text if text is not None else piece or b""):
            return await self._end(NOT_ALLOWED, "foreign message")
        self._on_life()
        return message

    async def send(self, message: Message) -> None:
        """Pass a message to the browser, nothing after the end."""
        if self._is_over:
            return
        if message["type"] == "websocket.send" and message.get("text"):
            self._on_life()
            message = {**message, "text": without_traceback(message["text"])}
        await self._send(message)

    async def _end(self, code: int, reason: str) -> Message:
        self._on_refusal(reason)
        await self._send({"type": "websocket.close", "code": code})
        self._is_over = True
        return {"type": "websocket.disconnect", "code": code}

    def _is_in_time(self) -> bool:
        now = self._now()
        self._may_send = min(BURST, self._may_send + (now - self._at) * A_SECOND) - 1
        self._at = now
        return self._may_send >= 0
