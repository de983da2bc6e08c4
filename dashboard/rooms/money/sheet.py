"""What does the fund own and owe at the end of a year, and what of it is its own?

    assets = what is owed to others + own funds

The left side is read from the accounts' balances, the right side from what was posted for which reason: that both agree to
the fen is a check, not a definition. What the surplus bought belongs to those who got it and is no asset of the fund.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from dashboard.rooms.money.books import Books
from dashboard.rooms.money.flows import PURPOSES
from model import ledger

INCOME = (ledger.PREMIUM, ledger.SUBSIDY, ledger.INTEREST, ledger.DEDUCTION, ledger.REINSURANCE_PAYMENT)
OUTGO = tuple(
    reason for name in ("visits", "severe", "doctors", "hospital", "administration", "reinsurance") for reason in PURPOSES[name]
)
USES = (*PURPOSES["reinvested"], ledger.REBATE)
HELP = (ledger.ADVANCE, ledger.LOSS_BORNE, ledger.CAPITAL_USED)
ALWAYS = ("reserve", "founders", "carried", "result")
"""Lines that are shown even when they are zero."""


@dataclass(frozen=True)
class Sheet:
    """A balance sheet [fen]: lines by name, in order."""

    year: int
    assets: Mapping[str, int]
    funds: Mapping[str, int]

    @property
    def total(self) -> int:
        """What the fund owns [fen]."""
        return sum(self.assets.values())

    @property
    def is_balanced(self) -> bool:
        """[bool] Whether both sides agree to the fen."""
        return self.total == sum(self.funds.values())


def sheet(books: Books, year: int) -> Sheet:
    """Return the balance sheet at the end of a year; lines that are zero are left out, but for a few."""
    reserve, claims = books.balance(year, ledger.FUND_RESERVE), books.balance(year, ledger.FUND_CLAIMS)
    assets = {
        "reserve": max(0, reserve),
        "capital_account": books.balance(year, ledger.FUND_OPERATING),
        "premium_due": books.balance(year, ledger.FUND_PREMIUM),
        "to_receive": max(0, claims),
    }
    funds = {
        "overdraft": max(0, -reserve),
        "to_settle": max(0, -claims),
        "founders": books.paid_until(year, ledger.OPERATING_CAPITAL)
        - books.paid_until(year, ledger.CAPITAL_REPAID, ledger.CAPITAL_USED),
        "carried": sum(sum(_own(books, one).values()) for one in books.years if one < year),
        **_own(books, year),
    }
    return Sheet(year, _shown(assets), _shown(funds))


def _own(books: Books, year: int) -> dict[str, int]:
    """What a year added to the fund's own funds [fen]."""
    return {
        "result": books.paid(year, *INCOME) - books.paid(year, *OUTGO),
        "help": books.paid(year, *HELP),
        "uses": -books.paid(year, *USES),
    }


def _shown(lines: Mapping[str, int]) -> dict[str, int]:
    return {name: fen for name, fen in lines.items() if fen or name in ALWAYS}


def frame(policy: Books, baseline: Books) -> pd.DataFrame:
    """Every line of every year's balance sheets [fen], policy and baseline."""
    rows = [
        [run, one.year, side, line, fen]
        for run, books in (("policy", policy), ("baseline", baseline))
        for one in (sheet(books, year) for year in books.years)
        for side, lines in (("assets", one.assets), ("liabilities_and_own_funds", one.funds))
        for line, fen in lines.items()
    ]
    return pd.DataFrame(rows, columns=pd.Index(["run", "year", "side", "line", "fen"]))
