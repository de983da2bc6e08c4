"""How do two lives look on one timeline?

One line while they are the same, two from the day on which they part. Illnesses stand on the line, visits above it, what
changes a life above those, the plan below; every kind has a mark of its own, so that no colour is needed to tell them apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from dashboard import figures
from dashboard.parts.plot import Plot, Table
from dashboard.rooms.children.events import Event
from dashboard.rooms.children.life import Lives
from dashboard.rooms.children.told import date_of, day_in_words
from dashboard.texts import Texts
from model.calendar import BURN_IN_WEEKS, CASE_START, FIRST_DAY

LANE = 1.0
DAYS_OF_A_LABEL = 420  # as wide as its words are on a telephone
ON_LINE, ABOVE, HIGH, BELOW = 0.0, 0.22, 0.48, -0.24
HOLLOW = "hollow "
CROSS = "path://M2 0L5 3L8 0L10 2L7 5L10 8L8 10L5 7L2 10L0 8L3 5L0 2Z"
PLUS = "path://M3.5 0h3v3.5h3.5v3h-3.5v3.5h-3v-3.5h-3.5v-3h3.5z"
BELL = "path://M5 0C8 0 8.5 3 8.5 6L10 8H0L1.5 6C1.5 3 2 0 5 0ZM3.5 8.6h3L5 10Z"
MARKS: dict[str, tuple[tuple[str, ...], str, int, float]] = {
    "illness": (("ill", "specialist", "stayed_home"), "circle", 5, ON_LINE),
    "serious": (("serious", "severe"), "diamond", 15, ON_LINE),
    "primary": (("visit_primary",), "hollow rect", 8, ABOVE),
    "alliance": (("visit_alliance",), "rect", 8, ABOVE),
    "hospital": (("visit_hospital", "emergency"), "triangle", 9, ABOVE),
    "sent": (("sent", "advised"), "arrow", 12, HIGH),
    "called": (("called",), BELL, 14, HIGH),
    "missed": (("missed", "unseen"), CROSS, 13, HIGH),
    "treated": (("treated",), PLUS, 13, HIGH),
    "plan": (("joined",), "roundRect", 11, BELOW),
    "left": (("left_plan",), "hollow roundRect", 11, BELOW),
    "burden": (("catastrophic",), "pin", 20, BELOW),
}
"""For each mark: the events it stands for, its shape, its size in pixels, its height above the line."""


def timeline(texts: Texts, lives: Lives, names: tuple[str, str]) -> Plot:
    """Return the picture of both lives; `names` are those of the two worlds."""
    shared, first, second = split(lives)
    lanes = [(shared, 0.0, "var(--quiet)"), (second, LANE, "var(--policy)"), (first, -LANE, "var(--baseline)")]
    series = [*_lines(texts, lives, names), *_marks(texts, lives, lanes)]
    option: dict[str, Any] = {
        "grid": {"left": 8, "right": 16, "top": 62, "bottom": 64, "containLabel": True},
        "legend": {
            "top": 0,
            "type": "scroll",
            "data": [texts(f"children_mark.{mark}") for mark in MARKS if _is_shown(mark, lanes)],
            "textStyle": {"color": "var(--quiet)"},
            "selectedMode": "multiple",
            "itemWidth": 14,
            "itemHeight": 12,
        },
        "tooltip": {
            "trigger": "item",
            "formatter": "{b}",
            "confine": True,
            "backgroundColor": "var(--paper)",
            "borderColor": "var(--rule)",
            "textStyle": {"color": "var(--ink)"},
            "extraCssText": "max-width: 340px; white-space: normal;",
        },
        "xAxis": {
            "type": "time",
            "min": CASE_START.isoformat(),
            "max": date_of(7 * lives.end_week).isoformat(),
            "axisLabel": {
                "color": "var(--quiet)",
                "hideOverlap": True,
                "formatter": {"year": "{yyyy}", "month": "{yyyy}-{MM}", "day": "{yyyy}-{MM}-{dd}"},
            },
            "axisLine": {"onZero": False, "lineStyle": {"color": "var(--edge)"}},
            "splitLine": {"show": True, "lineStyle": {"color": "var(--rule)"}},
        },
        "yAxis": {"type": "value", "min": -1.6, "max": 1.75, "show": False},
        "dataZoom": [
            {
                "type": "slider",
                "height": 22,
                "bottom": 10,
                "borderColor": "var(--rule)",
                "textStyle": {"color": "var(--quiet)"},
                "brushSelect": False,
                "showDataShadow": False,
                "labelFormatter": "",
            }
        ],
        "series": series,
    }
    return Plot(
        name=f"child-{lives.about.child}",
        title=texts("children.timeline_title"),
        option=option,
        table=table(texts, lives, names),
        note=texts("children.timeline_note"),
        height=400,
    )


def split(lives: Lives) -> tuple[tuple[Event, ...], tuple[Event, ...], tuple[Event, ...]]:
    """Return what both lives share, then each one's own, from the day on which they part."""
    day = (lives.part.day - FIRST_DAY).days if lives.part else 7 * lives.end_week + 7
    case = 7 * BURN_IN_WEEKS
    shared = (*lives.shared, *(event for event in lives.first if event.day < day))
    own = [tuple(event for event in events if event.day >= day) for events in (lives.first, lives.second)]
    return tuple(event for event in shared if event.day >= case), own[0], own[1]


