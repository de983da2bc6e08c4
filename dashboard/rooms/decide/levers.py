"""What may the planner change, and what does each slider say about itself?

Range, default, kind of evidence and source come from the parameter's one declaration; the words from the catalogue; which
levers stand on the panel from `levers.toml`. Every other lever is found by search.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

import solara

from dashboard import figures
from dashboard.band import Picture
from dashboard.choice import HIGHEST_SEED, NUMBERS_OF_WORLDS, lever
from dashboard.heard import component_vue
from dashboard.picture import has_surplus
from dashboard.rooms.decide.evidence import warning
from dashboard.rooms.decide.presets import offered, take
from dashboard.rooms.decide.search import found_levers
from dashboard.session import Session
from dashboard.texts import Texts
from model.calendar import POLICY_START
from model.parameters import Parameter
from model.scenario import Scenario

GROUPS = ("first", "second")
REVIEWED_BY_SEARCH = 12


@cache
def panel() -> dict[str, tuple[str, ...]]:
    """Return the keys of the levers that stand on the panel, by group."""
    said = tomllib.loads(Path(__file__).with_name("levers.toml").read_text(encoding="utf-8"))
    return {group: tuple(said[group]) for group in GROUPS}


@component_vue("levers.vue")
def LeverPanel(
    groups: list[dict[str, Any]], values: dict[str, float], notes: dict[str, str], revision: int, texts: dict[str, str],
    presets: list[dict[str, Any]], event_preset: Callable[[str], None],
    event_move: Callable[[dict[str, Any]], None], event_settle: Callable[[object], None], event_search: Callable[[str], None],
) -> None:  # fmt: skip
    """Labelled sliders with a tick at the default, a number to type, a reset and a source; a search for all others."""


@component_vue("seed.vue")
def SeedControl(
    seed: int, highest: int, n_worlds: int, numbers: list[int], texts: dict[str, str],
    event_choose: Callable[[object], None], event_take: Callable[[object], None],
) -> None:  # fmt: skip
    """The numbers of the simulated worlds."""


@solara.component
def Levers(session: Session) -> None:
    """The sliders and the world's number."""
    texts = Texts(session.language.value)
    searched, search = solara.use_state("")
    revision = session.revision.value
    picture = session.whole_of_this_world
    scenario = session.base().scenario
    key = (session.choice.scenario, texts.language, searched, revision)
    groups = solara.use_memo(lambda: lever_groups(texts, scenario, searched, session.choice.settings), list(key))
    with solara.Div(classes=["alliance-levers"]):
        LeverPanel(
            groups=groups,
            values=dict(session.choice.settings),
            notes=notes(texts, scenario, session.choice.settings, picture),
            revision=revision,
            presets=offered(texts, session.choice),
            event_preset=lambda key: take(session, key),
            texts=texts.several(
                "lever", "presets", "title", "hint", "search", "search_hint", "nothing_found", "exact", "reset", "on", "off"
            ),
            event_move=partial(_move, session),
            event_settle=lambda _: session.settle(),
            event_search=lambda words: search(words if isinstance(words, str) else ""),
        )
        SeedControl(
            seed=session.choice.seed,
            highest=HIGHEST_SEED,
            n_worlds=session.choice.n_worlds,
            numbers=list(NUMBERS_OF_WORLDS),
            texts=_seed_texts(texts, session.problem.value),
            event_choose=session.enter_world,
            event_take=session.take_worlds,
        )


def _move(session: Session, moved: dict[str, Any]) -> None:
    """Take a move of the page; what no slider of it could have sent changes nothing."""
    key, value = moved.get("key"), moved.get("value")
    known = session.base().scenario.values
    if isinstance(key, str) and key in known and isinstance(value, int | float) and math.isfinite(value):
        session.move(key, value)


def lever_groups(
    texts: Texts, scenario: Scenario, searched: str, settings: Sequence[tuple[str, float]]
) -> list[dict[str, Any]]:  # fmt: skip
    """Return the levers to show: those of the panel, those that were changed elsewhere, those that were searched for."""
    on_panel = [key for group in GROUPS for key in panel()[group]]
    shown = {group: list(panel()[group]) for group in GROUPS}
    shown["changed"] = [key for key, _ in settings if key not in on_panel]
    taken = {*on_panel, *shown["changed"]}
    shown["found"] = [key for key in found_levers(texts, searched) if key not in taken][:REVIEWED_BY_SEARCH] if searched else []
    titles = {group: texts(f"lever.group_{group}") for group in shown}
    return [
        {"name": group, "title": titles[group], "levers": [described(texts, lever(scenario, key)) for key in keys]}
        for group, keys in shown.items()
        if keys
    ]


