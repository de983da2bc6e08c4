"""When has a run taken too much?

When it takes longer, or its process more memory, than allowed. Compiled rules cannot be interrupted, so a run that hangs ends with
its process; before that, this thread writes down what is finished and why the rest is not. It wakes ten times a second: a run that
takes the machine's memory faster is stopped by the system, and the sweep then finds out which run it was.

All the memory of a worker counts, since nothing else is in it. Where an executor of one's own works in the process that asks, only
what the runs add counts: a notebook may hold much else, and must not be ended for it.
"""

import os
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing import parent_process
from typing import Self

import psutil

from experiments.sweep.chunk import Run
from experiments.sweep.row import MEMORY, TIMEOUT

SECONDS_BETWEEN_LOOKS = 0.1
GAVE_UP = 3  # exit code


@dataclass(frozen=True)
class Limits:
    """What one run may take: seconds, and bytes of the worker that runs it."""

    seconds: float
    bytes: int


class Watch:
    """Looks at the run that goes on; before it ends the process, it calls `give_up(runs, status, error)` from another thread."""

    def __init__(self, limits: Limits, give_up: Callable[[Sequence[Run], str, str], None]) -> None:
        self._limits, self._give_up = limits, give_up
        self._process = psutil.Process()
        self._bytes_of_others = self._process.memory_info().rss if parent_process() is None else 0
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._runs: Sequence[Run] = ()
        self._began = time.monotonic()

    def __enter__(self) -> Self:
        threading.Thread(target=self._look, name="watch", daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        with self._lock:  # never while it gives up: then this process ends here
            self._over.set()

    def begin(self, *runs: Run) -> None:
        """From now on these runs are what takes time."""
        with self._lock:
            self._runs, self._began = runs, time.monotonic()

    def _look(self) -> None:
        while not self._over.wait(SECONDS_BETWEEN_LOOKS):
            with self._lock:
                if self._runs and not self._over.is_set() and (found := self._found()):
                    try:
                        self._give_up(self._runs, *found)
                    finally:
                        os._exit(GAVE_UP)

    def _found(self) -> tuple[str, str] | None:
        if time.monotonic() - self._began > self._limits.seconds:
            return TIMEOUT, f"took longer than {self._limits.seconds:g} s"
        if (taken := self._process.memory_info().rss - self._bytes_of_others) > self._limits.bytes:
            return MEMORY, f"its process took {taken / 1e6:,.0f} MB of memory, {self._limits.bytes / 1e6:,.0f} are allowed"
        return None
