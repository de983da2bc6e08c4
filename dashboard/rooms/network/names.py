"""What is a node of the network called, and which node does an address mean?

Nodes are named as in `model.network`: `site-3`, `community-7`, `doctor-12`; nothing means the whole zone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from agents.centre.record import SITE_KINDS
from dashboard.rooms.network.film import Film, Ground
from dashboard.texts import Texts
from model import calendar
from model.scenario import Scenario

NODE = re.compile(r"(site|community|doctor)-([0-9]{1,5})")


@dataclass(frozen=True)
class Node:
    """A row of one of the tables; the whole zone is row -1 of 'zone'."""

    table: str = "zone"
    row: int = -1

    def __str__(self) -> str:
        return f"{self.table}-{self.row}" if self.row >= 0 else ""


def node_of(text: object, ground: Ground) -> Node:
    """Return the node that a text names, the whole zone if it names none."""
    found = NODE.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        return Node()
    rows = {"site": ground.kind, "community": ground.community_x_km, "doctor": ground.site_of_doctor}[found[1]]
    return Node(found[1], int(found[2])) if int(found[2]) < len(rows) else Node()


class Names:
    """The names of all nodes of a world, in one language; a district of one's own brings its names along."""

    def __init__(self, texts: Texts, ground: Ground, scenario: Scenario) -> None:
        self.texts, self.ground = texts, ground
        district = scenario.district
        self.own_sites = [one.name for kind in range(len(SITE_KINDS)) for one in district.of_kind(kind)] if district else []
        self.own_communities = [one.name for one in district.communities] if district else []

    def _of_kind(self, row: int, ending: str) -> str:
        kind = self.ground.kind
        n_before, n_all = int((kind[:row] == kind[row]).sum()), int((kind == kind[row]).sum())
        name = self.texts(f"network.{SITE_KINDS[int(kind[row])]}{ending}")
        return self.texts("network.numbered", name=name, number=n_before + 1) if n_all > 1 else name

    def site(self, row: int) -> str:
        """Return a place's name in full."""
        return self.own_sites[row] if self.own_sites else self._of_kind(row, "")

    def short(self, row: int) -> str:
        """Return a place's name as it stands on the map."""
        return self.own_sites[row] if self.own_sites else self._of_kind(row, "_short")

    def community(self, row: int) -> str:
        """Return a neighbourhood's name."""
        if self.own_communities:
            return self.own_communities[row]
        return self.texts("network.numbered", name=self.texts("network.community"), number=row + 1)

    def doctor_here(self, row: int) -> str:
        """Return a doctor's name among the doctors of one place."""
        number = row - int(self.ground.doctors_at(int(self.ground.site_of_doctor[row]))[0]) + 1
        return self.texts("network.doctor_here", number=number)

    def doctor(self, row: int) -> str:
        """Return a doctor's name with that of the place."""
        site = int(self.ground.site_of_doctor[row])
        if len(self.ground.doctors_at(site)) == 1:
            return self.texts("network.doctor_alone", site=self.site(site))
        return self.texts("network.doctor_of", doctor=self.doctor_here(row), site=self.site(site))

    def of(self, node: Node) -> str:
        """Return a node's name in full."""
        names = {"site": self.site, "community": self.community, "doctor": self.doctor}
        return names[node.table](node.row) if node.row >= 0 else self.texts("network.zone")

    def kind_of(self, node: Node) -> str:
        """Return what kind of thing a node is, where the name may not say it."""
        if node.table == "site":
            return self.texts(f"network.{SITE_KINDS[int(self.ground.kind[node.row])]}")
        return self.texts(f"network.{node.table}_kind" if node.table != "community" else "network.community")


def months_of(texts: Texts, film: Film, at: int) -> str:
    """Return a quarter in words, by its months that were watched."""
    last = calendar.thursday(int(film.last_week[at]))
    first = calendar.thursday(int(film.last_week[at] - film.n_weeks[at] + 1))
    month = max(first.month if first.year == last.year else 1, last.month - 2)
    if month == last.month:
        return texts("network.month", month=_month(texts, month), year=last.year)
    return texts("network.months", first=_month(texts, month), last=_month(texts, last.month), year=last.year)


def _month(texts: Texts, month: int) -> str:
    return texts("network.month_names").split(" ")[month - 1]


def mark_of(film: Film, at: int) -> str:
    """Return how a quarter stands in the address: '2021-q2'."""
    last = calendar.thursday(int(film.last_week[at]))
    return f"{last.year}-q{(last.month - 1) // 3 + 1}"


def quarter_of(film: Film, mark: str) -> int:
    """Return which quarter a text of the address means; the last of the film if none."""
    return next((at for at in range(len(film)) if mark_of(film, at) == mark), len(film) - 1)
