"""What must the fund and the government have posted at the end of a month?

Member children x premium, administration, expert hours by the hospital's effort, subsidy, interest, reinsurance, capital, the
settlement of the month from the reserve, and the government's pay for contracts in force, place by place.
"""

from collections import defaultdict
from math import floor

import numpy as np

from agents.units import FEN_PER_YUAN, MONTHS_PER_YEAR
from model import ledger
from model.audit_facts import Expected, Facts, compare
from model.audit_severe import reinsurance_premium

_ACCOUNTS = {  # payer and payee
    "premium": (ledger.HOUSEHOLDS, ledger.FUND_PREMIUM), "premium_earned": (ledger.FUND_PREMIUM, ledger.FUND_RESERVE),
    "administration": (ledger.FUND_CLAIMS, ledger.SUPPLIERS),
    "expert_hours": (ledger.FUND_CLAIMS, ledger.ALLIANCE_HOSPITAL_ACCOUNT),
    "subsidy": (ledger.GOVERNMENT, ledger.FUND_RESERVE), "interest": (ledger.OUTSIDE, ledger.FUND_RESERVE),
    "operating_capital": (ledger.OUTSIDE, ledger.FUND_OPERATING), "reinsurance_premium": (ledger.FUND_CLAIMS, ledger.OUTSIDE),
}  # fmt: skip


def check_month(facts: Facts, premium_yuan: float, n_weeks: int, year_end_outgo: int, *, has_capital: bool) -> list[str]:
    """What the fund billed, paid and received; `year_end_outgo` is outgo of this week that came after the settlement."""
    due = _due(facts, premium_yuan, n_weeks, has_capital=has_capital) if facts.is_due else {}
    expected: Expected = {}
    for name, (payer, payee) in _ACCOUNTS.items():
        reason, fen = ledger.REASONS.index(name), due.get(name, 0)
        expected[payer, reason], expected[payee, reason] = -fen, fen
    found = compare(facts, expected, "counted x tariff")
    settled = max(0, -_claims_at_settlement(facts, year_end_outgo)) if facts.is_due else 0
    found += compare(facts, {(ledger.FUND_CLAIMS, ledger.OUTGO_SETTLED): settled}, "the month's outgo")
    return found + compare(facts, _contract_fees(facts), "contracts in force x fee")


def _due(facts: Facts, premium_yuan: float, n_weeks: int, *, has_capital: bool) -> dict[str, int]:
    """What is due at a month's end [fen], by reason."""
    p, scale = facts.p, float(facts.world.clock[0].scale)
    n = facts.n_member_children(facts.before.is_member)
    premium = floor(premium_yuan * FEN_PER_YUAN / MONTHS_PER_YEAR)
    subsidy = p.government.subsidise
    fen = {
        "premium": n * premium,
        "premium_earned": n * premium,
        "administration": floor(p.fund.plan.administration_share * n * premium),
        "expert_hours": floor(_expert_hours(facts, scale) * n_weeks * floor(p.fund.pay.yuan_per_expert_hour * FEN_PER_YUAN)),
        "subsidy": floor((subsidy.yuan_per_year * scale + subsidy.yuan_per_member * n) * FEN_PER_YUAN / MONTHS_PER_YEAR),
        "operating_capital": 0 if has_capital else floor(p.fund.plan.operating_fund_yuan * FEN_PER_YUAN * scale),
        "reinsurance_premium": reinsurance_premium(facts, n),
    }
    reserve = int(facts.before.balance[ledger.FUND_RESERVE]) + fen["subsidy"]
    fen["interest"] = floor(p.fund.solvency.interest_rate / MONTHS_PER_YEAR * max(0, reserve))
    return fen


def _expert_hours(facts: Facts, scale: float) -> float:
    """Hours a week that experts gave to training and review [h/week], by the effort of the quarter."""
    if not (facts.is_case and facts.p.hospital.accredit.is_running):
        return 0.0
    k = facts.p.hospital.support
    all_hours = k.n_experts * k.hours_per_week
    training, review = (all_hours * share * facts.before.effort * scale for share in (k.share_for_training, k.share_for_review))
    return float(training + review)


def _claims_at_settlement(facts: Facts, year_end_outgo: int) -> int:
    """Balance of the claims account when the month was settled [fen]: without what came after it in this week."""
    others = np.arange(len(ledger.REASONS)) != ledger.OUTGO_SETTLED
    week = int(facts.totals[ledger.FUND_CLAIMS, others].sum())
    return int(facts.before.balance[ledger.FUND_CLAIMS]) + week + year_end_outgo


def _contract_fees(facts: Facts) -> Expected:
    """Contracts in force at the end of the month x a twelfth of the yearly pay, by place."""
    world, due = facts.world, defaultdict(int)
    n_places = int((world.books.kind < ledger.DOCTOR_KIND).sum())
    due.update(dict.fromkeys(range(ledger.N_SINGLE_ACCOUNTS, n_places), 0))
    if facts.week.ends_month:
        fee = floor(facts.p.government.subsidise.yuan_per_contract * FEN_PER_YUAN / MONTHS_PER_YEAR)
        for site, n in zip(*np.unique(np.asarray(world.households.signed_with), return_counts=True), strict=True):
            if site >= 0:
                due[int(world.site_account[site])] += int(n) * fee
    expected: Expected = {(account, ledger.CONTRACT_FEE): fen for account, fen in due.items()}
    return {**expected, (ledger.GOVERNMENT, ledger.CONTRACT_FEE): -sum(due.values())}
