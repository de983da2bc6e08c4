"""What does one agent carry, and which decision writes it?

An agent type declares its state once, as a list of fields. The declaration is the data dictionary (name, type, unit,
meaning, the decision that writes it) and makes the numpy record in which all agents of that type live, a row each.
Every field is a float64 or an int64, flags included: narrower types wrap or change type silently between compiled and
plain Python.
"""

from typing import NamedTuple

import numpy as np

FLOAT, INT = "f8", "i8"


class Field(NamedTuple):
    """One column of an agent's record."""

    name: str
    type: str
    unit: str
    meaning: str
    decided_by: str


def record_type(fields: list[Field]) -> np.dtype:
    """The numpy record of a declaration; raises ValueError on a repeated name or another type than f8 or i8."""
    names = [field.name for field in fields]
    if len(set(names)) != len(names):
        raise ValueError(f"repeated field in {names}")
    if wrong := [field.name for field in fields if field.type not in (FLOAT, INT)]:
        raise ValueError(f"fields must be f8 or i8: {wrong}")
    return np.dtype((np.record, [(field.name, field.type) for field in fields]))


def rows(fields: list[Field], n: int) -> np.recarray:
    """`n` empty rows, shape (n,)."""
    return np.zeros(n, record_type(fields)).view(np.recarray)
