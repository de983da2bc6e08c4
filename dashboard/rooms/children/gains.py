"""Which groups of children gain and which lose, how sure is that, and how is it shown?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import solara

from dashboard import figures
from dashboard.parts.plot import Plot, PlotPart, Table
from dashboard.rooms.children.choices import Choices, Words
from dashboard.rooms.children.fates import MEASURES
from dashboard.rooms.children.groups import ALL, GROUPINGS, Key, Sums, difference, level
from dashboard.session import Session
from dashboard.texts import Texts
from experiments.paired import Difference

EVERYBODY: Key = (ALL, ALL)
N_GROUPS = sum(len(names) for names in GROUPINGS.values())
LEAST_DIGITS = {"missed": 2, "untreated": 1, "own": 0, "paid": 0, "alliance": 1, "hospital": 1}


@solara.component
def Gains(session: Session, worlds: tuple[Sums, ...], names: tuple[str, str]) -> None:
    """The figure's buttons, the sentence, the picture."""
    texts = Texts(session.language.value)
    by = session.place("children_by")
    measure = by.value if by.value in MEASURES else MEASURES[0]
    with solara.Div(classes=["room-grid"]):
        with solara.Div(classes=["card", "children-gains"]):
            Words(title=texts("children.gains_title"), quiet=texts("children.gains_lead", n=len(worlds)))
            Choices(
                label=texts("children.gains_measure"),
                options=[[name, texts(f"children_measure.{name}")] for name in MEASURES],
                chosen=measure,
                event_choose=lambda name: (
                    session.place("children_by").set("" if name == MEASURES[0] else name) if name in MEASURES else None
                ),
            )
            Words(said=sentences(texts, worlds, measure))
        PlotPart(session, forest(texts, worlds, measure, names))


def sentences(texts: Texts, worlds: Sequence[Sums], measure: str) -> list[str]:
    """Say who gains and loses, and what cannot be told from no change."""
    whole = difference(worlds, EVERYBODY, measure)
    if not whole.has_interval:
        return [texts("children.gains_one")]
    values = {"low": number(texts, measure, whole.low), "high": number(texts, measure, whole.high)}
    if whole.sign:
        levels = {
            which: number(texts, measure, level(worlds, which, EVERYBODY, measure), signed=False) for which in ("first", "second")
        }
        said = [texts("children.gains_all", difference=number(texts, measure, whole.mean), **levels, **values)]
    else:
        said = [texts("children.gains_all_alike", **values)]
    found = {key: difference(worlds, key, measure) for key in keys()}
    parts = []
    for sign, words in ((1, "children.gains_up"), (-1, "children.gains_down")):
        listed = [group_name(texts, key) for key, one in found.items() if one.sign == sign]
        parts += [texts(words, names=texts("children_event.list_joint").join(listed))] if listed else []
    said += parts or [texts("children.gains_no_group")]
    return [*said, texts("children.gains_by_chance", n=N_GROUPS), texts("children.not_counted")]


def keys() -> list[Key]:
    """All groups, by grouping."""
    return [(grouping, name) for grouping, names in GROUPINGS.items() for name in names]


def group_name(texts: Texts, key: Key) -> str:
    """A group with what it is a group of."""
    return texts("children.group_of", grouping=texts(f"children_group.{key[0]}"), group=texts(f"children_group.{'_'.join(key)}"))


def number(texts: Texts, measure: str, value: float, *, signed: bool = True) -> str:
    """A figure with the digits that its measure needs."""
    return figures.decimal(texts, value, LEAST_DIGITS[measure], signed)


def forest(texts: Texts, worlds: Sequence[Sums], measure: str, names: tuple[str, str]) -> Plot:
    """Return dots with intervals, a row for each group."""
    rows: list[tuple[str, Difference | None]] = [(texts("children_group.all"), difference(worlds, EVERYBODY, measure))]
    for grouping, groups in GROUPINGS.items():
        rows.append((texts(f"children_group.{grouping}"), None))
        rows += [(texts(f"children_group.{grouping}_{name}"), difference(worlds, (grouping, name), measure)) for name in groups]
    heads = [texts(f"children.{name}") for name in ("group", "difference", "low", "high", "verdict")]
    written = [[*_row(texts, measure, name, found)] for name, found in _with_groups(texts, worlds, measure)]
    return Plot(
        name=f"gains-{measure}",
        title=texts(f"children_measure.{measure}"),
        note=texts("children.gains_note", unit=texts(f"children_unit.{measure}"), first=names[0], second=names[1]),
        option=_option(texts, rows),
        table=Table(heads, written, frame(worlds, measure)),
        height=36 + 26 * len(rows) + 40,
    )


