"""Does a client that takes for ever keep others waiting?

uvicorn waits without end for the lines of a request. Here a request must have arrived whole, and an answer must have been
taken, within a time; what is late is cut off. A websocket has its own clock: uvicorn asks every twenty seconds whether
the other side still answers.
"""

from __future__ import annotations

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

REQUEST_SECONDS = 10.0
ANSWER_SECONDS = 120.0
NEXT_SECONDS = 30.0
"""From the end of an answer to the end of the next request, or to the last byte taken of the answer."""


class PunctualProtocol(H11Protocol):
    """A connection with a deadline for whatever comes next."""

    deadline: asyncio.TimerHandle | None = None
    is_asking = False

    def connection_made(self, transport: asyncio.Transport) -> None:
        """Wait for the first request, unless there are too many connections already."""
        super().connection_made(transport)
        if self.limit_concurrency is not None and len(self.connections) > 2 * self.limit_concurrency:
            transport.abort()
            return
        self._expect(REQUEST_SECONDS)

    def data_received(self, data: bytes) -> None:
        """Take a piece of a request; the deadline is that of its first piece."""
        if self.deadline is None:
            self._expect(REQUEST_SECONDS)
        super().data_received(data)
        has_all = self.conn.their_state not in (h11.IDLE, h11.SEND_BODY)
        if self.transport.get_protocol() is not self:  # it has become a websocket
            self._stop()
        elif has_all and not self.is_asking:
            self.is_asking = True
            self._expect(ANSWER_SECONDS)

    def on_response_complete(self) -> None:
        """The answer has been handed over; uvicorn closes a connection that then stays idle for some seconds."""
        self.is_asking = False
        self._expect(NEXT_SECONDS)
        super().on_response_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the deadline."""
        self._stop()
        super().connection_lost(exc)

    def _expect(self, seconds: float) -> None:
        self._stop()
        self.deadline = self.loop.call_later(seconds, self._cut_off)

    def _stop(self) -> None:
        if self.deadline is not None:
            self.deadline.cancel()
            self.deadline = None

    def _cut_off(self) -> None:
        self.deadline = None
        if self.transport is not None:
            self.transport.abort()
