"""What does the map show: which points, which colours, which flows?

Everything that moves is sent once for all quarters, so that the browser plays it by itself. Flows are means of a week.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from agents.centre.record import CLINIC, SITE_KINDS
from dashboard.rooms.network.film import Film
from dashboard.rooms.network.names import Names, mark_of, months_of
from dashboard.texts import Texts
from model.calendar import FIRST_POLICY_WEEK

QUANTITIES = ("accredited", "load", "skill", "trust")
FLOWS = ("first", "straight", "referral")
USUAL = ("accredited", "first", "referral")
"""The quantity and the flows that are shown until a visitor chooses."""
LEAST_FLOW = 0.3
"""A tie that never carries so many visits a week is left out of the picture."""


def shown_of(text: str) -> tuple[str, ...]:
    """Return quantity and flows that an address asks for, such as 'load.first'; the usual ones if it is none of ours."""
    quantity, *flows = text.split(".")
    if quantity not in QUANTITIES or not set(flows) <= set(FLOWS):
        return USUAL
    return quantity, *(flow for flow in FLOWS if flow in flows)


def film_message(film: Film) -> str:
    """Return all numbers of the map as JSON: nodes are the places, then the neighbourhoods."""
    ground = film.ground
    n_sites, n_communities = len(ground.kind), len(ground.community_x_km)
    visits = [film.a_week(film.sites["visits"]), film.a_week(film.communities["first_visits"])]
    message = {
        "kinds": [*(SITE_KINDS[int(kind)] for kind in ground.kind), *["community"] * n_communities],
        "ids": [*(f"site-{row}" for row in range(n_sites)), *(f"community-{row}" for row in range(n_communities))],
        "x": _plain(np.concatenate([ground.x_km, ground.community_x_km]), 2),
        "y": _plain(np.concatenate([ground.y_km, ground.community_y_km]), 2),
        "visits": _plain(np.concatenate(visits, axis=1), 1),
        "colours": {name: _plain(values, 3) for name, values in _colours(film).items()},
        "ranges": {"accredited": [0, 1], "load": [0, 1], "skill": [0, 1], "trust": trust_range(film)},
        "edges": _edges(film),
        "policy": int(np.searchsorted(film.last_week, FIRST_POLICY_WEEK)),
    }
    return json.dumps(message, separators=(",", ":"))


def _colours(film: Film) -> dict[str, np.ndarray]:
    """Each quantity by quarter and node; what a node has not is not a number."""
    sites, trust = film.sites, film.communities["trust_alliance"]
    none_there, none_here = np.full(trust.shape, np.nan), np.full(sites["load"].shape, np.nan)
    found = {name: np.concatenate([sites[name], none_there], axis=1) for name in ("accredited", "load", "skill")}
    n_sites = sites["load"].shape[1]
    idle = sites["visits"] == 0  # a place that no child of the zone visits is busy with others, if at all
    found["load"][:, :n_sites] = np.where(idle, np.nan, found["load"][:, :n_sites])
    return found | {"trust": np.concatenate([none_here, trust], axis=1)}


def trust_range(film: Film) -> list[float]:
    """Return between which hundredths trust lies in this film: neighbourhoods differ little."""
    values = film.communities["trust_alliance"]
    return [float(np.floor(values.min() * 100) / 100), float(np.ceil(values.max() * 100) / 100)]


def _edges(film: Film) -> dict[str, dict[str, Any]]:
    """Each kind of flow: which nodes it ties, and how many a week in each quarter."""
    n_sites, is_primary = len(film.ground.kind), film.ground.kind <= CLINIC
    flows, recorded = film.a_week(film.flows), film.a_week(film.sites["recorded"])
    found: dict[str, dict[str, Any]] = {}
    for kind, wanted in (("first", is_primary), ("straight", ~is_primary)):
        pairs = np.argwhere((flows.max(axis=0) >= LEAST_FLOW) & wanted[None, :])
        carried = flows[:, pairs[:, 0], pairs[:, 1]]
        found[kind] = {"ties": [[n_sites + int(community), int(site)] for community, site in pairs], "flow": _plain(carried, 1)}
    senders = np.flatnonzero(recorded.max(axis=0) > 0)
    found["referral"] = {"ties": [[int(site), film.ground.hospital] for site in senders], "flow": _plain(recorded[:, senders], 2)}
    return found


def ring_message(film: Film, site: int, names: Names) -> str:
    """Return the doctors of an opened place, to be drawn around it."""
    rows = film.ground.doctors_at(site)
    colours = {
        name: film.doctors[column][:, rows]
        for name, column in (("accredited", "is_accredited"), ("load", "load"), ("skill", "skill"))
    }
    vacant = film.doctors["is_vacant"][:, rows] == 1
    return json.dumps({
        "site": site,
        "ids": [f"doctor-{row}" for row in rows],
        "names": [names.doctor_here(int(row)) for row in rows],
        "colours": {name: _plain(np.where(vacant, np.nan, values), 3) for name, values in colours.items()},
        "visits": _plain(film.a_week(film.doctors["visits"])[:, rows], 1),
    }, separators=(",", ":"))  # fmt: skip


def words_message(texts: Texts, film: Film, names: Names, said: list[str]) -> str:
    """Return what the map says in one language: names of nodes, quarters, a sentence for each quarter."""
    n_sites, n_communities = len(film.ground.kind), len(film.ground.community_x_km)
    return json.dumps({
        "names": [*map(names.site, range(n_sites)), *map(names.community, range(n_communities))],
        "labels": [names.short(row) if film.ground.kind[row] != CLINIC else "" for row in range(n_sites)],
        "quarters": [months_of(texts, film, at) for at in range(len(film))],
        "marks": [mark_of(film, at) for at in range(len(film))],
        "said": said,
    }, ensure_ascii=False, separators=(",", ":"))  # fmt: skip


def _plain(values: np.ndarray, digits: int) -> list[Any]:
    """Return numbers as lists, rounded; what is not a number becomes None."""
    whole = np.round(values.astype(float), digits)
    return np.where(np.isfinite(whole), whole.astype(object), np.array(None)).tolist()
