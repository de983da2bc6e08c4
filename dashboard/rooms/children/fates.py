"""What became of every child in one world?

The world runs as always; after each week its rows and its journal of postings are read. A visit is a posting of the
family's own payment, which names child and doctor. Days without treatment are those from the onset of a serious illness to its
treatment, counted when it is treated, as the engine counts them; so the week is stepped through day by day, each day by
machine code. The plan's premium is that of each member child in the register. What the plan pays back as a rebate stands in
no child's row.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from agents.records import rows
from agents.units import FEN_PER_YUAN
from dashboard import worlds
from dashboard.rooms.children.pair import Pair
from dashboard.shelf import Shelf
from dashboard.worlds import IsWanted
from experiments.trace.replay import DAY, WEEK
from experiments.trace.twin import Gate
from experiments.trace.watch import Watch
from model import ledger
from model.alliance import AllianceModel
from model.journal import POSTINGS_PER_CHILD, SPARE_POSTINGS
from model.world import SERIOUS, World

MEASURES = ("missed", "untreated", "own", "paid", "alliance", "hospital")
"""Missed serious illnesses, days without treatment, yuan for care, yuan with the premium, visits to accredited doctors and
outpatient visits to hospitals."""


@dataclass(frozen=True, eq=False)
class Register:
    """Who the children are, as far as no policy moves it; an entry a child that ever lives."""

    first_week: np.ndarray
    last_week: np.ndarray
    fifth: np.ndarray
    frailty: np.ndarray
    community: np.ndarray
    minutes: np.ndarray  # to the alliance hospital

    def __len__(self) -> int:
        return len(self.first_week)


@dataclass(frozen=True, eq=False)
class Both:
    """Both worlds of a pair: what became of each child from the start week on, by measure."""

    register: Register
    start_week: int
    end_week: int
    first: dict[str, np.ndarray]
    second: dict[str, np.ndarray]

    def change(self, measure: str) -> np.ndarray:
        """Second minus first, shape (n_children,)."""
        return self.second[measure] - self.first[measure]

    @property
    def weeks_lived(self) -> np.ndarray:
        """Weeks in the register between start and end [weeks]."""
        reg = self.register
        return np.clip(np.minimum(reg.last_week, self.end_week) - np.maximum(reg.first_week, self.start_week), 0, None)


_both: Shelf[object, Both] = Shelf(room=4)


def both_worlds(pair: Pair, is_wanted: IsWanted, report: Callable[[float], None] = lambda _: None) -> Both:
    """Return what became of the children in both worlds; raises NotWantedError."""
    return _both.get(pair.key, lambda: computed(pair, is_wanted, report))


def computed(pair: Pair, is_wanted: IsWanted, report: Callable[[float], None] = lambda _: None) -> Both:
    """Run both worlds and keep them nowhere; raises NotWantedError."""
    with pair.models(is_wanted) as models:
        register = register_of(models[0].world)
        first = fates(models[0], pair.base.last_week, is_wanted, lambda done: report(done / 2))
        second = fates(models[1], pair.base.last_week, is_wanted, lambda done: report((1 + done) / 2))
    return Both(register, pair.start_week, pair.base.last_week, first, second)


def register_of(world: World) -> Register:
    """Return who the children of a world are."""
    children = world.children
    homes = world.households[children.household]
    community = homes["community"].astype(np.int16)
    weeks = children.first_week.astype(np.int16), children.last_week.astype(np.int16)
    minutes = world.minutes[:, -1][community].astype(np.float32)
    return Register(*weeks, homes["fifth"].astype(np.int8), children.frailty.astype(np.float32), community, minutes)


def fates(
    model: AllianceModel, to_week: int, is_wanted: IsWanted = lambda: True, report: Callable[[float], None] = lambda _: None
) -> dict[str, np.ndarray]:
    """Run a world on and return what became of each child by measure, shape (n_children,) each; raises NotWantedError."""
    before = _so_far(model)
    counter = _Counter(model)
    model.step = counter.step
    worlds.walk(model, to_week, is_wanted, report)
    missed, own_fen = (now - then for now, then in zip(_so_far(model), before, strict=True))
    own = own_fen / FEN_PER_YUAN
    found = {
        "missed": missed,
        "untreated": counter.watch.untreated,
        "own": own,
        "paid": own + counter.premium_fen / FEN_PER_YUAN,
        "alliance": counter.sum_of(counter.at_alliance),
        "hospital": counter.sum_of(counter.at_hospital),
    }
    return {name: values.astype(np.float32 if name in ("own", "paid") else np.int16) for name, values in found.items()}


def _so_far(model: AllianceModel) -> tuple[np.ndarray, np.ndarray]:
    children = model.world.children
    return children.n_missed_serious.copy(), children.own_paid_fen.copy()


class _Counter:
    """Steps a model with an open journal and keeps the rows of the children concerned, week by week."""

    def __init__(self, model: AllianceModel) -> None:
        self.model, self.watch = model, _Waiting(model)
        self.n_children = len(model.world.children)
        self.journal = rows(ledger.JOURNAL, self.n_children * POSTINGS_PER_CHILD + SPARE_POSTINGS)
        model.world = model.world._replace(books=model.world.books._replace(journal=self.journal))
        self.at_alliance: list[np.ndarray] = []
        self.at_hospital: list[np.ndarray] = []
        self.premium_fen = np.zeros(self.n_children, np.int64)

    def step(self) -> None:
        """One week, and what it brought to whom."""
        world = self.model.world
        is_accredited, is_member = world.doctors.is_accredited == 1, world.households.is_member == 1
        week = self.model.week
        self.watch.step()
        posted = self.journal[: int(self.model.world.books.n_posted[0])]
        visits = posted[posted["reason"] == ledger.OWN_PAYMENT]
        doctor, child = visits["doctor"], visits["child"]
        self.at_hospital.append(child[doctor < 0])
        self.at_alliance.append(child[(doctor >= 0) & is_accredited[doctor]])
        for premium in posted[posted["reason"] == ledger.PREMIUM]:
            children = self.model.world.children
            is_there = (children.first_week <= week) & (week < children.last_week)
            self.premium_fen[is_there & is_member[children.household]] += premium["basis_fen"]

    def sum_of(self, rows_of_children: list[np.ndarray]) -> np.ndarray:
        """How often each child stands in these rows, shape (n_children,)."""
        together = np.concatenate(rows_of_children) if rows_of_children else np.zeros(0, np.int64)
        return np.bincount(together, minlength=self.n_children)


class _Waiting(Watch):
    """Counts the days from onset to treatment of every child's serious illnesses, when they are treated [days]."""

    def __init__(self, model: AllianceModel) -> None:
        super().__init__(model)
        self.untreated = np.zeros(len(model.world.children), np.int64)
        self._rows, self._cases = _waiting(model.world)

    def outside(self, gate: Gate, args: tuple[Any, ...]) -> Any:
        """Step through the week, run its days by machine code, and look who waits at the end of each."""
        if gate.step == WEEK:
            return gate.plain(*args)
        result = self.fast(gate, args)
        if gate.step == DAY:
            self._count(int(args[-1]))
        return result

    def _count(self, today: int) -> None:
        """A serious illness that waits no more was treated today, unless the child has left the register."""
        rows, before = self._rows, self._cases
        self._rows, self._cases = _waiting(self.model.world)
        now = self.model.world.cases.view(np.ndarray)[rows]  # a row that was given back may hold another illness already
        is_there = np.isin(rows, self._rows) & (now["child"] == before["child"]) & (now["number"] == before["number"])
        over = before[~is_there]
        treated = over[self.model.week < self.model.world.children["last_week"][over["child"]]]
        np.add.at(self.untreated, treated["child"], today - treated["onset_day"])


def _waiting(world: World) -> tuple[np.ndarray, np.ndarray]:
    """Serious illnesses that are not treated yet: their rows, and a copy of these."""
    cases = world.cases.view(np.ndarray)
    is_waiting = cases["kind"] == SERIOUS
    is_waiting[world.free_cases[: int(world.clock[0].n_free)]] = False
    rows = np.flatnonzero(is_waiting)
    return rows, cases[rows]
