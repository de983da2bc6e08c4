"""What is known of every number of the model, and what would it move?

Each row is one declaration: its value in the scenario that is open, the range within which it may lie, the kind and strength
of the evidence, the source or the reason, and the indicator that it must move.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pandas as pd
import solara

from dashboard import figures
from dashboard.heard import component_vue
from dashboard.parts.files import CSV, csv
from dashboard.rooms.about.places import FILTERS, choose, chosen
from dashboard.rooms.about.search import ORDERS, Wish, wanted, wish
from dashboard.rooms.decide.levers import is_share, is_switch
from dashboard.session import Session
from dashboard.texts import LANGUAGES, Texts
from experiments.evidence.register import PARAMETER_FIELDS, actor_of, actors, parameter_row
from experiments.evidence.strength import BANDS, strength
from model.parameters import ROLES, Parameter, declarations
from model.scenario import Scenario

MOST_DECIMALS = 8
EXACT_TO = 5e-5
"""Numbers are written to four digits, large ones to the unit; the file has every digit."""
WORDS = (
    "find", "find_hint", "actor", "kind", "role", "order", "all", "number", "value", "known", "moves", "source",
    "more", "none", "save", "clear", "declared_order",
)  # fmt: skip


@component_vue("numbers.vue")
def NumberTable(
    rows: str, shown: list[str], chosen: dict[str, str], options: dict[str, list[list[str]]], kinds: list[dict[str, Any]],
    texts: dict[str, str], event_choose: Callable[[dict[str, Any]], None], event_save: Callable[[object], None],
) -> None:  # fmt: skip
    """All numbers, those that are asked for, and the ways to ask."""


@solara.component
def Numbers(session: Session) -> None:
    """Every number with its evidence."""
    texts = Texts(session.language.value)
    scenario = session.base().scenario
    asked = wish(chosen(session))
    rows = solara.use_memo(
        lambda: json.dumps(table(texts, scenario), ensure_ascii=False), [texts.language, session.choice.scenario]
    )
    shown = wanted(asked)
    NumberTable(
        rows=rows,
        shown=shown,
        chosen={name: getattr(asked, name) for name in FILTERS},
        options=options(texts),
        kinds=counts(texts, asked),
        texts={
            **texts.several("number", *WORDS),
            "title": texts("about_page.numbers"),
            "lead": texts(
                "number.lead", n=len(declarations()), assumed=sum(one.kind == "assumed" for one in declarations().values())
            ),
            "how_title": texts("number.how_title"),
            "how": texts("number.how"),
            "counted": texts("number.counted", n=len(shown), all=len(declarations())),
        },
        event_choose=lambda what: choose(session, what),
        event_save=lambda _: session.hand_over("numbers.csv", csv(as_frame(scenario, shown)), CSV),
    )


def counts(texts: Texts, asked: Wish) -> list[dict[str, Any]]:
    """Return how many numbers of each kind there are, whatever else is chosen."""
    every = [one.kind for one in declarations().values()]
    return [
        {"kind": kind, "name": texts(f"kind.{kind}"), "n": every.count(kind), "is_chosen": asked.kind == kind} for kind in BANDS
    ]


def options(texts: Texts) -> dict[str, list[list[str]]]:
    """Return the choices of each list as pairs of value and name."""
    return {
        "actor": [[actor, texts.named("actor", actor, actor)] for actor in actors()],
        "role": [[role, texts.named("role", role, role)] for role in ROLES],
        "order": [[order, texts(f"number_order.{order}")] for order in ORDERS],
    }


def table(texts: Texts, scenario: Scenario) -> dict[str, dict[str, Any]]:
    """Return a row for each number, by its key."""
    return {key: row(texts, declared, scenario.parameter(key).value) for key, declared in declarations().items()}


def row(texts: Texts, declared: Parameter, value: float) -> dict[str, Any]:
    """Return what is said of a number."""
    here, usual = exact(texts, declared, value), exact(texts, declared, declared.value)
    return {
        "name": texts.name_of(declared.name),
        "meaning": texts.named(declared.name, "meaning", declared.meaning),
        "value": here,
        "declared": texts("number.declared", value=usual) if here != usual else "",
        "range": texts("number.range", low=plain(texts, declared, declared.low), high=exact(texts, declared, declared.high)),
        "kind": texts(f"kind.{declared.kind}"),
        "assumption": texts("number.assumption", n=declared.assumption) if declared.assumption else "",
        "strength": round(100 * strength(declared)),
        "strong": texts("number.strength", n=round(100 * strength(declared))),
        "actor": texts.named("actor", actor_of(declared), actor_of(declared)),
        "role": texts.named("role", declared.role, declared.role),
        "moves": texts.indicator(declared.moves),
        "source": declared.source,
        "because": declared.because,
        "url": declared.url if urlsplit(declared.url).scheme in ("http", "https") else "",
    }


def exact(texts: Texts, declared: Parameter, value: float) -> str:
    """Return a value to four digits at least, with its unit."""
    unit = "" if is_share(declared) or is_switch(declared) else texts.unit(declared.unit)
    number = plain(texts, declared, value)
    return texts("figure.with_unit", value=number, unit=unit) if unit else number


def plain(texts: Texts, declared: Parameter, value: float) -> str:
    """Return a value to four digits at least, without a unit."""
    if is_switch(declared):
        return texts("lever.on" if value else "lever.off")
    scaled = value * 100 if is_share(declared) else value
    digits = next((n for n in range(MOST_DECIMALS) if abs(scaled - round(scaled, n)) <= EXACT_TO * abs(scaled)), MOST_DECIMALS)
    number = figures.grouped(scaled, digits)
    return texts("figure.percent", value=number) if is_share(declared) else number


def as_frame(scenario: Scenario, shown: list[str]) -> pd.DataFrame:
    """Return the numbers that are shown with all that is known of them, to the last digit."""
    rows = []
    for key in shown:
        names = {f"name_{language}": Texts(language).name_of(key) for language in LANGUAGES}
        rows.append(parameter_row(declarations()[key]) | {"value_in_scenario": scenario.parameter(key).value} | names)
    return pd.DataFrame(rows, columns=[*PARAMETER_FIELDS, "value_in_scenario", *(f"name_{language}" for language in LANGUAGES)])
