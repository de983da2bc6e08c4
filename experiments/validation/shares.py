"""Do families choose providers in the shares of the multinomial logit?

    P(k) = exp(utility of k) / sum of exp(utility) over the providers with room

Each provider has a Gumbel die of its own and the family takes the best. Utilities are computed here anew, from the declared
numbers and the definition, and the shares are held against the model's own choice (`best_alternative`) for three families
in the same neighbourhood. Gumbel dice come from a table of 1,024 slices: how far its exact shares lie from the logit's is
computed too. When a provider closes, only those who had chosen it may change.
"""

import math
from typing import Any, NamedTuple

import numpy as np

from agents.centre.record import ALLIANCE_HOSPITAL, CLINIC, MATERNAL_HOSPITAL
from agents.units import FEN_PER_YUAN, YUAN_PER_MONEY_STEP
from experiments.validation.check import FURTHEST, Check, asked, error_of_share, normal_from_chi_square, within
from experiments.validation.isolated import isolated_world
from model import tables
from model.choice import FIRST_HOSPITAL_ALTERNATIVE, SITE_KEY, best_alternative
from model.reorganise import reorganise
from model.world import World

ENDLESS = 10**9  # visits a day
NAMES = (
    "accredited, nearest",
    "accredited, next",
    "centre, nearest",
    "centre, next",
    "clinic",
    "maternal",
    "other",
    "alliance hospital",
)
CLOSED = 2  # the alternative that is closed: the nearest centre


class Family(NamedTuple):
    """Who chooses, and in what state."""

    is_member: int
    severity: float
    n_visits: int  # visits of this illness so far
    usual: int  # alternative that is its usual provider, -1 if none
    trust: tuple[float, float, float]  # in ordinary primary care, accredited doctors, hospitals
    is_hospital_only: int = 0


FAMILIES = {
    "a first visit": Family(0, 0.0, 0, -1, (0.70, 0.65, 0.72)),
    "a member who comes back": Family(1, 0.8, 1, 0, (0.60, 0.80, 0.66)),
    "only a hospital will do": Family(0, 1.0, 1, -1, (0.55, 0.60, 0.75), is_hospital_only=1),
}


def open_world(seed: int) -> tuple[World, np.uint64]:
    """A zone with two accredited doctors at different places and room for everybody."""
    world, key = isolated_world({}, seed, n_children=12_000)
    last = len(world.doctors) - 1
    world.doctors.is_accredited[[0, last]] = 1
    reorganise(world)
    world.doctors.wait_hours[[0, last]] = 0.2, 0.7
    world.doctors.capacity_today[:] = world.sites.capacity_today[:] = ENDLESS
    world.sites.wait_hours[:] = np.linspace(0.1, 2.5, len(world.sites))
    world.clock[0].is_plan = 1
    return world, key


def own_yuan(p: Any, kind: int, price_yuan: float, is_covered: bool) -> float:
    """What the family pays of a visit, from the definition [yuan]."""
    shares = p.government.reimburse
    share = (
        shares.share_primary if kind <= CLINIC else shares.share_secondary if kind == MATERNAL_HOSPITAL else shares.share_hospital
    )
    own = price_yuan * (1.0 - share)
    return own * (1.0 - p.fund.plan.covered_share) if is_covered else own


def of_kind(k: Any, kind: int, is_accredited: bool, family: Family) -> float:
    """The part of the utility that belongs to the kind of provider [utils]."""
    if kind > CLINIC:
        utils = {MATERNAL_HOSPITAL: k.utils_maternal_hospital, ALLIANCE_HOSPITAL: k.utils_alliance_hospital}
        return k.utils_any_hospital + utils.get(kind, k.utils_other_hospital) + k.utils_hospital_again * (family.n_visits > 0)
    primary = k.utils_clinic if kind == CLINIC else k.utils_centre
    return primary + k.utils_certificate * is_accredited + k.utils_per_severity_at_primary * family.severity


def family_of(world: World) -> Any:
    """The household of the first child [row]."""
    return world.households[world.children[0].household]


def utilities(world: World, family: Family, community: int) -> np.ndarray:
    """Utility of each alternative from the definition [utils], shape (8,); minus infinity where there is none."""
    p = world.params[0]
    k, found = p.resident.choose_provider, np.full(len(NAMES), -math.inf)
    for i, (site_row, doctor_row) in enumerate(
        zip(world.alternative_site[community], world.alternative_doctor[community], strict=True)
    ):
        if site_row < 0 or (family.is_hospital_only and i < FIRST_HOSPITAL_ALTERNATIVE):
            continue
        site: Any = world.sites[site_row]
        doctor: Any = world.doctors[doctor_row]
        is_accredited = doctor_row >= 0
        own = own_yuan(p, site.kind, site.price_fen / FEN_PER_YUAN, bool(family.is_member and site.kind <= CLINIC))
        own += p.prices.indirect_hospital_yuan * (site.kind > CLINIC)
        hours = doctor.wait_hours if is_accredited else site.wait_hours
        trust = family.trust[2 if site.kind > CLINIC else int(is_accredited)]
        found[i] = (
            k.utils_per_minute * world.minutes[community, site_row] + k.utils_per_wait_hour * hours
            + k.utils_per_100_yuan * own / YUAN_PER_MONEY_STEP + k.utils_per_trust * (trust - k.mean_trust)
            + k.utils_usual_provider * (i == family.usual) + of_kind(k, site.kind, is_accredited, family)
        )  # fmt: skip
    return found


