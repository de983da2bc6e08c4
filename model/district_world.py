"""How does a world begin in a planner's own district?

Children by community and age group, places, doctors, fees and travel stand as the files say. Whatever they do not say is a
die of the seed, keyed by what stays: a child by community, age group and number within it, a household by its first child,
a doctor by the provider's line and number within it. So a fee or an income moves nobody, and one child more in one
community leaves all others as they are. (Later dice, of illness and examination, are keyed by rows, which an added child or
doctor shifts for those who come after.) A newcomer replaces the child of the own community that reaches fifteen.

Certified doctors are those of the place's candidates who would do best in an examination at the start of the case. They
see children as such from its second week on (the first ends a month, whose hours of training would be paid in full); their
certificates are up to a year old, so that not all of them must renew in one quarter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from agents.centre.record import CENTRE, CLINIC, COMMUNITY, SITE
from agents.doctor import learn
from agents.hospital import accredit
from agents.records import rows
from agents.resident.record import CHILD
from agents.units import WEEKS_OF_CHILDHOOD, WEEKS_UNTIL_5, WEEKS_UNTIL_10
from model import calendar, dice, tables
from model.certificates import certify
from model.institutions import Zone as ZoneOfWeeks
from model.places import CHILDREN_OF_THE_ZONE, Zone, travel_minutes
from model.population import Homes, Settled, doctors_of, frailty_of, households_of
from model.reorganise import reorganise
from model.staff import weigh

if TYPE_CHECKING:
    from model.district import Community, District, Provider

EDGES = (0, WEEKS_UNTIL_5, WEEKS_UNTIL_10, WEEKS_OF_CHILDHOOD)
N_AGES = len(EDGES) - 1
KEYS_OF_CELL = 1 << 24  # more children than one community has of one age group
KEY_OF_NEWCOMERS = 1 << 48  # above the keys of all children of the first week
KEYS_OF_PROVIDER = 1 << 10  # more doctors than one provider has
WEEK_OF_THE_CERTIFIED = calendar.FIRST_HISTORY_WEEK + 1
ORDER, AGE_OF_CERTIFICATE = 1, 1  # the second die (n) of a child's sibling die, of a doctor's examination


def settle_district(p: np.record, district: District, seed: np.uint64) -> Settled:
    """Everything that stands on the first day: places, children, households, doctors."""
    zone = zone_of(district)
    communities, sites = communities_of(district), sites_of(district)
    minutes = minutes_of(p, district)
    children, homes = register_of(p, district, seed)
    households = households_of(p, seed, children, zone.n_communities, homes)
    doctors = doctors_of(p, seed, sites, zone, keys_of_doctors(district))
    doctors.is_candidate = [int(n < provider.candidates) for provider, n in _slots(district)]
    return Settled(zone, communities, sites, minutes, children, households, doctors)


def zone_of(district: District) -> Zone:
    """How many there are of each; the scale is the children against those of the declared zone."""
    n_centres, n_clinics = len(district.of_kind(CENTRE)), len(district.of_kind(CLINIC))
    scale = district.n_children / CHILDREN_OF_THE_ZONE
    return Zone(scale, len(district.communities), n_centres, n_clinics, district.n_doctors)


def minutes_of(p: np.record, district: District) -> np.ndarray:
    """Door-to-door minutes, shape (n_communities, n_sites): those of the files, or by the positions."""
    if district.minutes is not None:
        return np.array(district.minutes)
    return travel_minutes(p, communities_of(district), sites_of(district))


def communities_of(district: District) -> np.recarray:
    """The communities in the order of their file."""
    communities = rows(COMMUNITY, len(district.communities))
    communities.x_km = [community.x_km for community in district.communities]
    communities.y_km = [community.y_km for community in district.communities]
    return communities


def sites_of(district: District) -> np.recarray:
    """The providers by kind, the alliance hospital last."""
    sites = rows(SITE, len(district.providers))
    for column, name in (("kind", "kind"), ("x_km", "x_km"), ("y_km", "y_km"), ("price_fen", "fee_fen"), ("n_doctors", "doctors")):
        sites[column] = [getattr(provider, name) for provider in district.providers]
    sites.is_separate = [provider.is_separate for provider in district.providers]
    sites.first_doctor = np.concatenate([[0], np.cumsum(sites.n_doctors)[:-1]])
    return sites


def _slots(district: District) -> list[tuple[Provider, int]]:
    """Every doctor: the provider and the number within it."""
    return [(provider, n) for provider in district.providers for n in range(provider.doctors)]


def keys_of_doctors(district: District) -> np.ndarray:
    """The permanent key of every doctor, shape (n_doctors,)."""
    return np.array([provider.row * KEYS_OF_PROVIDER + n for provider, n in _slots(district)], np.int64)


# -- children ---------------------------------------------------------------------------------------------------------


def keys_of_community(row: int, community: Community) -> np.ndarray:
    """The permanent keys of the children of a community, age group after age group, shape (n_children,)."""
    cells = [(row * N_AGES + age) * KEYS_OF_CELL + np.arange(n) for age, n in enumerate(community.children)]
    return np.concatenate(cells)


def age_of(seed: np.uint64, keys: np.ndarray) -> np.ndarray:
    """Age in weeks in the first week, even within the age group, shape of `keys`."""
    low, high = (np.array(EDGES)[keys // KEYS_OF_CELL % N_AGES + i] for i in (0, 1))
    return (low + dice.dice(seed, dice.POPULATION_AGE, keys) * (high - low)).astype(np.int64)


def register_of(p: np.record, district: District, seed: np.uint64) -> tuple[np.recarray, Homes]:
    """Every child that is ever in the register, in order of entry, and where the households live."""
    listed = [keys_of_community(row, community) for row, community in enumerate(district.communities)]
    listed = [keys[np.argsort(dice.dice(seed, dice.POPULATION_SIBLING, keys, 0, ORDER), kind="stable")] for keys in listed]
    keys, n_of = np.concatenate(listed), [len(part) for part in listed]
    community = np.repeat(np.arange(len(listed)), n_of)
    is_first = dice.dice(seed, dice.POPULATION_SIBLING, keys) >= p.population.p_sibling
    is_first[np.concatenate([[0], np.cumsum(n_of)[:-1]])] = True  # nobody is a sibling of the next community's children
    incomes = np.array([each.mean_income_yuan for each in district.communities])
    homes = Homes(keys[is_first], community[is_first], incomes[community[is_first]])
    last = WEEKS_OF_CHILDHOOD - age_of(seed, keys)
    leavers = np.argsort(last, kind="stable")[: int((last < calendar.LAST_WEEK).sum())]  # in the order in which they leave
    children = rows(CHILD, len(keys) + len(leavers))
    children.last_week[: len(keys)] = last
    children.household[: len(keys)] = np.cumsum(is_first) - 1
    _add_newcomers(children[len(keys) :].view(np.recarray), last[leavers], keys[leavers], community[leavers], homes, seed)
    children.frailty = frailty_of(p, seed, np.concatenate([keys, keys[leavers] + KEY_OF_NEWCOMERS]))
    return children, homes


def _add_newcomers(
    newcomers: np.recarray, week: np.ndarray, keys: np.ndarray, community: np.ndarray, homes: Homes, seed: np.uint64
) -> None:
    """Each is born in the week in which a child of the community reaches fifteen, into one of its households."""
    newcomers.first_week, newcomers.last_week = week, week + WEEKS_OF_CHILDHOOD
    first, n = np.searchsorted(homes.community, community), np.bincount(homes.community)[community]
    newcomers.household = first + (dice.dice(seed, dice.HOUSEHOLD_NEWCOMER, keys) * n).astype(np.int64)


# -- who holds a certificate when the case starts -----------------------------------------------------------------------


class ZoneOfDistrict(ZoneOfWeeks):
    """Families, doctors and the hospitals' doors, and when the case has begun the doctors who are certified already."""

    def before_week(self) -> None:
        """Certify the doctors of the files when the case begins."""
        model = self.model
        if model.week == WEEK_OF_THE_CERTIFIED and model.world.clock[0].is_alliance:
            certify_first(model.world, model.world_scenario.district, model.seed_key, model.sd_skill)


