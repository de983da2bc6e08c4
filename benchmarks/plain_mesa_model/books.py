"""Who pays whom, and what was counted?

Balances in whole fen for each kind of account and sums for each reason; a posting that the engine's matrix forbids is
refused. A tally holds the counts of one week, under the engine's names.
"""

from model import ledger
from model.tally import STOCKS_FROM, TALLY

NAMES = tuple(field.name for field in TALLY)
STOCKS = NAMES[NAMES.index(STOCKS_FROM) :]


class Tally:
    """Counts and stocks of one week; stocks start at last week's value."""

    __slots__ = NAMES

    def __init__(self, before: "Tally | None") -> None:
        for field in TALLY:
            setattr(self, field.name, 0 if field.type == "i8" else 0.0)
        if before is not None:
            for name in STOCKS:
                setattr(self, name, getattr(before, name))

    def add(self, name: str, n: int) -> None:
        """Add to the count of this name."""
        setattr(self, name, getattr(self, name) + n)


class Books:
    """The accounts of one world, one for each kind."""

    __slots__ = ("allowed", "balance", "closed", "paid")

    def __init__(self) -> None:
        self.balance = [0] * len(ledger.ACCOUNT_KINDS)
        self.paid = [0] * len(ledger.REASONS)
        self.closed = [0] * len(ledger.REASONS)
        self.allowed = [{(payer, payee) for payer in payers for payee in payees} for payers, payees, _ in ledger.MATRIX.values()]

    def post(self, payer: int, payee: int, reason: int, fen: int) -> None:
        """Post one payment [fen]; raises ValueError on a negative amount or a pair that the matrix forbids."""
        if fen < 0:
            raise ValueError("a posting is never negative")
        if (payer, payee) not in self.allowed[reason]:
            raise ValueError("this reason is not allowed between these two accounts")
        self.balance[payer] -= fen
        self.balance[payee] += fen
        self.paid[reason] += fen

    def of_year(self, reason: int) -> int:
        """What was paid for this reason since the last closing [fen]."""
        return self.paid[reason] - self.closed[reason]

    def close_year(self) -> None:
        """Start the year's sums anew."""
        self.closed = self.paid.copy()
