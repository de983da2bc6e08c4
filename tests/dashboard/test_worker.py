"""Is the last move the one that is shown, whatever came before it?

No clock decides here: every step waits for an event. The limit on waiting only ends a test that has already failed.
"""

import contextlib
import itertools
import threading
from collections.abc import Iterator

import pytest

from dashboard.shelf import Shelf
from dashboard.worker import Worker
from tests.patience import SECONDS

pytestmark = pytest.mark.unit


class Gate:
    """Work that stops inside each wish until it is let through."""

    def __init__(self, last: object) -> None:
        self.began: list[object] = []
        self.done: list[object] = []
        self.is_inside = threading.Semaphore(0)
        self.may_go_on = threading.Semaphore(0)
        self.is_over = threading.Event()
        self._last = last

    def __call__(self, wish: object) -> None:
        self.began.append(wish)
        self.is_inside.release()
        assert self.may_go_on.acquire(timeout=SECONDS)
        self.done.append(wish)
        if wish == self._last:
            self.is_over.set()


def test_of_the_moves_made_during_a_run_only_the_newest_is_done() -> None:
    gate = Gate(last=4)
    worker = Worker(gate)
    worker.ask(1)
    assert gate.is_inside.acquire(timeout=SECONDS)
    for wish in (2, 3, 4):
        worker.ask(wish)
    assert worker.waiting == 4
    gate.may_go_on.release(2)
    assert gate.is_over.wait(SECONDS)
    assert gate.done == [1, 4]


def test_never_two_runs_at_once() -> None:
    gate = Gate(last=2)
    worker = Worker(gate)
    worker.ask(1)
    assert gate.is_inside.acquire(timeout=SECONDS)
    worker.ask(2)
    assert gate.began == [1]
    gate.may_go_on.release(2)
    assert gate.is_over.wait(SECONDS)


def test_after_a_failure_the_next_move_is_done(caplog: pytest.LogCaptureFixture) -> None:
    did_fail, did_work = threading.Event(), threading.Event()

    def work(wish: str) -> None:
        if wish == "bad":
            did_fail.set()
            raise RuntimeError(wish)
        did_work.set()

    worker = Worker(work)
    worker.ask("bad")
    assert did_fail.wait(SECONDS)
    worker.ask("good")
    assert did_work.wait(SECONDS)
    assert "bad" in caplog.text


def test_a_stopped_worker_takes_nothing_more() -> None:
    gate = Gate(last=1)
    worker = Worker(gate)
    worker.ask(1)
    assert gate.is_inside.acquire(timeout=SECONDS)
    worker.ask(2)
    worker.stop()
    worker.ask(3)
    assert worker.waiting is None
    gate.may_go_on.release()
    assert gate.is_over.wait(SECONDS)
    assert gate.began == [1]


def test_two_who_ask_at_once_wait_for_one_computation() -> None:
    shelf: Shelf[str, int] = Shelf(room=2)
    is_making, may_finish = threading.Event(), threading.Event()
    made = iter(range(10))

    def make() -> int:
        is_making.set()
        assert may_finish.wait(SECONDS)
        return next(made)

    found: list[int] = []
    visitors = [threading.Thread(target=lambda: found.append(shelf.get("a", make))) for _ in range(2)]
    visitors[0].start()
    assert is_making.wait(SECONDS)
    visitors[1].start()
    may_finish.set()
    for visitor in visitors:
        visitor.join(SECONDS)
    assert found == [0, 0]


def until_asking(shelf: Shelf[str, int], n: int) -> None:
    gate, tries = threading.Event(), itertools.count()
    while shelf.n_asking("a") < n:
        assert not gate.wait(0.001)
        assert next(tries) < 1_000 * SECONDS


def test_who_asks_after_a_failure_waits_for_the_one_that_tries_again() -> None:
    shelf: Shelf[str, int] = Shelf(room=2)
    began, may_go_on = threading.Semaphore(0), threading.Semaphore(0)
    made: list[int] = []

    def make() -> int:
        attempt = len(made)
        made.append(attempt)
        began.release()
        assert may_go_on.acquire(timeout=SECONDS)
        if attempt == 0:
            raise RuntimeError("first")
        return attempt

    def ask() -> None:
        with contextlib.suppress(RuntimeError):
            found.append(shelf.get("a", make))

    found: list[int] = []
    first, second, third = (threading.Thread(target=ask) for _ in range(3))
    first.start()
    assert began.acquire(timeout=SECONDS)
    second.start()
    until_asking(shelf, 2)
    may_go_on.release()
    first.join(SECONDS)
    assert began.acquire(timeout=SECONDS)
    third.start()
    until_asking(shelf, 2)
    may_go_on.release()
    for thread in (second, third):
        thread.join(SECONDS)
    assert (made, found) == ([0, 1], [1, 1])
    assert shelf.n_asking("a") == 0


def test_what_was_used_longest_ago_makes_room() -> None:
    shelf: Shelf[str, int] = Shelf(room=2)
    shelf.put("a", 1)
    shelf.put("b", 2)
    assert shelf.peek("a") == 1
    shelf.put("c", 3)
    assert (shelf.peek("a"), shelf.peek("b"), shelf.peek("c")) == (1, None, 3)


def test_when_making_fails_the_next_one_tries_again() -> None:
    shelf: Shelf[str, int] = Shelf(room=2)
    attempts: Iterator[int] = iter(range(2))

    def make() -> int:
        if (attempt := next(attempts)) == 0:
            raise RuntimeError("first")
        return attempt

    with pytest.raises(RuntimeError):
        shelf.get("a", make)
    assert shelf.get("a", make) == 1
