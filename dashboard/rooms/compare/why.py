"""Why does a policy do what it does? One lever at a time, alone and left out, and what the levers do only together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import pandas as pd
import solara

from dashboard import figures
from dashboard.heard import component_vue
from dashboard.judged import judged
from dashboard.parts.plot import Plot, PlotPart, Table
from dashboard.parts.progress import Progress
from dashboard.rooms.compare import effects, forest
from dashboard.rooms.compare.beside import Entry, chosen
from dashboard.rooms.compare.differences import times_of, titled
from dashboard.rooms.compare.effects import MOST_LEVERS, Effects
from dashboard.rooms.compare.figures import between_text, difference_texts
from dashboard.rooms.compare.side_by_side import FIGURES
from dashboard.rooms.decide.first_figures import WRITERS
from dashboard.rooms.decide.levers import written
from dashboard.session import Session
from dashboard.texts import Texts
from dashboard.work import Work, use_work
from experiments.paired import Difference

ALONE, LAST = "var(--compare-1)", "var(--compare-2)"
ROW = 42


@component_vue("why.vue")
def WhyCard(
    policies: list[dict[str, str]], policy: str, figures: list[dict[str, str]], figure: str, texts: dict[str, str], said: list[str],
    can_begin: bool, event_policy: Callable[[object], None], event_figure: Callable[[object], None],
    event_begin: Callable[[object], None],
) -> None:  # fmt: skip
    """Which policy, which figure, and what is said about its levers."""


@solara.component
def Why(session: Session, listed: list[Entry]) -> None:
    """The levers of one kept policy, one at a time."""
    texts, work = Texts(session.language.value), use_work()
    place, figure_place = session.place("compare_why"), session.place("compare_figure")
    kept = [entry for entry in listed if not entry.is_baseline]
    entry = chosen(listed, place.value) or max(kept, key=lambda one: len(one.settings))
    figure = figure_place.value if figure_place.value in FIGURES else FIGURES[0]
    work.state.value  # noqa: B018  what is known comes from the shelf when the work is done
    found = effects.known(effects.asked_of(entry, session.choice.seeds))
    solara.use_effect(work.stop, [entry.mark, session.choice.seed, session.choice.n_worlds])

    def take(name: object) -> None:
        if isinstance(name, str) and chosen(listed, name):
            place.set(name)

    with solara.Div(classes=["compare-why"]):
        WhyCard(
            policies=[{"name": one.name, "title": one.title} for one in kept],
            policy=entry.name,
            figures=[{"name": name, "title": texts(f"tile.{name}")} for name in FIGURES],
            figure=figure,
            texts=texts.several("compare_why", "title", "note", "policy", "figure", "begin"),
            said=said(texts, entry, found, figure),
            can_begin=found is None and 1 < len(entry.settings) <= MOST_LEVERS and work.state.value.name != "running",
            event_policy=take,
            event_figure=lambda name: figure_place.set(name) if isinstance(name, str) and name in FIGURES else None,
            event_begin=lambda _: begin(work, entry, session),
        )
        Progress(work, texts, doing=texts("compare_why.doing"))
        if found is not None and len(entry.settings) > 1:
            PlotPart(session, plot(texts, entry, found, figure))


def begin(work: Work, entry: Entry, session: Session) -> None:
    """Simulate a policy's levers one at a time, if they are not too many."""
    seeds = session.choice.seeds
    if 1 < len(entry.settings) <= MOST_LEVERS:
        work.begin(lambda report: effects.simulate(entry, seeds, report))


def said(texts: Texts, entry: Entry, found: Effects | None, figure: str) -> list[str]:
    """Say what the levers do together and apart, or why there is nothing to take apart."""
    n_levers = len(entry.settings)
    if n_levers == 0:
        return [texts("compare_why.no_lever", name=entry.title)]
    if n_levers == 1:
        return [texts("compare_why.one_lever", name=entry.title, lever=texts.name_of(entry.settings[0][0]))]
    if n_levers > MOST_LEVERS:
        return [texts("compare_why.too_many", n=n_levers, most=MOST_LEVERS)]
    if found is None:
        return []
    name, sums = texts(f"tile.{figure}"), found.sum_of_alone(figure)
    parts = [texts("compare_why.whole", figure=name, n=n_levers, difference=in_words(texts, found.whole(figure)))]
    if sums is not None:
        parts.append(texts("compare_why.sum", difference=in_words(texts, sums)))
    return [*parts, together_text(texts, found.together(figure))]


