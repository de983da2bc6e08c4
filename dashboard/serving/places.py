"""Is there room for one more visitor?

A session is what Solara keeps for one open page; a page takes its place with its websocket. Between the page and its
websocket somebody else may have taken the last place: the page that gets no session looks again by itself and is then
answered like everybody who comes to a full house. Who reloads a page leaves one place for another.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable, Mapping

SOCKETS_OF_SESSION = 4
MOST_LET_GO = 1_000


class Places:
    """The places of one server; `owners` tells for each session that lives whose it is."""

    def __init__(self, n_places: int, owners: Callable[[], Mapping[str, str]]) -> None:
        self.n_places = n_places
        self._owners = owners
        self._let_go: OrderedDict[str, None] = OrderedDict()
        self._sockets: Counter[str] = Counter()

    @property
    def n_taken(self) -> int:
        """How many sessions live or are about to."""
        return len(self._owners().keys() | self._sockets.keys())

    def has_page_for(self, visitor: str | None) -> bool:
        """Whether a page may be handed out to this visitor."""
        is_returning = visitor is not None and visitor in self._owners().values()
        return self.n_taken - is_returning < self.n_places

    def enter(self, kernel: str, visitor: str) -> bool:
        """Let a websocket in, if it is that of a living session of this visitor or there is a place for a new one."""
        owners = self._owners()
        if kernel in owners and owners[kernel] != visitor:
            return False
        is_known = kernel in owners or kernel in self._sockets or kernel in self._let_go
        self._let_go.pop(kernel, None)
        if self._sockets.get(kernel, 0) >= SOCKETS_OF_SESSION or not (is_known or self.n_taken < self.n_places):
            return False
        self._sockets[kernel] += 1
        return True

    def leave(self, kernel: str) -> None:
        """A websocket of this session is closed."""
        self._sockets[kernel] -= 1
        if self._sockets[kernel] <= 0:
            del self._sockets[kernel]

    def without_page(self) -> set[str]:
        """The sessions that live though no page is connected to them."""
        return self._owners().keys() - self._sockets.keys()

    def let_go(self, kernel: str) -> None:
        """Remember a session that was ended here: its page may come once more, to be told."""
        self._let_go[kernel] = None
        while len(self._let_go) > MOST_LET_GO:
            self._let_go.popitem(last=False)