def _with_groups(texts: Texts, worlds: Sequence[Sums], measure: str) -> list[tuple[str, Difference]]:
    everybody = texts("children_group.all"), difference(worlds, EVERYBODY, measure)
    return [everybody, *((group_name(texts, key), difference(worlds, key, measure)) for key in keys())]


def _row(texts: Texts, measure: str, name: str, found: Difference) -> list[str]:
    verdict = "" if not found.has_interval else texts("children.gains_differs" if found.sign else "children.gains_alike")
    return [
        name,
        *(number(texts, measure, value) for value in (found.mean, found.low, found.high)),
        verdict or figures.no_value(texts),
    ]


def _option(texts: Texts, rows: list[tuple[str, Difference | None]]) -> dict[str, Any]:
    heads = [
        {
            "value": name,
            "textStyle": {
                "color": "var(--ink)" if found is None or not at else "var(--quiet)",
                "fontWeight": "bold" if found is None or not at else "normal",
            },
        }
        for at, (name, found) in enumerate(rows)
    ]
    known = [(at, found) for at, (_, found) in enumerate(rows) if found and found.has_value]
    bars: list[Any] = []
    for at, found in known:
        bars += [[found.low, at], [found.high, at], ["-", "-"]] if found.has_interval else []
    dots = {is_sure: [[found.mean, at] for at, found in known if bool(found.sign) == is_sure] for is_sure in (True, False)}
    colour = {"color": "var(--policy)"}
    return {
        "grid": {"left": 8, "right": 28, "top": 36, "bottom": 8, "containLabel": True},
        "legend": {
            "top": 0,
            "left": 0,
            "selectedMode": False,
            "textStyle": {"color": "var(--quiet)"},
            "data": [texts("children.gains_differs"), texts("children.gains_alike")],
        },
        "xAxis": {
            "type": "value",
            "axisLabel": {"color": "var(--quiet)", "hideOverlap": True},
            "splitLine": {"lineStyle": {"color": "var(--rule)"}},
        },
        "yAxis": {
            "type": "category",
            "inverse": True,
            "data": heads,
            "axisTick": {"show": False},
            "axisLine": {"show": False},
            "axisLabel": {"interval": 0},
        },
        "series": [
            {
                "type": "line",
                "data": bars,
                "showSymbol": False,
                "silent": True,
                "lineStyle": {"color": "var(--policy)", "width": 2},
                "connectNulls": False,
                "markLine": {
                    "symbol": "none",
                    "silent": True,
                    "label": {"show": False},
                    "data": [{"xAxis": 0}],
                    "lineStyle": {"color": "var(--edge)", "type": "solid", "width": 1.5},
                },
            },
            {
                "type": "scatter",
                "name": texts("children.gains_differs"),
                "data": dots[True],
                "symbol": "circle",
                "symbolSize": 10,
                "itemStyle": colour,
                "z": 3,
            },
            {
                "type": "scatter",
                "name": texts("children.gains_alike"),
                "data": dots[False],
                "symbol": "circle",
                "symbolSize": 9,
                "z": 3,
                "itemStyle": {"color": "var(--paper)", "borderColor": "var(--policy)", "borderWidth": 2},
            },
        ],
    }


def frame(worlds: Sequence[Sums], measure: str) -> pd.DataFrame:
    """Return a row for each group: both levels, the difference, its interval."""
    rows = [
        {
            "grouping": key[0],
            "group": key[1],
            "first": level(worlds, "first", key, measure),
            "second": level(worlds, "second", key, measure),
            "difference": found.mean,
            "low": found.low,
            "high": found.high,
            "n_worlds": found.n_seeds,
        }
        for key in [EVERYBODY, *keys()]
        for found in [difference(worlds, key, measure)]
    ]
    return pd.DataFrame(rows)
