"""Which curves stand together, in which unit, and how are they handed to the browser?

One hue for each world (grey: baseline, blue: your policy), one dash for each indicator. No red and no green: a low
referral rate is not good in itself. The browser keeps the charts; only new numbers are sent.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from functools import lru_cache
from typing import Any

import pandas as pd
import solara

from dashboard import figures
from dashboard.band import Picture
from dashboard.heard import component_vue
from dashboard.parts.behind import NUMBERS_BEHIND
from dashboard.parts.files import hand_over
from dashboard.picture import Curves, has_surplus
from dashboard.rooms.decide.panels import CHARTS, Chart, Panel
from dashboard.rooms.decide.tables import tables_of
from dashboard.session import Session
from dashboard.texts import LANGUAGES, Texts
from model.calendar import CASE_START, HISTORY_WEEKS


@component_vue("charts.vue")
def ChartCards(
    frame: dict[str, Any],
    remarks: dict[str, str],
    tables: dict[str, Any],
    baseline: str,
    policy: str,
    event_save: Callable[[dict[str, str]], None],
    components: dict[str, str] = NUMBERS_BEHIND,
) -> None:
    """The cards; each panel is drawn once and afterwards takes new numbers only.

    Numbers travel as JSON text, all charts in one message: Vue would watch every element of a list, and a message costs
    more than what is in it.
    """


@solara.component
def Charts(session: Session) -> None:
    """The four charts; they follow the picture as it grows."""
    texts = Texts(session.language.value)
    picture, whole = session.picture.value, session.whole.value
    known = (picture.base.mark, picture.choice.seed, len(picture.worlds)) if picture else None
    baseline = solara.use_memo(lambda: baseline_numbers(picture), [known])
    policy = solara.use_memo(lambda: policy_numbers(picture) if picture else "", [picture])
    tables = solara.use_memo(lambda: tables_of(texts, whole) if whole else {}, [whole, texts.language])
    ChartCards(
        frame=frame(texts, picture.base.n_policy_weeks if picture else 0),
        remarks={chart.name: remark(chart, texts, whole) for chart in CHARTS},
        tables=tables,
        baseline=baseline,
        policy=policy,
        event_save=lambda asked: save(session, asked),
    )


@lru_cache(maxsize=4 * len(LANGUAGES))
def frame(texts: Texts, n_policy_weeks: int) -> dict[str, Any]:
    """Return everything about the charts that does not change from run to run."""
    words = ("history", "policy_starts", "baseline", "policy", "table", "table_date", "week_of", "band")
    words += ("save", "save_png", "save_svg", "save_csv", "save_parquet")
    return {
        "words": {word: texts(f"chart.{word}", date="{date}", low="{low}", high="{high}") for word in words},
        "locale": texts.locale,
        "first_day": CASE_START.isoformat(),
        "history_weeks": HISTORY_WEEKS,
        "policy_weeks": n_policy_weeks,
        "charts": [_card(chart, texts) for chart in CHARTS],
    }


def _card(chart: Chart, texts: Texts) -> dict[str, Any]:
    title = texts(f"{chart.name}.title")
    return {
        "name": chart.name,
        "title": title,
        "note": texts(f"{chart.name}.note"),
        "image_label": texts("chart.image_label", title=title),
        "panels": [_panel(chart, panel, texts) for panel in chart.panels],
    }


def _panel(chart: Chart, panel: Panel, texts: Texts) -> dict[str, Any]:
    return {
        "name": panel.name,
        "heading": texts(f"{chart.name}.{panel.name}", unit=texts("figure.yuan_unit")),
        "times": figures.CHART_SCALE[panel.unit][texts.language],
        "lines": [{"name": line, "label": texts(f"{chart.name}.{line}")} for line in panel.lines],
    }


def baseline_numbers(picture: Picture | None) -> str:
    """Return the baseline's curves as JSON, nothing before the first picture."""
    return json.dumps({"worlds": _worlds(picture), "lines": sent(picture.baseline_curves())}) if picture else ""


def policy_numbers(picture: Picture) -> str:
    """Return the policy's curves as JSON, as far as they are computed, with half the width of the band."""
    lines, halves = picture.policy_curves()
    numbers = {
        "run": picture.number,
        "worlds": _worlds(picture),
        "n_worlds": picture.n_worlds,
        "settings": dict(picture.choice.settings),
        "is_whole": picture.is_whole,
        "is_complete": picture.is_complete,
        "lines": sent(lines),
        "halves": sent(halves),
    }
    return json.dumps(numbers)


def _worlds(picture: Picture) -> str:
    """Of which worlds a baseline is: curves of other worlds are not drawn against it."""
    return f"{picture.base.mark}/{picture.choice.seed}/{len(picture.worlds)}"


def sent(lines: Curves) -> dict[str, list[float | None]]:
    """Return curves as lists, as the browser draws them."""
    return {name: figures.drawn(values.tolist()) for name, values in lines.items()}


def remark(chart: Chart, texts: Texts, whole: Picture | None) -> str:
    """Say what of the last whole run the curves alone do not tell."""
    if whole is None:
        return ""
    if chart.name == "fund" and not any(has_surplus(outcome) for outcome in whole.outcomes):
        return texts("fund.no_surplus")
    if chart.name == "reach":
        names = {"alliance": "n_alliance_visits", "all": "n_visits"}
        visits = {word: figures.count(texts, whole.policy(name), kind="visits") for word, name in names.items()}
        return texts("reach.remark", year=whole.base.last_year, **visits)
    return ""


def save(session: Session, asked: dict[str, str]) -> None:
    """Hand over the numbers of one chart, a row a week, in the units of the engine."""
    picture = session.whole_of_this_world
    chart = next((one for one in CHARTS if one.name == asked.get("chart")), None)
    if picture is not None and chart is not None:
        hand_over(session, chart.name, lambda: numbers_of(picture, chart), asked.get("kind"))


def numbers_of(picture: Picture, chart: Chart) -> pd.DataFrame:
    """Return baseline, policy and half the width of the band of each line, week by week."""
    baseline, (policy, halves) = picture.baseline_curves(), picture.policy_curves()
    lines = [line for panel in chart.panels for line in panel.lines]
    n_weeks = len(baseline[lines[0]])
    columns: dict[str, Any] = {"week_start": [CASE_START + timedelta(weeks=week) for week in range(n_weeks)]}
    past = [None] * HISTORY_WEEKS
    for line in lines:
        columns[f"{line}_baseline"] = baseline[line]
        columns[f"{line}_policy"] = [*past, *policy[line]]
        columns[f"{line}_half_width_95"] = [*past, *halves.get(line, [None] * len(policy[line]))]
    return pd.DataFrame(columns)
