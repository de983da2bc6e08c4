"""What does a figure do along one lever? Lines with their 95 % bands, one for each value of another lever."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard import figures
from dashboard.parts.plot import Plot, Table
from dashboard.rooms.sweeps.figure_list import axis_format, axis_unit, times, write
from dashboard.rooms.sweeps.pictures import GRID, INK, QUIET, RULES, Drawn, View, interval, lever_value, numbers, told
from dashboard.rooms.sweeps.points import Point
from dashboard.texts import Texts

MOST_LINES = 5
STYLES = (
    ("var(--policy)", "solid", "circle"),
    ("var(--warm)", "dashed", "rect"),
    ("var(--ink)", "dotted", "triangle"),
    ("var(--baseline)", "solid", "diamond"),
    ("var(--quiet)", "dashed", "emptyCircle"),
)
"""Colour, dashes and mark of each line: none is told from another by colour alone."""
LEGEND_ROW, HEIGHT = 22, 330
N_STEPS = 400

Group = tuple[str, list[Point]]


def lines(texts: Texts, view: View, points: Sequence[Point], keys: Sequence[str], name: str) -> Drawn:
    """Return the lines over the lever of the first axis."""
    groups = _groups(texts, view, points, keys)
    xs = [point.values[keys.index(view.across)] for point in points]
    series = [one for place, group in enumerate(groups) for one in _line(texts, view, group, keys, place, xs)]
    n_rows = len(groups) if len(groups) > 1 else 0
    option = {
        "grid": GRID | {"top": 36 + LEGEND_ROW * n_rows, "bottom": 44},
        "legend": {
            "show": n_rows > 0,
            "top": 0,
            "left": 0,
            "orient": "vertical",
            "data": [label for label, _ in groups],
            "textStyle": INK,
            "selectedMode": False,
            "itemGap": 5,
        },
        "tooltip": {"confine": True},
        "xAxis": _across(texts, view, xs),
        "yAxis": {
            "type": "value",
            "scale": True,
            "name": axis_unit(texts, view.figure),
            "nameTextStyle": QUIET | {"align": "left"},
            "axisLabel": QUIET | {"formatter": axis_format(view.figure)},
            "splitLine": RULES,
        },
        "series": series,
    }
    title = texts("sweeps.lines_title", figure=texts.indicator(view.figure), lever=texts.name_of(view.across))
    plot = Plot(
        f"{name}-lines", title, option, _table(texts, view, groups, keys), texts("sweeps.lines_note"), HEIGHT + LEGEND_ROW * n_rows
    )
    return Drawn(plot, {label: [point.values for point in members] for label, members in groups})


def _groups(texts: Texts, view: View, points: Sequence[Point], keys: Sequence[str]) -> list[Group]:
    """The points of each line, by what it is called."""
    if not view.down:
        return [(texts.indicator(view.figure), list(points))]
    place = keys.index(view.down)
    found = []
    for value in chosen_values(sorted({point.values[place] for point in points})):
        label = texts("sweeps.line", lever=texts.name_of(view.down), value=lever_value(texts, view.down, value))
        found.append((label, [point for point in points if point.values[place] == value]))
    return found


def chosen_values(values: Sequence[float]) -> list[float]:
    """Return the values of the second lever that get a line: all of few, otherwise some from end to end."""
    if len(values) <= MOST_LINES:
        return list(values)
    return [values[round(i * (len(values) - 1) / (MOST_LINES - 1))] for i in range(MOST_LINES)]


def _across(texts: Texts, view: View, values: Sequence[float]) -> dict[str, Any]:
    """The axis of the lever: equal steps, so fine that a value stands where it belongs; ECharts piles bands up on no other."""
    names = [""] * (N_STEPS + 1)
    for value in values:
        names[_step(value, values)] = lever_value(texts, view.across, value)
    return {
        "type": "category",
        "data": names,
        "boundaryGap": False,
        "name": texts.name_of(view.across),
        "nameLocation": "middle",
        "nameGap": 28,
        "nameTextStyle": INK,
        "axisTick": {"show": False},
        "axisLabel": QUIET | {"interval": 0, "hideOverlap": True},
        "axisLine": {"onZero": False, "lineStyle": {"color": "var(--edge)"}},
    }


def _step(value: float, values: Sequence[float]) -> int:
    low, high = min(values), max(values)
    return round(N_STEPS * (value - low) / (high - low)) if high > low else N_STEPS // 2


def _line(texts: Texts, view: View, group: Group, keys: Sequence[str], place: int, xs: Sequence[float]) -> list[dict[str, Any]]:
    """A line with its marks, and under it the band between the ends of the intervals."""
    label, members = group
    colour, dashes, symbol = STYLES[place]
    scale, at_x = times(texts, view.figure), keys.index(view.across)

    def marks(values: Sequence[float]) -> list[dict[str, Any]]:
        ends = figures.drawn(value * scale for value in values)
        return [{"value": [_step(point.values[at_x], xs), end]} for point, end in zip(members, ends, strict=True)]

    halves = [point.half if point.has_interval else 0.0 for point in members]
    unseen = {
        "type": "line",
        "symbol": "none",
        "lineStyle": {"opacity": 0},
        "silent": True,
        "stack": f"band-{place}",
        "stackStrategy": "all",
        "tooltip": {"show": False},
    }
    low = unseen | {"name": f"low-{place}", "data": marks([point.mean - half for point, half in zip(members, halves, strict=True)])}
    band = unseen | {
        "name": f"band-{place}",
        "data": marks([2 * half for half in halves]),
        "areaStyle": {"color": colour, "opacity": 0.14},
    }
    drawn = [
        mark | {"tooltip": told(texts, view, point, keys)}
        for mark, point in zip(marks([one.mean for one in members]), members, strict=True)
    ]
    line = {"type": "line", "name": label, "symbol": symbol, "symbolSize": 10, "itemStyle": {"color": colour}, "data": drawn}
    return [low, band, line | {"lineStyle": {"color": colour, "type": dashes, "width": 2}}]


def _table(texts: Texts, view: View, groups: Sequence[Group], keys: Sequence[str]) -> Table:
    points = [point for _, members in groups for point in members]
    places = [keys.index(key) for key in (view.across, view.down) if key]
    heads = [*(texts.name_of(keys[place]) for place in places), texts("sweeps.mean"), texts("sweeps.interval")]
    rows = []
    for point in points:
        levers = [lever_value(texts, keys[place], point.values[place]) for place in places]
        rows.append([*levers, write(texts, view.figure, point.mean), interval(texts, view.figure, point)])
    return Table(heads, rows, numbers(points, keys, view.figure))
