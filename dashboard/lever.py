"""What may the planner change, and what does each slider say about itself?

Range, default, kind of evidence and source come from the parameter's one declaration; the words from the catalogue.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import reacton.ipyvuetify as rv
import solara

from dashboard import figures, worlds
from dashboard.picture import Outcome, has_surplus
from dashboard.state import Session
from dashboard.texts import Texts
from model.scenario import Scenario


@dataclass(frozen=True)
class Lever:
    """A slider: the parameter it moves and how its value is written ('percent' or 'yuan')."""

    key: str
    written_as: str

    @property
    def name(self) -> str:
        """The last part of the key, under which the catalogue keeps the lever's texts."""
        return self.key.rsplit(".", 1)[-1]


LEVERS = (
    Lever("hospital.accredit.pass_rate", "percent"),
    Lever("fund.surplus.reinvested_share", "percent"),
    Lever("fund.pay.yuan_per_avoided_referral", "yuan"),
)


@solara.component_vue("lever.vue")
def LeverControl(name: str, scale: dict[str, float], texts: dict[str, str], event_move: Callable[[float], None]) -> None:
    """A labelled slider with a tick at the default, a reset and its source."""


@solara.component_vue("seed.vue")
def SeedControl(seed: int, highest: int, texts: dict[str, str], event_choose: Callable[[object], None]) -> None:
    """The number of the simulated world."""


@solara.component
def Levers(session: Session) -> None:
    """The three sliders and the world's number."""
    texts = Texts(session.language.value)
    whole = session.whole.value
    outcome = whole.policy_outcome if whole else None
    scenario = worlds.scenario("huaxi")
    with solara.Div(classes=["alliance-levers"]):
        rv.Html(tag="h2", children=[texts("page.levers")])
        rv.Html(tag="p", class_="lever-sentence", children=[texts("page.levers_hint")])
        for lever in LEVERS:
            LeverControl(
                name=lever.name,
                scale=_scale(lever, scenario, session),
                texts=_texts(lever, texts, scenario, outcome),
                event_move=partial(session.move, lever.key),
            )
        SeedControl(
            seed=session.wish.seed,
            highest=worlds.HIGHEST_SEED,
            texts=_seed_texts(texts, session.problem.value),
            event_choose=session.enter_world,
        )


def _seed_texts(texts: Texts, problem: str | None) -> dict[str, str]:
    said = {name: texts(f"seed.{name}") for name in ("name", "sentence", "next")}
    return said | {"problem": texts("problem.seed", high=worlds.HIGHEST_SEED) if problem == "seed" else ""}


def _scale(lever: Lever, scenario: Scenario, session: Session) -> dict[str, float]:
    declared = scenario.parameter(lever.key)
    return {
        "low": declared.low,
        "high": declared.high,
        "default": declared.value,
        "start": dict(session.wish.settings).get(lever.key, declared.value),
        "step": nearest_step((declared.high - declared.low) / 100),
        "shown_times": 100 if lever.written_as == "percent" else 1,
    }


def nearest_step(wanted: float) -> float:
    """Return the 1, 2 or 5 times a power of ten that lies nearest to the wanted step."""
    power = 10 ** math.floor(math.log10(wanted))
    return min((power * factor for factor in (1, 2, 5, 10)), key=lambda step: abs(math.log(step / wanted)))


def _texts(lever: Lever, texts: Texts, scenario: Scenario, outcome: Outcome | None) -> dict[str, str]:
    declared = scenario.parameter(lever.key)
    write = _writer(lever, texts)
    name = texts(f"lever.{lever.name}")
    default = write(declared.value)
    return {
        "name": name,
        "sentence": texts(f"lever.{lever.name}_sentence"),
        "value": texts(f"figure.{lever.written_as}", value="{value}"),
        "default": texts("lever.default", value=default),
        "reset": texts("lever.reset"),
        "reset_label": texts("lever.reset_label", name=name, value=default),
        "source_question": texts("lever.source", value=default),
        "evidence": texts(
            "lever.evidence",
            kind=texts(f"kind.{declared.kind}"),
            low=write(declared.low),
            high=write(declared.high),
        ),
        "source": declared.source or declared.because,
        "url": declared.url,
        "note": note(lever, texts, outcome),
    }


def _writer(lever: Lever, texts: Texts) -> Callable[[Any], str]:
    if lever.written_as == "percent":
        return partial(figures.percent, texts, digits=0)
    return partial(figures.yuan, texts)


def note(lever: Lever, texts: Texts, outcome: Outcome | None) -> str:
    """Say what came of the lever in the run that is shown."""
    if outcome is None:
        return ""
    if lever.name == "pass_rate":
        return texts("lever.note_doctors", doctors=figures.about(texts, outcome["n_accredited_doctors"]))
    if lever.name == "reinvested_share" and not has_surplus(outcome):
        return texts("lever.note_no_surplus")
    if lever.name == "reinvested_share":
        return texts("lever.note_reinvested", yuan=figures.yuan(texts, outcome["fund_reinvested_yuan"]))
    return ""
