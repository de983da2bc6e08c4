"""Who lives in the zone, and who works there?

Children who will ever be in the register have a row from the start: those of the first week, then one newcomer for each
child that reaches fifteen, so that the zone keeps its size. Every attribute is a die of the seed and the row, so the same
child exists in every scenario and for every horizon. A newcomer is born into a household of the zone.

Households: the next child of the register is a sibling with p_sibling. Frailty is gamma (mean 1), income lognormal, trust
normal around its mean. Numbers: population.toml, illness.toml, trust.toml.
"""

import math
from typing import NamedTuple

import numpy as np

from agents.centre.record import CLINIC
from agents.doctor.record import DOCTOR
from agents.records import rows
from agents.resident.record import CHILD, HOUSEHOLD
from agents.units import WEEKS_OF_CHILDHOOD, WEEKS_UNTIL_5, WEEKS_UNTIL_10
from model import dice, tables
from model.calendar import LAST_WEEK
from model.places import Zone

LEAST_TRUST, MOST_TRUST = 0.05, 0.95
SMALLEST_DIE = 2.0**-54
N_FIFTHS = 5


class Settled(NamedTuple):
    """Everything that stands on the first day, before anybody acts."""

    zone: Zone
    communities: np.recarray  # (n_communities,)
    sites: np.recarray  # (n_sites,)
    minutes: np.ndarray  # (n_communities, n_sites)
    children: np.recarray  # (n_children_ever,)
    households: np.recarray  # (n_households,)
    doctors: np.recarray  # (n_doctors,)


class Homes(NamedTuple):
    """Where the households of a planner's own district live, and the key of their dice."""

    key: np.ndarray  # (n_households,)
    community: np.ndarray  # (n_households,), in order
    mean_income_yuan: np.ndarray  # (n_households,) mean of the community


def frailty_of(p: np.record, seed: np.uint64, who: np.ndarray) -> np.ndarray:
    """How often each child is ill against others of its age [1], shape of `who`, the keys of their dice."""
    return _gamma(seed, who, p.illness.frailty_cv)


def _gamma(seed: np.uint64, who: np.ndarray, cv: float) -> np.ndarray:
    """Gamma with mean 1 and this coefficient of variation: the mean of whole many exponentials, shape of `who`."""
    if cv <= 0.0:
        return np.ones(len(who))
    shape = max(1, round(1.0 / cv**2))
    total = np.zeros(len(who))
    for n in range(shape):
        total -= np.log(dice.dice(seed, dice.POPULATION_FRAILTY, who, 0, n) + SMALLEST_DIE)
    return total / shape


def _quantile(table: np.ndarray, u: np.ndarray) -> np.ndarray:
    return table[(u * len(table)).astype(np.int64)]


def _ages_at_start(p: np.record, seed: np.uint64, n: int) -> np.ndarray:
    """Age in weeks of the children of the first week, shape (n,): the age shares, even within each group."""
    u = dice.dice(seed, dice.POPULATION_AGE, np.arange(n))
    young, middle = p.population.share_0_4, p.population.share_0_4 + p.population.share_5_9
    edges = [0, WEEKS_UNTIL_5, WEEKS_UNTIL_10, WEEKS_OF_CHILDHOOD]
    return np.interp(u, [0.0, young, middle, 1.0], edges).astype(np.int64).clip(0, WEEKS_OF_CHILDHOOD - 1)


def register(p: np.record, seed: np.uint64) -> np.recarray:
    """Every child that is ever in the register, in order of entry."""
    n = int(p.population.n_children)
    last = WEEKS_OF_CHILDHOOD - _ages_at_start(p, seed, n)
    newcomers = np.sort(last[last < LAST_WEEK])
    children = rows(CHILD, n + len(newcomers))
    children.last_week[:n] = last
    children.first_week[n:], children.last_week[n:] = newcomers, newcomers + WEEKS_OF_CHILDHOOD
    children.frailty = frailty_of(p, seed, np.arange(len(children)))
    sibling = dice.dice(seed, dice.POPULATION_SIBLING, np.arange(n)) < p.population.p_sibling
    sibling[0] = False
    children.household[:n] = np.cumsum(~sibling) - 1
    n_households = int(children.household[n - 1]) + 1
    home = dice.dice(seed, dice.HOUSEHOLD_NEWCOMER, np.arange(n, len(children)))
    children.household[n:] = (home * n_households).astype(np.int64)
    return children


