"""What of a run is drawn, and what is said about it?

A *curve* is one number a week from the start of history: a ratio of sums over the last 26 weeks (weekly ratios are
mostly luck), or the level of an account. An *outcome* is one number for each indicator over the policy years together.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from model.calendar import FIRST_HISTORY_WEEK, FIRST_POLICY_WEEK
from model.indicators import rolling, summary

AVERAGED_WEEKS = 26

AVERAGED = (
    "share_referred",
    "share_true_need",
    "n_missed_serious_per_1000_serious",
    "share_self_referred",
    "share_alliance_visits",
    "wait_hours_members",
    "wait_hours_others",
)
LEVELS = ("fund_reserve_yuan", "fund_accumulated_loss_yuan", "fund_surplus_available_yuan")
KNOWN_LATER = ("share_referred", "share_true_need", "share_self_referred", "wait_hours_members")
"""Curves that begin when a full window of alliance visits is behind them."""

Curves = Mapping[str, np.ndarray]
"""By name, a float a week; not a number where there is none."""
Outcome = Mapping[str, float]


def curves(weekly: pd.DataFrame, first_week: int) -> dict[str, np.ndarray]:
    """Return each curve from `first_week` (counted from the burn-in) to the last week done."""
    drawn = {name: rolling(weekly, name, weeks=AVERAGED_WEEKS)[first_week:] for name in AVERAGED}
    drawn |= {name: weekly[name].to_numpy(dtype=float)[first_week:] for name in LEVELS}
    for name in KNOWN_LATER:
        drawn[name][: max(0, FIRST_HISTORY_WEEK + AVERAGED_WEEKS - 1 - first_week)] = np.nan
    return {name: np.array(values, dtype=float) for name, values in drawn.items()}


def outcome(weekly: pd.DataFrame) -> dict[str, float]:
    """Return every indicator over the policy years, and a few means a week that a person can picture."""
    policy = weekly.iloc[FIRST_POLICY_WEEK:]
    return summary(weekly, "policy") | {
        "referrals_per_week": float(policy["n_recorded_referrals"].mean()),
        "visits_per_week": float(policy["n_alliance_visits"].mean()),
        "mean_doctors": float(policy["n_accredited_doctors"].mean()),
        "highest_surplus_yuan": float(policy["fund_surplus_available_yuan"].max()),
    }


def has_surplus(outcomes: Outcome) -> bool:
    """Return whether the reinvestment lever had any surplus to act on in the policy years."""
    return outcomes["highest_surplus_yuan"] > 0
