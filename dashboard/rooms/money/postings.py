"""What exactly was posted in one week? The week is run again, with every single posting.

Running it again gives the same bits, so the list adds up to the week's total in the ledger, to the fen. Kept are the first
rows of the kind that is looked at, and the whole week as a compressed file for taking away.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from dashboard import worlds
from dashboard.choice import Settings
from dashboard.parts.files import parquet
from dashboard.worlds import Base
from model import ledger
from model.alliance import AllianceModel
from model.calendar import FIRST_POLICY_WEEK
from model.journal import account_name, step_with_journal

MOST_ROWS = 300
Report = Callable[[float], None]


class Wanted(NamedTuple):
    """Which postings: of which scenario, world and policy, in which week, for which reason."""

    mark: str
    seed: int
    settings: Settings
    week: int
    reason: int


@dataclass(frozen=True, eq=False)
class Postings:
    """A week's postings of one kind: the first rows, how many there are, their sum; `file` holds all kinds of that week."""

    of: Wanted
    rows: tuple[tuple[str, str, int, int, int, int], ...]  # payer, payee, fen, basis in fen, child, doctor
    n: int
    fen: int
    n_of_week: int
    file: bytes

    def whole_week(self) -> pd.DataFrame:
        """Every posting of the week."""
        return pd.read_parquet(io.BytesIO(self.file))


def postings(base: Base, seed: int, settings: Settings, week: int, reason: int, report: Report) -> Postings:
    """Return a week's postings; raises NotWantedError when `report` does."""
    with worlds.lent(_begun(base, seed, settings, week, report)) as model:
        worlds.walk(model, week, report=lambda done: report(0.5 + done * 0.49))
        journal = step_with_journal(model)
        table = as_fen_table(model, journal)
    report(1.0)
    chosen = np.flatnonzero(journal.reason == reason)
    columns = (
        table[name].to_numpy()[chosen[:MOST_ROWS]].tolist() for name in ("payer", "payee", "fen", "basis_fen", "child", "doctor")
    )
    of = Wanted(base.mark, seed, settings, week, reason)
    rows = tuple(zip(*columns, strict=True))
    return Postings(of, rows, len(chosen), int(journal.fen[chosen].sum()), len(table), parquet(table))


def _begun(base: Base, seed: int, settings: Settings, week: int, report: Report) -> AllianceModel:
    """A run that has not come to this week yet: from the end of history where that is behind, else from the first day."""
    if week >= FIRST_POLICY_WEEK:
        shared = worlds.world(base, seed, lambda _, done: report(done / 2), is_behind=True)
        return worlds.policy_model(shared, settings)
    report(0.0)
    return AllianceModel(base.scenario, seed=seed)


def as_fen_table(model: AllianceModel, journal: np.recarray) -> pd.DataFrame:
    """Postings with names: who pays whom, why, by which rule, how much [fen]."""
    names = {
        int(account): account_name(model, int(account)) for account in np.unique(np.concatenate([journal.payer, journal.payee]))
    }
    rules = [rule for *_, rule in ledger.MATRIX.values()]
    return pd.DataFrame(
        {
            "week": journal.week,
            "payer": [names[int(account)] for account in journal.payer],
            "payee": [names[int(account)] for account in journal.payee],
            "reason": [ledger.REASONS[reason] for reason in journal.reason],
            "rule": [rules[reason] for reason in journal.reason],
            "fen": journal.fen,
            "basis_fen": journal.basis_fen,
            "child": journal.child,
            "doctor": journal.doctor,
        }
    )
