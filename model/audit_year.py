"""Were the books of the year closed as the rules say, and the fines paid?

The audit adds up its own year from the weeks it has checked, and recomputes result, surplus and solvency from that: what each
use got, what the founders got back, next year's premium, or the end of the plan.
"""

from __future__ import annotations

from functools import reduce
from math import floor
from operator import add
from typing import NamedTuple

import numpy as np

from agents.centre.record import CLINIC
from agents.units import FEN_PER_YUAN, MONTHS_PER_YEAR
from model import dice, ledger
from model.audit_facts import Expected, Facts, compare

USES = ("equipment", "training", "platform", "green_numbers", "rebate")
REASON_OF_USE = (ledger.FOR_EQUIPMENT, ledger.FOR_TRAINING, ledger.FOR_PLATFORM, ledger.FOR_GREEN_NUMBERS, ledger.REBATE)
PAYEE_OF_USE = (ledger.SUPPLIERS, ledger.SUPPLIERS, ledger.SUPPLIERS, ledger.ALLIANCE_HOSPITAL_ACCOUNT, ledger.HOUSEHOLDS)
AFTER_CLOSING = (ledger.ADVANCE, *REASON_OF_USE, ledger.CAPITAL_USED, ledger.CAPITAL_REPAID, ledger.LOSS_BORNE)
OUTGO = (
    ledger.COVERED_VISIT, ledger.SEVERE_BENEFIT, ledger.DOCTOR_FEE, ledger.INCENTIVE, ledger.TRAINING_PAY,
    ledger.REINSURANCE_PREMIUM, ledger.REFERRAL_FEE, ledger.EXPERT_HOURS, ledger.ADMINISTRATION,
)  # fmt: skip
BACK = (ledger.REINSURANCE_PAYMENT, ledger.DEDUCTION)
INCOME = (ledger.PREMIUM, ledger.SUBSIDY, ledger.INTEREST)


class Closing(NamedTuple):
    """What the fund must find when it closes its books."""

    surplus: int
    loss: int
    ratio: float
    target: int
    reserve: int
    operating: int
    is_end: bool


class Year:
    """The audit's own year; follows one model week by week."""

    def __init__(self, fund: np.record, paid: np.ndarray, closed: np.ndarray) -> None:
        self.paid = (paid - closed).astype(np.int64)  # (n_reasons,) fen since the last closing
        self.loss = int(fund.loss_brought_forward_fen)
        self.premium_yuan, self.listed_yuan = float(fund.premium_yuan), float(fund.listed_yuan)

    def list_price(self, facts: Facts) -> None:
        """A new value of the premium's lever is the price from the end of this month on."""
        lever = float(facts.p.fund.plan.premium_yuan)
        if facts.is_due and lever != self.listed_yuan:
            self.premium_yuan = self.listed_yuan = lever

    def check(self, facts: Facts) -> list[str]:
        """Findings about closing, uses, repayment, the end of the plan and fines."""
        self.paid += np.maximum(facts.totals, 0).sum(axis=0)
        expected = dict.fromkeys(_accounts_after_closing(), 0)
        found: list[str] = []
        if facts.week.ends_year and facts.is_plan:
            closing = self._close(facts)
            expected |= _wound_up(closing) if closing.is_end else _used(facts, closing)
            found = self._compare_fund(facts, closing)
        if facts.week.ends_year:
            self.paid[:] = 0
        return found + compare(facts, expected, "the closing of the audit's year") + check_fines(facts)

    def _sum(self, *reasons: int) -> int:
        return int(self.paid[list(reasons)].sum())

    def _close(self, facts: Facts) -> Closing:
        k = facts.p.fund.solvency
        outgo = self._sum(*OUTGO) - self._sum(*BACK)
        claims = self._sum(ledger.COVERED_VISIT, ledger.SEVERE_BENEFIT) - self._sum(ledger.REINSURANCE_PAYMENT)
        premium, result = self._sum(ledger.PREMIUM), self._sum(*INCOME) - outgo
        reserve = sum(_before_closing(facts, account) for account in (ledger.FUND_RESERVE, ledger.FUND_CLAIMS))
        operating = _before_closing(facts, ledger.FUND_OPERATING)
        target = floor(k.reserve_months / MONTHS_PER_YEAR * outgo)
        top_up = max(0, target - (reserve - (result - self.loss)))
        surplus, self.loss = max(0, result - self.loss - top_up), max(0, self.loss - result)
        required = float(k.premium_weight * premium + k.claims_weight * claims)
        ratio = (reserve + operating) / required if required > 0.0 else float(k.least_ratio)
        is_end = bool(ratio < k.closing_ratio)
        if premium > 0 and not is_end:
            self._price(facts.p.fund.price, claims / premium)
        return Closing(surplus, self.loss, ratio, target, reserve, operating, is_end)

    def _price(self, k: np.record, loss_ratio: float) -> None:
        change = float(np.clip(k.response * (loss_ratio - k.target_loss_ratio), -k.greatest_change, k.greatest_change))
        self.premium_yuan *= 1.0 + change

    def _compare_fund(self, facts: Facts, closing: Closing) -> list[str]:
        """What the fund wrote down at the closing."""
        fund = facts.world.fund[0]
        is_selling = not closing.is_end and closing.ratio >= facts.p.fund.solvency.least_ratio
        should = {
            "surplus_available_fen": closing.surplus, "loss_brought_forward_fen": closing.loss, "solvency_ratio": closing.ratio,
            "is_closed": int(closing.is_end), "is_selling": int(is_selling), "premium_yuan": self.premium_yuan,
        }  # fmt: skip
        return [
            f"the fund's {name} is {fund[name]}; the audit finds {value}" for name, value in should.items() if fund[name] != value
        ]


