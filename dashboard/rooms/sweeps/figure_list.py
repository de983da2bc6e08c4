"""Which figures can a sweep be read by, and how is each written?

Those that a planner asks for first stand first; every other indicator of the engine follows. How a figure is written follows
from its unit.
"""

from __future__ import annotations

from typing import Any

from dashboard import figures
from dashboard.texts import Texts
from model.indicators import INDICATORS

FIRST = (
    "share_referred",
    "n_missed_serious_per_1000_serious",
    "share_true_need",
    "share_self_referred",
    "mean_delay_days",
    "share_alliance_visits",
    "n_accredited_doctors",
    "wait_hours_members",
    "wait_hours_others",
    "fund_reserve_yuan",
    "own_payment_yuan",
    "basic_insurance_yuan",
    "lapse_share",
)
"""The first is shown unless another is chosen."""
SHARE, MONEY, HOURS = "1", "yuan", "h"
PERCENT = 100


def chosen(name: str) -> str:
    """Return a figure's name if there is one of that name, otherwise the usual one."""
    return name if name in INDICATORS else FIRST[0]


def options(texts: Texts) -> list[dict[str, Any]]:
    """Return the figures to choose from, in two groups."""
    others = texts.sorted_by_name((name for name in INDICATORS if name not in FIRST), texts.indicator)
    groups = {"figures_first": [name for name in FIRST if name in INDICATORS], "figures_other": others}
    return [
        {"title": texts(f"sweeps.{group}"), "options": [{"value": name, "name": texts.indicator(name)} for name in names]}
        for group, names in groups.items()
    ]


def write(texts: Texts, name: str, value: float) -> str:
    """Return a figure as it is read."""
    unit = INDICATORS[name].unit
    if unit == SHARE:
        return figures.percent(texts, value)
    return _plain(texts, unit, value, signed=False)


def write_difference(texts: Texts, name: str, value: float) -> str:
    """Return a signed difference of a figure."""
    unit = INDICATORS[name].unit
    if unit == SHARE:
        return figures.points(texts, value)
    return _plain(texts, unit, value, signed=True)


def _plain(texts: Texts, unit: str, value: float, *, signed: bool) -> str:
    if unit == MONEY:
        return figures.yuan(texts, value, signed)
    if unit == HOURS:
        return figures.hours(texts, value, signed)
    return figures.decimal(texts, value, figures.three_digits(value), signed)


def times(texts: Texts, name: str) -> float:
    """Return what a picture's axis multiplies a figure by."""
    unit = INDICATORS[name].unit
    return PERCENT if unit == SHARE else figures.CHART_SCALE["yuan"][texts.language] if unit == MONEY else 1.0


def axis_format(name: str) -> str:
    """Return how ECharts writes a number on a figure's axis."""
    return "{value}%" if INDICATORS[name].unit == SHARE else "{value}"


def difference_unit(texts: Texts, name: str) -> str:
    """Return the unit that stands at an axis of differences."""
    return texts("sweeps.points_unit") if INDICATORS[name].unit == SHARE else axis_unit(texts, name)


def axis_unit(texts: Texts, name: str) -> str:
    """Return the unit that stands at a figure's axis."""
    unit = INDICATORS[name].unit
    return texts("figure.yuan_unit") if unit == MONEY else "" if unit == SHARE else texts.unit(unit)
