"""How is any other picture drawn? One part for all rooms: the picture, its table, its downloads, its place in the report.

The browser draws with ECharts, from an option that is plain data. Where ECharts wants a function for numbers, a text stands
that begins with `@`: `@percent`, `@percent1`, `@count`, `@count1`, `@yuan`, `@day` (a week of the history and policy years).
Colours are names of the style between `var(` and `)`, such as `var(--policy)`; the browser puts in what light and dark say.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import solara

from dashboard import figures
from dashboard.heard import component_vue
from dashboard.parts.behind import NUMBERS_BEHIND
from dashboard.parts.files import hand_over
from dashboard.session import Session
from dashboard.texts import Texts
from model.calendar import CASE_START


@dataclass(frozen=True, eq=False)
class Table:
    """The numbers behind a picture: headings and written cells for reading, a frame for taking away."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    frame: pd.DataFrame | None = None


@dataclass(frozen=True, eq=False)
class Plot:
    """A picture: `name` is that of its files, `option` what ECharts draws, `height` in pixels.

    `move` is a later option that is merged into the picture as it stands, such as new numbers of the same series.
    """

    name: str
    title: str
    option: dict[str, Any]
    table: Table
    note: str = ""
    height: int = 320
    move: dict[str, Any] = field(default_factory=dict)


@component_vue("plot.vue")
def PlotCard(
    plot: dict[str, Any], option: str, move: str, table: dict[str, Any], words: dict[str, str],
    event_pick: Callable[[dict[str, Any]], None], event_save: Callable[[str], None],
    components: dict[str, str] = NUMBERS_BEHIND,
) -> None:  # fmt: skip
    """A card with a picture, its table and its downloads."""


@solara.component
def PlotPart(session: Session, plot: Plot, on_pick: Callable[[dict[str, Any]], None] | None = None) -> None:
    """Show a picture; `on_pick` is called with what was clicked: `series` and `name` (texts), `at` (its index), `value`.

    A picture is for looking: whatever a click does there must also be done by a button or a row of a table.
    """
    texts = Texts(session.language.value)
    words = ("table", "save", "save_png", "save_svg", "save_csv", "save_parquet")
    PlotCard(
        plot={
            "name": plot.name, "title": plot.title, "note": plot.note, "height": plot.height, "locale": texts.locale,
            "first_day": CASE_START.isoformat(), "yuan_times": figures.CHART_SCALE["yuan"][texts.language],
            "label": texts("chart.picture_label", title=plot.title), "has_files": plot.table.frame is not None,
        },
        option=json.dumps(plot.option, allow_nan=False),
        move=json.dumps(plot.move, allow_nan=False) if plot.move else "",
        table={"heads": list(plot.table.heads), "rows": [list(row) for row in plot.table.rows]},
        words={word: texts(f"chart.{word}") for word in words},
        event_pick=on_pick or (lambda _: None),
        event_save=lambda kind: save(session, plot, kind),
    )  # fmt: skip


def save(session: Session, plot: Plot, kind: object) -> None:
    """Hand over the numbers behind a picture, in the units of the engine."""
    frame = plot.table.frame
    if frame is not None:
        hand_over(session, plot.name, lambda: frame, kind)
