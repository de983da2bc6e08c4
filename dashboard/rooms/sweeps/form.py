"""Which levers, over which values, in how many worlds? A form for a small sweep of one's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import solara

from dashboard.choice import lever
from dashboard.heard import component_vue
from dashboard.rooms.decide.levers import GROUPS, is_share, is_switch, panel
from dashboard.rooms.sweeps.own import Own
from dashboard.rooms.sweeps.small import MOST_RUNS, MOST_VALUES, NUMBERS_OF_SEEDS, USUAL_SEEDS, plan_of
from dashboard.session import Session
from dashboard.texts import Texts
from dashboard.told import levers_text, scenario_title
from model.parameters import ROLES, Parameter, declarations
from model.refusal import ScenarioError
from model.scenario import Scenario
from model.settings import is_of_the_beginning

LEVER = ROLES[0]
FACTOR = 2.0
"""A lever is offered from half its present value to twice as much: where something is known of it."""
SAID = (
    "form",
    "form_sentence",
    "first_lever",
    "second_lever",
    "no_lever",
    "lowest",
    "highest",
    "how_many",
    "switch_values",
    "form_worlds",
    "n_runs",
    "too_many",
    "wrong_range",
    "same_lever",
    "begin",
    "stop_hint",
)


@component_vue("form.vue")
def FormCard(
    levers: list[dict[str, Any]],
    first: str,
    groups: dict[str, str],
    numbers: list[int],
    usual: int,
    most_runs: int,
    most_values: int,
    on: str,
    problem: str,
    is_running: bool,
    texts: dict[str, str],
    event_begin: Callable[[object], None],
    event_stop: Callable[[object], None],
) -> None:
    """Levers with their ranges, the number of worlds, a button."""


@solara.component
def Form(session: Session, texts: Texts, own: Own) -> None:
    """The form for a small sweep over the visitor's present policy."""
    problem, refuse = solara.use_state("")
    revision = session.revision.value
    scenario = session.base().scenario
    key = [texts.language, session.choice.scenario, revision]
    levers = solara.use_memo(lambda: offered(texts, scenario, dict(session.choice.settings)), key)
    FormCard(
        levers=levers,
        first=panel()[GROUPS[0]][0],
        groups={group: texts(f"sweeps.levers_{group}") for group in ("panel", "other")},
        numbers=list(NUMBERS_OF_SEEDS),
        usual=USUAL_SEEDS,
        most_runs=MOST_RUNS,
        most_values=MOST_VALUES,
        on=texts(
            "sweeps.form_on", scenario=scenario_title(texts, session), levers=levers_text(texts, len(session.choice.settings))
        ),
        problem=problem,
        is_running=own.work.state.value.name == "running",
        texts=texts.several("sweeps", *SAID),
        event_begin=lambda asked: refuse(_begin(session, own, asked)),
        event_stop=lambda _: own.stop(),
    )


def _begin(session: Session, own: Own, asked: object) -> str:
    """Run what is asked for; returns why not, in one line."""
    try:
        own.begin(session, plan_of(session, asked))
    except ScenarioError as error:
        return str(error)
    return ""


def offered(texts: Texts, scenario: Scenario, settings: dict[str, float]) -> list[dict[str, Any]]:
    """Return the levers to choose from, by name: those of Decide's panel, then all others that are a planner's."""
    on_panel = [key for group in GROUPS for key in panel()[group]]
    others = [
        key for key, one in declarations().items() if one.role == LEVER and key not in on_panel and not is_of_the_beginning(key)
    ]
    found = []
    for group, keys in (("panel", on_panel), ("other", others)):
        listed = texts.sorted_by_name(keys, texts.name_of)
        found += [_offered(texts, lever(scenario, key), settings.get(key), group) for key in listed]
    return found


def _offered(texts: Texts, declared: Parameter, now: float | None, group: str) -> dict[str, Any]:
    value = declared.value if now is None else now
    low, high = sorted((max(declared.low, value / FACTOR), min(declared.high, value * FACTOR)))
    if low == high:
        low, high = declared.low, declared.high
    times = 100 if is_share(declared) else 1
    return {
        "key": declared.name,
        "name": texts.name_of(declared.name),
        "group": group,
        "unit": "%" if is_share(declared) else texts.unit(declared.unit),
        "times": times,
        "is_switch": is_switch(declared),
        "is_whole": declared.is_whole,
        "lowest": shown(declared.low, times),
        "highest": shown(declared.high, times),
        "low": shown(round(low) if declared.is_whole else low, times),
        "high": shown(round(high) if declared.is_whole else high, times),
    }


def shown(value: float, times: int) -> float:
    """Return a lever's value as it stands in a box, without the dust of binary fractions."""
    return float(f"{value * times:.10g}")
