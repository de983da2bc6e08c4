"""Which curves stand together, in which unit, and how are they handed to the browser?

One hue for each world (grey: baseline, blue: your policy), one dash for each indicator. No red and no green: a low
referral rate is not good in itself. The browser keeps the charts; only new numbers are sent.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import solara

from dashboard.figures import CHART_SCALE
from dashboard.picture import Picture, has_surplus
from dashboard.state import Session
from dashboard.texts import Texts
from model.calendar import CASE_START, HISTORY_WEEKS, POLICY_START, POLICY_WEEKS


@dataclass(frozen=True)
class Panel:
    """Curves on one pair of axes; `name` is the key of its heading."""

    name: str
    unit: str
    lines: tuple[str, ...]
    has_zero: bool = True


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
            Panel("missed", "per_thousand", ("n_missed_serious_per_1000_serious",), has_zero=False),
            Panel("self_referral", "percent", ("share_self_referred",), has_zero=False),
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
            Panel("waiting", "hours", ("wait_hours_members", "wait_hours_others"), has_zero=False),
        ),
    ),
)


@solara.component_vue("chart.vue")
def ChartCard(frame: dict[str, Any], baseline: str, policy: str, remark: str) -> None:
    """A card that draws its panels once and afterwards takes new numbers only.

    Numbers travel as JSON text: Vue watches every element of a list, which costs more than drawing it.
    """


@solara.component
def Charts(session: Session) -> None:
    """The four charts; they follow the picture as it grows."""
    texts = Texts(session.language.value)
    picture = session.picture.value
    with solara.Div(classes=["alliance-charts"]):
        for chart in CHARTS:
            baseline, policy = _numbers(chart, picture)
            remark = _remark(chart, texts, picture)
            ChartCard(frame=frame(chart, texts), baseline=baseline, policy=policy, remark=remark)


def frame(chart: Chart, texts: Texts) -> dict[str, Any]:
    """Return everything about a chart that does not change from run to run."""
    title = texts(f"{chart.name}.title")
    words = ("history", "policy_starts", "baseline", "policy", "table", "table_date", "week_of", "waiting")
    return {
        "name": chart.name,
        "title": title,
        "note": texts(f"{chart.name}.note"),
        "image_label": texts("chart.image_label", title=title),
        "words": {word: texts(f"chart.{word}", date="{date}") for word in words},
        "locale": texts.locale,
        "first_day": CASE_START.isoformat(),
        "policy_start": POLICY_START.isoformat(),
        "history_weeks": HISTORY_WEEKS,
        "policy_weeks": POLICY_WEEKS,
        "panels": [_panel(chart, panel, texts) for panel in chart.panels],
    }


def _panel(chart: Chart, panel: Panel, texts: Texts) -> dict[str, Any]:
    return {
        "heading": texts(f"{chart.name}.{panel.name}", unit=texts("figure.yuan_unit")),
        "times": CHART_SCALE[panel.unit][texts.language],
        "has_zero": panel.has_zero,
        "lines": [{"name": line, "label": texts(f"{chart.name}.{line}")} for line in panel.lines],
    }


def _numbers(chart: Chart, picture: Picture | None) -> tuple[str, str]:
    """Return the baseline and the policy of one chart as JSON, both empty before the first picture."""
    if picture is None:
        return "", ""
    lines = [line for panel in chart.panels for line in panel.lines]
    baseline = {"seed": picture.seed, "lines": {line: picture.baseline[line] for line in lines}}
    policy = {
        "run": picture.run,
        "seed": picture.seed,
        "settings": dict(picture.settings),
        "is_whole": picture.is_whole,
        "lines": {line: picture.policy[line] for line in lines},
    }
    return json.dumps(baseline), json.dumps(policy)


def _remark(chart: Chart, texts: Texts, picture: Picture | None) -> str:
    outcome = picture.policy_outcome if picture else None
    return texts("fund.no_surplus") if chart.name == "fund" and outcome and not has_surplus(outcome) else ""
