"""Which numbers stand behind the charts? Half-year by half-year, baseline and policy side by side."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import numpy as np

from dashboard import figures
from dashboard.band import Picture
from dashboard.picture import Curves
from dashboard.rooms.decide.panels import CHARTS, Chart, Panel
from dashboard.texts import Texts
from model.calendar import CASE_START, HISTORY_WEEKS

HALF_YEAR = 26


def tables_of(texts: Texts, whole: Picture) -> dict[str, list[dict[str, Any]]]:
    """Return a table for each panel of each chart."""
    lines = whole.baseline_curves(), whole.policy_curves()[0]
    return {chart.name: [_table(texts, chart, panel, *lines) for panel in chart.panels] for chart in CHARTS}


def _table(texts: Texts, chart: Chart, panel: Panel, baseline: Curves, policy: Curves) -> dict[str, Any]:
    times = figures.CHART_SCALE[panel.unit][texts.language]
    past = np.full(HISTORY_WEEKS, np.nan)
    columns = [times * values for line in panel.lines for values in (baseline[line], np.concatenate([past, policy[line]]))]
    digits = figures.three_digits(figures.greatest_size(value for column in columns for value in column.tolist()))
    return {
        "heading": texts(f"{chart.name}.{panel.name}", unit=texts("figure.yuan_unit")),
        "heads": [texts("chart.table_date"), *_heads(texts, chart, panel)],
        "rows": [
            [_day(texts, week), *(figures.decimal(texts, float(column[week]), digits) for column in columns)]
            for week in _ends(len(columns[0]))
        ],
    }


def _heads(texts: Texts, chart: Chart, panel: Panel) -> list[str]:
    both = texts("chart.baseline"), texts("chart.policy")
    if len(panel.lines) == 1:
        return list(both)
    return [texts("chart.column", line=texts(f"{chart.name}.{line}"), world=world) for line in panel.lines for world in both]


def _ends(n_weeks: int) -> range:
    return range(HISTORY_WEEKS % HALF_YEAR + HALF_YEAR - 1, n_weeks, HALF_YEAR)


def _day(texts: Texts, week: int) -> str:
    return figures.day(texts, CASE_START + timedelta(weeks=week))