def logit(utility: np.ndarray) -> np.ndarray:
    """Exact shares, shape as `utility`."""
    weights = np.exp(utility - utility.max())
    return weights / weights.sum()


def shares_of_table(utility: np.ndarray) -> np.ndarray:
    """Exact shares under the table of Gumbel slices instead of the law; earlier alternatives win ties."""
    dice_of, found = np.sort(tables.gumbel()), np.zeros(len(utility))
    for i in np.flatnonzero(np.isfinite(utility)):
        wins = np.ones(len(dice_of))
        for j in np.flatnonzero(np.isfinite(utility)):
            if j != i:
                side = "left" if j < i else "right"
                wins *= np.searchsorted(dice_of, dice_of + utility[i] - utility[j], side=side) / len(dice_of)
        found[i] = wins.mean()
    return found


def chosen(world: World, key: np.uint64, family: Family, n: int) -> np.ndarray:
    """What the family chooses in each of `n` illnesses, shape (n,)."""
    child, household, case, community = world.children[0], family_of(world), world.cases[0], family_of(world).community
    household.is_member = family.is_member
    household.trust_primary, household.trust_alliance, household.trust_hospital = family.trust
    household.usual_provider = -1
    if family.usual >= 0:
        doctor, site = world.alternative_doctor[community, family.usual], world.alternative_site[community, family.usual]
        household.usual_provider = doctor if doctor >= 0 else SITE_KEY + site
    case.severity, case.n_visits, case.is_hospital_only = family.severity, family.n_visits, family.is_hospital_only
    found, p, clock = np.empty(n, np.int64), world.params[0], world.clock[0]
    with np.errstate(over="ignore"):
        for number in range(n):
            case.number = number
            found[number] = best_alternative(
                p, clock, key, child, 0, household, case, 0.5, world.minutes, world.alternative_site, world.alternative_doctor,
                world.sites, world.doctors, world.gumbel,
            )  # fmt: skip
    return found


def held_against(who: str, shares: np.ndarray, choices: np.ndarray) -> list[Check]:
    """Chosen providers against exact shares: all at once, and the most chosen one alone."""
    n, counts = len(choices), np.bincount(choices, minlength=len(shares))
    there = shares > 0.0
    chi_square = float((((counts - n * shares) ** 2)[there] / (n * shares[there])).sum())
    degrees = int(there.sum()) - 1
    z, because, question = (
        normal_from_chi_square(chi_square, degrees),
        f"{n:,} choices",
        "Do families choose in exact logit shares?",
    )
    holds = z <= FURTHEST and not counts[~there].any()
    all_ = Check("verification", f"choice, {who}: all shares", question, f"chi-square {degrees}",
                 f"chi-square {chi_square:.3g}", z, "holds" if holds else "fails", because)  # fmt: skip
    checks = [all_]
    for i in np.argsort(-shares)[:2].tolist():
        share = float(shares[i])
        checks.append(
            within(f"choice, {who}: {NAMES[i]}", question, share, float(counts[i]) / n, error_of_share(share, n), "1", because)
        )
    return checks


def table_check(who: str, utility: np.ndarray) -> Check:
    """How far the table of Gumbel slices moves the exact shares."""
    gap = 100.0 * float(np.abs(shares_of_table(utility) - logit(utility)).max())
    question = "Do slices of the Gumbel law leave the shares where they are?"
    return asked(f"choice, {who}: slices", question, gap < 0.1, "less than 0.1 percentage points", f"{gap:.3f} percentage points")


def closing_check(world: World, key: np.uint64, family: Family, before: np.ndarray) -> Check:
    """Closing a provider moves only those who had chosen it."""
    site: Any = world.sites[world.alternative_site[family_of(world).community, CLOSED]]
    site.capacity_today = 0
    after = chosen(world, key, family, len(before))
    site.capacity_today = ENDLESS
    others, moved = before != CLOSED, before == CLOSED
    n_moved = int((after[others] != before[others]).sum())
    holds = n_moved == 0 and not (after[moved] == CLOSED).any()
    question = "When a provider is full, do only those who had chosen it go elsewhere?"
    found = f"{n_moved} of {int(others.sum())} others moved"
    return asked("choice, a provider closes", question, holds, "0 others moved", found, f"{int(moved.sum())} had chosen it")


def share_checks(n: int = 20_000, seed: int = 1) -> list[Check]:
    """All checks of the choice of provider."""
    world, key = open_world(seed)
    community = int(family_of(world).community)
    checks, before = [], np.empty(0, np.int64)
    for who, family in FAMILIES.items():
        utility = utilities(world, family, community)
        choices = chosen(world, key, family, n)
        checks += [*held_against(who, logit(utility), choices), table_check(who, utility)]
        before = choices if family == FAMILIES["a first visit"] else before
    return [*checks, closing_check(world, key, FAMILIES["a first visit"], before)]
