"""What is kept of a world's provider network, quarter by quarter?

Small tables and no model: who was accredited, how busy and how skilled, which families went where, what happened to whom.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from agents.centre.record import ALLIANCE_HOSPITAL

Table = dict[str, np.ndarray]
"""By name, an array whose first axis is the quarter."""


@dataclass(frozen=True, eq=False)
class Ground:
    """What never changes: where the places are, what they are, whose doctors are whose."""

    kind: np.ndarray  # (n_sites,)
    x_km: np.ndarray  # (n_sites,)
    y_km: np.ndarray  # (n_sites,)
    price_yuan: np.ndarray  # (n_sites,)
    is_separate: np.ndarray  # (n_sites,)
    community_x_km: np.ndarray  # (n_communities,)
    community_y_km: np.ndarray  # (n_communities,)
    site_of_doctor: np.ndarray  # (n_doctors,)

    def doctors_at(self, site: int) -> np.ndarray:
        """The rows of a place's doctors."""
        return np.flatnonzero(self.site_of_doctor == site)

    @property
    def hospital(self) -> int:
        """The row of the alliance hospital."""
        return int(np.flatnonzero(self.kind == ALLIANCE_HOSPITAL)[-1])


@dataclass(frozen=True, eq=False)
class Film:
    """Quarters in a row; the first axis of every array is the quarter. Counts are those of the whole quarter."""

    ground: Ground
    last_week: np.ndarray  # (n,) the quarter's last week, counted from the burn-in
    n_weeks: np.ndarray  # (n,) weeks of it that were watched
    doctors: Table  # (n, n_doctors)
    sites: Table  # (n, n_sites)
    communities: Table  # (n, n_communities)
    zone: Table  # (n,)
    flows: np.ndarray  # (n, n_communities, n_sites) first visits
    events: np.ndarray  # (m, 3) week, doctor, place in happenings.KINDS

    def __len__(self) -> int:
        return len(self.last_week)

    def a_week(self, counts: np.ndarray) -> np.ndarray:
        """Counts of quarters as means of a week."""
        return counts / self.n_weeks.reshape(-1, *(1,) * (counts.ndim - 1))


def joined(past: Film, years: Film) -> Film:
    """Return one film of the past and the policy years."""

    def row(name: str) -> np.ndarray:
        return np.concatenate([getattr(past, name), getattr(years, name)])

    def table(name: str) -> Table:
        return {column: np.concatenate([values, getattr(years, name)[column]]) for column, values in getattr(past, name).items()}

    return Film(
        past.ground, row("last_week"), row("n_weeks"), table("doctors"), table("sites"), table("communities"), table("zone"),
        row("flows"), row("events"),
    )  # fmt: skip
