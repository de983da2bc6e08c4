"""How does a test hand a rule its numbers?

A compiled rule reads a record, so a test that changes a number builds the record anew:
`numbers("fund.pay", NUMBERS, cap_in_referrals=1.0)`.
"""

from collections.abc import Callable, Mapping

import numpy as np
import pytest
from hypothesis import strategies as st

from model.parameters import declarations, defaults, record

Numbers = Callable[..., np.record]
AnyNumbers = Callable[..., np.record]


def numbers_of(decision: str, fixed: Mapping[str, float] | None = None, **changed: float) -> np.record:
    """The numbers of one decision at their declared values but for those named; raises KeyError for an unknown name."""
    values = defaults()
    for name, value in {**(fixed or {}), **changed}.items():
        if f"{decision}.{name}" not in values:
            raise KeyError(f"{decision} declares no {name}")
        values[f"{decision}.{name}"] = value
    found = record(values)[0]
    for part in decision.split("."):
        found = found[part]
    return found


@pytest.fixture(scope="session")
def numbers() -> Numbers:
    """The numbers of one decision, some of them changed."""
    return numbers_of


@pytest.fixture(scope="session")
def any_numbers() -> AnyNumbers:
    """The numbers of one decision, each drawn from its declared range unless it is fixed."""

    def draw(data: st.DataObject, decision: str, **fixed: float) -> np.record:
        drawn: dict[str, float] = {}
        for key, parameter in declarations().items():
            actor_and_decision, name = key.rsplit(".", 1)
            if actor_and_decision == decision and name not in fixed:
                kind = st.integers if parameter.is_whole else st.floats
                drawn[name] = data.draw(kind(parameter.low, parameter.high), label=name)
        return numbers_of(decision, drawn, **fixed)

    return draw
