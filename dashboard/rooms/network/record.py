"""Who is the chosen node, and what happened there?

Its figures are written for every quarter, in the shown world and in the other one, so that the browser can follow the
player; what happened to its doctors is told in words.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pandas as pd

from agents.centre.record import CLINIC, SITE_KINDS
from dashboard import figures
from dashboard.rooms.network.film import Film
from dashboard.rooms.network.happenings import KINDS
from dashboard.rooms.network.lines import lines_of, since
from dashboard.rooms.network.names import Names, Node, mark_of
from dashboard.texts import Texts
from model import calendar

MOST_EVENTS = 400


def record_message(texts: Texts, names: Names, node: Node, film: Film, other: Film | None) -> str:
    """Return a node's record as JSON; `other` is the other world's film, if it differs."""
    return json.dumps({
        "id": str(node),
        "title": names.of(node),
        "kind": names.kind_of(node),
        "facts": _facts(texts, names, node, film),
        "lines": _lines(texts, node, film, other),
        "doctors": _doctors(names, node, film),
        "place": _place(names, node, film),
        "events": _events(texts, names, node, film),
        "policy": int(np.searchsorted(film.last_week, calendar.FIRST_POLICY_WEEK)),
    }, ensure_ascii=False, separators=(",", ":"))  # fmt: skip


def _lines(texts: Texts, node: Node, film: Film, other: Film | None) -> list[dict[str, Any]]:
    others = {line.name: line for line in lines_of(other, node)} if other else {}
    found = []
    for line in lines_of(film, node):
        there = others.get(line.name)
        found.append({
            "label": texts(f"network.{line.name}"),
            "shown": line.written(texts),
            "other": there.written(texts) if there else [],
            "curve": [] if line.write is since else figures.drawn(line.values.tolist(), 4),
            "other_curve": figures.drawn(there.values.tolist(), 4) if there and line.write is not since else [],
        })  # fmt: skip
    return found


def _facts(texts: Texts, names: Names, node: Node, film: Film) -> list[list[str]]:
    """What never changes of a node: pairs of a label and a value."""
    ground = film.ground
    if node.table == "site":
        facts = [[texts("network.fact_price"), figures.yuan(texts, float(ground.price_yuan[node.row]))]]
        if ground.kind[node.row] <= CLINIC:
            facts.insert(0, [texts("network.fact_posts"), str(len(ground.doctors_at(node.row)))])
            is_separate = bool(ground.is_separate[node.row])
            facts.append([texts("network.fact_accounts"), texts("network.separate" if is_separate else "network.not_separate")])
        return facts
    if node.table == "community":
        nearest = film.flows[:, node.row].sum(axis=0)
        order = [int(site) for site in np.argsort(-nearest, kind="stable")[:3] if nearest[site] > 0]
        return (
            [[texts("network.fact_goes_to"), texts("figure.list_joint").join(names.site(site) for site in order)]] if order else []
        )
    if node.table == "doctor":
        return [[texts("network.fact_place"), names.site(int(ground.site_of_doctor[node.row]))]]
    posts = [[texts("network.fact_doctors"), str(len(ground.site_of_doctor))]]
    return [*posts, [texts("network.fact_places"), str(int((ground.kind <= CLINIC).sum()))]]


def _doctors(names: Names, node: Node, film: Film) -> list[dict[str, Any]]:
    """The doctors of a place, each with a certificate or not in each quarter; a vacant post is 2."""
    if node.table != "site":
        return []
    state = np.where(film.doctors["is_vacant"] == 1, 2, film.doctors["is_accredited"]).astype(int)
    rows = film.ground.doctors_at(node.row)
    return [{"id": f"doctor-{row}", "name": names.doctor_here(int(row)), "state": state[:, row].tolist()} for row in rows]


def _place(names: Names, node: Node, film: Film) -> list[str]:
    """The place of a doctor, to go back to: its node and its name."""
    if node.table != "doctor":
        return []
    site = int(film.ground.site_of_doctor[node.row])
    return [f"site-{site}", names.site(site)]


def _events(texts: Texts, names: Names, node: Node, film: Film) -> list[dict[str, Any]]:
    """What happened to the node's doctors, first things first."""
    if node.table not in ("site", "doctor"):
        return []
    rows = film.ground.doctors_at(node.row) if node.table == "site" else np.array([node.row])
    told = film.events[np.isin(film.events[:, 1], rows)][:MOST_EVENTS]
    found = []
    for week, row, kind in told.tolist():
        what = texts(f"network.event_{KINDS[kind]}")
        if node.table == "site":
            what = texts("network.event_of", doctor=names.doctor_here(row), what=what)
        day = figures.day(texts, calendar.week(week).start)
        found.append({"at": int(np.searchsorted(film.last_week, week)), "day": day, "what": what})
    return found


def sentences(texts: Texts, film: Film) -> list[str]:
    """Return what is to be seen in each quarter, in one sentence or two."""
    zone = film.zone
    a_week = {name: film.a_week(zone[name]) for name in ("n_first_contacts", "n_recorded_referrals", "n_self_referred")}
    primary = zone["n_first_contacts_primary"] / np.maximum(zone["n_first_contacts"], 1)
    n_in_post = film.sites["n_in_post"].sum(axis=1)
    return [
        texts(
            "network.sentence", n_accredited=int(zone["n_accredited_doctors"][at]), n_doctors=int(n_in_post[at]),
            first=figures.count(texts, float(a_week["n_first_contacts"][at])),
            primary=figures.percent(texts, float(primary[at]), digits=0),
            recorded=figures.about(texts, float(a_week["n_recorded_referrals"][at])),
            by_themselves=figures.about(texts, float(a_week["n_self_referred"][at])),
        )
        for at in range(len(film))
    ]  # fmt: skip


def frame_of(names: Names, film: Film) -> pd.DataFrame:
    """Return every place in every quarter, in the units of the engine; flows are means of a week."""
    n, n_sites = len(film), len(film.ground.kind)
    sites = film.sites | {name: film.a_week(film.sites[name]) for name in ("visits", "first_visits", "recorded")}
    columns = {name: values.reshape(-1) for name, values in sites.items()}
    return pd.DataFrame({
        "quarter": np.repeat([mark_of(film, at) for at in range(n)], n_sites),
        "site": np.tile([f"site-{row}" for row in range(n_sites)], n),
        "name": np.tile([names.site(row) for row in range(n_sites)], n),
        "kind": np.tile([SITE_KINDS[int(kind)] for kind in film.ground.kind], n),
        **columns,
    })  # fmt: skip
