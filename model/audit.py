"""Are the books right, to the fen?

That sums are zero proves little, since every posting is paired. So each week is recomputed from what was counted, by other
code than the one that posted: visits x price, member children x premium, fees x tariff and what of them arrives, severe
illness from its list, the closing of the year from the audit's own sums, the reserve's roll-forward, and every cumulative
balance. With a journal, each single visit is recomputed too, cap and cover included (model/audit_visits.py). Findings are
sentences; no finding, no error.
"""

from __future__ import annotations

from collections import defaultdict
from math import floor
from typing import TYPE_CHECKING

import numpy as np

from agents.units import FEN_PER_YUAN
from model import calendar, ledger
from model.audit_facts import Facts, compare, state_of
from model.audit_month import check_month
from model.audit_pay import Payroll
from model.audit_severe import check_severe
from model.audit_year import AFTER_CLOSING, Year
from model.world import World

if TYPE_CHECKING:
    from model.alliance import AllianceModel

VISIT_REASONS = (ledger.OWN_PAYMENT, ledger.BASIC_OUTPATIENT, ledger.COVERED_VISIT)


def _received(totals: np.ndarray, account: int, *reasons: int) -> int:
    return int(totals[account, list(reasons)].sum())


def check_balance(world: World, totals: np.ndarray, cumulative: np.ndarray) -> list[str]:
    """Every reason sums to zero over accounts, and every balance is the sum of all weeks."""
    found = [f"{ledger.REASONS[r]} does not sum to zero" for r in np.flatnonzero(totals.sum(axis=0))]
    wrong = np.flatnonzero(world.books.balance != cumulative)
    return found + [f"account {a} has a balance that is not the sum of its weeks" for a in wrong]


def check_matrix(books: ledger.Books, totals: np.ndarray) -> list[str]:
    """No kind of account has paid or received for a reason that the matrix forbids."""
    found = []
    for account, reason in zip(*np.nonzero(totals), strict=True):
        kind, sign = books.kind[account], totals[account, reason]
        allowed = books.allowed[reason, :, kind] if sign > 0 else books.allowed[reason, kind, :]
        if not allowed.any():
            verb = "received" if sign > 0 else "paid"
            found.append(f"{ledger.ACCOUNT_KINDS[kind]} {verb} {ledger.REASONS[reason]}, which the matrix forbids")
    return found


def check_visits(world: World, totals: np.ndarray) -> list[str]:
    """What each place received for visits is its visits times its price."""
    expected: dict[int, int] = defaultdict(int)
    for site in range(len(world.sites)):
        expected[int(world.site_account[site])] += int(world.site_visits[site]) * int(world.sites.price_fen[site])
    return [
        f"account {account} received {got} fen for visits; visits x price is {fen}"
        for account, fen in expected.items()
        if (got := _received(totals, account, *VISIT_REASONS)) != fen
    ]


def check_admissions(world: World, totals: np.ndarray) -> list[str]:
    """Admissions: as many as were counted, at the two prices, divided as the rule says."""
    p, tally = world.params[0], world.tally[0]
    late = int(tally.n_emergencies)
    planned = int(tally.n_admissions) - late
    price, late_price = (
        floor(yuan * FEN_PER_YUAN) for yuan in (p.prices.admission_yuan, p.prices.admission_yuan + p.prices.delay_yuan)
    )
    k = p.government.reimburse
    one, one_late = (min(floor(k.share_inpatient * fen), floor(k.inpatient_cap_yuan * FEN_PER_YUAN)) for fen in (price, late_price))
    basic = planned * one + late * one_late
    own = planned * price + late * late_price - basic
    found = []
    for account, reason, fen in (
        (ledger.BASIC_INSURANCE, ledger.BASIC_INPATIENT, basic),
        (ledger.HOUSEHOLDS, ledger.OWN_INPATIENT, own),
    ):
        if (got := -_received(totals, account, reason)) != fen:
            found.append(f"{ledger.REASONS[reason]} is {got} fen; admissions x price x share is {fen}")
    return found


class Auditor:
    """Follows one model week by week; call `check_week` after each step."""

    def __init__(self, model: AllianceModel) -> None:
        self.model, world = model, model.world
        n_accounts = len(world.books.balance)
        self.cumulative = np.zeros(n_accounts, np.int64)
        for week in model.totals:
            self.cumulative += week.by_account(n_accounts).sum(axis=1)
        self.has_capital = any(bool(week.by_kind[:, ledger.OPERATING_CAPITAL].any()) for week in model.totals)
        self.n_weeks = int(world.clock[0].n_weeks_of_month)
        self.payroll = Payroll(world)
        self.year = Year(world.fund[0], world.books.paid, world.books.closed)
        self.before = state_of(world, self.cumulative)

    def check_week(self, totals: np.ndarray | None = None) -> list[str]:
        """Findings of the week just run; `totals` (n_accounts, n_reasons) replaces the kept ones (for planted errors)."""
        world, index = self.model.world, self.model.week - 1
        if totals is None:
            totals = self.model.totals[-1].by_account(len(world.books.balance))
        self.cumulative += totals.sum(axis=1)
        facts = Facts(world, self.before, index, calendar.week(index), self.model.seed_key, totals)
        self.n_weeks += 1
        self.year.list_price(facts)
        found = check_balance(world, totals, self.cumulative) + check_matrix(world.books, totals)
        found += check_visits(world, totals) + check_admissions(world, totals) + check_severe(facts)
        found += check_referrals(facts) + self.payroll.check(facts)
        found += check_month(
            facts, self.year.premium_yuan, self.n_weeks, self.payroll.outgo_of_year_end, has_capital=self.has_capital
        )
        found += self.year.check(facts) + check_reserve(facts, self.cumulative)
        self.has_capital |= bool(totals[:, ledger.OPERATING_CAPITAL].any())
        if facts.week.ends_month:
            self.n_weeks = 0
        self.before = state_of(world, self.cumulative)
        return found


def check_referrals(facts: Facts) -> list[str]:
    """Referrals seen by the hospital x the fund's payment for each."""
    fee = floor(facts.p.fund.pay.yuan_per_referral * FEN_PER_YUAN)
    fen = int(facts.world.tally[0].n_referrals_seen) * fee if facts.is_plan else 0
    return compare(facts, {(ledger.ALLIANCE_HOSPITAL_ACCOUNT, ledger.REFERRAL_FEE): fen}, "referrals seen x fee")


def check_reserve(facts: Facts, cumulative: np.ndarray) -> list[str]:
    """Reserve at the end = reserve at the start + what may come in + what may go out, and the premium account is empty."""
    moves = (ledger.PREMIUM_EARNED, ledger.SUBSIDY, ledger.INTEREST, ledger.OUTGO_SETTLED, *AFTER_CLOSING)
    expected = int(facts.before.balance[ledger.FUND_RESERVE]) + facts.received(ledger.FUND_RESERVE, *moves)
    reserve, premium = int(cumulative[ledger.FUND_RESERVE]), int(cumulative[ledger.FUND_PREMIUM])
    found = [] if reserve == expected else [f"the reserve is {reserve} fen; rolled forward it is {expected}"]
    return [*found, f"{premium} fen of premium are billed and not earned"] if premium else found
