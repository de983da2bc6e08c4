"""Which indicators belong together, and which flattering figure can hide which other?

Subjects go by the names of the indicators, so a new indicator falls into place or among the others. A figure that looks like
success is never shown without those that it can hide (docs/mechanisms.md).
"""

import re
from collections.abc import Iterable

SUBJECTS: dict[str, str] = {
    "safety": r"missed|serious|harm|delay|repaired|adverse|abnormal|unneeded|antibiotic|prescri",
    "referral": r"refer|advised_unrecorded|predictive|green|true_need|specialist|asked_for|asking|sent_alliance",
    "doctors": r"doctor|accredited|skill|sitting|passed|pass_share|certificate|supervis|belief|caution|quit|hired|removed|advi[cs]e"
    r"|satisf|expert|train|certified|left_alliance|records|effort",
    "trust": r"trust|changes_of|word|sign",
    "members": r"member|join|laps|renew|premiums$|risk_of|household",
    "money": r"yuan|fen$|ratio|surplus|reserve|loss|solvency|cost|catastroph|income|subsid|ruin|invested|plan",
    "access": r"wait|turned|attempts|gave_up|utilisation|added_visits|capacity",
    "care": r"illness|visit|contact|sought|seeking|emergenc|admission|children|better|revisit|episode|call|severe",
}
OTHERS = "others"

MAY_BREAK = ("n_severe_harm", "n_missed_serious", "n_weeks_solvency_short", "share_members", "fund_premium_yuan")
"""What a policy can break behind any figure that looks like success, the worst first: children harmed, children missed (counts, so
that fewer visits make them no smaller), the plan's solvency, who is still insured, what they pay in."""

CAN_HIDE: dict[str, tuple[str, ...]] = {
    "share_referred": ("n_missed_serious_per_10000_visits", "share_self_referred", "share_advised_unrecorded"),
    "positive_predictive_value": ("n_missed_serious_per_10000_visits", "n_missed_serious_per_1000_serious"),
    "n_alliance_visits": ("share_true_need", "n_missed_serious_per_1000_serious"),
    "share_alliance_visits": ("share_true_need", "wait_hours_others"),
    "n_accredited_doctors": ("mean_skill_accredited", "n_missed_serious_per_10000_visits"),
    "share_first_contact_primary": ("n_missed_serious_per_1000_serious", "mean_delay_days"),
    "fund_reserve_yuan": ("own_payment_yuan", "lapse_share"),
    "lapse_share": (),  # who was reluctant has left before: what breaks tells it
    "mean_trust_alliance": ("share_self_referred", "n_missed_serious_per_10000_visits"),
}
"""A figure that can be read as success, and what of its own to read beside it: the same figure comes from what these show."""

BETTER: dict[str, str] = {
    "n_severe_harm": "lower",
    "n_missed_serious": "lower",
    "n_weeks_solvency_short": "lower",
    "share_members": "higher",
    "n_missed_serious_per_1000_serious": "lower",
    "n_missed_serious_per_10000_visits": "lower",
    "share_self_referred": "lower",
    "fund_reserve_yuan": "higher",
    "basic_insurance_yuan": "lower",
    "own_payment_yuan": "lower",
    "mean_trust_alliance": "higher",
    "n_unnecessary_referrals": "lower",
}
"""Which way is for the better. A figure that does not stand here is good or bad only together with others."""


def can_hide(indicator: str) -> tuple[str, ...]:
    """Everything to read beside a figure that looks like success: its own, then what a policy can break; nothing for any other."""
    if indicator not in CAN_HIDE:
        return ()
    return tuple(dict.fromkeys((*CAN_HIDE[indicator], *MAY_BREAK)))


def subject_of(indicator: str) -> str:
    """The subject of an indicator, by its name."""
    return next((subject for subject, pattern in SUBJECTS.items() if re.search(pattern, indicator)), OTHERS)


def by_subject(indicators: Iterable[str]) -> dict[str, list[str]]:
    """Indicators under their subjects, both in order; empty subjects are left out."""
    found: dict[str, list[str]] = {subject: [] for subject in (*SUBJECTS, OTHERS)}
    for name in indicators:
        found[subject_of(name)].append(name)
    return {subject: names for subject, names in found.items() if names}
