"""Which sweeps can be opened?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import solara

from dashboard.heard import component_vue
from dashboard.rooms.sweeps.found import Listed
from dashboard.rooms.sweeps.own import Own
from dashboard.rooms.sweeps.sweep import Sweep
from dashboard.session import Session
from dashboard.texts import Texts
from dashboard.told import scenario_title
from model.refusal import ScenarioError

SAID = ("shelf", "shelf_sentence", "shelf_empty", "refresh", "opened")


@component_vue("shelf.vue")
def ShelfCard(
    sweeps: list[dict[str, Any]],
    texts: dict[str, str],
    event_enter: Callable[[str], None],
    event_refresh: Callable[[object], None],
) -> None:
    """A list of sweeps, one of them open."""


@solara.component
def Shelf(session: Session, texts: Texts, own: Own, there: Sequence[Listed], wanted: str, refresh: Callable[[], None]) -> None:
    """The visitor's own sweeps and those of the folder."""
    sweeps = [_own(session, texts, one) for one in own.sweeps.value[::-1]] + [_listed(texts, one) for one in there]
    names = {one["name"] for one in sweeps if not one["problem"]}
    ShelfCard(
        sweeps=[one | {"is_open": one["name"] == wanted} for one in sweeps],
        texts=texts.several("sweeps", *SAID),
        event_enter=lambda name: session.place("sweeps_open").set(str(name)) if name in names else None,
        event_refresh=lambda _: refresh(),
    )


def _own(session: Session, texts: Texts, sweep: Sweep) -> dict[str, Any]:
    try:
        title = scenario_title(texts, session, sweep.scenario_name)
    except ScenarioError:
        title = sweep.frame.scenario.title
    size = _size(texts, tuple(sweep.vary), sweep.n_runs // max(1, sweep.n_seeds), sweep.n_seeds)
    number = sweep.name.rsplit("-", 1)[-1]
    return {"name": sweep.name, "title": texts("sweeps.own_title", n=number, title=title), "size": size, "problem": ""}


def _listed(texts: Texts, one: Listed) -> dict[str, Any]:
    size = "" if one.problem else _size(texts, one.keys, one.n_points, one.n_seeds)
    title = f"{one.name}{texts('figure.list_joint')}{one.title}" if one.title else one.name
    return {"name": one.name, "title": title, "size": size, "problem": one.problem}


def _size(texts: Texts, keys: tuple[str, ...], n_points: int, n_seeds: int) -> str:
    names = texts("sweeps.name_joint").join(texts.name_of(key) for key in keys[:3])
    return texts("sweeps.size", levers=names or texts("sweeps.listed_points"), points=n_points, worlds=n_seeds)
