"""What does one agent look like to somebody who looks?

A view is a Mesa agent that reads one row. It holds no state: looking changes nothing. Its `unique_id` is the agent's
permanent key whatever the order of looking, and a view of a child that has left the register raises.
"""

from collections.abc import Sequence
from typing import Any

import mesa
import numpy as np

from agents.records import Field

KEYS_PER_KIND = 10**9
_OWN = ("model", "row", "pos", "unique_id")


class RowView(mesa.Agent):
    """One row of an agent table, seen as a Mesa agent; attributes are the record's fields."""

    record_fields: Sequence[Field] = ()
    table_name = ""
    key_of_kind = 0

    def __init__(self, model: mesa.Model, row: int) -> None:  # a view is never registered: it acts on nothing
        self.model, self.row, self.pos = model, row, None
        self.unique_id = self.key_of_kind * KEYS_PER_KIND + row

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in {field.name for field in type(self).record_fields}:
            raise AttributeError(f"{type(self).__name__} has no {name!r}; it has {[f.name for f in type(self).record_fields]}")
        return getattr(self._record(), name).item()

    def __setattr__(self, name: str, value: Any) -> None:
        if name not in _OWN:
            raise AttributeError(f"a view only looks: {type(self).__name__}.{name} cannot be set")
        super().__setattr__(name, value)

    def _record(self) -> np.record:
        return getattr(self.model.world, self.table_name)[self.row]

    def step(self) -> None:
        """Views never act; the week does."""
        raise TypeError("residents and doctors are not stepped one by one: model/week.py runs them")

    def as_dict(self) -> dict[str, float | int]:
        """All fields of this agent now."""
        return {field.name: getattr(self, field.name) for field in type(self).record_fields}
