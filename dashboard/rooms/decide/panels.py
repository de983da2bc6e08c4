"""Which curves stand together, on which axes, in which unit?"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Panel:
    """Curves on one pair of axes; `name` is the key of its heading."""

    name: str
    unit: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Chart:
    """One card: a title, a remark, one or two panels over the same weeks."""

    name: str
    panels: tuple[Panel, ...]


CHARTS = (
    Chart("referral", (Panel("rates", "percent", ("share_referred", "share_true_need")),)),
    Chart(
        "missed",
        (
            Panel("missed", "per_thousand", ("n_missed_serious_per_1000_serious",)),
            Panel("self_referral", "percent", ("share_self_referred",)),
        ),
    ),
    Chart(
        "fund",
        (
            Panel("balance", "yuan", ("fund_reserve_yuan",)),
            Panel("surplus", "yuan", ("fund_accumulated_loss_yuan", "fund_surplus_available_yuan")),
        ),
    ),
    Chart(
        "reach",
        (
            Panel("share", "percent", ("share_alliance_visits",)),
            Panel("waiting", "hours", ("wait_hours_members", "wait_hours_others")),
        ),
    ),
)
