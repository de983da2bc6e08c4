"""Which provider with room does the family prefer?

Eight alternatives: the two nearest accredited doctors (0, 1), the two nearest centres (2, 3), the nearest clinic (4), the
maternal-and-child hospital (5), the nearest other hospital (6), the alliance hospital (7). At a centre or clinic the child
sees whoever is free among the doctors who are not accredited. A full provider is passed over for the next best.
"""

import numpy as np

from agents.centre import wait
from agents.centre.record import ALLIANCE_HOSPITAL, CLINIC, MATERNAL_HOSPITAL
from agents.compiled import compiled, inlined
from agents.resident import choose_provider
from agents.units import FEN_PER_YUAN
from model import dice
from model.billing import own_hospital_fen, own_primary_fen
from model.dice import hashed

FIRST_HOSPITAL_ALTERNATIVE = 5
SITE_KEY = 1_000_000  # keys of places start here, those of doctors at 0
MOST_VISITS = 16  # visits of one illness that have dice of their own in the choice
SHIFT = np.uint64(54)  # the top ten bits of a hash pick one of the 1,024 slices


@compiled
def is_open(site, doctor_row, doctors, share_of_day):
    """[bool] Whether this alternative has room for one more child at this hour of today."""
    if doctor_row >= 0:
        doctor = doctors[doctor_row]
        return wait.has_room(doctor.n_seen_today, 0.0, share_of_day, doctor.capacity_today)
    return wait.has_room(site.n_seen_today, site.background_per_day, share_of_day, site.capacity_today)


@compiled
def utils_of_hospital(k, kind):
    """What this kind of hospital is worth as such [utils]."""
    if kind == MATERNAL_HOSPITAL:
        return k.utils_maternal_hospital
    return k.utils_alliance_hospital if kind == ALLIANCE_HOSPITAL else k.utils_other_hospital


@compiled
def key_of(doctor_row, site_row):
    """Key under which a family remembers a provider: the accredited doctor, or the place."""
    return doctor_row if doctor_row >= 0 else SITE_KEY + site_row


@inlined
def systematic_utility(p, clock, child, household, minutes, site, site_row, doctor_row, doctors, key, severity, is_again):
    """Utility of one alternative without its die [utils]."""
    k = p.resident.choose_provider
    is_usual = 1 if household.usual_provider == key else 0
    if site.kind >= MATERNAL_HOSPITAL:
        own = own_hospital_fen(p, clock, child, site.kind, site.price_fen) / FEN_PER_YUAN + p.prices.indirect_hospital_yuan
        common = choose_provider.common_utility(k, minutes, site.wait_hours, own, household.trust_hospital, is_usual)
        return common + choose_provider.hospital_utility(k, utils_of_hospital(k, site.kind), is_again)
    is_accredited = 1 if doctor_row >= 0 else 0
    hours, trust = site.wait_hours, household.trust_primary
    if is_accredited:
        hours, trust = doctors[doctor_row].wait_hours, household.trust_alliance
    own = own_primary_fen(p, clock, child, household.is_member, is_accredited, site.price_fen) / FEN_PER_YUAN
    is_clinic = 1 if site.kind == CLINIC else 0
    common = choose_provider.common_utility(k, minutes, hours, own, trust, is_usual)
    is_signed = 1 if household.signed_with == site_row else 0
    return common + choose_provider.primary_utility(k, is_clinic, is_accredited, severity, is_signed)


@inlined
def best_alternative(
    p, clock, seed, child, child_row, household, case, share_of_day,
    minutes, alternative_site, alternative_doctor, sites, doctors, gumbel,
):  # fmt: skip
    """The alternative with room that this family likes best [0 to 7], -1 if all are full."""
    community = household.community
    is_again = 1 if case.n_visits > 0 else 0
    best, best_utility = -1, 0.0
    for k in range(FIRST_HOSPITAL_ALTERNATIVE if case.is_hospital_only else 0, alternative_site.shape[1]):
        site_row, doctor_row = alternative_site[community, k], alternative_doctor[community, k]
        if site_row < 0:
            continue
        site = sites[site_row]
        if not is_open(site, doctor_row, doctors, share_of_day):
            continue
        key = key_of(doctor_row, site_row)
        luck = gumbel[hashed(seed, dice.CHOICE, child_row, case.number * MOST_VISITS + case.n_visits, key) >> SHIFT]
        utility = luck + systematic_utility(
            p,
            clock,
            child,
            household,
            minutes[community, site_row],
            site,
            site_row,
            doctor_row,
            doctors,
            key,
            case.severity,
            is_again,
        )
        if best < 0 or utility > best_utility:
            best, best_utility = k, utility
    return best
