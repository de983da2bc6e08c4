"""What is known besides the parameters, and what is each datum used for?

    visits in the zone = n_alliance_visits x share_of_visits_in_zone x n_children / children of the zone

A datum *specifies* (it set a parameter), *calibrates* (it is a target) or *validates* (it is compared only after
fitting). Its `pattern` is the indicator that it speaks about, of history, which ends with 2020, or of the burn-in where
the source knows no alliance. That the model meets the targets says little: the recorded referral rate of 1.19 % fits
four different stories. Numbers: known.toml.
"""

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from agents.units import WEEKS_PER_YEAR
from model.calendar import BURN_IN_WEEKS, HISTORY_WEEKS
from model.parameters import KNOWN_FIGURES, declarations

SPECIFY, CALIBRATE, VALIDATE = USES = ("specify", "calibrate", "validate")
HISTORY, BURN_IN = KNOWN_PERIODS = ("history", "burn_in")
PER = ("", "child", "child_year")
SHARE_IN_ZONE = "share_of_visits_in_zone"
_LISTS = ("rows", "sets", "apart_from")


@dataclass(frozen=True, slots=True)
class Known:
    """One datum: a value, a range, or both; the tolerance is a standard deviation in its unit; texts say why."""

    name: str
    unit: str
    meaning: str
    kind: str
    use: str
    pattern: str
    period: str = HISTORY
    per: str = ""
    value: float | None = None
    is_middle: bool = False
    low: float | None = None
    high: float | None = None
    tolerance: float | None = None
    tolerance_because: str = ""
    source: str = ""
    url: str = ""
    rows: tuple[str, ...] = ()
    sets: tuple[str, ...] = ()
    apart_from: tuple[str, ...] = ()
    because: str = ""
    says: str = ""
    cannot: str = ""


@cache
def declared_figures() -> dict[str, Known]:
    """Every datum as its source has it, by name."""
    text = (Path(__file__).parent / KNOWN_FIGURES).read_text(encoding="utf-8")
    found = {}
    for name, table in tomllib.loads(text).items():
        low, high = table.pop("range", (None, None))
        lists = {field: tuple(table.pop(field, ())) for field in _LISTS}
        found[name] = Known(name, low=low, high=high, pattern=table.pop("pattern", name), **lists, **table)
    return found


def data_for(use: str) -> dict[str, Known]:
    """The data of one use, by name."""
    return {name: datum for name, datum in declared_figures().items() if datum.use == use}


def found_by_model(datum: Known, figures: Mapping[str, float]) -> float:
    """The model's figure in the datum's unit, from the indicators of the datum's period; NaN where nobody was counted."""
    found = figures[datum.pattern]
    if not datum.per:
        return found
    n_weeks = BURN_IN_WEEKS if datum.period == BURN_IN else HISTORY_WEEKS
    n_children = figures["n_children"] * (n_weeks / WEEKS_PER_YEAR if datum.per == "child_year" else 1)
    return found / n_children if n_children else math.nan


def known_figures(n_children: int) -> dict[str, Known]:
    """What a run's summary shows beside the model: targets and inputs of a zone with this many children, by indicator.

    Where the target is the middle between sources only their range is known.
    """
    figures = {
        name: replace(datum, value=None) if datum.is_middle else datum
        for name, datum in declared_figures().items()
        if datum.use != VALIDATE and datum.pattern == name
    }
    share, visits = declared_figures()[SHARE_IN_ZONE], figures["n_alliance_visits"]
    all_visits = visits.value or 0.0
    figures[visits.name] = replace(
        visits,
        value=all_visits * part_of_known_visits(n_children),
        low=all_visits * part_of_known_visits(n_children, share.low),
        high=all_visits * part_of_known_visits(n_children, share.high),
        tolerance=(visits.tolerance or 0.0) * part_of_known_visits(n_children),
    )
    return figures


def part_of_known_visits(n_children: float, share_in_zone: float | None = None) -> float:
    """What part of all visits that the source counted a zone with so many children is held to [1]; the declared share if None."""
    share = declared_figures()[SHARE_IN_ZONE].value if share_in_zone is None else share_in_zone
    return (share or 0.0) * (n_children / declarations()["population.n_children"].value)
