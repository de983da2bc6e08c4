"""From when on do two worlds differ, and where first?

Two models with one seed are stepped side by side and every column of state, every tally and every ledger total is compared
bit by bit after each week. A lever dated D must leave everything before D equal: else the finding names the week, the
table and column, the first row (child, household, doctor, place, account) and the decision that writes the column.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from agents.centre.record import COMMUNITY, SITE
from agents.doctor.record import DOCTOR
from agents.fund.record import FUND
from agents.hospital.record import HOSPITAL
from agents.records import Field
from agents.resident.record import CHILD, HOUSEHOLD
from model.tally import TALLY
from model.world import CASE, CLOCK, World, columns

if TYPE_CHECKING:
    from model.alliance import AllianceModel

_TABLES: dict[str, list[Field]] = {
    "children": CHILD, "households": HOUSEHOLD, "doctors": DOCTOR, "sites": SITE, "communities": COMMUNITY, "cases": CASE,
    "fund": FUND, "hospital": HOSPITAL, "tally": TALLY, "clock": CLOCK,
}  # fmt: skip


@dataclass(frozen=True)
class Divergence:
    """The first difference between two worlds."""

    week: int
    column: str
    row: int
    first: float
    second: float
    decision: str

    def __str__(self) -> str:
        where = f"{self.column} of row {self.row}"
        both = f"{self.first!r} in one world and {self.second!r} in the other"
        return f"week {self.week}: {where} is {both}; written by '{self.decision}'"


def decision_of(column: str) -> str:
    """The decision that writes a column, from its declaration; the table's name where there is none."""
    table, _, name = column.partition(".")
    return next((field.decided_by for field in _TABLES.get(table, []) if field.name == name), table)


def difference(first: World, second: World, week: int) -> Divergence | None:
    """The first difference in state of two worlds at the end of `week`, None if every bit is equal.

    Tables of agents come before the clock, tallies and books, so that a cause is named before its sums.
    """
    one, other = columns(first), columns(second)
    found = [(column, values) for column, values in one.items() if values.tobytes() != other[column].tobytes()]
    order = list(_TABLES)
    found.sort(key=lambda item: order.index(item[0].split(".")[0]) if item[0].split(".")[0] in order else len(order))
    for column, values in found:
        flat, flat_other = np.ravel(values), np.ravel(other[column])
        bits, bits_other = (np.ascontiguousarray(x).view(np.int64) for x in (flat, flat_other))
        row = int(np.flatnonzero(bits != bits_other)[0])
        return Divergence(week, column, row, flat[row].item(), flat_other[row].item(), decision_of(column))
    return None


def first_divergence(first: AllianceModel, second: AllianceModel, until: int) -> Divergence | None:
    """Step both models until `until` weeks are done or they differ; the first difference, None if there is none."""
    while first.week < until:
        first.step()
        second.step()
        week = first.week - 1
        if found := difference(first.world, second.world, week):
            return found
        if first.totals[-1].fen.tobytes() != second.totals[-1].fen.tobytes():
            return Divergence(week, "ledger", 0, 0.0, 0.0, "ledger")
    return None
