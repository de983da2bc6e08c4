"""Where do families live and providers stand, on a map of the twin's own?

Neighbourhoods on a jittered grid, centres at some of them, clinics anywhere, hospitals on a ring around the middle, drawn by
a generator that the engine does not use; the counts are those declared for the zone, in proportion to its children.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from experiments.validation.mean_field_quadrature import Array

Values = Mapping[str, float | int]

CHILDREN_OF_THE_ZONE = 90_000  # the declared counts are those of a zone of this size
N_OTHER_HOSPITALS = 3
HOSPITAL_KINDS = ("maternal", *["other"] * N_OTHER_HOSPITALS, "alliance")


@dataclass
class Zone:
    """How many there are of each for a population of this size."""

    scale: float
    n_communities: int
    n_centres: int
    n_doctors: int
    n_clinics: int
    side_km: float


def zone_of(v: Values) -> Zone:
    """Declared counts in proportion to the children; at least two of each, a doctor for each clinic."""
    scale = v["population.n_children"] / CHILDREN_OF_THE_ZONE
    at_centres = int(v["population.doctors_per_centre"])
    n_centres = max(2, round(v["population.n_centres"] * scale))
    n_doctors = max(4, round(v["population.n_candidates"] * scale), n_centres * at_centres + 2)
    n_communities = max(2, round(v["population.n_communities"] * scale))
    side = v["population.zone_km"] * math.sqrt(scale)
    return Zone(scale, n_communities, n_centres, n_doctors, n_doctors - n_centres * at_centres, side)


@dataclass
class Map:
    """One map: minutes from neighbourhoods to sites (centres, clinics, hospitals); doctors in the order of certificates."""

    minutes: Array
    site_of_doctor: Array


def draw_map(v: Values, zone: Zone, rng: np.random.Generator) -> Map:
    """One map of the zone, and the order in which its doctors are certified: private ones sooner, by their speed."""
    grid = math.ceil(math.sqrt(zone.n_communities))
    index = np.arange(zone.n_communities)
    jitter = rng.random((zone.n_communities, 2))
    homes = (np.stack([index % grid, index // grid], 1) + jitter) * zone.side_km / grid
    centres = homes[np.linspace(0, zone.n_communities - 1, zone.n_centres).astype(int)]
    clinics = rng.random((zone.n_clinics, 2)) * zone.side_km
    middle = zone.side_km / 2.0
    angle = 2.0 * math.pi * np.arange(len(HOSPITAL_KINDS)) / len(HOSPITAL_KINDS)
    away = np.array([middle if kind == "alliance" else middle / 2.0 for kind in HOSPITAL_KINDS])
    hospitals = middle + away[:, None] * np.stack([np.cos(angle), np.sin(angle)], 1)
    sites = np.concatenate([centres, clinics, hospitals])
    km = np.linalg.norm(homes[:, None] - sites[None], axis=2)
    at_centres = int(v["population.doctors_per_centre"])
    site_of = np.concatenate([np.repeat(np.arange(zone.n_centres), at_centres), zone.n_centres + np.arange(zone.n_clinics)])
    speed = np.where(site_of < zone.n_centres, 1.0, v["hospital.accredit.relative_speed_private"])
    order = np.argsort(rng.random(zone.n_doctors) / speed)
    return Map(v["population.minutes_at_least"] + v["population.minutes_per_km"] * km, site_of[order])
