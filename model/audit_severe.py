"""Was each severe illness paid as the rules say, and what may the reinsurer charge?

The list of severe illnesses is settled when the world begins; cost, basic insurance, benefit and reinsurance follow from it.
"""

import math
from functools import lru_cache

import numpy as np

from agents.units import FEN_PER_YUAN, MONTHS_PER_YEAR
from model import dice, ledger
from model.audit_facts import Expected, Facts, compare

N_SLICES = 256
Terms = tuple[float, ...]


def _floor_fen(yuan: float) -> int:
    return math.floor(yuan * FEN_PER_YUAN)


def terms_of(p: np.record) -> Terms:
    """Every number that the payments of one severe illness depend on."""
    k, basic = p.fund.cover_severe, p.government.reimburse
    names = ("least_cost_yuan", "greatest_cost_yuan", "tail", "share_covered", "deductible_yuan", "greatest_benefit_yuan",
             "share_reinsured", "retention_yuan")  # fmt: skip
    return (*(float(k[name]) for name in names), float(basic.share_inpatient), float(basic.inpatient_cap_yuan))


def payments_of(terms: Terms, u: float) -> tuple[int, int, int, int]:
    """Basic insurance, own payment, benefit to a member, the reinsurer's part of it [fen] of one severe illness with die `u`."""
    least, greatest, tail, covered, deductible, most, reinsured, retention, share, cap = terms
    price = _floor_fen(min(greatest, least * math.pow(1.0 - u, -1.0 / tail)))
    basic = min(math.floor(share * price), _floor_fen(cap))
    benefit = min(_floor_fen(most), math.floor(covered * max(0, price - basic - _floor_fen(deductible))))
    return basic, price - basic, benefit, math.floor(reinsured * max(0, benefit - _floor_fen(retention)))


@lru_cache(maxsize=64)
def expected_reinsured(terms: Terms) -> float:
    """Mean payment of the reinsurer for one severe illness [fen], over the middles of equal slices of the die."""
    return sum(payments_of(terms, (i + 0.5) / N_SLICES)[3] for i in range(N_SLICES)) / N_SLICES


def check_severe(facts: Facts) -> list[str]:
    """Costs, basic insurance, benefits and reinsurance of the severe illnesses that began in the week."""
    world, terms = facts.world, terms_of(facts.p)
    children = world.severe_child[world.severe_week == facts.index]
    dice_of_cost = dice.dice(facts.seed, dice.SEVERE_COST, children)
    basic = own = benefit = reinsured = 0
    for child, u in zip(children.tolist(), dice_of_cost.tolist(), strict=True):
        paid = payments_of(terms, u)
        basic, own = basic + paid[0], own + paid[1]
        if facts.is_plan and facts.before.is_member[int(world.children.household[child])]:
            benefit, reinsured = benefit + paid[2], reinsured + paid[3]
    expected: Expected = {
        (ledger.BASIC_INSURANCE, ledger.BASIC_SEVERE): -basic,
        (ledger.ALLIANCE_HOSPITAL_ACCOUNT, ledger.BASIC_SEVERE): basic,
        (ledger.HOUSEHOLDS, ledger.OWN_SEVERE): -own,
        (ledger.ALLIANCE_HOSPITAL_ACCOUNT, ledger.OWN_SEVERE): own,
        (ledger.HOUSEHOLDS, ledger.SEVERE_BENEFIT): benefit,
        (ledger.FUND_CLAIMS, ledger.REINSURANCE_PAYMENT): reinsured,
    }
    return compare(facts, expected, "what the list of severe illnesses says")


def reinsurance_premium(facts: Facts, n_members: int) -> int:
    """What the reinsurer charges for the month [fen]."""
    k = facts.p.fund.cover_severe
    if not (k.share_reinsured > 0.0 and k.share_covered > 0.0):
        return 0
    n_expected = n_members * float(facts.p.illness.severe_per_child_year) / MONTHS_PER_YEAR
    return math.floor((1.0 + float(k.reinsurance_loading)) * (n_expected * expected_reinsured(terms_of(facts.p))))