def households_of(
    p: np.record, seed: np.uint64, children: np.recarray, n_communities: int, of_district: Homes | None = None
) -> np.recarray:
    """The households of the register with place, income, risk and trust before the alliance; `of_district` says where."""
    n = int(children.household.max()) + 1
    households, who, mean_income = rows(HOUSEHOLD, n), np.arange(n), p.population.mean_income_yuan
    households.community = (dice.dice(seed, dice.POPULATION_COMMUNITY, who) * n_communities).astype(np.int64)
    if of_district is not None:
        who, households.community, mean_income = of_district
    normal = tables.normal()
    spread = p.population.income_spread
    log_income = spread * _quantile(normal, dice.dice(seed, dice.HOUSEHOLD_INCOME, who)) - spread**2 / 2.0
    households.income_yuan = mean_income * np.array([math.exp(x) for x in log_income])
    is_born = children.first_week == 0  # newcomers are not born yet: a family knows the children it has
    homes, frailty = children.household[is_born], children.frailty[is_born]
    households.risk = np.bincount(homes, frailty, n) / np.bincount(homes, minlength=n)
    mean, sd = p.resident.choose_provider.mean_trust, p.resident.trust.initial_spread
    for kind, name in enumerate(("trust_primary", "trust_alliance", "trust_hospital")):
        u = dice.dice(seed, dice.HOUSEHOLD_TRUST, who, kind)
        households[name] = np.clip(mean + sd * _quantile(normal, u), LEAST_TRUST, MOST_TRUST)
    households.usual_provider = households.signed_with = -1
    from_rank = [rank for i in range(1, N_FIFTHS) if (rank := math.ceil(n * i / N_FIFTHS)) < n]
    edges = np.sort(households.income_yuan)[from_rank]  # income from which one belongs to the next fifth
    households.fifth = np.searchsorted(edges, households.income_yuan, side="right")
    return households


def skill_before_training(p: np.record) -> np.ndarray:
    """Quantiles of skill before training, shape (1024,)."""
    k = p.doctor.learn
    return tables.beta(k.beta_shape, k.beta_shape * (1.0 - k.mean_skill) / k.mean_skill)


def doctors_of(p: np.record, seed: np.uint64, sites: np.recarray, zone: Zone, keys: np.ndarray | None = None) -> np.recarray:
    """The family doctors of the centres and clinics, before any training; `keys` of their dice, if they are not their rows."""
    doctors, who = rows(DOCTOR, zone.n_doctors), np.arange(zone.n_doctors) if keys is None else keys
    doctors.site = np.repeat(np.arange(len(sites)), sites.n_doctors)
    doctors.is_private = sites.kind[doctors.site] == CLINIC
    doctors.is_candidate = 1
    k = p.doctor.learn
    innate = _quantile(skill_before_training(p), dice.dice(seed, dice.DOCTOR_SKILL, who)) + k.private_skill_gap * doctors.is_private
    doctors.innate_skill = doctors.skill = np.clip(innate, 0.0, 1.0)
    caution = _quantile(tables.normal(), dice.dice(seed, dice.DOCTOR_CAUTION, who))
    doctors.log_caution = math.log(p.doctor.refer.caution) + p.doctor.refer.caution_spread * caution
    speed = np.where(doctors.is_private == 1, p.hospital.accredit.relative_speed_private, 1.0)
    doctors.turn = dice.dice(seed, dice.DOCTOR_TURN, who) / speed
    doctors.belief = k.initial_belief
    doctors.week_certified = doctors.week_vacant = -1
    doctors.week_advised_on_referral = doctors.week_advised_on_drugs = -1
    doctors.patience = dice.dice(seed, dice.DOCTOR_PATIENCE, who)
    return doctors
