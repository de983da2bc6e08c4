"""Which figures does a planner see first, how is each written, and which stand together?

Beside each figure that can be read as success stand those that it can hide, and below all of them what a policy can break
(experiments/subjects.py).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from dashboard import figures
from dashboard.texts import Texts
from experiments.interval import mean_and_half_width
from experiments.subjects import MAY_BREAK

Writer = Callable[[Texts, float], str]

HEADLINE = (*MAY_BREAK, "share_self_referred", "fund_reserve_yuan", "share_referred")
"""What the sentence speaks of, in this order: the worst first."""
SIDE_BY_SIDE: dict[str, tuple[str, ...]] = {
    "share_referred": ("n_missed_serious_per_1000_serious", "share_self_referred"),
    "share_alliance_visits": ("share_true_need", "wait_hours_others"),
    "fund_reserve_yuan": ("own_payment_yuan", "lapse_share"),
}
"""Figures that can be read as success, and beside each what of its own it can hide; below all stands what a policy can break."""
SHORT = "n_weeks_solvency_short"
"""Its level is told in worlds: a mean of weeks over worlds would hide in how many of them the plan was short."""

per_thousand = partial(figures.decimal, digits=0)
WRITERS: dict[str, tuple[Writer, Writer]] = {
    "share_referred": (figures.percent, figures.points),
    "share_true_need": (figures.percent, figures.points),
    "n_missed_serious_per_1000_serious": (per_thousand, partial(per_thousand, signed=True)),
    "share_self_referred": (figures.percent, figures.points),
    "share_alliance_visits": (figures.percent, figures.points),
    "lapse_share": (figures.percent, figures.points),
    "wait_hours_others": (figures.hours, partial(figures.hours, signed=True)),
    "own_payment_yuan": (figures.yuan, partial(figures.yuan, signed=True)),
    "fund_reserve_yuan": (figures.yuan, partial(figures.yuan, signed=True)),
    "n_severe_harm": (figures.about, partial(figures.about, signed=True)),
    "n_missed_serious": (per_thousand, partial(per_thousand, signed=True)),
    SHORT: (figures.weeks, partial(figures.weeks, signed=True)),
    "share_members": (figures.percent, figures.points),
    "fund_premium_yuan": (figures.yuan, partial(figures.yuan, signed=True)),
}
"""For each figure shown: how it is written, and how a difference of it is written."""


@dataclass(frozen=True)
class Part:
    """Figures that stand together; `hides` says that something hides them, and is empty for what can be read as success."""

    hides: str
    names: tuple[str, ...]


def side_by_side(texts: Texts) -> list[list[Part]]:
    """Return which figures stand together: each that can be read as success with its own partners, then what a policy can break."""
    own = [[Part("", (first,)), Part(texts("tile.hides"), others)] for first, others in SIDE_BY_SIDE.items()]
    return [*own, [Part(texts("tile.all_hide"), MAY_BREAK)]]


def level_text(texts: Texts, name: str, values: Sequence[float]) -> str:
    """Return a figure over some worlds: its mean, or in how many of them the plan's solvency was short."""
    if name == SHORT:
        return texts("tile.n_short", n=sum(value > 0 for value in values), all=len(values))
    return WRITERS[name][0](texts, mean_and_half_width(values)[0])
