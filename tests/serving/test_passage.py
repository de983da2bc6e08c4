"""Does a websocket pass what the page says, at the speed of a hand, and end with the first thing else?"""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from dashboard.serving.passage import A_SECOND, BURST, NOT_ALLOWED, TOO_MANY, WatchedSocket
from tests.serving.conftest import run_apart

pytestmark = pytest.mark.unit

HEADER = {"msg_id": "1", "msg_type": "kernel_info_request"}
ENVELOPE = {"channel": "shell", "content": {}, "metadata": {}, "parent_header": {}, "header": HEADER}
OURS = {"type": "websocket.receive", "text": json.dumps(ENVELOPE)}
FOREIGN = {"type": "websocket.receive", "text": '{"code": 1}'}


class Stage:
    """A browser that says what it is told to, and a clock that stands still unless it is moved."""

    def __init__(self, said: list[dict[str, Any]]) -> None:
        self.said: Iterator[dict[str, Any]] = iter(said)
        self.sent: list[Any] = []
        self.refused: list[str] = []
        self.n_lives = 0
        self.now = 0.0
        self.socket = WatchedSocket(self.receive, self.send, self.live, self.refused.append, lambda: self.now)

    async def receive(self) -> Any:
        return next(self.said)

    async def send(self, message: Any) -> None:
        self.sent.append(message)

    def live(self) -> None:
        self.n_lives += 1

    def hear(self) -> Any:
        return run_apart(self.socket.receive())  # type: ignore[arg-type]


def test_what_the_page_says_passes_and_counts_as_life():
    stage = Stage([OURS, {"type": "websocket.disconnect", "code": 1000}])
    assert stage.hear() == OURS
    assert stage.hear()["type"] == "websocket.disconnect"
    assert (stage.n_lives, stage.refused, stage.sent) == (1, [], [])


def test_a_foreign_message_ends_the_connection_and_nothing_is_sent_afterwards():
    stage = Stage([FOREIGN])
    assert stage.hear()["type"] == "websocket.disconnect"
    run_apart(stage.socket.send({"type": "websocket.send", "text": "late"}))  # type: ignore[arg-type]
    assert stage.sent == [{"type": "websocket.close", "code": NOT_ALLOWED}]
    assert stage.refused == ["foreign message"]


def test_a_flood_ends_the_connection():
    stage = Stage([OURS] * (BURST + 1))
    assert all(stage.hear() == OURS for _ in range(BURST))
    assert stage.hear()["type"] == "websocket.disconnect"
    assert stage.sent == [{"type": "websocket.close", "code": TOO_MANY}]


def test_the_speed_of_a_hand_is_no_flood():
    stage = Stage([OURS] * (4 * BURST))
    for _ in range(4 * BURST):
        assert stage.hear() == OURS
        stage.now += 1 / A_SECOND


def test_no_traceback_is_sent_to_the_browser():
    stage = Stage([])
    shown = {"type": "websocket.send", "text": '{"value": "Traceback (most recent call last): a"}'}
    run_apart(stage.socket.send(shown))  # type: ignore[arg-type]
    assert "Traceback" not in stage.sent[0]["text"]
