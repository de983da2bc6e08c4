"""How does one look at children, households, doctors and places of care?

`model.views.child(17)`, `.household(3)`, `.doctor(5)`, `.site(2)` give one; `.children()`, `.households()`, `.doctors()` and
`.sites()` give a Mesa AgentSet for selecting, collecting and plotting; `.sites("clinic")` gives those of a kind. Views are kept as
long as the model, since an AgentSet holds its agents weakly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from mesa.agent import AgentSet

from agents.centre.record import SITE, SITE_KINDS
from agents.doctor.record import DOCTOR
from agents.resident.record import CHILD, HOUSEHOLD
from agents.views import RowView
from model.refusal import ScenarioError, shortened

if TYPE_CHECKING:
    from model.alliance import AllianceModel


class Child(RowView):
    """A child of the register."""

    record_fields, table_name, key_of_kind = CHILD, "children", 1

    def _record(self) -> np.record:
        record = super()._record()
        if self.model.week >= record.last_week:
            raise LookupError(f"child {self.row} left the register in week {record.last_week}")
        if self.model.week < record.first_week:
            raise LookupError(f"child {self.row} is born in week {record.first_week}")
        return record


class Household(RowView):
    """A household."""

    record_fields, table_name, key_of_kind = HOUSEHOLD, "households", 2


class Doctor(RowView):
    """A family doctor."""

    record_fields, table_name, key_of_kind = DOCTOR, "doctors", 3


class Site(RowView):
    """A centre, clinic or hospital; `kind_name` says which."""

    record_fields, table_name, key_of_kind = SITE, "sites", 4

    @property
    def kind_name(self) -> str:
        """The kind in words: centre, clinic, maternal_hospital, other_hospital, alliance_hospital."""
        return SITE_KINDS[self.kind]


class Views:
    """All views of one model."""

    def __init__(self, model: AllianceModel) -> None:
        self._model = model
        self._seen: dict[tuple[type[RowView], int], RowView] = {}  # an AgentSet holds its agents weakly

    def child(self, row: int) -> Child:
        """One child; raises IndexError if there is none, LookupError when it is read outside its years."""
        return self._one(Child, row)

    def household(self, row: int) -> Household:
        """One household."""
        return self._one(Household, row)

    def doctor(self, row: int) -> Doctor:
        """One family doctor."""
        return self._one(Doctor, row)

    def site(self, row: int) -> Site:
        """One place of care."""
        return self._one(Site, row)

    def children(self) -> AgentSet:
        """The children who are in the register now."""
        rows, week = self._model.world.children, self._model.week
        return self._many(Child, np.flatnonzero((rows.first_week <= week) & (rows.last_week > week)))

    def doctors(self) -> AgentSet:
        """All family doctors."""
        return self._many(Doctor, range(len(self._model.world.doctors)))

    def households(self) -> AgentSet:
        """All households."""
        return self._many(Household, range(len(self._model.world.households)))

    def sites(self, kind: str | None = None) -> AgentSet:
        """All places of care, or those of a kind, such as "centre"; raises ScenarioError for a kind that there is not."""
        rows = self._model.world.sites
        if kind is None:
            return self._many(Site, range(len(rows)))
        if kind not in SITE_KINDS:
            raise ScenarioError("sites", shortened(kind), f"allowed are {', '.join(SITE_KINDS)}")
        return self._many(Site, np.flatnonzero(rows.kind == SITE_KINDS.index(kind)))

    def _one[V: RowView](self, kind: type[V], row: int) -> V:
        n = len(getattr(self._model.world, kind.table_name))
        if not 0 <= row < n:
            raise IndexError(f"{kind.__name__.lower()} {row} does not exist: rows are 0 to {n - 1}")
        return self._view(kind, row)

    def _view[V: RowView](self, kind: type[V], row: int) -> V:
        """The view of a row, the same object for whoever looks."""
        view = self._seen.setdefault((kind, row), kind(self._model, row))
        assert isinstance(view, kind)  # noqa: S101 - the key says so
        return view

    def _many(self, kind: type[RowView], rows: np.ndarray | range) -> AgentSet:
        return AgentSet([self._view(kind, int(row)) for row in rows], random=self._model.random)
