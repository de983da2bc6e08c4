"""Which of the things that all share does anybody still look at?

Who looks says at what, again with every change of mind, and takes leave; who is gone without a word looks at nothing. What nobody
looks at any more can be let go.
"""

from __future__ import annotations

import threading
from collections.abc import Hashable, Iterable
from weakref import WeakKeyDictionary


class Lookers[Key: Hashable]:
    """Who looks at which keys; safe to use from many threads."""

    def __init__(self) -> None:
        self._looked_at: WeakKeyDictionary[object, frozenset[Key]] = WeakKeyDictionary()
        self._lock = threading.Lock()

    def look(self, who: object, keys: Iterable[Key]) -> None:
        """Somebody looks at these keys now, and no longer at others."""
        with self._lock:
            self._looked_at[who] = frozenset(keys)

    def leave(self, who: object) -> None:
        """Somebody looks at nothing any more."""
        with self._lock:
            self._looked_at.pop(who, None)

    def all_keys(self) -> frozenset[Key]:
        """Return what is looked at by anybody."""
        with self._lock:
            return frozenset().union(*self._looked_at.values())
