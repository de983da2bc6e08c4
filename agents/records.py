"""What does one agent carry, and which decision writes it?

An agent type declares its state once, as a list of fields. The declaration is the data dictionary (name, type, unit,
meaning, the decision that writes it) and makes the numpy record in which all agents of that type live, a row each.
Every field is a float64 or an int64, flags included: narrower types wrap or change type silently between compiled and
plain Python.
"""

from typing import NamedTuple

import numpy as np

FLOAT, INT = "f8", "i8"
BYTES_PER_FIELD = 8
CACHE_LINE = 64


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
    packed = np.dtype([(field.name, field.type) for field in fields])
    layout = {
        "names": names,
        "formats": [field.type for field in fields],
        "offsets": [BYTES_PER_FIELD * i for i in range(len(fields))],
        "itemsize": -(-packed.itemsize // CACHE_LINE) * CACHE_LINE,
    }
    return np.dtype((np.record, np.dtype(layout)))


def rows(fields: list[Field], n: int) -> np.recarray:
    """`n` empty rows, shape (n,). Rows begin at cache lines, so the first eight fields of a row cost one access."""
    return aligned(np.zeros(0, record_type(fields)), n).view(np.recarray)


def aligned(like: np.ndarray, n: int) -> np.ndarray:
    """`n` empty rows of the same type that begin at a cache line, shape (n,)."""
    size = n * like.dtype.itemsize
    memory = np.zeros(size + CACHE_LINE, np.uint8)
    begin = -memory.ctypes.data % CACHE_LINE
    return memory[begin : begin + size].view(like.dtype)


def copied(rows_: np.recarray) -> np.recarray:
    """A copy of rows that begins at a cache line as well."""
    copy = aligned(rows_, len(rows_))
    copy.view(np.uint8)[:] = np.ascontiguousarray(rows_).view(np.uint8)
    return copy.view(np.recarray)
