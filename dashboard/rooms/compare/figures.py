"""What do the policies bring, and which differences can be told from luck?

Each figure that can be read as success stands above those that it can hide. Differences are paired, world by world; what the
worlds cannot tell from no difference is said to be so, in words.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import pandas as pd
import solara

from dashboard import figures
from dashboard.heard import component_vue
from dashboard.judged import Judged, judged
from dashboard.parts.files import hand_over
from dashboard.rooms.compare.beside import Entry, have_the_same_children, reference_of
from dashboard.rooms.compare.looks import head_of
from dashboard.rooms.compare.side_by_side import FIGURES, Together
from dashboard.rooms.decide.first_figures import HEADLINE, WRITERS, level_text, side_by_side
from dashboard.session import Session
from dashboard.texts import Texts
from experiments.paired import Difference


@component_vue("figures.vue")
def FigureTable(
    heads: list[dict[str, Any]], groups: list[list[dict[str, Any]]], said: list[dict[str, Any]], caution: list[str],
    texts: dict[str, str], event_save: Callable[[object], None],
) -> None:  # fmt: skip
    """A sentence a policy, then a column a policy and a row a figure."""


@solara.component
def Figures(session: Session, listed: list[Entry], together: Together, reference: Entry | None, cautions: list[str]) -> None:
    """Figures with their differences to the reference."""
    texts = Texts(session.language.value)
    FigureTable(
        heads=[head_of(entry) | {"is_reference": entry is reference} for entry in listed],
        groups=groups(texts, listed, together, reference),
        said=[said(texts, entry, together, other) for entry in listed if (other := compared(listed, together, entry, reference))],
        caution=cautions,
        texts={
            "title": texts("compare_figures.title", year=max(entry.base.last_year for entry in listed)),
            "note": worlds_text(texts, together, reference),
            "figure": texts("report.figure"),
            "reference": texts("compare_figures.reference"),
            **texts.several("chart", "save", "save_csv", "save_parquet"),
        },
        event_save=lambda kind: hand_over(session, "compare", lambda: frame(listed, together, reference), kind),
    )


def groups(texts: Texts, listed: Sequence[Entry], together: Together, reference: Entry | None) -> list[list[dict[str, Any]]]:
    """Return the rows: each figure that can be read as success, those that it can hide, and at last what a policy can break."""
    return [
        [{"hides": part.hides, "rows": [row(texts, listed, together, reference, name) for name in part.names]} for part in group]
        for group in side_by_side(texts)
    ]


def worlds_text(texts: Texts, together: Together, reference: Entry | None) -> str:
    """Say with what the policies are compared, and from how many worlds."""
    against = texts("compare_figures.against", name=reference.title) if reference else texts("compare_figures.against_baseline")
    worlds = texts("headline.worlds_one" if together.n_worlds == 1 else "headline.worlds", done=together.n_worlds)
    return texts("figure.sentence_joint").join([against, worlds])


def compared(listed: Sequence[Entry], together: Together, entry: Entry, reference: Entry | None) -> Entry | None:
    """Return what an entry is compared with in this table: of the baselines, those that are references are not compared."""
    other = reference_of(listed, entry, reference)
    return other if other is not None and together.has(entry) and together.has(other) else None


def row(texts: Texts, listed: Sequence[Entry], together: Together, reference: Entry | None, name: str) -> dict[str, Any]:
    """Return a figure in every column."""
    cells = [cell(texts, together, entry, compared(listed, together, entry, reference), name) for entry in listed]
    return {"indicator": name, "name": texts(f"tile.{name}"), "meaning": texts.indicator(name, "meaning"), "cells": cells}


def cell(texts: Texts, together: Together, entry: Entry, other: Entry | None, name: str) -> dict[str, Any]:
    """Return a figure's value, its difference to the reference and the interval of that, or that it is not known yet."""
    if not together.has(entry):
        return {"value": texts("compare_figures.pending"), "difference": "", "between": "", "is_apart": False}
    found = together.difference(entry, other, name) if other else None
    write = WRITERS[name][1]
    said = judge(texts, found, together) if found else Judged.NO_VALUE
    difference, between = difference_texts(texts, found, write, is_settled=together.is_settled) if found else ("", "")
    return {
        "value": level_text(texts, name, together.values(entry, name)), "difference": difference, "between": between,
        "is_apart": said.is_told,
    }  # fmt: skip


