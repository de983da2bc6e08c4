"""What happened to a doctor's certificate and post in a week?

The state says what is, not what happened: two looks at the doctors, before and after a week, tell it. In the last week of a
quarter there is a third look, between the doctors' own month and the hospital's quarter: who gave the certificate back
did so before, whom the committee removed was removed after.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

KINDS = (
    "passed", "not_passed", "renewed", "not_renewed", "ran_out", "removed", "gave_back", "left_zone", "hired",
    "advised_many", "advised_few", "advised_drugs",
)  # fmt: skip
"""Ways in which a certificate is lost; who leaves the zone may have had none."""

LOOKED_AT = ("is_accredited", "n_sittings", "banned_until", "week_vacant", "n_hires", "advice_on_referral", "advice_on_drugs")


@dataclass(frozen=True, eq=False)
class Look:
    """The doctors' columns that tell what happened, at one moment; each has the shape (n_doctors,)."""

    is_accredited: np.ndarray
    n_sittings: np.ndarray
    banned_until: np.ndarray
    week_vacant: np.ndarray
    n_hires: np.ndarray
    advice_on_referral: np.ndarray
    advice_on_drugs: np.ndarray


def look(doctors: np.recarray) -> Look:
    """Return the doctors as they are now."""
    return Look(*(doctors[name].copy() for name in LOOKED_AT))


def happened(before: Look, after: Look, between: Look | None = None) -> list[tuple[int, str]]:
    """Return who [row] lived through what in a week, by row; `between` is the look before the hospital's quarter, if one ended."""
    had, has = before.is_accredited == 1, after.is_accredited == 1
    is_hired = after.n_hires > before.n_hires
    has_sat = after.n_sittings > np.where(is_hired, 0, before.n_sittings)
    has_left_zone = (before.week_vacant < 0) & (after.week_vacant >= 0)
    is_lost = had & ~has & ~has_left_zone
    is_banned = after.banned_until > before.banned_until
    by_itself = is_lost & is_banned & ((between or after).is_accredited == 0)
    found = {
        "passed": has_sat & ~had & has,
        "not_passed": has_sat & ~had & ~has,
        "renewed": has_sat & had & has,
        "not_renewed": has_sat & is_lost,
        "ran_out": is_lost & ~has_sat & ~is_banned,
        "removed": is_lost & is_banned & ~by_itself,
        "gave_back": by_itself,
        "left_zone": has_left_zone,
        "hired": is_hired,
        "advised_many": (after.advice_on_referral > 0) & (before.advice_on_referral <= 0),
        "advised_few": (after.advice_on_referral < 0) & (before.advice_on_referral >= 0),
        "advised_drugs": (after.advice_on_drugs == 1) & (before.advice_on_drugs == 0),
    }
    return sorted((int(row), kind) for kind, who in found.items() for row in np.flatnonzero(who))
