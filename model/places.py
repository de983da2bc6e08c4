"""Where are the neighbourhoods and the providers, and how long does one travel?

Neighbourhoods stand on a jittered grid; a centre stands at every k-th neighbourhood, clinics anywhere, hospitals on a ring
around the middle. The dice are the seed's, so every scenario of a seed has the same map. Numbers: population.toml.
"""

import math
from typing import NamedTuple

import numpy as np

from agents.centre.record import ALLIANCE_HOSPITAL, CENTRE, CLINIC, COMMUNITY, MATERNAL_HOSPITAL, OTHER_HOSPITAL, SITE
from agents.records import rows
from agents.units import FEN_PER_YUAN
from model import dice
from model.district import N_OTHER_HOSPITALS

CHILDREN_OF_THE_ZONE = 90_000  # the declared counts of places, doctors and capacity are those of a zone of this size


class Zone(NamedTuple):
    """How many there are of each, for a population of this size."""

    scale: float
    n_communities: int
    n_centres: int
    n_clinics: int
    n_doctors: int


def size_zone(values: dict[str, float | int]) -> Zone:
    """Counts in proportion to the children; at least two of each, and one doctor for each clinic."""
    scale = values["population.n_children"] / CHILDREN_OF_THE_ZONE
    per_centre = int(values["population.doctors_per_centre"])

    def scaled(name: str, least: int) -> int:
        return max(least, round(values[f"population.{name}"] * scale))

    n_centres = scaled("n_centres", 2)
    n_doctors = max(scaled("n_candidates", 4), n_centres * per_centre + 2)
    return Zone(scale, scaled("n_communities", 2), n_centres, n_doctors - n_centres * per_centre, n_doctors)


def _uniform(seed: np.uint64, purpose: int, what: int, n: int) -> np.ndarray:
    return dice.dice(seed, purpose, np.arange(n), what)


def place_communities(p: np.record, seed: np.uint64, zone: Zone) -> np.recarray:
    """The neighbourhoods on their jittered grid."""
    communities = rows(COMMUNITY, zone.n_communities)
    side = math.ceil(math.sqrt(zone.n_communities))
    cell = p.population.zone_km * math.sqrt(zone.scale) / side
    index = np.arange(zone.n_communities)
    communities.x_km = (index % side + _uniform(seed, dice.PLACE_X, 0, zone.n_communities)) * cell
    communities.y_km = (index // side + _uniform(seed, dice.PLACE_Y, 0, zone.n_communities)) * cell
    return communities


def _place_hospitals(p: np.record, zone: Zone, sites: np.recarray) -> None:
    middle = p.population.zone_km * math.sqrt(zone.scale) / 2.0
    hospitals = sites.kind[sites.kind >= MATERNAL_HOSPITAL]
    for i, kind in enumerate(hospitals):
        angle, distance = 2.0 * math.pi * i / len(hospitals), middle * (1.0 if kind == ALLIANCE_HOSPITAL else 0.5)
        row = len(sites) - len(hospitals) + i
        sites[row].x_km, sites[row].y_km = middle + distance * math.cos(angle), middle + distance * math.sin(angle)


def _prices(p: np.record) -> list[int]:
    k = p.prices
    yuan = (k.centre_yuan, k.clinic_yuan, k.maternal_yuan, k.other_hospital_yuan, k.alliance_hospital_yuan)
    return [round(price * FEN_PER_YUAN) for price in yuan]


def place_sites(p: np.record, seed: np.uint64, zone: Zone, communities: np.recarray) -> np.recarray:
    """Centres, clinics and hospitals with position, price and doctors; the alliance hospital comes last."""
    kinds = [CENTRE] * zone.n_centres + [CLINIC] * zone.n_clinics
    kinds += [MATERNAL_HOSPITAL] + [OTHER_HOSPITAL] * N_OTHER_HOSPITALS + [ALLIANCE_HOSPITAL]
    sites = rows(SITE, len(kinds))
    sites.kind = kinds
    sites.price_fen = np.array(_prices(p))[sites.kind]
    side = p.population.zone_km * math.sqrt(zone.scale)
    sites.x_km = _uniform(seed, dice.PLACE_X, 1, len(sites)) * side
    sites.y_km = _uniform(seed, dice.PLACE_Y, 1, len(sites)) * side
    at = np.linspace(0, zone.n_communities - 1, zone.n_centres).astype(int)
    sites.x_km[: zone.n_centres], sites.y_km[: zone.n_centres] = communities.x_km[at], communities.y_km[at]
    _place_hospitals(p, zone, sites)
    n_separate = round(p.population.share_separate_centres * zone.n_centres)
    sites.is_separate[:n_separate] = 1
    per_centre = int(p.population.doctors_per_centre)
    sites.n_doctors[: zone.n_centres] = per_centre
    sites.n_doctors[zone.n_centres : zone.n_centres + zone.n_clinics] = 1
    sites.first_doctor = np.concatenate([[0], np.cumsum(sites.n_doctors)[:-1]])
    return sites


def travel_minutes(p: np.record, communities: np.recarray, sites: np.recarray) -> np.ndarray:
    """Door-to-door minutes from each neighbourhood to each place, shape (n_communities, n_sites)."""
    dx = communities.x_km[:, None] - sites.x_km[None, :]
    dy = communities.y_km[:, None] - sites.y_km[None, :]
    return p.population.minutes_at_least + p.population.minutes_per_km * np.sqrt(dx * dx + dy * dy)