def judge(texts: Texts, found: Difference, together: Together) -> Judged:
    """Return what may be said of a difference between policies."""
    return judged(found, partial(WRITERS[found.indicator][1], texts), is_settled=together.is_settled)


def difference_texts(
    texts: Texts, found: Difference, write: Callable[[Texts, float], str], *, is_settled: bool = True
) -> tuple[str, str]:
    """Return the difference in words, and its 95 % interval where there is one; while worlds are to come it is a number alone."""
    said = judged(found, partial(write, texts), is_settled=is_settled)
    if said is Judged.NO_VALUE:
        return figures.no_value(texts), ""
    if said is Judged.SAME:
        return texts("tile.same"), ""
    mean = write(texts, found.mean)
    if not found.has_interval:
        return mean, ""
    between = between_text(texts, write(texts, found.low), write(texts, found.high))
    return (texts("compare_figures.alike") if said is Judged.ALIKE else mean), between


def between_text(texts: Texts, low: str, high: str) -> str:
    """Return the ends of an interval, with their unit only once where both have the same."""
    return texts("compare_figures.between", **figures.ends(low, high))


def said(texts: Texts, entry: Entry, together: Together, other: Entry) -> dict[str, Any]:
    """Return one line about a policy: what is different, the worst first, and what cannot be told apart."""
    if not together.is_settled:
        still = texts("compare_figures.still", done=together.n_worlds, wanted=together.n_wanted)
        return head_of(entry) | {"text": still}
    differences = [together.difference(entry, other, name) for name in HEADLINE]
    parts: dict[str, list[str]] = {"full_stop": [], "same": [], "alike": []}
    for one in differences:
        name, found = texts(f"tile.{one.indicator}"), judge(texts, one, together)
        if found.is_told or found is Judged.ONE_WORLD:
            value = WRITERS[one.indicator][1](texts, one.mean)
            parts["full_stop"].append(texts("compare_figures.told", name=name, value=value))
        else:
            parts["alike" if found is Judged.ALIKE else "same"].append(name)
    joint = texts("figure.list_joint")
    told = [texts(f"compare_figures.{_sentence(kind, parts)}", said=joint.join(names)) for kind, names in parts.items() if names]
    return head_of(entry) | {"text": texts("figure.sentence_joint").join(told)}


def _sentence(kind: str, parts: dict[str, list[str]]) -> str:
    """The key of a sentence; one that stands alone speaks of all figures."""
    is_alone = sum(bool(names) for names in parts.values()) == 1
    return "alike_all" if kind == "alike" and is_alone else "alike_some" if kind == "alike" else kind


def frame(listed: Sequence[Entry], together: Together, reference: Entry | None, names: Sequence[str] = FIGURES) -> pd.DataFrame:
    """Return figures of every entry, in the units of the engine."""
    rows = []
    for entry in (one for one in listed if together.has(one)):
        other = compared(listed, together, entry, reference)
        for name in names:
            found = together.difference(entry, other, name) if other else None
            rows.append({
                "policy": entry.name, "scenario": entry.base.name, "figure": name, "mean": together.mean(entry, name),
                "compared_with": other.name if other else "", "is_paired": bool(other and have_the_same_children(entry, other)),
                "difference": found.mean if found else math.nan, "low_95": found.low if found else math.nan,
                "high_95": found.high if found else math.nan, "n_worlds": together.n_worlds,
            })  # fmt: skip
    return pd.DataFrame(rows)
