"""In which inputs do the policies differ?

A row for each lever that at least one policy moved, and the name of the scenario where there are several. Numbers in which the
scenarios themselves differ come below, on demand: a planner compares policies first, worlds second.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import solara

from dashboard.address import LONGEST_NAME
from dashboard.choice import lever
from dashboard.heard import component_vue
from dashboard.rooms.compare import kept
from dashboard.rooms.compare.beside import Entry
from dashboard.rooms.compare.looks import head_of
from dashboard.rooms.decide.levers import written
from dashboard.session import Session
from dashboard.texts import Texts
from dashboard.told import scenario_title
from experiments.inputs import values_at
from model.calendar import FIRST_POLICY_WEEK
from model.parameters import declarations

WORDS = (
    "title", "note", "lever", "open", "rename", "remove", "new_name", "save", "cancel", "open_label", "rename_label",
    "remove_label", "no_lever", "moved",
)  # fmt: skip


@component_vue("inputs.vue")
def InputTable(
    heads: list[dict[str, Any]], rows: list[dict[str, Any]], worlds: list[dict[str, Any]], texts: dict[str, str], longest: int,
    event_open: Callable[[object], None], event_rename: Callable[[object], None], event_remove: Callable[[object], None],
) -> None:  # fmt: skip
    """A column a policy, a row a lever; below each policy what can be done with it."""


@solara.component
def Inputs(session: Session, listed: list[Entry]) -> None:
    """What was decided in each policy."""
    texts = Texts(session.language.value)
    moved, others = differing(listed)
    words = texts.several("compare_inputs", *WORDS) | {"worlds": texts("compare_inputs.worlds", n=len(others))}
    InputTable(
        heads=[head_of(entry) for entry in listed],
        rows=[*scenario_row(texts, session, listed), *(row(texts, listed, key) for key in moved)],
        worlds=[row(texts, listed, key) for key in others],
        texts=words,
        longest=LONGEST_NAME,
        event_open=lambda name: kept.load(session, name),
        event_rename=lambda said: kept.rename(session, said.get("old"), said.get("name")) if isinstance(said, dict) else None,
        event_remove=lambda name: kept.remove(session, name),
    )


def differing(listed: Sequence[Entry]) -> tuple[list[str], list[str]]:
    """Return the levers that some policy moved, then the other numbers in which the scenarios differ."""
    moved = list(dict.fromkeys(key for entry in listed for key, _ in entry.settings))
    worlds = [values_at(entry.base.scenario, FIRST_POLICY_WEEK) for entry in listed if entry.is_baseline]
    others = [key for key in declarations() if len({values[key] for values in worlds}) > 1]
    return moved, [key for key in others if key not in moved]


def row(texts: Texts, listed: Sequence[Entry], key: str) -> dict[str, Any]:
    """Return a lever's value in every column; `is_moved` where a policy departs from its scenario."""
    cells = []
    for entry in listed:
        settings = dict(entry.settings)
        declared = lever(entry.base.scenario, key)
        cells.append({"text": written(texts, declared, settings.get(key, declared.value)), "is_moved": key in settings})
    return {"key": key, "name": texts.name_of(key), "cells": cells}


def scenario_row(texts: Texts, session: Session, listed: Sequence[Entry]) -> list[dict[str, Any]]:
    """Return the row that names the scenarios, none where there is only one."""
    if len({entry.base.mark for entry in listed}) == 1:
        return []
    cells = [{"text": scenario_title(texts, session, entry.base.name), "is_moved": False} for entry in listed]
    return [{"key": "scenario", "name": texts("compare_inputs.scenario"), "cells": cells}]
