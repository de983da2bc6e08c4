"""Who falls severely ill, when, and who pays for it?

Severe and rare disease (leukaemia, inborn disease, great accidents) is drawn before anybody decides: for each child one
die gives the time of its first such illness, and no policy moves it. The alliance hospital treats it whatever happens at
primary care. Basic insurance pays its share, the family the rest, and the plan gives a member the benefit, if severe
illness is covered; the reinsurer pays the fund its part back.
"""

import math

import numpy as np

from agents.compiled import compiled
from agents.fund import cover_severe
from agents.government import reimburse
from agents.units import FEN_PER_YUAN, WEEKS_PER_YEAR
from model import dice, ledger
from model.dice import die
from model.ledger import post

N_SLICES = 256  # of the law of the cost, for the reinsurer's expectation


def illnesses(p: np.record, seed: np.uint64, children: np.recarray, last_week: int) -> tuple[np.ndarray, np.ndarray]:
    """Weeks of severe illnesses until `last_week`, in order, and the rows of the children, shape (n_severe,) each."""
    u = dice.dice(seed, dice.SEVERE_TIME, np.arange(len(children)))
    rate = p.illness.severe_per_child_year
    soon = np.flatnonzero(u < 1.0 - math.exp(-rate * last_week / WEEKS_PER_YEAR))
    years = np.full(len(u), np.inf)
    years[soon] = [-math.log(1.0 - x) / rate for x in u[soon].tolist()]
    week = np.asarray(children.first_week) + np.floor(years * WEEKS_PER_YEAR)
    child = np.flatnonzero(week < np.minimum(np.asarray(children.last_week), last_week))
    order = child[np.argsort(week[child], kind="stable")]
    return week[order].astype(np.int64), order


@compiled
def fall_severely_ill(books, clock, tally, households, children, severe_week, severe_child, p, seed, account):
    """The severe illnesses of this week: costs, what basic insurance pays, the plan's benefit; `account` is the hospital's."""
    while clock.next_severe < len(severe_week) and severe_week[clock.next_severe] <= clock.week:
        row = severe_child[clock.next_severe]
        clock.next_severe += 1
        child = children[row]
        household = households[child.household]
        tally.n_severe += 1
        u = die(seed, dice.SEVERE_COST, row, 0, 0)
        price = math.floor(cover_severe.cost_yuan(p.fund.cover_severe, u) * FEN_PER_YUAN)
        basic = reimburse.inpatient_fen(p.government.reimburse, price)
        post(books, clock.week, ledger.BASIC_INSURANCE, account, ledger.BASIC_SEVERE, basic, price, row, -1)
        post(books, clock.week, ledger.HOUSEHOLDS, account, ledger.OWN_SEVERE, price - basic, price, row, -1)
        child.own_paid_fen += price - basic
        household.own_paid_year_fen += price - basic
        if clock.is_plan and household.is_member:
            give_benefit(books, clock, child, household, p, row, price - basic)


@compiled
def give_benefit(books, clock, child, household, p, row, own_fen):
    """The plan's benefit to a member for a severe illness, and what the reinsurer pays the fund of it."""
    k = p.fund.cover_severe
    benefit = cover_severe.benefit_fen(k, own_fen)
    if benefit == 0:
        return
    post(books, clock.week, ledger.FUND_CLAIMS, ledger.HOUSEHOLDS, ledger.SEVERE_BENEFIT, benefit, own_fen, row, -1)
    child.own_paid_fen -= benefit
    household.own_paid_year_fen -= benefit
    reinsured = cover_severe.reinsured_fen(k, benefit)
    post(books, clock.week, ledger.OUTSIDE, ledger.FUND_CLAIMS, ledger.REINSURANCE_PAYMENT, reinsured, benefit, row, -1)


@compiled
def expected_reinsured_fen(p):
    """What the reinsurer expects to pay for one severe illness of a member [fen], over the slices of the law of its cost."""
    k, total = p.fund.cover_severe, 0
    for i in range(N_SLICES):
        price = math.floor(cover_severe.cost_yuan(k, (i + 1.0 / 2.0) / N_SLICES) * FEN_PER_YUAN)
        own = price - reimburse.inpatient_fen(p.government.reimburse, price)
        total += cover_severe.reinsured_fen(k, cover_severe.benefit_fen(k, own))
    return total / N_SLICES


@compiled
def pay_reinsurer(books, clock, p):
    """The month's reinsurance premium."""
    if p.fund.cover_severe.share_reinsured > 0.0 and p.fund.cover_severe.share_covered > 0.0:
        fen = cover_severe.reinsurance_premium_fen(
            p.fund.cover_severe, clock.n_members, p.illness.severe_per_child_year, expected_reinsured_fen(p)
        )
        post(books, clock.week, ledger.FUND_CLAIMS, ledger.OUTSIDE, ledger.REINSURANCE_PREMIUM, fen, fen, -1, -1)
