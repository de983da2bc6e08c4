"""Which curves stand together, in which unit, and how are they handed to the browser?

One hue for each world (grey: baseline, blue: your policy), one dash for each indicator. No red and no green: a low
referral rate is not good in itself. The browser keeps the charts; only new numbers are sent.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import solara

from dashboard import figures
from dashboard.picture import Outcome, Picture, has_surplus
from dashboard.state import Session
from dashboard.texts import LANGUAGES, Texts
from model.calendar import CASE_START, HISTORY_WEEKS, POLICY_WEEKS


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
def ChartCards(frame: dict[str, Any], remarks: dict[str, str], baseline: str, policy: str) -> None:
    """The cards; each panel is drawn once and afterwards takes new numbers only.

    Numbers travel as JSON text, all charts in one message: Vue would watch every element of a list, and a message costs
    more than what is in it.
    """


@solara.component
def Charts(session: Session) -> None:
    """The four charts; they follow the picture as it grows."""
    texts = Texts(session.language.value)
    picture, whole = session.picture.value, session.whole.value
    outcome = whole.policy_outcome if whole else None
    baseline = solara.use_memo(lambda: baseline_numbers(picture), [picture.seed if picture else None])
    ChartCards(
        frame=frame(texts),
        remarks={chart.name: remark(chart, texts, outcome) for chart in CHARTS},
        baseline=baseline,
        policy=policy_numbers(picture) if picture else "",
    )


@lru_cache(maxsize=len(LANGUAGES))
def frame(texts: Texts) -> dict[str, Any]:
    """Return everything about the charts that does not change from run to run."""
    words = ("history", "policy_starts", "baseline", "policy", "table", "table_date", "week_of")
    return {
        "words": {word: texts(f"chart.{word}", date="{date}") for word in words},
        "locale": texts.locale,
        "first_day": CASE_START.isoformat(),
        "history_weeks": HISTORY_WEEKS,
        "policy_weeks": POLICY_WEEKS,
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
    return json.dumps({"seed": picture.seed, "lines": picture.baseline}) if picture else ""


def policy_numbers(picture: Picture) -> str:
    """Return the policy's curves as JSON, as far as they are computed."""
    numbers = {
        "run": picture.run,
        "seed": picture.seed,
        "settings": picture.settings,
        "is_whole": picture.is_whole,
        "lines": picture.policy,
    }
    return json.dumps(numbers)


def remark(chart: Chart, texts: Texts, outcome: Outcome | None) -> str:
    """Say what of the last whole run the curves alone do not tell."""
    if outcome is None:
        return ""
    if chart.name == "fund" and not has_surplus(outcome):
        return texts("fund.no_surplus")
    if chart.name == "reach":
        names = {"alliance": "n_alliance_visits", "all": "n_visits"}
        visits = {word: figures.count(texts, outcome[name], kind="visits") for word, name in names.items()}
        return texts("reach.remark", **visits)
    return ""
