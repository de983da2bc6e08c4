"""Where does every other number stand, and what is it?

All indicators of the policy years: name, both worlds, the paired difference with its interval, the definition. Those that
can be read as success name the ones that they can hide.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd
import solara

from dashboard import figures
from dashboard.band import Picture
from dashboard.heard import component_vue
from dashboard.judged import Judged, judged
from dashboard.parts.files import hand_over
from dashboard.session import Session
from dashboard.texts import Texts, names
from experiments.report import is_share
from experiments.subjects import by_subject, can_hide
from model.indicators import INDICATORS, Indicator


@component_vue("figures_table.vue")
def FigureTable(
    rows: list[dict[str, Any]], texts: dict[str, str], is_shown: bool, event_show: Callable[[bool], None],
    event_save: Callable[[str], None],
) -> None:  # fmt: skip
    """A searchable table of all figures."""


@solara.component
def AllFigures(session: Session) -> None:
    """All figures, written only while somebody looks at them."""
    texts = Texts(session.language.value)
    is_shown, show = solara.use_state(False)
    whole = session.whole.value
    rows = solara.use_memo(lambda: all_rows(texts, whole) if whole and is_shown else [], [whole, is_shown, texts.language])
    words = ("title", "open", "find", "name", "policy", "baseline", "difference", "means", "none")
    FigureTable(
        rows=rows,
        texts=texts.several("all_figures", *words) | texts.several("chart", "save", "save_csv", "save_parquet"),
        is_shown=is_shown,
        event_show=lambda wanted: show(bool(wanted)),
        event_save=lambda kind: save(session, kind),
    )


def all_rows(texts: Texts, whole: Picture) -> list[dict[str, Any]]:
    """Return a row for each indicator, by subject."""
    found = []
    for subject, indicators in by_subject(INDICATORS).items():
        found += [row(texts, whole, INDICATORS[name]) | {"subject": texts(f"subject.{subject}")} for name in indicators]
    return found


def row(texts: Texts, whole: Picture, indicator: Indicator) -> dict[str, Any]:
    """Return one indicator as it is read."""
    name = indicator.name
    apart = whole.difference(name)
    write = lambda value, signed=False: written(texts, indicator, value, signed=signed)  # noqa: E731
    if not apart.has_interval:
        difference, verdict = write(apart.mean, signed=True), ""
    else:
        difference = f"{write(apart.mean, signed=True)} ({write(apart.low, signed=True)} … {write(apart.high, signed=True)})"
        said = judged(apart, partial(write, signed=True), is_settled=whole.is_complete)
        words = {Judged.SAME: "tile.same", Judged.ALIKE: "all_figures.alike"} if whole.choice.settings else {}
        verdict = texts(words[said]) if said in words else ""
    hidden = texts("figure.list_joint").join(texts.indicator(one) for one in can_hide(name))
    return {
        "name": texts.indicator(name),
        "policy": write(whole.policy(name)),
        "baseline": write(whole.baseline(name)),
        "difference": difference,
        "verdict": verdict,
        "means": texts.indicator(name, "meaning") if texts.language != "en" else indicator.definition,
        "sums": ratio_of(texts, indicator),
        "hides": texts("all_figures.hides", names=hidden) if hidden else "",
        "key": name,
    }


def ratio_of(texts: Texts, indicator: Indicator) -> str:
    """Say of which two sums a ratio is made, nothing of a count or a stock."""
    if indicator.kind != "ratio":
        return ""
    over, under = (texts.indicator(part) if part in INDICATORS else part for part in (indicator.numerator, indicator.denominator))
    return texts("all_figures.ratio", over=over, under=under)


def written(texts: Texts, indicator: Indicator, value: float, *, signed: bool = False) -> str:
    """Return an indicator's value with its unit."""
    if not figures.has_value(value):
        return figures.no_value(texts)
    if indicator.unit == "yuan":
        return figures.yuan(texts, value, signed)
    if indicator.unit == "1" and (indicator.kind == "ratio" or is_share(indicator.name)):
        return (figures.points if signed else figures.percent)(texts, value)
    unit = names().get("indicator_unit", {}).get(indicator.unit, {}).get(texts.language, "")
    number = figures.grouped(value, figures.three_digits(value), signed)
    return texts("figure.with_unit", value=number, unit=unit) if unit else number


def frame(whole: Picture) -> pd.DataFrame:
    """Return all figures in the units of the engine: means over the worlds, paired differences, intervals."""
    rows = []
    for name, indicator in INDICATORS.items():
        apart = whole.difference(name)
        both = {"policy": whole.policy(name), "baseline": whole.baseline(name)}
        ends = {"difference": apart.mean, "low_95": apart.low, "high_95": apart.high, "n_worlds": apart.n_seeds}
        rows.append({"indicator": name, **both, **ends, "unit": indicator.unit, "definition": indicator.definition})
    return pd.DataFrame(rows)


def save(session: Session, kind: object) -> None:
    """Hand over all figures as a file."""
    whole = session.whole_of_this_world
    if whole is not None:
        hand_over(session, "figures", lambda: frame(whole), kind)
