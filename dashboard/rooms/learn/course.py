"""How does one figure of a lesson run through the policy years, under both policies?"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from dashboard import figures
from dashboard.parts.plot import Plot, Table
from dashboard.rooms.learn import written
from dashboard.rooms.learn.lesson import Look
from dashboard.rooms.learn.run import HALF_YEAR, Came
from dashboard.texts import Texts
from model import calendar
from model.indicators import INDICATORS

BAND = 0.22


def plot(texts: Texts, came: Came, look: Look) -> Plot:
    """Return the picture of a look: grey the first policy, blue the second, a band for luck."""
    first, second, half = came.course(look.name)
    names = {"first": written.said(texts, came.lesson.first.name), "second": written.said(texts, came.lesson.second.name)}
    note = "learn.course_level" if INDICATORS[look.indicator].kind == "stock" else "learn.course_half_year"
    return Plot(
        name=f"lesson-{came.lesson.name}-{look.name}".replace("_", "-"),
        title=written.said(texts, look.label),
        note=written.joined(texts, [texts(note), texts("learn.course_window") if look.weeks else ""]),
        option=_option(look, names, first, second, half),
        table=_table(texts, look, names, first, second, half),
        height=300,
    )


def _option(look: Look, names: dict[str, str], first: np.ndarray, second: np.ndarray, half: np.ndarray) -> dict[str, Any]:
    form = _form(look, first, second)
    low, wide = second - half, 2 * half
    hidden = {"type": "line", "stack": "band", "stackStrategy": "all", "symbol": "none", "silent": True, "lineStyle": {"width": 0}}
    quiet = {"color": "var(--quiet)"}
    return {
        "grid": {"left": 12, "right": 24, "top": 40, "bottom": 8, "containLabel": True},
        "legend": {"data": list(names.values()), "top": 0, "left": 0, "icon": "rect", "itemHeight": 4, "textStyle": quiet},
        "xAxis": {"type": "category", "data": _half_years(len(first)), "boundaryGap": False, "axisLabel": quiet},
        "yAxis": {
            "type": "value", "scale": True, "axisLabel": quiet | ({"formatter": form} if form else {}),
            "splitLine": {"lineStyle": {"color": "var(--rule)"}},
        },
        "series": [
            {**hidden, "name": "low", "data": figures.drawn(low)},
            {**hidden, "name": "band", "data": figures.drawn(wide), "areaStyle": {"color": "var(--policy)", "opacity": BAND}},
            _line(names["first"], first, "var(--baseline)", "rect") | _window(look),
            _line(names["second"], second, "var(--policy)", "circle"),
        ],
    }  # fmt: skip


def _line(name: str, values: np.ndarray, colour: str, symbol: str) -> dict[str, Any]:
    return {
        "type": "line", "name": name, "data": figures.drawn(values), "symbol": symbol, "symbolSize": 7,
        "itemStyle": {"color": colour}, "lineStyle": {"color": colour, "width": 3},
    }  # fmt: skip


def _window(look: Look) -> dict[str, Any]:
    """The weeks over which the figure is taken, shaded; nothing where they are all."""
    if look.weeks is None:
        return {}
    ends = [{"xAxis": week // HALF_YEAR} for week in look.weeks]
    return {"markArea": {"silent": True, "itemStyle": {"color": "var(--past)"}, "data": [ends]}}


def _form(look: Look, first: np.ndarray, second: np.ndarray) -> str:
    if INDICATORS[look.indicator].unit == "yuan":
        return "@yuan"
    if written.in_percent(look.indicator):
        return "@percent1"
    greatest = figures.greatest_size(np.concatenate([first, second]))
    return "@count" if greatest >= 100 else "@count1" if greatest >= 10 else ""


def _half_years(n: int) -> list[str]:
    days = calendar.starts(calendar.FIRST_POLICY_WEEK + HALF_YEAR * n)[calendar.FIRST_POLICY_WEEK :: HALF_YEAR]
    return [str(pd.Timestamp(day).date())[:7] for day in days][:n]


def _table(texts: Texts, look: Look, names: dict[str, str], first: np.ndarray, second: np.ndarray, half: np.ndarray) -> Table:
    days, apart = _half_years(len(first)), second - first
    like = figures.greatest_size(apart) / 2
    rows = [
        [
            day,
            written.value(texts, look.indicator, one, like),
            written.value(texts, look.indicator, other, like),
            written.change(texts, look.indicator, gap),
        ]
        for day, one, other, gap in zip(days, first, second, apart, strict=True)
    ]
    frame = pd.DataFrame(
        {"until": days, "indicator": look.indicator, "first": first, "second": second, "difference": apart, "half_width_95": half}
    )
    return Table((texts("learn.until"), *names.values(), texts("learn.difference")), rows, frame)
