"""What does a figure do over two levers? A map: the darker a cell, the higher the figure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard import figures
from dashboard.parts.plot import Plot, Table
from dashboard.rooms.sweeps.figure_list import write
from dashboard.rooms.sweeps.pictures import GRID, INK, QUIET, Drawn, View, lever_value, numbers, told
from dashboard.rooms.sweeps.points import Point
from dashboard.texts import Texts

MOST_LABELLED = 80
"""Cells that still have room for their number."""
DARK_FROM = 0.55
"""A share of the scale from which a cell is dark enough for light letters."""
ROW_HEIGHT, LEAST_HEIGHT, HEIGHT_OF_REST = 46, 330, 150


def heat_map(texts: Texts, view: View, points: Sequence[Point], keys: Sequence[str], name: str) -> Drawn:
    """Return the map of points over two levers."""
    places = keys.index(view.across), keys.index(view.down)
    xs, ys = (sorted({point.values[place] for point in points}) for place in places)
    known = [point.mean for point in points if point.has_value]
    low, high = _ends(known)
    cells = [
        _cell(texts, view, point, keys, (xs.index(point.values[places[0]]), ys.index(point.values[places[1]])), (low, high))
        for point in points
    ]
    option = {
        "grid": GRID | {"top": 34, "bottom": 96},
        "tooltip": {"confine": True},
        "xAxis": _axis(texts, view.across, xs) | {"nameLocation": "middle", "nameGap": 30},
        "yAxis": _axis(texts, view.down, ys) | {"nameLocation": "end", "nameGap": 12, "nameTextStyle": INK | {"align": "left"}},
        "visualMap": _scale(low, high) | {"text": [write(texts, view.figure, end) for end in (high, low)] if known else ["", ""]},
        "series": [
            {
                "type": "heatmap",
                "name": view.figure,
                "data": cells,
                "label": {"show": len(cells) <= MOST_LABELLED, "fontSize": 11},
                "itemStyle": {"borderColor": "var(--paper)", "borderWidth": 2},
                "emphasis": {"itemStyle": {"borderColor": "var(--ink)"}},
            }
        ],
    }
    title = texts("sweeps.map_title", figure=texts.indicator(view.figure))
    height = max(LEAST_HEIGHT, HEIGHT_OF_REST + ROW_HEIGHT * len(ys))
    plot = Plot(f"{name}-map", title, option, _table(texts, view, points, keys), texts("sweeps.map_note"), height)
    return Drawn(plot, {view.figure: [point.values for point in points]})


def _ends(known: Sequence[float]) -> tuple[float, float]:
    low, high = (min(known), max(known)) if known else (0.0, 0.0)
    return low, high if high > low else low + 1


def _cell(
    texts: Texts, view: View, point: Point, keys: Sequence[str], at: tuple[int, int], ends: tuple[float, float]
) -> dict[str, Any]:
    is_dark = point.has_value and (point.mean - ends[0]) / (ends[1] - ends[0]) > DARK_FROM
    return {
        "value": [*at, point.mean if point.has_value else "-"],
        "label": {"formatter": write(texts, view.figure, point.mean), "color": "var(--paper)" if is_dark else "var(--ink)"},
        "tooltip": told(texts, view, point, keys),
    }


def _axis(texts: Texts, key: str, values: Sequence[float]) -> dict[str, Any]:
    return {
        "type": "category",
        "data": [lever_value(texts, key, value) for value in values],
        "name": texts.name_of(key),
        "nameTextStyle": INK,
        "axisLabel": QUIET | {"hideOverlap": True},
        "axisTick": {"show": False},
        "axisLine": {"show": False},
    }


def _scale(low: float, high: float) -> dict[str, Any]:
    return {
        "type": "continuous",
        "min": low,
        "max": high,
        "orient": "horizontal",
        "left": "center",
        "bottom": 0,
        "itemWidth": 12,
        "itemHeight": 160,
        "calculable": False,
        "inRange": {"color": ["var(--ground)", "var(--policy)"]},
        "textStyle": QUIET,
        "hoverLink": False,
    }


def _table(texts: Texts, view: View, points: Sequence[Point], keys: Sequence[str]) -> Table:
    at_x, at_y = keys.index(view.across), keys.index(view.down)
    found = {(point.values[at_x], point.values[at_y]): write(texts, view.figure, point.mean) for point in points}
    xs, ys = sorted({x for x, _ in found}), sorted({y for _, y in found})
    heads = [texts("sweeps.map_head", across=texts.name_of(view.across), down=texts.name_of(view.down))]
    heads += [lever_value(texts, view.across, x) for x in xs]
    rows = [[lever_value(texts, view.down, y), *(found.get((x, y), figures.no_value(texts)) for x in xs)] for y in ys]
    return Table(heads, rows, numbers(points, keys, view.figure))
