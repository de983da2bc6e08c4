"""How do the engine's rules and numbers look without numba and numpy?

A rule is the Python function that stands in its file; a parameter is a Python float or int. Only the die itself stays
compiled: called from Python it takes 250 ns, the same hash on Python ints 390 ns (tried), so the faster one is used.
"""

import sys
from collections.abc import Callable
from functools import cache
from types import FunctionType, SimpleNamespace
from typing import Any

import numpy as np


@cache
def plain_names(module: str) -> dict[str, Any]:
    """What a file of rules knows by name, with its rules as plain Python functions that call each other."""
    names = dict(vars(sys.modules[module]))
    for name, rule in vars(sys.modules[module]).items():
        function = getattr(rule, "py_func", None)
        if function is not None:
            is_own = function.__module__ == module
            names[name] = FunctionType(function.__code__, names, name) if is_own else plain(rule)
    return names


def plain(rule: Callable[..., Any]) -> Callable[..., Any]:
    """The Python function of a rule, called without any dispatch."""
    return plain_names(rule.__module__)[rule.__name__]


def plain_parameters(record: np.record) -> SimpleNamespace:
    """A nested record of parameters as plain objects with Python numbers."""
    values = {name: record[name] for name in record.dtype.names}
    return SimpleNamespace(
        **{name: plain_parameters(value) if value.dtype.names else value.item() for name, value in values.items()}
    )


def plain_rows(rows: np.recarray) -> list[SimpleNamespace]:
    """The rows of a table as plain objects with Python numbers."""
    columns = {name: rows[name].tolist() for name in rows.dtype.names}
    return [SimpleNamespace(**dict(zip(columns, row, strict=True))) for row in zip(*columns.values(), strict=True)]
