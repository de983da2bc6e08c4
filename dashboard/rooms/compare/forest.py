"""How is a difference with its interval drawn?

A dot for the mean and a bar for the 95 % interval, around a line at no difference. The dot is hollow where no difference is told
(dashboard/judged.py), so that what cannot be told from luck looks so without any colour.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any
from unicodedata import east_asian_width

from experiments.paired import Difference

ROW, HEAD, FOOT = 28, 34, 40
"""Heights in a picture [pixels]: a row, the title above the rows, the axis below."""
NAMES, LONGEST_NAME = 140, 34
"""Room for names [pixels], and how much of a name fits into two lines of it [Latin letters]."""
INK, QUIET, RULE, PAPER = "var(--ink)", "var(--quiet)", "var(--rule)", "var(--paper)"


@dataclass(frozen=True)
class Mark:
    """A difference on a row, filled if it `is_told`.

    `is_bar` draws it as a bar from zero, `shift` moves it off the row's middle [rows].
    """

    found: Difference
    colour: str
    is_told: bool
    shift: float = 0.0
    is_bar: bool = False


@dataclass(frozen=True)
class Panel:
    """Rows with one axis; `times` brings the differences into the unit that the title names."""

    title: str
    names: Sequence[str]
    rows: Sequence[Sequence[Mark]]
    times: float = 1.0


def height_of(panels: Sequence[Panel], row: int = ROW) -> int:
    """Return the height of a picture [pixels]."""
    return sum(HEAD + FOOT + row * len(panel.names) for panel in panels)


def option(panels: Sequence[Panel], row: int = ROW) -> dict[str, Any]:
    """Return a picture of panels above each other, each with its own axis."""
    drawn: dict[str, Any] = {"title": [], "grid": [], "xAxis": [], "yAxis": [], "series": []}
    top = 0
    for n, panel in enumerate(panels):
        height = row * len(panel.names)
        drawn["title"].append(
            {"text": panel.title, "left": 0, "top": top, "textStyle": {"fontSize": 13, "fontWeight": 600, "color": INK}}
        )
        drawn["grid"].append({"left": NAMES, "right": 18, "top": top + HEAD, "height": height})
        drawn["xAxis"].append(_differences(n))
        drawn["yAxis"] += _rows(n, panel)
        for place, marks in enumerate(panel.rows):
            for mark in marks:
                drawn["series"] += _series(mark, panel.times, place + mark.shift, n)
        drawn["series"].append(_zero(n))
        top += HEAD + FOOT + height
    return drawn


def _differences(n: int) -> dict[str, Any]:
    return {
        "gridIndex": n, "type": "value", "splitNumber": 4, "splitLine": {"lineStyle": {"color": RULE}},
        "axisLabel": {"color": QUIET, "fontSize": 12, "hideOverlap": True},
        "axisLine": {"show": False}, "axisTick": {"show": False},
    }  # fmt: skip


def _rows(n: int, panel: Panel) -> list[dict[str, Any]]:
    """Names stand on an axis of their own; marks on one of numbers, so that they can lie beside a row's middle."""
    hidden = {"show": False}
    label = {"color": INK, "fontSize": 12, "lineHeight": 14, "width": NAMES - 14, "overflow": "break", "interval": 0}
    names = {"axisTick": hidden, "axisLine": hidden, "axisLabel": label}
    return [
        {"gridIndex": n, "type": "category", "inverse": True, "data": [shortened(name) for name in panel.names], **names},
        {"gridIndex": n, "type": "value", "inverse": True, "min": -0.5, "max": len(panel.names) - 0.5, **hidden},
    ]


def _series(mark: Mark, times: float, at: float, n: int) -> list[dict[str, Any]]:
    found = mark.found
    if not found.has_value:
        return []
    place = {"xAxisIndex": n, "yAxisIndex": 2 * n + 1, "silent": True}
    line = {"type": "line", "symbol": "none", **place}
    mean = rounded(found.mean * times)
    parts: list[dict[str, Any]] = []
    if mark.is_bar:
        style = {"color": mark.colour, "width": 11, "opacity": 0.45, "cap": "butt"}
        parts.append({**line, "data": [[0, at], [mean, at]], "lineStyle": style, "z": 2})
    if found.has_interval:
        ends = [[rounded(found.low * times), at], [rounded(found.high * times), at]]
        parts.append({**line, "data": ends, "lineStyle": {"color": mark.colour, "width": 2.5}, "z": 3})
    fill = mark.colour if mark.is_told else PAPER
    style = {"color": fill, "borderColor": mark.colour, "borderWidth": 2}
    parts.append({"type": "scatter", "symbolSize": 10, "data": [[mean, at]], "itemStyle": style, "z": 4, **place})
    return parts


def _zero(n: int) -> dict[str, Any]:
    rule = {
        "symbol": "none",
        "silent": True,
        "label": {"show": False},
        "lineStyle": {"color": QUIET, "type": "solid", "width": 1.5},
    }
    return {"type": "line", "xAxisIndex": n, "yAxisIndex": 2 * n + 1, "data": [], "markLine": {**rule, "data": [{"xAxis": 0}]}}


def shortened(name: str) -> str:
    """Return a name that fits beside its row; a Chinese character is as wide as two Latin ones."""
    widths = accumulate(2 if east_asian_width(one) in "WF" else 1 for one in name)
    fitting = sum(width <= LONGEST_NAME for width in widths)
    return name if fitting == len(name) else f"{name[: fitting - 1].rstrip()}…"


def rounded(value: float) -> float:
    """Return a number to six digits: nobody sees more."""
    return float(f"{value:.6g}")
