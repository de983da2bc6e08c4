"""What exactly was posted in one week?

The ledger keeps totals; single postings are kept only when a week is run again for a closer look: for a failing check, a
drill-down, a child's story. Running it again gives the same bits, so the journal is that of the first run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from agents.records import rows
from agents.units import FEN_PER_YUAN
from model import ledger

if TYPE_CHECKING:
    from model.alliance import AllianceModel, Checkpoint

POSTINGS_PER_CHILD = 1  # more than any week has; what is left over is cut off
SPARE_POSTINGS = 10_000


def step_with_journal(model: AllianceModel) -> np.recarray:
    """Run the model's next week and return its postings in order, shape (n_postings,)."""
    books = model.world.books
    room = rows(ledger.JOURNAL, len(model.world.children) * POSTINGS_PER_CHILD + SPARE_POSTINGS)
    model.world = model.world._replace(books=books._replace(journal=room))
    model.step()
    n = int(model.world.books.n_posted[0])
    model.world = model.world._replace(books=model.world.books._replace(journal=rows(ledger.JOURNAL, 0)))
    return room[:n].view(np.recarray)


def replay(checkpoint: Checkpoint, week: int) -> np.recarray:
    """The postings of `week`, run again from an earlier checkpoint; raises ValueError if that is later."""
    from model.alliance import AllianceModel

    if checkpoint.week > week:
        raise ValueError(f"the checkpoint is of week {checkpoint.week}; allowed are weeks from there on, not {week}")
    return step_with_journal(AllianceModel.from_checkpoint(checkpoint).run_until(week))


def account_name(model: AllianceModel, account: int) -> str:
    """A readable name of an account: its kind, and which centre, clinic or doctor."""
    books = model.world.books
    kind = int(books.kind[account])
    name = ledger.ACCOUNT_KINDS[kind]
    if account < ledger.N_SINGLE_ACCOUNTS:
        return name
    first = int(np.searchsorted(books.kind, kind))
    return f"{name} {account - first}"


def as_table(model: AllianceModel, journal: np.recarray) -> pd.DataFrame:
    """Postings with names: week, payer, payee, reason, rule, yuan, the price the rule was applied to, child, doctor."""
    rules = [rule for *_, rule in ledger.MATRIX.values()]
    return pd.DataFrame(
        {
            "week": journal.week,
            "payer": [account_name(model, a) for a in journal.payer],
            "payee": [account_name(model, a) for a in journal.payee],
            "reason": [ledger.REASONS[r] for r in journal.reason],
            "rule": [rules[r] for r in journal.reason],
            "yuan": journal.fen / FEN_PER_YUAN,
            "basis_yuan": journal.basis_fen / FEN_PER_YUAN,
            "child": journal.child,
            "doctor": journal.doctor,
        }
    )
