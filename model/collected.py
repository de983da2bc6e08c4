"""What does a Mesa data collector hold of a run?

A row a week, as if it had collected after each step, made from what the world keeps anyway. A figure covers its period (burn-in,
history, policy) up to that week, so that the last row, which `mesa.batch_run` returns, is what `alliance run --period policy`
prints; figures of single weeks are those of `model.weekly()`. Beside them stand the seed, the period and the week's Monday.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import mesa

from model import indicators

if TYPE_CHECKING:
    from model.alliance import AllianceModel

COLUMNS = ("world_seed", "week_start", "period", *indicators.INDICATORS)


def now(model: AllianceModel, name: str) -> Any:
    """What a column says at the end of the week that was done last."""
    return columns(model)[name][-1]


def columns(model: AllianceModel) -> dict[str, list[Any]]:
    """Every column, a value a week."""
    if not model.tallies:
        return {name: [] for name in COLUMNS}
    frame = indicators.so_far(model.weekly())
    return {"world_seed": [model.world_seed] * len(frame)} | {str(name): column.tolist() for name, column in frame.items()}


def collector(model: AllianceModel) -> mesa.DataCollector:
    """A collector that has collected every week so far; steps are numbered as the world's weeks, the first is 1."""
    found = mesa.DataCollector(model_reporters={name: partial(now, name=name) for name in COLUMNS})
    found.model_vars = columns(model)
    found._collection_steps = list(range(1, model.week + 1))
    return found
