"""Which groups of children gain and which lose, how sure is that, and how is it shown?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import pandas as pd
import solara

from dashboard import figures
from dashboard.judged import Judged, judged
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
def Gains(session: Session, worlds: tuple[Sums, ...], n_wanted: int, names: tuple[str, str]) -> None:
    """The figure's buttons, the sentence, the picture; `n_wanted` pairs of worlds were asked for."""
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
            Words(said=sentences(texts, worlds, measure, n_wanted))
        PlotPart(session, forest(texts, worlds, measure, names, n_wanted))


def sentences(texts: Texts, worlds: Sequence[Sums], measure: str, n_wanted: int) -> list[str]:
    """Say who gains and loses, and what cannot be told from no change; nothing before all pairs of worlds are there."""
    if len(worlds) < n_wanted:
        return [texts("children.gains_still", done=len(worlds), wanted=n_wanted)]
    whole = difference(worlds, EVERYBODY, measure)
    if not whole.has_interval:
        return [texts("children.gains_one")]
    values = {"low": number(texts, measure, whole.low), "high": number(texts, measure, whole.high)}
    words = judge(texts, measure, whole)
    if words.is_told:
        levels = {
            which: number(texts, measure, level(worlds, which, EVERYBODY, measure), signed=False) for which in ("first", "second")
        }
        said = [texts("children.gains_all", difference=number(texts, measure, whole.mean), **levels, **values)]
    else:
        said = [texts("children.gains_all_same" if words is Judged.SAME else "children.gains_all_alike", **values)]
    found = {key: judge(texts, measure, difference(worlds, key, measure)) for key in keys()}
    parts = []
    for way, told in ((Judged.RISES, "children.gains_up"), (Judged.FALLS, "children.gains_down")):
        listed = [group_name(texts, key) for key, one in found.items() if one is way]
        parts += [texts(told, names=texts("children_event.list_joint").join(listed))] if listed else []
    said += parts or [texts("children.gains_no_group")]
    return [*said, texts("children.gains_by_chance", n=N_GROUPS), texts("children.not_counted")]


def judge(texts: Texts, measure: str, found: Difference, *, is_settled: bool = True) -> Judged:
    """Return what may be said of a group's difference."""
    return judged(found, partial(number, texts, measure), is_settled=is_settled)


def keys() -> list[Key]:
    """All groups, by grouping."""
    return [(grouping, name) for grouping, names in GROUPINGS.items() for name in names]


def group_name(texts: Texts, key: Key) -> str:
    """A group with what it is a group of."""
    return texts("children.group_of", grouping=texts(f"children_group.{key[0]}"), group=texts(f"children_group.{'_'.join(key)}"))


def number(texts: Texts, measure: str, value: float, *, signed: bool = True) -> str:
    """A figure with the digits that its measure needs."""
    return figures.decimal(texts, value, LEAST_DIGITS[measure], signed)


def forest(texts: Texts, worlds: Sequence[Sums], measure: str, names: tuple[str, str], n_wanted: int) -> Plot:
    """Return dots with intervals, a row for each group; a dot is filled once a difference is told."""
    is_settled = len(worlds) >= n_wanted

    def say(found: Difference) -> Judged:
        return judge(texts, measure, found, is_settled=is_settled)

    rows: list[tuple[str, Difference | None]] = [(texts("children_group.all"), difference(worlds, EVERYBODY, measure))]
    for grouping, groups in GROUPINGS.items():
        rows.append((texts(f"children_group.{grouping}"), None))
        rows += [(texts(f"children_group.{grouping}_{name}"), difference(worlds, (grouping, name), measure)) for name in groups]
    heads = [texts(f"children.{name}") for name in ("group", "difference", "low", "high", "verdict")]
    written = [[*_row(texts, measure, name, found, say(found))] for name, found in _with_groups(texts, worlds, measure)]
    return Plot(
        name=f"gains-{measure}",
        title=texts(f"children_measure.{measure}"),
        note=texts("children.gains_note", unit=texts(f"children_unit.{measure}"), first=names[0], second=names[1]),
        option=_option(texts, rows, lambda found: say(found).is_told),
        table=Table(heads, written, frame(worlds, measure)),
        height=36 + 26 * len(rows) + 40,
    )


def _with_groups(texts: Texts, worlds: Sequence[Sums], measure: str) -> list[tuple[str, Difference]]:
    everybody = texts("children_group.all"), difference(worlds, EVERYBODY, measure)
    return [everybody, *((group_name(texts, key), difference(worlds, key, measure)) for key in keys())]


def _row(texts: Texts, measure: str, name: str, found: Difference, said: Judged) -> list[str]:
    words = {Judged.SAME: "tile.same", Judged.ALIKE: "children.gains_alike", Judged.OPEN: "children.gains_open"}
    verdict = "children.gains_differs" if said.is_told else words.get(said, "figure.none")
    return [name, *(number(texts, measure, value) for value in (found.mean, found.low, found.high)), texts(verdict)]


def _option(
    texts: Texts, rows: list[tuple[str, Difference | None]], is_told: Callable[[Difference], bool]
) -> dict[str, Any]:  # fmt: skip
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
    dots = {is_sure: [[found.mean, at] for at, found in known if is_told(found) == is_sure] for is_sure in (True, False)}
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
