"""May this world go on to a later week?

Not beyond the last week for which births and severe illnesses are drawn; not from the middle of a week that broke off, whose
books are half written; not after somebody wrote into the parameters in force, which no scenario and no record would tell.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Any

import numpy as np

from model import calendar
from model.parameters import declarations
from model.refusal import ScenarioError

if TYPE_CHECKING:
    from model.alliance import AllianceModel

WHERE = "AllianceModel"


def refuse_to_go_on(model: AllianceModel, week: int) -> None:
    """Raises ScenarioError if the model may not go on until so many weeks are done."""
    if week > calendar.LAST_WEEK:
        found = f"{week} weeks are asked for, and {model.week} are done"
        allowed = f"allowed are up to {calendar.LAST_WEEK}; `while model.running: model.step()` ends after {model.last_week}"
        raise ScenarioError(WHERE, found, allowed)
    if model.is_week_under_way:
        found = f"the week after {model.week} was begun and never ended"
        raise ScenarioError(WHERE, found, "allowed is a new model, or one from a checkpoint of an earlier week")
    if model.world.params.tobytes() != model.in_force:
        found = f"{_changed(model)} was changed by hand after {model.week} weeks"
        allowed = "allowed is a dated change: [[change]] in the file, or settings with from_date, and from_checkpoint"
        raise ScenarioError(WHERE, found, allowed)


def _changed(model: AllianceModel) -> str:
    was = np.frombuffer(model.in_force, model.world.params.dtype)[0]
    return next((key for key in declarations() if _at(model.p, key) != _at(was, key)), "a parameter")


def _at(record: Any, key: str) -> float:
    return reduce(lambda table, name: table[name], key.split("."), record)
