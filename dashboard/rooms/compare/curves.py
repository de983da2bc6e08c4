"""How do the policies run over the years? One small panel a figure, one line a policy."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd
import solara

from dashboard import figures
from dashboard.heard import component_vue
from dashboard.parts.behind import NUMBERS_BEHIND
from dashboard.parts.files import hand_over
from dashboard.rooms.compare.beside import Entry
from dashboard.rooms.compare.differences import kind_of
from dashboard.rooms.compare.looks import head_of
from dashboard.rooms.compare.side_by_side import CURVES, Together
from dashboard.rooms.decide.first_figures import WRITERS
from dashboard.session import Session
from dashboard.texts import Texts
from model.calendar import CASE_START, HISTORY_WEEKS


@component_vue("curves.vue")
def CurvePanels(
    frame: dict[str, Any], heads: list[dict[str, Any]], lines: str, table: dict[str, Any], event_save: Callable[[object], None],
    components: dict[str, str] = NUMBERS_BEHIND,
) -> None:  # fmt: skip
    """Small pictures beside each other; the numbers travel as JSON text."""


@solara.component
def Curves(session: Session, listed: list[Entry], together: Together) -> None:
    """The curves of all policies, from the last year of history on."""
    texts = Texts(session.language.value)
    there = [entry for entry in listed if together.has(entry)]
    if not there:
        return
    CurvePanels(
        frame={
            "title": texts("compare_curves.title"), "note": texts("compare_curves.note"), "locale": texts.locale,
            "first_day": CASE_START.isoformat(), "history_weeks": HISTORY_WEEKS,
            "panels": [panel(texts, name) for name in CURVES],
            "words": texts.several("chart", "policy_starts", "table", "save", "save_png", "save_svg", "save_csv", "save_parquet"),
        },
        heads=[head_of(entry) for entry in there],
        lines=json.dumps([sent(texts, together, entry) for entry in there]),
        table=table(texts, there, together),
        event_save=lambda kind: hand_over(session, "compare", lambda: long_table(there, together), kind),
    )  # fmt: skip


def panel(texts: Texts, name: str) -> dict[str, str]:
    """Return what a panel is called."""
    title = heading(texts, name)
    return {"name": name, "title": title, "label": texts("chart.picture_label", title=title)}


def heading(texts: Texts, name: str) -> str:
    """Return a panel's title with the unit of its axis."""
    kind = kind_of(name)
    unit = texts("figure.yuan_unit") if kind == "yuan" else texts(f"compare_curves.unit_{kind}")
    return texts(
        "compare_figures.with_unit", name=texts(f"tile.{name}" if name != "fund_reserve_yuan" else "compare_curves.fund"), unit=unit
    )


def sent(texts: Texts, together: Together, entry: Entry) -> dict[str, list[list[float | None]]]:
    """Return an entry's points by panel: week and number, None where there is no value."""
    return {name: _points(texts, together, entry, name) for name in CURVES}


def _points(texts: Texts, together: Together, entry: Entry, name: str) -> list[list[float | None]]:
    times = figures.CHART_SCALE[kind_of(name)][texts.language]
    values = together.curves[entry.mark][name] * times
    weeks = together.weeks[entry.mark]
    return [[week, value] for week, value in zip(weeks.tolist(), figures.drawn(values.tolist()), strict=True)]


def ends_of_years(weeks: np.ndarray) -> dict[int, int]:
    """Return by year where its last point stands."""
    years = [(CASE_START + timedelta(weeks=int(week))).year for week in weeks]
    return {year: place for place, year in enumerate(years)}


def table(texts: Texts, there: Sequence[Entry], together: Together) -> dict[str, Any]:
    """Return the curves' values at the ends of years, for reading."""
    years = sorted({year for entry in there for year in ends_of_years(together.weeks[entry.mark])})
    heads = [
        texts("report.figure"),
        texts("compare_figures.head_policy"),
        *(texts("compare_curves.end_of", year=year) for year in years),
    ]
    rows = []
    for name in CURVES:
        for entry in there:
            places, values = ends_of_years(together.weeks[entry.mark]), together.curves[entry.mark][name]
            cells = [WRITERS[name][0](texts, float(values[places[year]])) if year in places else "" for year in years]
            rows.append(
                [texts(f"tile.{name}") if name != "fund_reserve_yuan" else texts("compare_curves.fund"), entry.title, *cells]
            )
    return {"heads": heads, "rows": rows}


def long_table(there: Sequence[Entry], together: Together) -> pd.DataFrame:
    """Return every point that is drawn, a row each, in the units of the engine."""
    frames = [
        pd.DataFrame(
            {
                "policy": entry.name,
                "scenario": entry.base.name,
                "figure": name,
                "week_start": [CASE_START + timedelta(weeks=int(week)) for week in together.weeks[entry.mark]],
                "mean": together.curves[entry.mark][name],
                "n_worlds": together.n_worlds,
            }
        )
        for entry in there
        for name in CURVES
    ]
    return pd.concat(frames, ignore_index=True)
