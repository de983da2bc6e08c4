"""What does one agent look like to somebody who looks?

A view is a Mesa agent that reads one row. It holds no state: looking changes nothing. Its `unique_id` is the agent's
permanent key whatever the order of looking, and a view of a child that has left the register raises.
"""

from typing import Any

import mesa
import numpy as np

from agents.records import Field

KEYS_PER_KIND = 10**9


class RowView(mesa.Agent):
    """One row of an agent table, seen as a Mesa agent; attributes are the record's fields."""

    fields: list[Field] = []
    table = ""
    kind = 0

    def __init__(self, model: mesa.Model, row: int) -> None:  # a view is never registered: it acts on nothing
        self.model, self.row, self.pos = model, row, None
        self.unique_id = self.kind * KEYS_PER_KIND + row

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in {field.name for field in type(self).fields}:
            raise AttributeError(f"{type(self).__name__} has no {name!r}; it has {[f.name for f in type(self).fields]}")
        return getattr(self._record(), name).item()

    def _record(self) -> np.record:
        return getattr(self.model.world, self.table)[self.row]

    def step(self) -> None:
        """Views never act; the week does."""
        raise TypeError("residents and doctors are not stepped one by one: model/week.py runs them")

    def as_dict(self) -> dict[str, float | int]:
        """All fields of this agent now."""
        return {field.name: getattr(self, field.name) for field in type(self).fields}