def together_text(texts: Texts, found: Difference | None) -> str:
    """Say what the levers do only together."""
    if found is None:
        return texts("compare_why.together_unknown")
    write = WRITERS[found.indicator][1]
    if not found.has_interval:
        return texts("compare_why.together_one", difference=write(texts, found.mean))
    between = between_text(texts, write(texts, found.low), write(texts, found.high))
    if not judged(found, partial(write, texts)).is_told:
        return texts("compare_why.together_none", between=between)
    return texts("compare_why.together", difference=write(texts, found.mean), between=between)


def in_words(texts: Texts, found: Difference) -> str:
    """Return a difference with its interval, or that there is none to be told."""
    difference, between = difference_texts(texts, found, WRITERS[found.indicator][1])
    return texts("compare_why.with_interval", difference=difference, between=between) if between else difference


def plot(texts: Texts, entry: Entry, found: Effects, figure: str) -> Plot:
    """Return the picture: the whole policy, then each lever alone and added last."""
    keys = [key for key, _ in entry.settings]
    whole, unknown = found.whole(figure), figures.no_value(texts)
    pairs = [(found.alone(key, figure), found.last(key, figure)) for key in keys]
    rows = [[_mark(texts, whole, "var(--ink)")], *(_marks(texts, alone, last) for alone, last in pairs)]
    names = [texts("compare_why.all"), *(texts.name_of(key) for key in keys)]
    values = dict(entry.settings)
    cells = [
        [
            texts.name_of(key),
            written(texts, entry.base.scenario.parameter(key), values[key]),
            *(in_words(texts, one) if one else unknown for one in pair),
        ]
        for key, pair in zip(keys, pairs, strict=True)
    ]
    heads = texts.several("compare_why", "head_lever", "head_value", "head_alone", "head_last").values()
    panels = [forest.Panel(titled(texts, figure), names, rows, times_of(texts, figure))]
    return Plot(
        name=f"why-{figure}",
        title=texts("compare_why.picture", name=entry.title, figure=texts(f"tile.{figure}")),
        option=forest.option(panels, row=ROW) | {"legend": {"show": False}},
        table=Table(list(heads), [[texts("compare_why.all"), "", in_words(texts, whole), ""], *cells], frame(entry, found)),
        note=texts("compare_why.picture_note"),
        height=forest.height_of(panels, row=ROW),
    )


def _marks(texts: Texts, alone: Difference | None, last: Difference | None) -> list[forest.Mark]:
    marks = [_mark(texts, alone, ALONE, shift=-0.19)] if alone else []
    return [*marks, _mark(texts, last, LAST, shift=0.19)] if last else marks


def _mark(texts: Texts, found: Difference, colour: str, shift: float = 0.0) -> forest.Mark:
    is_told = judged(found, partial(WRITERS[found.indicator][1], texts)).is_told
    return forest.Mark(found, colour, is_told, shift=shift, is_bar=True)


def frame(entry: Entry, found: Effects) -> pd.DataFrame:
    """Return the effects on every figure, in the units of the engine."""
    rows: list[dict[str, Any]] = []
    for figure in FIGURES:
        listed: Sequence[tuple[str, str, Difference | None]] = [
            ("", "whole", found.whole(figure)),
            ("", "sum_of_alone", found.sum_of_alone(figure)),
            ("", "only_together", found.together(figure)),
            *((key, "alone", found.alone(key, figure)) for key, _ in entry.settings),
            *((key, "added_last", found.last(key, figure)) for key, _ in entry.settings),
        ]
        rows += [
            {
                "policy": entry.name,
                "figure": figure,
                "lever": key,
                "effect": effect,
                "difference": one.mean,
                "low_95": one.low,
                "high_95": one.high,
            }
            for key, effect, one in listed
            if one is not None
        ]
    return pd.DataFrame(rows)
