"""What came of the policy, in words and a few figures?

Sentences and figures are those of the last whole run; they wait while the next one grows.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import solara

from dashboard import figures, worlds
from dashboard.picture import Outcome
from dashboard.state import READY, Session, Stage
from dashboard.texts import Texts

Writer = Callable[[Texts, float], str]

TILES: dict[str, tuple[Writer, Writer]] = {
    "share_referred": (figures.percent, figures.points),
    "share_true_need": (figures.percent, figures.points),
    "n_missed_serious": (figures.count, lambda texts, value: figures.count(texts, value, signed=True)),
    "share_self_referred": (figures.percent, figures.points),
    "share_alliance_visits": (figures.percent, figures.points),
    "fund_reserve_yuan": (figures.yuan, lambda texts, value: figures.yuan(texts, value, signed=True)),
}
"""For each figure shown: how it is written, and how a difference of it is written."""


@solara.component_vue("headline.vue")
def HeadlineCard(said: dict[str, Any]) -> None:
    """The sentences and the figures."""


@solara.component
def Headline(session: Session) -> None:
    """What is known, what is being computed, or what went wrong."""
    texts = Texts(session.language.value)
    whole = session.whole.value
    problem = session.problem.value == "simulation"
    said: dict[str, Any] = {
        "title": texts("page.results"),
        "problem": texts("problem.simulation") if problem else "",
        "stage": stage_text(texts, session.stage.value),
        "busy": texts("headline.busy"),
        "one_world": texts("page.one_world"),
    }
    if whole is not None and whole.policy_outcome is not None:
        said |= {
            "run": whole.run,
            "settings": dict(whole.settings),
            "sentence": sentence(texts, whole.policy_outcome, whole.baseline_outcome, bool(whole.settings)),
            "insurance": insurance(texts, whole.seed, whole.policy_outcome, session.without_alliance.value),
            "tiles_title": texts("tile.title"),
            "tiles": [tile(texts, name, whole.policy_outcome, whole.baseline_outcome) for name in TILES],
        }
    HeadlineCard(said=said)


def stage_text(texts: Texts, stage: Stage) -> str:
    """Say what the page is busy with before it can show a world, nothing when it is ready."""
    if stage == READY:
        return ""
    n_children = figures.count(texts, worlds.n_children())
    return texts(f"stage.{stage.name}", n_children=n_children, percent=figures.percent(texts, stage.done, digits=0))


def sentence(texts: Texts, policy: Outcome, baseline: Outcome, is_changed: bool) -> str:
    """Say what a run came to, in counts a person can picture; a changed policy is set against the baseline."""
    return texts(
        "headline.policy" if is_changed else "headline.baseline",
        doctors=figures.about(texts, policy["mean_doctors"]),
        baseline_doctors=figures.about(texts, baseline["mean_doctors"]),
        visits=figures.about(texts, policy["visits_per_week"]),
        referrals=figures.about(texts, policy["referrals_per_week"]),
        baseline_referrals=figures.about(texts, baseline["referrals_per_week"]),
        rate=figures.percent(texts, policy["share_referred"]),
        need=figures.percent(texts, policy["share_true_need"]),
        missed=figures.about(texts, policy["n_missed_serious_per_1000_serious"]),
        baseline_missed=figures.about(texts, baseline["n_missed_serious_per_1000_serious"]),
    )


def tile(texts: Texts, name: str, policy: Outcome, baseline: Outcome) -> dict[str, str]:
    """Return one figure: the policy's, the baseline's, and how far they are apart."""
    write, write_difference = TILES[name]
    difference = policy[name] - baseline[name]
    is_same = math.isclose(difference, 0, abs_tol=1e-12)
    return {
        "name": texts(f"tile.{name}"),
        "value": write(texts, policy[name]),
        "baseline": texts("tile.baseline", value=write(texts, baseline[name])),
        "difference": texts("tile.same") if is_same else texts("tile.difference", value=write_difference(texts, difference)),
    }


def insurance(texts: Texts, seed: int, policy_outcome: Outcome, without: tuple[int, Outcome] | None) -> str:
    """Say what basic insurance pays, and how much more or less that is than without an alliance."""
    spent = policy_outcome["basic_insurance_yuan"]
    policy = figures.yuan(texts, spent)
    if without is None or without[0] != seed:
        return texts("headline.insurance_pending", policy=policy)
    other = without[1]["basic_insurance_yuan"]
    return texts(
        "headline.insurance_more" if spent > other else "headline.insurance_less",
        policy=policy,
        without=figures.yuan(texts, other),
        difference=figures.yuan(texts, abs(spent - other)),
    )
