"""Can the fund bear it? Its solvency at each closing in one world, and how often it ends over all worlds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from dashboard import figures
from dashboard.parts.plot import Plot, Table
from dashboard.rooms.money import ruin
from dashboard.rooms.money.books import Books, Chances, Closing
from dashboard.rooms.money.ruin import Share
from dashboard.texts import Texts

QUIET, RULE, WARM = (f"var(--{name})" for name in ("quiet", "rule", "warm"))
COLOURS = {"policy": "var(--policy)", "baseline": "var(--baseline)"}
ICONS = {"solid": "path://M0,4h24v2h-24z", "dashed": "path://M0,4h6v2h-6zM9,4h6v2h-6zM18,4h6v2h-6z"}
FIRST_YEAR_JUDGED = 2018
"""The ratio of 2017 sets the capital against one month of premiums and says nothing."""


def solvency_plot(texts: Texts, policy: Books, baseline: Books, *, is_moved: bool) -> Plot:
    """Return solvency at each closing of one world, with the limits by which it is judged."""
    runs = {"policy": policy.closings, "baseline": baseline.closings} if is_moved else {"baseline": baseline.closings}
    years = [str(one.year) for one in policy.closings if one.year >= FIRST_YEAR_JUDGED]
    last = policy.closings[-1]
    limits = [("limit_least", last.least, "solid"), ("limit_end", last.end_below, "dashed")]
    lines = [_ratio_line(texts, run, closings) for run, closings in reversed(runs.items())]
    marks = [
        {
            "type": "line", "name": texts(f"money.{name}"), "data": [at] * len(years), "symbol": "none", "silent": True,
            "lineStyle": {"color": WARM, "width": 1.5, "type": style},
            "itemStyle": {"color": WARM},
        }
        for name, at, style in limits
    ]  # fmt: skip
    option = {
        "grid": {"left": 8, "right": 16, "top": 104, "bottom": 8, "containLabel": True},
        "legend": _legend(lines, marks),
        "tooltip": {"trigger": "axis", "valueFormatter": "@percent", "confine": True},
        "xAxis": _years_axis(years), "yAxis": _share_axis(None), "series": [*lines, *marks],
    }  # fmt: skip
    judged = [
        [*(closings[at].ratio for closings in runs.values()), one.least, one.end_below] for at, one in enumerate(policy.closings)
    ]
    rows = [[str(one.year), *(_ratio(texts, ratio) for ratio in row)] for one, row in zip(policy.closings, judged, strict=True)]
    heads = [texts("money.year"), *(texts(f"money.{run}") for run in runs), texts("money.limit_least"), texts("money.limit_end")]
    frame = pd.DataFrame([{"run": run, **vars(one)} for run, closings in runs.items() for one in closings])
    return Plot("solvency", texts("money.solvency_title"), option, Table(heads, rows, frame), texts("money.solvency_note"), 340)


def _ratio_line(texts: Texts, run: str, closings: Sequence[Closing]) -> dict[str, Any]:
    colour = COLOURS[run]
    return {
        "type": "line", "name": texts(f"money.{run}"), "symbol": "circle", "symbolSize": 7, "itemStyle": {"color": colour},
        "lineStyle": {"color": colour, "width": 2.5},
        "data": figures.drawn(one.ratio for one in closings if one.year >= FIRST_YEAR_JUDGED),
    }  # fmt: skip


def _legend(lines: Sequence[dict[str, Any]], limits: Sequence[dict[str, Any]]) -> dict[str, Any]:
    drawn = [{"name": one["name"], "icon": ICONS[one["lineStyle"]["type"]]} for one in limits]
    return {
        "top": 0, "left": 0, "orient": "vertical", "itemWidth": 24, "itemGap": 6, "textStyle": {"color": QUIET},
        "selectedMode": False, "data": [*(line["name"] for line in lines), *drawn],
    }  # fmt: skip


def _ratio(texts: Texts, value: float) -> str:
    return figures.percent(texts, value, digits=0)


def _years_axis(years: list[str]) -> dict[str, Any]:
    return {
        "type": "category", "data": years, "axisLabel": {"color": QUIET}, "axisTick": {"show": False},
        "axisLine": {"lineStyle": {"color": RULE}, "onZero": False},
    }  # fmt: skip


def _share_axis(most: float | None) -> dict[str, Any]:
    axis = {"type": "value", "axisLabel": {"color": QUIET, "formatter": "@percent"}, "splitLine": {"lineStyle": {"color": RULE}}}
    return axis if most is None else {**axis, "min": 0, "max": most}


def ruin_plot(texts: Texts, found: Chances, *, is_moved: bool) -> Plot:
    """Return the share of worlds in which the plan was ended by each year, with its interval."""
    runs = {"policy": found.policy, "baseline": found.baseline} if is_moved else {"baseline": found.baseline}
    ends = {run: ruin.wound_up(closings) for run, closings in runs.items()}
    falls = {run: ruin.short(closings) for run, closings in runs.items()}
    years = [str(one.year) for one in ends["baseline"]]
    series = [
        {
            "type": "boxplot", "name": texts(f"money.{run}"), "boxWidth": [10, 26],
            "itemStyle": {"color": COLOURS[run], "borderColor": COLOURS[run], "borderWidth": 2.5},
            "data": [[one.low, one.share, one.share, one.share, one.high] for one in shares],
        }
        for run, shares in reversed(ends.items())
    ]  # fmt: skip
    option = {
        "grid": {"left": 8, "right": 16, "top": 34, "bottom": 8, "containLabel": True},
        "legend": {"top": 0, "left": 0, "itemWidth": 18, "textStyle": {"color": QUIET}, "selectedMode": False},
        "xAxis": _years_axis(years), "yAxis": _share_axis(1), "series": series,
    }  # fmt: skip
    rows = [
        [years[at], *(_share_written(texts, kind[run][at]) for run in runs for kind in (ends, falls))] for at in range(len(years))
    ]
    heads = [
        texts("money.year"),
        *(f"{texts(f'money.{run}')}: {texts(f'money.{kind}')}" for run in runs for kind in ("wound_up", "short")),
    ]
    frame = pd.DataFrame(
        [
            {"run": run, "what": what, **vars(one)}
            for what, by_run in (("wound_up", ends), ("short_or_wound_up", falls))
            for run, shares in by_run.items()
            for one in shares
        ]
    )
    note = ruin_sentence(texts, found, is_moved=is_moved)
    return Plot("ruin", texts("money.ruin_title"), option, Table(heads, rows, frame), note, 340)


def _share_written(texts: Texts, one: Share) -> str:
    shown = (figures.percent(texts, value, digits=0) for value in (one.share, one.low, one.high))
    share, low, high = shown
    return texts("money.share", share=share, low=low, high=high)


def ruin_sentence(texts: Texts, found: Chances, *, is_moved: bool) -> str:
    """Say at the last closing in how many worlds the plan was ended, and how sure that is."""
    last = ruin.wound_up(found.policy)[-1]
    fell = ruin.short(found.policy)[-1]
    low, high = (figures.percent(texts, value, digits=0) for value in (last.low, last.high))
    said = texts("money.ruin_sentence", year=last.year, n=last.n, n_worlds=last.n_worlds, n_short=fell.n, low=low, high=high)
    if not is_moved:
        return said
    before = ruin.wound_up(found.baseline)[-1]
    return said + texts("money.sentence_joint") + texts("money.ruin_before", n=before.n, n_worlds=before.n_worlds)
