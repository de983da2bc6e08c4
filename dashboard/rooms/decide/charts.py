"""Which curves stand together, in which unit, and how are they handed to the browser?

One hue for each world (grey: baseline, blue: your policy), one dash for each indicator. No red and no green: a low
referral rate is not good in itself. The browser keeps the charts; only new numbers are sent.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Any

import pandas as pd
import solara

from dashboard import figures
from dashboard.band import Picture
from dashboard.parts.files import PARQUET, parquet
from dashboard.picture import Curves, has_surplus
from dashboard.session import Session
from dashboard.texts import LANGUAGES, Texts
from model.calendar import CASE_START, HISTORY_WEEKS


@dataclass(frozen=True)
class Panel:
    """Curves on one pair of axes; `name` is the key of its heading."""

    name: str
    unit: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Chart:
    """One card: a title, a remark, one or two panels over the same weeks."""

    name: str
    panels: tuple[Panel, ...]


CHARTS = (
    Chart("referral", (Panel("rates", "percent", ("share_referred", "share_true_need")),)),
    Chart(
        "missed",
        (
            Panel("missed", "per_thousand", ("n_missed_serious_per_1000_serious",)),
            Panel("self_referral", "percent", ("share_self_referred",)),
        ),
    ),
    Chart(
        "fund",
        (
            Panel("balance", "yuan", ("fund_reserve_yuan",)),
            Panel("surplus", "yuan", ("fund_accumulated_loss_yuan", "fund_surplus_available_yuan")),
        ),
    ),
    Chart(
        "reach",
        (
            Panel("share", "percent", ("share_alliance_visits",)),
            Panel("waiting", "hours", ("wait_hours_members", "wait_hours_others")),
        ),
    ),
)


@solara.component_vue("charts.vue")
def ChartCards(
    frame: dict[str, Any], remarks: dict[str, str], baseline: str, policy: str, event_save: Callable[[str], None]
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
    ChartCards(
        frame=frame(texts, picture.base.n_policy_weeks if picture else 0),
        remarks={chart.name: remark(chart, texts, whole) for chart in CHARTS},
        baseline=baseline,
        policy=policy_numbers(picture) if picture else "",
        event_save=lambda name: save_parquet(session, name),
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
    """Return curves as lists, to six digits; None where there is no value."""
    return {name: [None if value != value else float(f"{value:.6g}") for value in values] for name, values in lines.items()}  # noqa: PLR0124


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


def save_parquet(session: Session, name: str) -> None:
    """Hand over the numbers of one chart, a row a week, in the units of the engine."""
    picture = session.whole.value
    chart = next((one for one in CHARTS if one.name == name), None)
    if picture is None or chart is None:
        return
    baseline, (policy, halves) = picture.baseline_curves(), picture.policy_curves()
    lines = [line for panel in chart.panels for line in panel.lines]
    n_weeks = len(baseline[lines[0]])
    columns: dict[str, Any] = {"week_start": [CASE_START + timedelta(weeks=week) for week in range(n_weeks)]}
    for line in lines:
        columns[f"{line}_baseline"] = baseline[line]
        columns[f"{line}_policy"] = [*[None] * HISTORY_WEEKS, *policy[line]]
        columns[f"{line}_half_width_95"] = [*[None] * HISTORY_WEEKS, *halves.get(line, [None] * len(policy[line]))]
    session.hand_over(f"{name}.parquet", parquet(pd.DataFrame(columns)), PARQUET)
