"""Was each single visit of a week paid as the rules say?

Takes the journal of a week and the world before it, and goes through the visits in order with its own count of what is
left of each child's yearly cap. Independent of model/billing.py: it follows the definitions, not the code.
"""

from math import floor

import numpy as np

from agents.units import FEN_PER_YUAN
from model import ledger
from model.world import World


def totals_of(journal: np.recarray, n_accounts: int) -> np.ndarray:
    """Received minus paid by account and reason [fen], summed from single postings, shape (n_accounts, n_reasons)."""
    totals = np.zeros((n_accounts, len(ledger.REASONS)), np.int64)
    np.add.at(totals, (journal.payee, journal.reason), journal.fen)
    np.add.at(totals, (journal.payer, journal.reason), -journal.fen)
    return totals


class Caps:
    """What is left of each child's outpatient cap in the year of the week."""

    def __init__(self, before: World, year: int) -> None:
        children = before.children
        self.paid = np.where(np.asarray(children.outpatient_year) == year, children.outpatient_paid_fen, 0).astype(np.int64)

    def basic(self, p: np.record, child: int, *, is_hospital: bool, price: int) -> int:
        """What basic insurance must pay of the next visit of this child [fen], counted against the cap."""
        k = p.government.reimburse
        share = k.share_hospital if is_hospital else k.share_primary
        left = floor(k.outpatient_cap_yuan * FEN_PER_YUAN) - int(self.paid[child])
        fen = max(0, min(floor(share * price), left))
        self.paid[child] += fen
        return fen


def visits_of(journal: np.recarray) -> list[list[np.record]]:
    """Postings of visits, grouped: a visit ends with the family's own payment."""
    visits, current = [], []
    for row in journal:
        if row.reason in (ledger.COVERED_VISIT, ledger.BASIC_OUTPATIENT, ledger.OWN_PAYMENT):
            current.append(row)
            if row.reason == ledger.OWN_PAYMENT:
                visits.append(current)
                current = []
    return visits + ([current] if current else [])


def check_visit(before: World, caps: Caps, visit: list[np.record], *, is_plan: bool) -> list[str]:
    """Findings about one visit."""
    p, last = before.params[0], visit[-1]
    child, doctor, price, account = int(last.child), int(last.doctor), int(last.basis_fen), int(last.payee)
    if len({(int(r.child), int(r.doctor), int(r.basis_fen), int(r.payee)) for r in visit}) > 1:
        return [f"a visit of child {child} is split over children, doctors, prices or payees"]
    is_hospital = doctor < 0
    if not is_hospital and account != int(before.site_account[before.doctors.site[doctor]]):
        return [f"the visit of child {child} to doctor {doctor} was paid to account {account}, not to the doctor's place"]
    basic = caps.basic(p, child, is_hospital=is_hospital, price=price)
    own, covered = price - basic, 0
    is_member = bool(before.households.is_member[before.children.household[child]])
    is_accredited = not is_hospital and bool(before.doctors.is_accredited[doctor])
    if is_plan and not is_hospital and is_member and (is_accredited or p.fund.plan.is_all_primary_covered):
        covered = floor(p.fund.plan.covered_share * own)
    expected = {ledger.BASIC_OUTPATIENT: basic, ledger.COVERED_VISIT: covered, ledger.OWN_PAYMENT: own - covered}
    got = dict.fromkeys(expected, 0)
    for row in visit:
        got[int(row.reason)] += int(row.fen)
    return [] if got == expected else [f"the visit of child {child} was paid {got}; the rules say {expected}"]


def check_journal(before: World, journal: np.recarray, year: int, *, is_plan: bool) -> list[str]:
    """Findings about every visit of a week; `before` is the world at its start."""
    caps = Caps(before, year)
    found = []
    for visit in visits_of(journal):
        found += check_visit(before, caps, visit, is_plan=is_plan)
    return found
