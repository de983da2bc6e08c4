"""Who needs this result again?

A bounded shelf of results that are dear to make: what was used longest ago makes room. Two visitors who ask for the
same result at once wait for one computation of it; different results are computed side by side.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable


class Maker:
    """One result that is being made; it is forgotten when the last who asked has it, or has gone."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.n_asking = 0


class Shelf[Key: Hashable, Result]:
    """Results by key, at most `room` of them, safe to use from many threads."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._results: OrderedDict[Key, Result] = OrderedDict()
        self._makers: dict[Key, Maker] = {}
        self._lock = threading.Lock()

    def peek(self, key: Key) -> Result | None:
        """Return what is on the shelf, or None."""
        with self._lock:
            if key in self._results:
                self._results.move_to_end(key)
            return self._results.get(key)

    def n_asking(self, key: Key) -> int:
        """Return how many make a result or wait for it."""
        with self._lock:
            return self._makers[key].n_asking if key in self._makers else 0

    def put(self, key: Key, result: Result) -> None:
        """Keep a result; the one used longest ago leaves when there is no room."""
        with self._lock:
            self._results[key] = result
            self._results.move_to_end(key)
            while len(self._results) > self._room:
                self._results.popitem(last=False)

    def keep(self, is_kept: Callable[[Key], bool]) -> None:
        """Let everything else go."""
        with self._lock:
            for key in [key for key in self._results if not is_kept(key)]:
                del self._results[key]

    def get(self, key: Key, make: Callable[[], Result]) -> Result:
        """Return the result, made by the first who asks; when making fails the next one tries again."""
        with self._lock:
            maker = self._makers.setdefault(key, Maker())
            maker.n_asking += 1
        try:
            with maker.lock:
                found = self.peek(key)
                if found is None:
                    found = make()
                    self.put(key, found)
        finally:
            with self._lock:
                maker.n_asking -= 1
                if not maker.n_asking:
                    del self._makers[key]
        return found
