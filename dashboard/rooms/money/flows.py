"""Where did the fund's money come from in a year, and where did it go?

    came in = went out + change of what the fund holds

All four accounts of the fund are taken together, so that what it moves between its own pockets cancels. Pay for doctors goes
to their employers; how much of it arrived is said apart. To the fen, from the ledger.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from agents.units import FEN_PER_YUAN
from dashboard import figures
from dashboard.rooms.money.books import FUND, Books
from model import ledger

INCOME = (
    ledger.PREMIUM, ledger.SUBSIDY, ledger.ADVANCE, ledger.INTEREST, ledger.OPERATING_CAPITAL, ledger.DEDUCTION,
    ledger.REINSURANCE_PAYMENT, ledger.LOSS_BORNE,
)  # fmt: skip
PURPOSES: dict[str, tuple[int, ...]] = {
    "visits": (ledger.COVERED_VISIT,),
    "severe": (ledger.SEVERE_BENEFIT,),
    "doctors": (ledger.DOCTOR_FEE, ledger.INCENTIVE, ledger.TRAINING_PAY),
    "hospital": (ledger.REFERRAL_FEE, ledger.EXPERT_HOURS),
    "administration": (ledger.ADMINISTRATION,),
    "reinsurance": (ledger.REINSURANCE_PREMIUM,),
    "reinvested": (ledger.FOR_EQUIPMENT, ledger.FOR_TRAINING, ledger.FOR_PLATFORM, ledger.FOR_GREEN_NUMBERS),
    "rebate": (ledger.REBATE,),
    "capital": (ledger.CAPITAL_REPAID,),
}
"""What the fund pays for, and the reasons in the ledger that belong to it."""

INSIDE = (ledger.PREMIUM_EARNED, ledger.OUTGO_SETTLED, ledger.CAPITAL_USED)
SPENT = tuple(reason for reasons in PURPOSES.values() for reason in reasons)
AROUND = tuple(reason for reason in range(len(ledger.REASONS)) if reason not in (*INCOME, *SPENT, *INSIDE))
GROUPS: dict[str, tuple[int, ...]] = {"income": INCOME, "spent": SPENT, "inside": INSIDE, "around": AROUND}
"""Every reason of the ledger, seen from the fund: received, spent, moved inside, or paid by others to others."""


@dataclass(frozen=True)
class Flows:
    """A year's flows through the fund [fen]; `recipients` by purpose and kind of account."""

    income: Mapping[int, int]
    spent: Mapping[str, int]
    recipients: Mapping[tuple[str, int], int]
    change: int

    @property
    def came_in(self) -> int:
        """All that came in [fen]."""
        return sum(self.income.values())

    @property
    def went_out(self) -> int:
        """All that went out [fen]."""
        return sum(self.spent.values())


def flows(books: Books, year: int) -> Flows:
    """Return what came in, what went out and to whom; without the zeros."""
    totals = books.year(year)
    income = {reason: fen for reason in INCOME if (fen := books.paid(year, reason))}
    spent = {purpose: fen for purpose, reasons in PURPOSES.items() if (fen := books.paid(year, *reasons))}
    recipients = {
        (purpose, kind): fen
        for purpose in spent
        for kind in range(len(ledger.ACCOUNT_KINDS))
        if kind not in FUND and (fen := int(totals[kind, list(PURPOSES[purpose])].sum())) > 0
    }
    return Flows(income, spent, recipients, int(totals[list(FUND)].sum()))


def pay_that_arrived(books: Books, year: int) -> tuple[int, int]:
    """What the fund paid for doctors in a year and what of it reached them, of earlier quarters included [fen]."""
    return books.paid(year, *PURPOSES["doctors"]), books.paid(year, ledger.PASSED_ON)


def payments(policy: Books, baseline: Books) -> pd.DataFrame:
    """Every payer, payee and reason of every year [fen]: policy, baseline and their difference."""
    rows = []
    for year in policy.years:
        for reason, (payers, payees, rule) in enumerate(ledger.MATRIX.values()):
            both = [_pairs(books.year(year)[:, reason], payers, payees) for books in (policy, baseline)]
            for payer, payee in sorted(both[0].keys() | both[1].keys()):
                now, before = (pairs.get((payer, payee), 0) for pairs in both)
                names = [ledger.ACCOUNT_KINDS[payer], ledger.ACCOUNT_KINDS[payee], ledger.REASONS[reason], rule]
                rows.append([year, *names, now, before, now - before])
    heads = ["year", "payer", "payee", "reason", "rule", "policy_fen", "baseline_fen", "difference_fen"]
    return pd.DataFrame(rows, columns=pd.Index(heads))


def _pairs(totals: object, payers: tuple[int, ...], payees: tuple[int, ...]) -> dict[tuple[int, int], int]:
    """What each pair of kinds paid each other: one side of every reason is a single kind, so the other side tells all."""
    many, sign = (payees, 1) if len(payers) == 1 else (payers, -1)
    found = {}
    for kind in many:
        fen = sign * int(totals[kind])  # pyright: ignore[reportIndexIssue]
        if fen:
            found[(payers[0], kind) if sign > 0 else (kind, payees[0])] = fen
    return found


def in_yuan(fen: float) -> float:
    """Return an amount [yuan]."""
    return fen / FEN_PER_YUAN


def fen_written(fen: int, *, signed: bool = False) -> str:
    """Return an amount in yuan to the fen, without its unit."""
    return figures.grouped(in_yuan(fen), 2, signed)