def is_in_post(world, row: int) -> bool:
    """[bool] Whether the post of a doctor is not vacant."""
    return world.doctors[row].week_vacant < 0


def certify_first(world, district: District, seed: np.uint64, sd_skill: float) -> None:
    """Certify the doctors of the files; without an alliance nobody is."""
    p, clock, week = world.params[0], world.clock[0], calendar.FIRST_HISTORY_WEEK
    keys = keys_of_doctors(district)
    noise = tables.normal()[(dice.dice(seed, dice.EXAMINATION, keys, week) * tables.N_SLICES).astype(np.int64)]
    age = (dice.dice(seed, dice.EXAMINATION, keys, week, AGE_OF_CERTIFICATE) * calendar.BURN_IN_WEEKS).astype(np.int64)
    for site, provider in zip(world.sites, district.providers, strict=True):
        of_site = [row for row in range(site.first_doctor, site.first_doctor + provider.candidates) if is_in_post(world, row)]
        result = {row: accredit.result(p.hospital.accredit, world.doctors[row].skill, sd_skill, noise[row]) for row in of_site}
        for row in sorted(of_site, key=lambda row: -result[row])[: provider.certified]:
            doctor = world.doctors[row]
            doctor.trained_skill, doctor.n_sittings = p.hospital.accredit.training_gain, 1
            doctor.week_certified = doctor.week_of_sitting = week - age[row]
            doctor.skill = learn.total_skill(doctor.innate_skill, doctor.trained_skill, doctor.learned_skill, doctor.invested_skill)
            certify(clock, doctor)
            weigh(clock, world.sites, doctor, p)
    reorganise(world)
