"""What does a node carry, quarter by quarter: which figures, and how is each written?

The figures are those of `agents/*/record.py` and of the quarter's counts, as means of a week.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from agents.centre.record import CLINIC
from dashboard import figures
from dashboard.rooms.network.film import Film
from dashboard.rooms.network.names import Node
from dashboard.texts import Texts
from model.calendar import FIRST_DAY

Write = Callable[[Texts, float], str]


@dataclass(frozen=True, eq=False)
class Line:
    """One figure of a node: `name` is its text's, `values` has one number for each quarter."""

    name: str
    values: np.ndarray
    write: Write

    def written(self, texts: Texts) -> list[str]:
        """The figure in each quarter; the node may have none, such as the waiting at a doctor without a certificate."""
        known = self.values.tolist()
        return [self.write(texts, value) if figures.has_value(value) else figures.no_value(texts) for value in known]


def share(texts: Texts, value: float) -> str:
    """Write a share."""
    return figures.percent(texts, value, digits=0)


def fine_share(texts: Texts, value: float) -> str:
    """Write a share that moves little."""
    return figures.percent(texts, value, digits=1)


def skill(texts: Texts, value: float) -> str:
    """Write a number between 0 and 1."""
    return figures.decimal(texts, value, 2)


def yuan(texts: Texts, value: float) -> str:
    """Write an amount of money."""
    return figures.yuan(texts, value)


def whole(texts: Texts, value: float) -> str:
    """Write a whole count."""
    return figures.count(texts, value)


def is_so(texts: Texts, value: float) -> str:
    """Write yes or no."""
    return texts("network.yes" if value else "network.no")


def since(texts: Texts, value: float) -> str:
    """Write since when a certificate holds."""
    if value < 0:
        return texts("network.no_certificate")
    return texts("network.since", day=figures.day(texts, FIRST_DAY + timedelta(weeks=int(value))))


def lines_of(film: Film, node: Node) -> list[Line]:
    """Return the figures of a node, the telling ones first."""
    return {"zone": _zone, "site": _site, "community": _community, "doctor": _doctor}[node.table](film, node.row)


def _zone(film: Film, _row: int) -> list[Line]:
    zone = film.zone
    with np.errstate(invalid="ignore", divide="ignore"):
        primary = zone["n_first_contacts_primary"] / zone["n_first_contacts"]
        by_themselves = zone["n_self_referred"] / zone["n_alliance_visits"]
    return [
        Line("line_accredited_doctors", zone["n_accredited_doctors"], whole),
        Line("line_skill_accredited", zone["skill_accredited"], skill),
        Line("line_share_primary", primary, fine_share),
        Line("line_straight", film.a_week(zone["n_first_contacts"] - zone["n_first_contacts_primary"]), figures.about),
        Line("line_recorded", film.a_week(zone["n_recorded_referrals"]), figures.about),
        Line("line_by_themselves", film.a_week(zone["n_self_referred"]), figures.about),
        Line("line_share_by_themselves", by_themselves, fine_share),
        Line("line_members", zone["n_members"] / zone["n_children"], share),
        Line("line_supervised", zone["supervised_share"], share),
    ]


def _site(film: Film, row: int) -> list[Line]:
    sites, is_primary = film.sites, film.ground.kind[row] <= CLINIC
    a_week = {name: film.a_week(sites[name])[:, row] for name in ("visits", "first_visits", "recorded")}
    lines = [
        Line("line_visits", a_week["visits"], figures.about),
        Line("line_first_visits", a_week["first_visits"], figures.about),
        Line("line_load", sites["load"][:, row], share),
        Line("line_wait", sites["wait_hours"][:, row], figures.hours),
    ]
    if row == film.ground.hospital:
        lines.append(Line("line_received", film.a_week(film.zone["n_recorded_referrals"]), figures.about))
        lines.append(Line("line_supervised", film.zone["supervised_share"], share))
        lines.append(Line("line_effort", film.zone["hospital_effort"], share))
    if is_primary:
        lines.insert(0, Line("line_accredited_here", sites["n_accredited"][:, row], whole))
        lines.append(Line("line_skill_here", sites["skill"][:, row], skill))
        lines.append(Line("line_recorded", a_week["recorded"], figures.about))
    return lines


def _community(film: Film, row: int) -> list[Line]:
    here = {name: values[:, row] for name, values in film.communities.items()}
    with np.errstate(invalid="ignore", divide="ignore"):
        members, straight = here["n_members"] / here["n_children"], here["straight"] / here["first_visits"]
    return [
        Line("line_children", here["n_children"], whole),
        Line("line_members", members, share),
        Line("line_first_visits_of", film.a_week(here["first_visits"]), figures.about),
        Line("line_share_straight", straight, share),
        Line("line_trust_alliance", here["trust_alliance"], fine_share),
        Line("line_trust_primary", here["trust_primary"], fine_share),
        Line("line_trust_hospital", here["trust_hospital"], fine_share),
    ]


def _doctor(film: Film, row: int) -> list[Line]:
    here = {name: values[:, row] for name, values in film.doctors.items()}
    is_there, has = here["is_vacant"] == 0, here["is_accredited"] == 1

    def of(name: str, where: np.ndarray = is_there) -> np.ndarray:
        return np.where(where, here[name], np.nan)

    return [
        Line("line_certificate", np.where(is_there, np.where(has, here["week_certified"], -1), np.nan), since),
        Line("line_skill", of("skill"), skill),
        Line("line_innate", of("innate_skill"), skill),
        Line("line_trained", of("trained_skill"), skill),
        Line("line_learned", of("learned_skill"), skill),
        Line("line_invested", of("invested_skill"), skill),
        Line("line_visits", film.a_week(here["visits"]), figures.about),
        Line("line_load", of("load"), share),
        Line("line_wait", of("wait_hours", has), figures.hours),
        Line("line_recorded", film.a_week(here["recorded"]), figures.about),
        Line("line_belief", of("belief"), fine_share),
        Line("line_p_recorded", of("p_recorded"), share),
        Line("line_cost_of_referral", of("yuan_lost_per_referral", has), yuan),
        Line("line_net_pay", of("net_pay_felt", has), yuan),
        Line("line_pay", here["pay_yuan"], yuan),
        Line("line_satisfied_payment", of("is_satisfied_with_payment", has), is_so),
        Line("line_satisfied_platform", of("is_satisfied_with_platform", has), is_so),
        Line("line_sittings", of("n_sittings"), whole),
    ]
