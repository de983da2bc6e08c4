"""Which lever moves a figure most? A bar for each, from its lowest to its highest value, with the 95 % interval."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import pandas as pd

from dashboard import figures
from dashboard.judged import judged
from dashboard.parts.plot import Plot, Table
from dashboard.rooms.sweeps.figure_list import difference_unit, times, write_difference
from dashboard.rooms.sweeps.pictures import GRID, INK, QUIET, RULES, View, lever_value
from dashboard.rooms.sweeps.points import Influence
from dashboard.texts import Texts

ROW_HEIGHT, HEIGHT_OF_REST = 58, 84
CERTAIN = {"color": "var(--policy)"}
ALIKE = {"color": "var(--ground)", "borderColor": "var(--policy)", "borderType": "dashed"}


def tornado(texts: Texts, view: View, found: Sequence[Influence], name: str) -> Plot:
    """Return the bars, the strongest on top; a bar that cannot be told from nothing is hollow."""
    scale = times(texts, view.figure)
    shown = [one for one in found if one.difference.has_value]
    bars = [
        {
            "value": one.difference.mean * scale,
            "itemStyle": CERTAIN if _is_told(texts, view, one) else ALIKE,
            "tooltip": {"formatter": moved_text(texts, view, one)},
        }
        for one in shown
    ]
    option = {
        "grid": GRID | {"top": 10, "bottom": 30},
        "tooltip": {"confine": True},
        "yAxis": {
            "type": "category",
            "inverse": True,
            "data": [texts.name_of(one.key) for one in shown],
            "axisTick": {"show": False},
            "axisLine": {"show": False},
            "axisLabel": INK | {"width": 150, "overflow": "break"},
        },
        "xAxis": {
            "type": "value",
            "axisLabel": QUIET | {"hideOverlap": True},
            "name": difference_unit(texts, view.figure),
            "nameLocation": "middle",
            "nameGap": 26,
            "splitLine": RULES,
        },
        "series": [
            _unseen_ends(shown, scale),
            {"type": "bar", "name": view.figure, "data": bars, "barMaxWidth": 26, "markLine": _whiskers(shown, scale)},
        ],
    }
    title = texts("sweeps.tornado_title", figure=texts.indicator(view.figure))
    return Plot(
        f"{name}-levers",
        title,
        option,
        _table(texts, view, found),
        texts("sweeps.tornado_note"),
        HEIGHT_OF_REST + ROW_HEIGHT * len(shown),
    )


def _unseen_ends(shown: Sequence[Influence], scale: float) -> dict[str, Any]:
    """Marks without a size: they make the axis long enough for the intervals."""
    known = [(place, one.difference) for place, one in enumerate(shown) if one.difference.has_interval]
    data = [[end * scale, place] for place, found in known for end in (found.low, found.high)]
    return {"type": "scatter", "name": "ends", "symbolSize": 0, "silent": True, "data": data}


def _whiskers(shown: Sequence[Influence], scale: float) -> dict[str, Any]:
    """The intervals as thin lines across the bars."""
    ends = []
    for place, one in enumerate(shown):
        if one.difference.has_interval:
            ends.append([{"coord": [one.difference.low * scale, place]}, {"coord": [one.difference.high * scale, place]}])
    style = {"color": "var(--ink)", "type": "solid", "width": 2}
    return {
        "silent": True,
        "symbol": ["rect", "rect"],
        "symbolSize": [2, 12],
        "label": {"show": False},
        "lineStyle": style,
        "data": ends,
    }


def _table(texts: Texts, view: View, found: Sequence[Influence]) -> Table:
    frame = pd.DataFrame(
        [
            {
                "lever": one.key,
                "lowest": one.low,
                "highest": one.high,
                "difference": one.difference.mean,
                "low_95": one.difference.low,
                "high_95": one.difference.high,
                "n_seeds": one.difference.n_seeds,
                "n_pairs_of_points": one.n_pairs,
            }
            for one in found
        ]
    )
    heads = [texts("sweeps.lever"), texts("sweeps.from_to"), texts("sweeps.moved"), texts("sweeps.interval")]
    return Table(heads, [_row(texts, view, one) for one in found], frame)


def _row(texts: Texts, view: View, one: Influence) -> list[str]:
    found, figure = one.difference, view.figure
    ends = texts("sweeps.step", low=lever_value(texts, one.key, one.low), high=lever_value(texts, one.key, one.high))
    low, high = (write_difference(texts, figure, value) for value in (found.low, found.high))
    interval = texts("sweeps.between", low=low, high=high) if found.has_interval else figures.no_value(texts)
    return [texts.name_of(one.key), ends, write_difference(texts, figure, found.mean), interval]


def moved_text(texts: Texts, view: View, one: Influence) -> str:
    """Say what a lever moves, or that it cannot be told from nothing."""
    name, ends, mean, interval = _row(texts, view, one)
    if not one.difference.has_interval:
        return texts("sweeps.told_alone", lever=name, ends=ends, mean=mean)
    key = "sweeps.told_moves" if _is_told(texts, view, one) else "sweeps.told_alike"
    return texts(key, lever=name, ends=ends, mean=mean, interval=interval)


def _is_told(texts: Texts, view: View, one: Influence) -> bool:
    return judged(one.difference, partial(write_difference, texts, view.figure)).is_told
