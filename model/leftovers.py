"""Do worlds that nobody uses any more fill the memory?

A Mesa model and its agents refer to each other, so that a world which is done with goes only when Python's collector looks. It
counts objects and not bytes: thirty worlds of a whole zone, two gigabytes and more, are few objects to it. So their bytes are
counted here, and when those that came since it last looked could fill `MOST_BYTES`, it is told to look.
"""

import gc
import threading
import weakref

from model.memory import BYTES_PER_CHILD

MOST_BYTES = 400_000_000


class Leftovers:
    """The bytes of all worlds that are not gone yet, in use or not."""

    def __init__(self) -> None:
        self._held = self._held_after_look = 0
        self._lock = threading.RLock()  # the collector may let worlds go while this very thread counts

    def watch(self, model: object, n_children: int) -> None:
        """Count a world of so many children, until it is gone."""
        n_bytes = n_children * BYTES_PER_CHILD
        weakref.finalize(model, self._count, -n_bytes).atexit = False
        self._count(n_bytes)
        if self._held - self._held_after_look > MOST_BYTES:
            gc.collect()
            with self._lock:
                self._held_after_look = self._held

    def _count(self, n_bytes: int) -> None:
        with self._lock:
            self._held += n_bytes
            self._held_after_look = min(self._held_after_look, self._held)


leftovers = Leftovers()
