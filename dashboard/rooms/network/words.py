"""What do the parts of the room say beside their numbers?"""

from __future__ import annotations

from typing import Any

import numpy as np

from agents.centre.record import CENTRE, CLINIC
from dashboard.rooms.network.film import Film
from dashboard.rooms.network.names import Names, months_of
from dashboard.texts import Texts

OF_CONTROLS = (
    "same", "colour", "flows", "flow_note", "flow_first", "flow_straight", "flow_referral", "quantity_accredited",
    "quantity_load", "quantity_skill", "quantity_trust",
)  # fmt: skip
OF_MAP = (
    "map_title", "map_note", "map_label", "meaning_accredited", "meaning_load", "meaning_skill", "meaning_trust", "unknown",
    "kilometres", "player", "play", "pause", "back", "forward", "speed", "slow", "normal", "fast", "quarter", "centre", "clinic",
    "community", "group_hospitals", "head_visits", "line_first_visits_of",
)  # fmt: skip
OF_RECORD = (
    "choose", "zone", "record", "figure", "course", "doctors", "certified", "not_certified", "vacant", "events", "no_events",
    "all_quarters",
)  # fmt: skip
OF_PLACES = ("table", "find", "head_name", "head_referrals")
OF_CHARTS = ("baseline", "policy", "save", "save_png", "save_svg", "save_csv", "save_parquet")


def said(texts: Texts, seed: int) -> dict[str, str]:
    """Return the words of all parts."""
    words = texts.several("network", *OF_CONTROLS, *OF_MAP, *OF_RECORD, *OF_PLACES) | texts.several("chart", *OF_CHARTS)
    return words | {"world": texts("network.world", seed=seed)}


def groups(texts: Texts, names: Names, film: Film) -> list[dict[str, Any]]:
    """Return all places and neighbourhoods by kind, to choose from."""
    kind = film.ground.kind
    sites = {"group_centres": kind == CENTRE, "group_clinics": kind == CLINIC, "group_hospitals": kind > CLINIC}
    found: list[dict[str, Any]] = [
        {"name": texts(f"network.{name}"), "nodes": [[f"site-{row}", names.site(int(row))] for row in np.flatnonzero(which)]}
        for name, which in sites.items()
    ]
    communities = [[f"community-{row}", names.community(row)] for row in range(len(film.ground.community_x_km))]
    return [*found, {"name": texts("network.group_communities"), "nodes": communities}]


def quarters(texts: Texts, film: Film) -> list[str]:
    """Return the names of all quarters."""
    return [months_of(texts, film, at) for at in range(len(film))]
