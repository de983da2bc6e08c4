"""Who is tied to whom? The provider network of one moment, as a networkx graph.

Nodes: neighbourhoods, centres, clinics, hospitals, accredited doctors. Edges: *access* (neighbourhood to place, minutes, first
contacts of the year), *contract* (place to the fund's network), *alliance* (accredited doctor to the alliance hospital),
*referral* (place of a doctor to the alliance hospital, recorded referrals of the year). It is read from the state whenever
somebody asks, so it evolves with it and changes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx
import numpy as np

from agents.centre.record import CLINIC, SITE_KINDS
from agents.fund.plan import is_covered

if TYPE_CHECKING:
    from model.alliance import AllianceModel

FUND = "fund"


def _node(kind: str, row: int) -> str:
    return f"{kind}-{row}"


def _places(graph: nx.MultiDiGraph, model: AllianceModel) -> None:
    world = model.world
    for row, site in enumerate(world.sites):
        kind = SITE_KINDS[int(site.kind)]
        graph.add_node(
            _node("site", row), kind=kind, x_km=float(site.x_km), y_km=float(site.y_km), wait_hours=float(site.wait_hours),
            utilisation=float(site.utilisation), is_separate=int(site.is_separate), n_doctors=int(site.n_doctors),
        )  # fmt: skip
    for row, community in enumerate(world.communities):
        graph.add_node(
            _node("community", row), kind="community", x_km=float(community.x_km), y_km=float(community.y_km),
            n_children=int(community.n_children), n_member_children=int(community.n_member_children),
        )  # fmt: skip


def _access(graph: nx.MultiDiGraph, model: AllianceModel) -> None:
    world = model.world
    reachable = {(c, int(s)) for c, row in enumerate(world.alternative_site) for s in row if s >= 0}
    reachable |= {(int(c), int(s)) for c, s in zip(*np.nonzero(world.flows), strict=True)}
    for community, site in sorted(reachable):
        graph.add_edge(
            _node("community", community), _node("site", site), key="access", kind="access",
            minutes=float(world.minutes[community, site]), n_first_contacts=int(world.flows[community, site]),
        )  # fmt: skip


def _ties(graph: nx.MultiDiGraph, model: AllianceModel) -> None:
    world, hospital = model.world, _node("site", len(model.world.sites) - 1)
    if world.clock[0].is_plan:
        graph.add_node(FUND, kind="fund", n_members=int(world.clock[0].n_members))
        covered = bool(is_covered(world.params[0].fund.plan, 1, 0))
        for row in np.flatnonzero(world.sites.kind <= CLINIC):
            if covered or world.referrals[row]:
                graph.add_edge(FUND, _node("site", int(row)), key="contract", kind="contract")
    for row in np.flatnonzero(world.doctors.is_accredited):
        doctor = world.doctors[row]
        node = _node("doctor", int(row))
        graph.add_node(
            node, kind="doctor", skill=float(doctor.skill), n_visits=int(doctor.n_alliance_visits_year),
            n_recorded_referrals=int(doctor.n_recorded_year), is_private=int(doctor.is_private),
        )  # fmt: skip
        graph.add_edge(node, _node("site", int(doctor.site)), key="works_at", kind="works_at")
        graph.add_edge(node, hospital, key="alliance", kind="alliance", week_certified=int(doctor.week_certified))
    for row in np.flatnonzero(world.referrals):
        graph.add_edge(_node("site", int(row)), hospital, key="referral", kind="referral", n_referrals=int(world.referrals[row]))


def provider_network(model: AllianceModel) -> nx.MultiDiGraph:
    """The network as it is now; write it with networkx.write_graphml."""
    graph = nx.MultiDiGraph(week=model.week, scenario=model.world_scenario.name, seed=model.world_seed)
    _places(graph, model)
    _access(graph, model)
    _ties(graph, model)
    return graph
