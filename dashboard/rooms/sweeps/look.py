"""What does the open sweep say? Figure and levers to choose, pictures, points that open in Decide."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import solara

from dashboard import figures
from dashboard.heard import component_vue
from dashboard.judged import Judged, judged
from dashboard.parts.files import hand_over
from dashboard.parts.plot import PlotPart
from dashboard.rooms.sweeps.figure_list import chosen, options, write, write_difference
from dashboard.rooms.sweeps.heat_map import heat_map
from dashboard.rooms.sweeps.lines import lines
from dashboard.rooms.sweeps.pictures import Drawn, View, interval, lever_value
from dashboard.rooms.sweeps.points import Point, Values, difference, influences, points_of, reference_of
from dashboard.rooms.sweeps.sweep import Sweep, open_point
from dashboard.rooms.sweeps.tornado import tornado
from dashboard.session import Session
from dashboard.texts import Texts
from model.refusal import ScenarioError

MOST_ROWS = 200
"""Of the table of points."""
SAID = ("figure", "across", "beside", "points", "enter", "reference", "save", "save_csv", "save_parquet", "line_title")


@component_vue("controls.vue")
def Controls(
    figures: list[dict[str, Any]],
    figure: str,
    axes: list[dict[str, Any]],
    said: str,
    texts: dict[str, str],
    event_choose: Callable[[object], None],
) -> None:
    """What to look at: a figure, levers for the axes, values for the others."""


@component_vue("points.vue")
def PointTable(
    heads: list[str],
    rows: list[dict[str, Any]],
    note: str,
    line: str,
    is_own: bool,
    texts: dict[str, str],
    event_enter: Callable[[object], None],
    event_save: Callable[[object], None],
) -> None:
    """The points, each with a button."""


@solara.component
def Look(session: Session, texts: Texts, sweep: Sweep) -> None:
    """A sweep, at what the visitor chose."""
    problem, refuse = solara.use_state("")
    figure = chosen(session.place("sweeps_figure").value)
    places = [session.place(f"sweeps_{name}").value for name in ("lever", "beside", "held")]
    points, unread = solara.use_memo(lambda: read_points(sweep, figure), [figure])
    view = view_of(sweep, points, figure, *places)
    at_hand = [point for point in points if is_at(point, sweep.keys, view.held)]
    enter = lambda values: refuse(_enter(session, sweep, values))  # noqa: E731
    Controls(
        figures=options(texts),
        figure=figure,
        axes=axes(texts, sweep, points, view),
        said=_said(texts, sweep, len(points)),
        texts=texts.several("sweeps", *SAID),
        event_choose=partial(_choose, session, sweep, view),
    )
    if problem or unread:
        solara.Div(classes=["problem"], attributes={"role": "alert"}, children=[problem or unread])
    if not sweep.keys:
        solara.Div(classes=["card", "quiet"], children=[texts("sweeps.nothing_varies")])
    elif at_hand:
        _Pictures(session, texts, sweep, view, points, at_hand, enter)
    if at_hand:
        _Points(session, texts, sweep, view, at_hand, enter)


def read_points(sweep: Sweep, figure: str) -> tuple[list[Point], str]:
    """Return the points at a figure, or why they cannot be read."""
    try:
        return points_of(sweep.rows([figure]), sweep.keys, figure), ""
    except ScenarioError as error:
        return [], str(error)


@solara.component
def _Pictures(
    session: Session,
    texts: Texts,
    sweep: Sweep,
    view: View,
    points: Sequence[Point],
    at_hand: Sequence[Point],
    enter: Callable[[Values], None],
) -> None:
    with solara.Div(classes=["room-columns" if view.down else "room-grid", "sweeps-pictures"]):
        drawn = [heat_map(texts, view, at_hand, sweep.keys, sweep.name)] if view.down else []
        for one in [*drawn, lines(texts, view, at_hand, sweep.keys, sweep.name)]:
            PlotPart(session, one.plot, on_pick=partial(_picked, one, enter)).key(one.plot.name)
    found = influences(points, sweep.keys, view.figure)
    if len(sweep.keys) > 1 and found:
        with solara.Div(classes=["sweeps-tornado"]):
            PlotPart(session, tornado(texts, view, found, sweep.name)).key(f"{sweep.name}-levers")
    elif len(sweep.keys) > 1:
        solara.Div(classes=["card", "quiet"], children=[texts("sweeps.no_influence")])


def _picked(drawn: Drawn, enter: Callable[[Values], None], where: object) -> None:
    values = drawn.picked(where) if isinstance(where, Mapping) else None
    if values is not None:
        enter(values)


@solara.component
def _Points(
    session: Session, texts: Texts, sweep: Sweep, view: View, at_hand: Sequence[Point], enter: Callable[[Values], None]
) -> None:
    shown = list(at_hand[:MOST_ROWS])
    reference = reference_of(at_hand, sweep.usual(), sweep.keys)
    heads = [
        *(texts.name_of(key) for key in sweep.keys),
        texts.indicator(view.figure),
        texts("sweeps.interval"),
        texts("sweeps.difference"),
    ]
    said = [texts("sweeps.points_note", reference=_point_name(texts, sweep, reference))]
    said += [texts("sweeps.points_first", n=MOST_ROWS, all=len(at_hand))] if len(at_hand) > MOST_ROWS else []
    PointTable(
        heads=heads,
        rows=[row(texts, sweep, view.figure, point, reference) for point in shown],
        note=texts("figure.sentence_joint").join(said),
        line=sweep.line,
        is_own=sweep.is_own,
        texts=texts.several("sweeps", *SAID),
        event_enter=lambda at: enter(shown[at].values) if type(at) is int and 0 <= at < len(shown) else None,
        event_save=partial(_save, session, sweep),
    )


def row(texts: Texts, sweep: Sweep, figure: str, point: Point, reference: Point) -> dict[str, Any]:
    """Return a point as a row of the table."""
    levers = [lever_value(texts, key, value) for key, value in zip(sweep.keys, point.values, strict=True)]
    is_reference = point is reference
    return {
        "cells": [*levers, write(texts, figure, point.mean), interval(texts, figure, point)],
        "difference": texts("sweeps.reference") if is_reference else _difference_text(texts, figure, point, reference),
        "is_reference": is_reference,
        "label": texts("sweeps.enter_label", point=_point_name(texts, sweep, point)),
    }


def _difference_text(texts: Texts, figure: str, point: Point, reference: Point) -> str:
    found = difference(figure, point, reference)
    write_it = partial(write_difference, texts, figure)
    said = judged(found, write_it)
    if said is Judged.NO_VALUE:
        return figures.no_value(texts)
    if said is Judged.SAME:
        return texts("tile.same")
    mean = write_it(found.mean)
    if said is Judged.ONE_WORLD:
        return mean
    key = "sweeps.differs" if said.is_told else "sweeps.alike"
    return texts(key, mean=mean, low=write_it(found.low), high=write_it(found.high))


def _point_name(texts: Texts, sweep: Sweep, point: Point) -> str:
    pairs = zip(sweep.keys, point.values, strict=True)
    return texts("sweeps.name_joint").join(f"{texts.name_of(key)} {lever_value(texts, key, value)}" for key, value in pairs)


def _enter(session: Session, sweep: Sweep, values: Values) -> str:
    """Open a point in Decide; returns why not, in one line."""
    try:
        open_point(session, sweep, dict(zip(sweep.keys, values, strict=True)))
    except ScenarioError as error:
        return str(error)
    return ""


def _save(session: Session, sweep: Sweep, kind: object) -> None:
    """Hand over every run of a sweep that was run here, with all its figures."""
    if sweep.is_own:
        hand_over(session, sweep.name, lambda: sweep.rows([]), kind)


# --- what is looked at ---------------------------------------------------------------------------------------------


def view_of(sweep: Sweep, points: Sequence[Point], figure: str, lever: str, beside: str, held: str) -> View:
    """Return what is looked at; what an address says and this sweep has not is passed over."""
    keys = sweep.keys
    across = lever if lever in keys else keys[0] if keys else ""
    others = [key for key in keys if key != across]
    down = beside if beside in others else others[0] if others else ""
    said = dict(pair.split("~", 1) for pair in held.split("|") if "~" in pair)
    usual = reference_of(points, sweep.usual(), keys).values if points else ()
    found: dict[str, float] = {}
    for place, key in enumerate(keys):
        if points and key not in (across, down):
            known = {f"{point.values[place]!r}": point.values[place] for point in points}
            found[key] = known.get(said.get(key, ""), usual[place])
    return View(figure, across, down, found)


def is_at(point: Point, keys: Sequence[str], held: Mapping[str, float]) -> bool:
    """[bool] Whether a point has the values at which levers are held."""
    return all(value == held[key] for key, value in zip(keys, point.values, strict=True) if key in held)


def axes(texts: Texts, sweep: Sweep, points: Sequence[Point], view: View) -> list[dict[str, Any]]:
    """Return the choices of levers and of values, one control each."""
    names = [{"value": key, "name": texts.name_of(key)} for key in sweep.keys]
    found = []
    if len(names) > 1:
        found += [{"name": "lever", "title": texts("sweeps.across"), "value": view.across, "options": names}]
        others = [one for one in names if one["value"] != view.across]
        found += [{"name": "beside", "title": texts("sweeps.beside"), "value": view.down, "options": others}]
    for key, held in view.held.items():
        place = sweep.keys.index(key)
        values = sorted({point.values[place] for point in points})
        choices = [{"value": f"{value!r}", "name": lever_value(texts, key, value)} for value in values]
        found.append(
            {"name": key, "title": texts("sweeps.held", lever=texts.name_of(key)), "value": f"{held!r}", "options": choices}
        )
    return found


def _choose(session: Session, sweep: Sweep, view: View, asked: object) -> None:
    name, value = (asked.get("name"), asked.get("value")) if isinstance(asked, Mapping) else (None, None)
    if not isinstance(name, str) or not isinstance(value, str):
        return
    if name == "figure":
        session.place("sweeps_figure").set(chosen(value))
    elif name in ("lever", "beside") and value in sweep.keys:
        session.place(f"sweeps_{name}").set(value)
    elif name in view.held:
        held = {key: f"{now!r}" for key, now in view.held.items()} | {name: value}
        session.place("sweeps_held").set("|".join(f"{key}~{now}" for key, now in held.items()))


def _said(texts: Texts, sweep: Sweep, n_points: int) -> str:
    """Say how large the sweep is and what its figures cover."""
    said = [texts("sweeps.about", points=figures.grouped(n_points, 0), worlds=sweep.n_seeds, runs=figures.grouped(sweep.n_runs, 0))]
    if sweep.n_failed:
        said.append(texts("sweeps.failed", n=sweep.n_failed))
    if sweep.n_damaged:
        said.append(texts("sweeps.damaged", n=sweep.n_damaged))
    if sweep.n_unverified:
        said.append(texts("sweeps.unverified", n=sweep.n_unverified))
    if sweep.frame.period != "policy":
        said.append(texts("sweeps.other_period", period=sweep.frame.period))
    return texts("figure.sentence_joint").join(said)
