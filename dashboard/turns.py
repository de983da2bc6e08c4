"""Whose run comes next, when more are asked for than there are cores?

Runs for which somebody holds a slider come before those that only narrow a band; among them, who has waited longest comes
first. Those behind take their turn anew for every simulated year, and one core at least stays free of them, so that the next
move begins at once.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

LONGEST_BEHIND, LOOK_AROUND = 5.0, 0.2
"""So long a run waits behind others, and so often it asks whether anybody wants it still [s]."""


class Turns:
    """So many turns at a time, safe to use from many threads."""

    def __init__(self, n_cores: int) -> None:
        self._n_free = max(n_cores, 1)
        self._n_free_behind = max(n_cores - 1, 1)
        self._line: list[int] = []
        self._tickets = itertools.count()
        self._changed = threading.Condition()
        self._seats = threading.BoundedSemaphore(max(n_cores, 1))

    @property
    def n_waiting(self) -> int:
        """How many wait for a turn with a slider in hand."""
        return len(self._line)

    @property
    def is_crowded(self) -> bool:
        """[bool] Whether anybody does."""
        return self.n_waiting > 0

    def ticket(self) -> int:
        """Return a place in the line of those who wait in front: the lower, the earlier."""
        return next(self._tickets)

    @contextmanager
    def turn(self, *, is_behind: bool, ticket: int | None = None) -> Iterator[None]:
        """Wait for a turn and keep it; one behind waits until nobody waits in front, where the lowest ticket comes first."""
        with self._changed:
            is_free = self._wait_behind() if is_behind else False
            if not is_free:
                self._wait_in_front(self.ticket() if ticket is None else ticket)
            self._n_free -= 1
            self._n_free_behind -= is_behind
            self._changed.notify_all()  # the next in the line may find another core free
        try:
            yield
        finally:
            with self._changed:
                self._n_free += 1
                self._n_free_behind += is_behind
                self._changed.notify_all()

    @contextmanager
    def seat(self, is_wanted: Callable[[], bool]) -> Iterator[bool]:
        """Wait for one of as many seats as there are cores: each run behind holds a world while it waits for turns.

        Says whether there is one; False when nobody wants the run any more.
        """
        is_free = False
        while not is_free and is_wanted():
            is_free = self._seats.acquire(timeout=LOOK_AROUND)
        try:
            yield is_free
        finally:
            if is_free:
                self._seats.release()

    def _wait_behind(self) -> bool:
        """Wait until nobody waits in front; False if that takes too long: somebody in front may wait for what this run makes."""
        may_run = lambda: self._n_free > 0 and self._n_free_behind > 0 and not self._line  # noqa: E731
        return self._changed.wait_for(may_run, timeout=LONGEST_BEHIND)

    def _wait_in_front(self, ticket: int) -> None:
        self._line.append(ticket)
        self._changed.wait_for(lambda: self._n_free > 0 and min(self._line) == ticket)
        self._line.remove(ticket)