def _accounts_after_closing() -> list[tuple[int, int]]:
    pairs = [(ledger.FUND_RESERVE, reason) for reason in AFTER_CLOSING if reason != ledger.CAPITAL_REPAID]
    pairs += [(ledger.FUND_OPERATING, ledger.CAPITAL_REPAID), (ledger.FUND_OPERATING, ledger.CAPITAL_USED)]
    pairs += [(ledger.OUTSIDE, ledger.CAPITAL_REPAID), (ledger.OUTSIDE, ledger.LOSS_BORNE), (ledger.GOVERNMENT, ledger.ADVANCE)]
    return pairs + list(zip(PAYEE_OF_USE, REASON_OF_USE, strict=True))


def _before_closing(facts: Facts, account: int) -> int:
    """Balance of an account when the books were closed [fen]: without what followed from the closing."""
    return int(facts.before.balance[account]) + int(facts.totals[account].sum()) - facts.received(account, *AFTER_CLOSING)


def _wound_up(closing: Closing) -> Expected:
    """The end of the plan: the founders' capital is used, and others bear the rest."""
    used = max(0, closing.operating)
    loss = max(0, -(closing.reserve + used))
    return {
        (ledger.FUND_OPERATING, ledger.CAPITAL_USED): -used, (ledger.FUND_RESERVE, ledger.CAPITAL_USED): used,
        (ledger.OUTSIDE, ledger.LOSS_BORNE): -loss, (ledger.FUND_RESERVE, ledger.LOSS_BORNE): loss,
    }  # fmt: skip


def _used(facts: Facts, closing: Closing) -> Expected:
    """Uses of the surplus and the advance, and capital paid back."""
    k, solvency = facts.p.fund.surplus, facts.p.fund.solvency
    is_solvent = closing.ratio >= solvency.least_ratio
    advance = floor(k.advance_yuan * FEN_PER_YUAN)
    fen = advance + (floor(k.reinvested_share * closing.surplus) if is_solvent else 0)
    expected: Expected = {
        (ledger.FUND_RESERVE, ledger.ADVANCE): advance, (ledger.GOVERNMENT, ledger.ADVANCE): -advance,
    }  # fmt: skip
    weights = [float(k[f"weight_of_{use}"]) for use in USES]
    total = reduce(add, weights)  # not sum(), which since Python 3.12 makes good its rounding and so differs by a fen
    has_members = facts.n_member_children(np.asarray(facts.world.households.is_member) == 1) > 0
    for weight, reason, payee in zip(weights, REASON_OF_USE, PAYEE_OF_USE, strict=True):
        part = floor(fen * weight / total) if total > 0.0 and (reason != ledger.REBATE or has_members) else 0
        expected[payee, reason] = part
        expected[ledger.FUND_RESERVE, reason] = -part
    left = closing.reserve + sum(fen for (account, _), fen in expected.items() if account == ledger.FUND_RESERVE)
    repaid = max(0, min(closing.operating, floor(solvency.repaid_share * (left - closing.target)))) if is_solvent else 0
    expected[ledger.FUND_OPERATING, ledger.CAPITAL_REPAID], expected[ledger.OUTSIDE, ledger.CAPITAL_REPAID] = -repaid, repaid
    return expected


def check_fines(facts: Facts) -> list[str]:
    """Fines: none but at a year's end; then as many as were found, from places whose die says so, as far as there is to find.

    Of a year's last week only the sum over places is known, so what a place may be fined for lies within that week's sum.
    """
    world, k = facts.world, facts.p.government.audit
    if not facts.week.ends_year:
        paid = facts.received(ledger.BASIC_INSURANCE, ledger.FINE)
        return [f"fines of {paid} fen before the year's end"] if paid else []
    unit = floor(k.fine_multiple * k.drug_yuan * FEN_PER_YUAN)
    found = compare(facts, {(ledger.BASIC_INSURANCE, ledger.FINE): unit * int(world.tally[0].n_unneeded_found)}, "found x fine")
    places = np.flatnonzero(np.asarray(world.sites.kind) <= CLINIC)
    is_audited = dice.dice(facts.seed, dice.AUDIT, places, facts.week.year) < k.p_audited
    rounding = dice.dice(facts.seed, dice.AUDIT_FINDS, places, facts.week.year)
    last_week = int(world.tally[0].n_unneeded_antibiotics)
    for site, audited, u in zip(places.tolist(), is_audited, rounding.tolist(), strict=True):
        n = int(facts.before.n_unneeded_year[np.asarray(world.doctors.site) == site].sum())
        low, high = (floor(k.p_found * count + u) if audited else 0 for count in (n, n + last_week))
        paid = -facts.received(int(world.site_account[site]), ledger.FINE)
        if paid % unit or not low * unit <= paid <= high * unit:
            found.append(f"place {site} paid a fine of {paid} fen; {low} to {high} were found at {unit} fen each")
    return found