def _lines(texts: Texts, lives: Lives, names: tuple[str, str]) -> list[dict[str, Any]]:
    """The line of the child's time in the register: one, then two."""
    from_day = max(7 * lives.about.first_week, 7 * BURN_IN_WEEKS)
    to_day = max(from_day, min(7 * lives.about.last_week, 7 * lives.end_week))
    part = min((lives.part.day - FIRST_DAY).days, to_day) if lives.part else to_day
    at = part + max(1, round((7 * lives.end_week - 7 * BURN_IN_WEEKS) * 0.012))
    shared = _line([(from_day, 0.0), (part, 0.0)], "var(--quiet)", "")
    shared["markLine"] = {"symbol": "none", "silent": True, "data": _upright(texts, lives)}
    if not lives.part:
        return [shared]
    ends = [(-LANE, "var(--baseline)", names[0]), (LANE, "var(--policy)", names[1])]
    return [shared, *(_line([(part, 0.0), (min(at, to_day), y), (to_day, y)], colour, name) for y, colour, name in ends)]


def _upright(texts: Texts, lives: Lives) -> list[dict[str, Any]]:
    """Upright lines: where the rules change, where the lives part."""
    label = {"color": "var(--quiet)", "fontSize": 12}
    found: list[dict[str, Any]] = []
    if lives.start_week > BURN_IN_WEEKS:
        is_near = lives.part is not None and abs((lives.part.day - date_of(7 * lives.start_week)).days) < DAYS_OF_A_LABEL
        label_of_start = {**label, "show": not is_near, "formatter": texts("children.start_mark"), "position": "end"}
        style = {"color": "var(--edge)", "type": "solid", "width": 1}
        found.append({"xAxis": date_of(7 * lives.start_week).isoformat(), "label": label_of_start, "lineStyle": style})
    if lives.part:
        label_of_part = {
            **label,
            "color": "var(--warm)",
            "fontWeight": 600,
            "formatter": texts("children.part_mark"),
            "position": "end",
        }
        style = {"color": "var(--warm)", "type": "dashed", "width": 2}
        found.append({"xAxis": lives.part.day.isoformat(), "label": label_of_part, "lineStyle": style})
    return found