def described(texts: Texts, declared: Parameter) -> dict[str, Any]:
    """Return everything a slider says and needs, for one language."""
    write = partial(written, texts, declared)
    name, default = texts.name_of(declared.name), write(declared.value)
    return {
        "key": declared.name,
        "name": name,
        "sentence": sentence(texts, declared),
        "low": declared.low,
        "high": declared.high,
        "default": declared.value,
        "step": 1 if declared.is_whole else nearest_step((declared.high - declared.low) / 100),
        "times": 100 if is_share(declared) else 1,
        "unit": "%" if is_share(declared) else texts.unit(declared.unit),
        "is_switch": is_switch(declared),
        "default_text": texts("lever.default", value=default),
        "reset_label": texts("lever.reset_label", name=name, value=default),
        "source_question": texts("lever.source", value=default),
        "evidence": texts(
            "lever.evidence", kind=texts(f"kind.{declared.kind}"), low=write(declared.low), high=write(declared.high)
        ),
        "source": declared.source or declared.because,
        "url": declared.url,
    }


def is_share(declared: Parameter) -> bool:
    """[bool] Whether a number is a share, shown in percent."""
    return declared.unit == "1" and not declared.is_whole and declared.low >= -1 and declared.high <= 1


def is_switch(declared: Parameter) -> bool:
    """[bool] Whether a number only says yes or no."""
    return declared.is_whole and (declared.low, declared.high) == (0, 1)


def written(texts: Texts, declared: Parameter, value: float) -> str:
    """Return a lever's value with its unit."""
    if is_switch(declared):
        return texts("lever.on" if value else "lever.off")
    if is_share(declared):
        return figures.percent(texts, value, digits=figures.digits_of(value * 100, 1))
    unit = texts.unit(declared.unit)
    number = figures.grouped(value, 0 if declared.is_whole else figures.digits_of(value, 3))
    return texts("figure.with_unit", value=number, unit=unit) if unit else number


def sentence(texts: Texts, declared: Parameter) -> str:
    """Return one sentence about what a lever does: written for the panel, or the declaration's meaning."""
    short = declared.name.rsplit(".", 1)[-1]
    return texts.maybe(f"lever.{short}_sentence") or texts.named(declared.name, "meaning", declared.meaning)


def nearest_step(wanted: float) -> float:
    """Return the 1, 2 or 5 times a power of ten that lies nearest to the wanted step."""
    power = 10 ** math.floor(math.log10(wanted))
    return min((power * factor for factor in (1, 2, 5, 10)), key=lambda step: abs(math.log(step / wanted)))


def notes(texts: Texts, scenario: Scenario, settings: Sequence[tuple[str, float]], picture: Picture | None) -> dict[str, str]:
    """Return what came of levers in the run that is shown, and where a lever leaves what is known."""
    said = {key: text for key, value in settings if (text := warning(texts, lever(scenario, key), value))}
    for day, changed in scenario.changes:
        for key, value in changed.items() if day > POLICY_START else ():
            later = texts("lever.changes_later", value=written(texts, scenario.parameter(key), value), day=figures.day(texts, day))
            said[key] = f"{later} {said.get(key, '')}".strip()
    for key, text in (came_of(texts, picture) if picture else {}).items():
        said[key] = f"{said[key]} {text}" if key in said else text
    return said


def came_of(texts: Texts, picture: Picture) -> dict[str, str]:
    """Return what came of the first levers, over the worlds that are done."""
    doctors = figures.about(texts, picture.policy("n_accredited_doctors"))
    said = {"hospital.accredit.pass_rate": texts("lever.note_doctors", doctors=doctors, year=picture.base.last_year)}
    if any(has_surplus(outcome) for outcome in picture.outcomes):
        years = {"yuan": figures.yuan(texts, picture.policy("fund_reinvested_yuan")), "year": picture.base.last_year}
        said["fund.surplus.reinvested_share"] = texts("lever.note_reinvested", **years)
    else:
        said["fund.surplus.reinvested_share"] = texts("lever.note_no_surplus")
    return said


def _seed_texts(texts: Texts, problem: str | None) -> dict[str, str]:
    said = texts.several("seed", "name", "sentence", "next", "worlds", "worlds_sentence")
    return said | {"problem": texts("problem.seed", high=HIGHEST_SEED) if problem == "seed" else ""}
