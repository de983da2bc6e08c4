"""Is there room for one more visitor, and for one more from where this one comes?

A session is what Solara keeps for one open page; a page takes its place with its websocket. Between the page and its
websocket somebody else may have taken the last place: the page that gets no session looks again by itself and is then
answered like everybody who comes to a full house. Who reloads a page leaves one place for another. One address may have
only some of the places, so that nobody takes them all; an address is remembered for as long as its session lives, and
nowhere else.
"""

from __future__ import annotations

import ipaddress
from collections import Counter, OrderedDict
from collections.abc import Callable, Mapping

SOCKETS_OF_SESSION = 4
MOST_LET_GO = 1_000
HOUSE_OF_IPV6 = 64
"""So many first bits of an address of version 6 stand for one customer, who may use all that begin with them."""

FULL, CROWDED = "no place", "no place for this address"


class Places:
    """The places of one server; `owners` tells for each session that lives whose it is."""

    def __init__(self, n_places: int, owners: Callable[[], Mapping[str, str]], n_of_address: int | None = None) -> None:
        self.n_places = n_places
        self.n_of_address = n_places if n_of_address is None else n_of_address
        self._owners = owners
        self._let_go: OrderedDict[str, None] = OrderedDict()
        self._sockets: Counter[str] = Counter()
        self._houses: dict[str, str] = {}

    @property
    def n_taken(self) -> int:
        """How many sessions live or are about to."""
        return len(self._owners().keys() | self._sockets.keys())

    def of_house(self, address: str) -> set[str]:
        """The sessions of an address that live or are about to."""
        taken = self._owners().keys() | self._sockets.keys()
        self._houses = {kernel: house for kernel, house in self._houses.items() if kernel in taken}
        house = house_of(address)
        return {kernel for kernel, whose in self._houses.items() if whose == house}

    def why_no_page(self, visitor: str | None, address: str) -> str | None:
        """Why no page is handed out to this visitor, or None: FULL or CROWDED."""
        is_returning = visitor is not None and visitor in self._owners().values()
        if self.n_taken - is_returning >= self.n_places:
            return FULL
        return CROWDED if len(self.of_house(address)) - is_returning >= self.n_of_address else None

    def enter(self, kernel: str, visitor: str, address: str) -> bool:
        """Let a websocket in, if it is that of a living session of this visitor or there is a place for a new one."""
        owners = self._owners()
        if kernel in owners and owners[kernel] != visitor:
            return False
        is_known = kernel in owners or kernel in self._sockets or kernel in self._let_go
        self._let_go.pop(kernel, None)
        has_place = self.n_taken < self.n_places and len(self.of_house(address)) < self.n_of_address
        if self._sockets.get(kernel, 0) >= SOCKETS_OF_SESSION or not (is_known or has_place):
            return False
        self._sockets[kernel] += 1
        self._houses.setdefault(kernel, house_of(address))
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


def house_of(address: str) -> str:
    """Return what stands for the one client behind an address."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:  # a proxy that says it in words of its own
        return address
    if isinstance(found, ipaddress.IPv6Address):
        return str(found.ipv4_mapped or ipaddress.ip_network((found, HOUSE_OF_IPV6), strict=False))
    return str(found)