def _line(points: Sequence[tuple[int, float]], colour: str, name: str) -> dict[str, Any]:
    placed: list[Any] = [[date_of(day).isoformat(), y] for day, y in points]
    if name:  # the name stands under the end of the lane
        placed[-1] = {
            "value": placed[-1],
            "label": {
                "show": True,
                "formatter": name,
                "position": [0, 10],
                "align": "right",
                "verticalAlign": "top",
                "color": colour if colour != "var(--baseline)" else "var(--quiet)",
                "fontWeight": 600,
                "fontSize": 14,
            },
        }
    return {
        "type": "line",
        "data": placed,
        "showSymbol": bool(name),
        "symbol": "circle",
        "symbolSize": 1,
        "silent": True,
        "z": 1,
        "lineStyle": {"color": colour, "width": 3},
        "itemStyle": {"color": colour},
    }


def _is_shown(mark: str, lanes: list[tuple[tuple[Event, ...], float, str]]) -> bool:
    return any(event.kind in MARKS[mark][0] for events, *_ in lanes for event in events)


def _marks(texts: Texts, lives: Lives, lanes: list[tuple[tuple[Event, ...], float, str]]) -> list[dict[str, Any]]:
    """One series for each kind of mark, over all lanes."""
    words = [_told(texts, lives, events) for events, *_ in lanes]
    series = []
    for mark, (kinds, symbol, size, height) in MARKS.items():
        points = [
            {
                "name": f"{_day(texts, event.day)}<br>{words[n][event.day]}",
                "value": [date_of(event.day).isoformat(), y + height],
                "itemStyle": _filled(colour, symbol),
            }
            for n, (events, y, colour) in enumerate(lanes)
            for event in events
            if event.kind in kinds
        ]
        if points:
            series.append(
                {
                    "type": "scatter",
                    "name": texts(f"children_mark.{mark}"),
                    "symbol": symbol.removeprefix(HOLLOW),
                    "symbolSize": size,
                    "z": 3,
                    "itemStyle": _filled("var(--ink)", symbol),
                    "data": points,
                }
            )
    return series


def _filled(colour: str, symbol: str) -> dict[str, Any]:
    """How a mark is filled: hollow ones show the paper in both schemes."""
    is_hollow = symbol.startswith(HOLLOW)
    return {"color": "var(--paper)", "borderColor": colour, "borderWidth": 2} if is_hollow else {"color": colour}


# -- the table ---------------------------------------------------------------------------------------------------------


def table(texts: Texts, lives: Lives, names: tuple[str, str]) -> Table:
    """Return a row for each day of which something is to be told, both worlds beside each other."""
    shared, first, second = split(lives)
    rows = [[_day(texts, day), said, texts("children.as_first")] for day, said in _told(texts, lives, shared).items()]
    own = [_told(texts, lives, events) for events in (first, second)]
    for day in sorted(own[0].keys() | own[1].keys()):
        both = [one.get(day, texts("children.nothing")) for one in own]
        rows.append([_day(texts, day), both[0], texts("children.as_first") if both[0] == both[1] else both[1]])
    return Table([texts("children.date"), *names], rows, frame(lives))


def _told(texts: Texts, lives: Lives, events: tuple[Event, ...]) -> dict[int, str]:
    days: dict[int, list[Event]] = {}
    for event in events:
        days.setdefault(event.day, []).append(event)
    return {day: day_in_words(texts, lives.kinds, of) for day, of in days.items()}


def _day(texts: Texts, day: int) -> str:
    return figures.day(texts, date_of(day))


def frame(lives: Lives) -> pd.DataFrame:
    """Return a row for each event: world, date, event, and its numbers."""
    both = (("first", (*lives.shared, *lives.first)), ("second", (*lives.shared, *lives.second)))
    rows = [
        {"world": world, "date": date_of(e.day).isoformat(), "event": e.kind, **e.values} for world, events in both for e in events
    ]
    return pd.DataFrame(rows, columns=["world", "date", "event", "doctor", "site", "yuan", "days", "goes"])
