"""Whose story is worth reading? Children with lives that show what averages hide.

A world is run once, compiled; what its rows say at the end picks the children. Nothing is drawn: the same world, the same
picks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from agents.units import FEN_PER_YUAN
from model import calendar
from model.alliance import AllianceModel
from model.refusal import ScenarioError, shortened

if TYPE_CHECKING:
    from model.scenario import Scenario

MOST = 5  # of each kind
PICKS: dict[str, str] = {
    "missed": "a serious illness was missed",
    "costly": "the family paid most",
    "often": "ill most often",
    "member": "members of the plan with most visits",
    "wandering": "the usual provider changed most often",
}


@dataclass(frozen=True)
class Pick:
    """A child worth reading about."""

    child: int
    why: str
    n_illnesses: int
    n_visits: int
    n_missed_serious: int
    own_paid_yuan: float


def check_pick(kind: str) -> str:
    """The kind of life asked for; raises ScenarioError."""
    if kind not in PICKS:
        raise ScenarioError("--pick", shortened(kind), f"allowed are {', '.join(PICKS)}")
    return kind


def picks(
    scenario: Scenario, seed: int, n_weeks: int | None = None, on_week: Callable[[], None] = lambda: None
) -> dict[str, list[Pick]]:
    """Children of each kind, at most five, the most telling first."""
    n_weeks = calendar.end_of_policy(scenario.policy_years) if n_weeks is None else n_weeks
    model = AllianceModel(scenario, seed)
    while model.week < n_weeks:
        model.step()
        on_week()
    children = model.world.children
    homes = model.world.households[children.household]
    lived = children.first_week < n_weeks
    scores = {
        "missed": np.where(children.n_missed_serious > 0, children.n_missed_serious + children.n_visits / 1000, 0),
        "costly": children.own_paid_fen,
        "often": children.n_illnesses,
        "member": children.n_visits * homes["is_member"],
        "wandering": np.where(children.n_visits > 0, homes["n_changes_of_provider"], 0),
    }
    return {kind: _best(children, np.where(lived, score, 0), PICKS[kind]) for kind, score in scores.items()}


def _best(children: np.recarray, score: np.ndarray, why: str) -> list[Pick]:
    order = [int(row) for row in np.argsort(-score, kind="stable")[:MOST] if score[row] > 0]
    return [
        Pick(row, why, int(c.n_illnesses), int(c.n_visits), int(c.n_missed_serious), int(c.own_paid_fen) / FEN_PER_YUAN)
        for row in order
        for c in [children[row]]
    ]
