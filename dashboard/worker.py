"""Which of many quick moves is simulated?

One run at a time for each session. Moves that arrive while it runs replace each other: when the run is done, only the
newest is simulated. So results appear in the order of the moves, and the last one shown belongs to the last move.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

logger = logging.getLogger(__name__)


class Worker[Wish]:
    """A thread that exists only while there is something to do; `work` is called with one wish after the other."""

    def __init__(self, work: Callable[[Wish], None]) -> None:
        self._work = work
        self._waiting: Wish | None = None
        self._is_busy = False
        self._is_stopped = False
        self._lock = threading.Lock()

    def ask(self, wish: Wish) -> None:
        """Have the wish done next; a wish that still waits is forgotten."""
        with self._lock:
            if self._is_stopped:
                return
            self._waiting = wish
            if self._is_busy:
                return
            self._is_busy = True
        threading.Thread(target=self._work_off, name="simulation", daemon=True).start()

    @property
    def waiting(self) -> Wish | None:
        """The wish that comes next, if any."""
        return self._waiting

    @property
    def is_stopped(self) -> bool:
        """Whether the session is over; running work should end early."""
        return self._is_stopped

    def stop(self) -> None:
        """Forget what waits and take no more wishes."""
        with self._lock:
            self._is_stopped = True
            self._waiting = None

    def _work_off(self) -> None:
        while (wish := self._next()) is not None:
            try:
                self._work(wish)
            except Exception:
                logger.exception("The work on %s failed", wish)

    def _next(self) -> Wish | None:
        with self._lock:
            wish, self._waiting = self._waiting, None
            self._is_busy = wish is not None
            return wish
