"""Are the books right, to the fen?

That sums are zero proves little, since every posting is paired. So each week is recomputed from what was counted, by other
code than the one that posted: visits x price, members x premium, fees x tariff and what of them arrives, the reserve's
roll-forward, and every cumulative balance. With a journal, each single visit is recomputed too, cap and cover included.
Findings are sentences; no finding, no error.
"""

from __future__ import annotations

from collections import defaultdict
from math import floor
from typing import TYPE_CHECKING

import numpy as np

from agents.units import FEN_PER_YUAN, MONTHS_PER_YEAR
from model import calendar, ledger
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
    share = p.government.reimburse.share_inpatient
    basic = planned * floor(share * price) + late * floor(share * late_price)
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
        self.model = model
        n_accounts, n_doctors = len(model.world.books.balance), len(model.world.doctors)
        self.cumulative = np.zeros(n_accounts, np.int64)
        for week in model.totals:
            self.cumulative += week.by_account(n_accounts).sum(axis=1)
        self.reserve = int(self.cumulative[ledger.FUND_RESERVE])
        self.fee_visits = np.asarray(model.world.doctors.n_fee_visits_month).astype(np.int64).copy()
        self.owed, self.owed_before = (
            np.asarray(model.world.doctors[name]).copy() for name in ("owed_fen", "owed_last_quarter_fen")
        )
        self.has_capital = bool(self.cumulative[ledger.FUND_OPERATING])
        self.params = model.world.params
        self.n_doctors, self.n_weeks = n_doctors, int(model.world.clock[0].n_weeks_of_month)
        self.year_visits, self.year_recorded = (
            np.asarray(model.world.doctors[name]).astype(np.int64).copy() for name in ("n_alliance_visits_year", "n_recorded_year")
        )

    def check_week(self, totals: np.ndarray | None = None) -> list[str]:
        """Findings of the week just run; `totals` (n_accounts, n_reasons) replaces the kept ones (for planted errors)."""
        world, week = self.model.world, calendar.week(self.model.week - 1)
        if totals is None:
            totals = self.model.totals[-1].by_account(len(world.books.balance))
        self.cumulative += totals.sum(axis=1)
        ended = self._end_tariff(world)
        self.year_visits += world.doctor_counts[:, 0]
        self.fee_visits += world.doctor_counts[:, 1]
        self.year_recorded += world.doctor_counts[:, 2]
        self.n_weeks += 1
        found = check_balance(world, totals, self.cumulative) + check_matrix(world.books, totals)
        found += check_visits(world, totals) + check_admissions(world, totals)
        found += self._check_referrals(world, totals) + self._check_month(world, totals, week, ended)
        found += self._check_reserve(totals)
        if week.ends_month:
            self.n_weeks = 0
        return found

    def _check_referrals(self, world: World, totals: np.ndarray) -> list[str]:
        fee = floor(world.params[0].fund.pay.yuan_per_referral * FEN_PER_YUAN)
        expected = int(world.tally[0].n_referrals_seen) * fee * int(world.clock[0].is_plan)
        got = _received(totals, ledger.ALLIANCE_HOSPITAL_ACCOUNT, ledger.REFERRAL_FEE)
        return [] if got == expected else [f"referral fees are {got} fen; referrals seen x fee is {expected}"]

    def _check_month(self, world: World, totals: np.ndarray, week: calendar.Week, ended: list[int]) -> list[str]:
        """Premium, administration, hours, subsidy, interest; fees and what arrives of them, doctor by doctor."""
        p, clock = world.params[0], world.clock[0]
        is_due = week.ends_month and bool(clock.is_plan)
        premium = floor(p.fund.plan.premium_yuan * FEN_PER_YUAN / MONTHS_PER_YEAR)
        hours = (
            hospital_hours(world.params, "share_for_training", clock) + hospital_hours(world.params, "share_for_review", clock)
        ) * self.n_weeks
        expected = {
            (ledger.FUND_PREMIUM, ledger.PREMIUM): int(world.tally[0].n_premiums) * premium,
            (ledger.SUPPLIERS, ledger.ADMINISTRATION): floor(
                p.fund.plan.administration_share * int(world.tally[0].n_premiums) * premium
            ),
            (ledger.ALLIANCE_HOSPITAL_ACCOUNT, ledger.EXPERT_HOURS): floor(
                hours * floor(p.fund.pay.yuan_per_expert_hour * FEN_PER_YUAN)
            ),
            (ledger.FUND_RESERVE, ledger.SUBSIDY): floor(
                p.fund.surplus.subsidy_yuan * FEN_PER_YUAN / MONTHS_PER_YEAR * clock.scale
            ),
            (ledger.FUND_RESERVE, ledger.PREMIUM_EARNED): int(world.tally[0].n_premiums) * premium,
        }
        capital = floor(p.fund.plan.operating_fund_yuan * FEN_PER_YUAN * clock.scale)
        expected[ledger.FUND_OPERATING, ledger.OPERATING_CAPITAL] = 0 if self.has_capital else capital
        self.has_capital |= is_due
        found = []
        for (account, reason), fen in expected.items():
            due = fen if is_due else 0
            if (got := _received(totals, account, reason)) != due:
                found.append(f"{ledger.REASONS[reason]} is {got} fen; counted x tariff is {due}")
        return found + self._check_fees(world, totals, week, ended, is_due=is_due)

    def _check_fees(self, world: World, totals: np.ndarray, week: calendar.Week, ended: list[int], *, is_due: bool) -> list[str]:
        """Fees and incentives: what each employer received, what each doctor received, and when."""
        p, doctors, sites = world.params[0], world.doctors, world.sites
        fee = floor(p.fund.pay.yuan_per_visit * FEN_PER_YUAN)
        first = len(world.books.balance) - self.n_doctors
        paid: dict[tuple[int, int], int] = defaultdict(int)
        found = []
        for row in range(self.n_doctors):
            site = int(doctors.site[row])
            is_separate = bool(sites.is_separate[site])
            share = arriving_share(p, bool(doctors.is_private[row]), is_separate)
            fees = int(self.fee_visits[row]) * fee if is_due else 0
            incentive = self._incentive(p, row) if is_due and week.ends_year else 0
            employer = ledger.TREASURY if is_separate else int(world.site_account[site])
            paid[employer, ledger.DOCTOR_FEE] += fees
            paid[employer, ledger.INCENTIVE] += max(0, incentive) + max(0, ended[row])
            arriving, bonus = floor(share * fees), floor(share * max(0, incentive))
            old_share = arriving_share(self.params[0], bool(doctors.is_private[row]), is_separate)
            arriving += floor(old_share * max(0, ended[row]))
            now = self._arrives(row, arriving, bonus, week) if is_separate else arriving + bonus
            deduction = floor(share * max(0, -incentive)) + floor(old_share * max(0, -ended[row]))
            for reason, due in ((ledger.PASSED_ON, now), (ledger.DEDUCTION, -deduction)):
                if (got := _received(totals, first + row, reason)) != due:
                    found.append(f"doctor {row} received {got} fen of {ledger.REASONS[reason]}; what arrives is {due}")
        for (employer, reason), due in paid.items():
            if (got := _received(totals, employer, reason)) != due:
                found.append(f"account {employer} received {got} fen of {ledger.REASONS[reason]}; counted x tariff is {due}")
        self.params = world.params
        if week.ends_month:
            self.fee_visits[:] = 0
        if week.ends_year:
            self.year_visits[:] = self.year_recorded[:] = 0
        return found

    def _end_tariff(self, world: World) -> list[int]:
        """What each doctor is owed [fen] because the tariff changed at the start of this week."""
        before, now = self.params[0].fund.pay, world.params[0].fund.pay
        if before.tobytes() == now.tobytes():
            return [0] * self.n_doctors
        is_plan = bool(world.clock[0].is_plan)
        ended = [self._incentive(self.params[0], row) if is_plan else 0 for row in range(self.n_doctors)]
        self.year_visits[:] = self.year_recorded[:] = 0
        return ended

    def _incentive(self, p: np.record, row: int) -> int:
        """The year's referral incentive of a doctor [fen], negative for a deduction."""
        k = p.fund.pay
        below = k.benchmark_share * int(self.year_visits[row]) - int(self.year_recorded[row])
        yuan = float(np.clip(below, -k.cap_in_referrals, k.cap_in_referrals)) * float(k.yuan_per_avoided_referral)
        fen = floor(abs(yuan) * FEN_PER_YUAN) if self.year_visits[row] else 0
        return fen if yuan > 0 else -fen

    def _arrives(self, row: int, fees: int, bonus: int, week: calendar.Week) -> int:
        """What the treasury passes on this week: at a quarter's end what it owed at the end of the one before."""
        self.owed[row] += fees
        now = 0
        if week.ends_quarter:
            now, self.owed_before[row], self.owed[row] = int(self.owed_before[row]), self.owed[row], 0
        self.owed[row] += bonus
        return now

    def _check_reserve(self, totals: np.ndarray) -> list[str]:
        """Reserve at the end = reserve at the start + what came in - what went out, and interest is that of the start."""
        incoming = _received(totals, ledger.FUND_RESERVE, ledger.PREMIUM_EARNED, ledger.SUBSIDY, ledger.ADVANCE, ledger.INTEREST)
        outgoing = -_received(totals, ledger.FUND_RESERVE, ledger.OUTGO_SETTLED, ledger.REINVESTMENT)
        expected = self.reserve + incoming - outgoing
        self.reserve = int(self.cumulative[ledger.FUND_RESERVE])
        found = [] if self.reserve == expected else [f"the reserve is {self.reserve} fen; rolled forward it is {expected}"]
        outside = -_received(totals, ledger.OUTSIDE, ledger.INTEREST)
        got = _received(totals, ledger.FUND_RESERVE, ledger.INTEREST)
        return found if outside == got else [*found, "interest paid is not interest received"]


def hospital_hours(params: np.recarray, share: str, clock: np.record) -> float:
    """Expert hours a week for a share of their time [h/week]."""
    k = params[0].hospital.support
    return k.n_experts * k.hours_per_week * k[share] * clock.scale * clock.is_alliance


def arriving_share(p: np.record, is_private: bool, is_separate: bool) -> float:
    """Share of the plan's pay that reaches a doctor [1], read from the declarations."""
    k = p.fund.pay
    if is_private:
        return float(k.reaches_private)
    return float(k.reaches_separate if is_separate else k.reaches_public)
