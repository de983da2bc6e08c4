"""Was each single visit of a week paid as the rules say?

Takes the journal of a week and the world before it, and goes through the visits in order with its own count of what is
left of each child's yearly cap. Independent of model/billing.py: it follows the definitions, not the code.
"""

from math import floor

import numpy as np

from agents.centre.record import ALLIANCE_HOSPITAL, MATERNAL_HOSPITAL, OTHER_HOSPITAL
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

    def basic(self, p: np.record, child: int, share: float, price: int) -> int:
        """What basic insurance must pay of the next visit of this child [fen], by the share of the level of care."""
        left = floor(p.government.reimburse.outpatient_cap_yuan * FEN_PER_YUAN) - int(self.paid[child])
        return max(0, min(floor(share * price), left))


def shares_of(before: World, account: int, price: int, *, is_hospital: bool) -> list[float]:
    """Shares that basic insurance may pay of a visit [1]: of hospitals of one price, with a recorded referral or without."""
    k, sites = before.params[0].government.reimburse, before.sites
    if not is_hospital:
        return [float(k.share_primary)]
    possible = sites.kind[(before.site_account == account) & (np.asarray(sites.price_fen) == price)]
    by_kind = {MATERNAL_HOSPITAL: float(k.share_secondary), OTHER_HOSPITAL: float(k.share_hospital),
               ALLIANCE_HOSPITAL: float(k.share_hospital)}  # fmt: skip
    shares = [by_kind[kind] for kind in sorted(set(possible.tolist())) if kind in by_kind]
    return [*shares, *(share + float(k.added_share_when_referred) for share in shares)]


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
    got = dict.fromkeys((ledger.BASIC_OUTPATIENT, ledger.COVERED_VISIT, ledger.OWN_PAYMENT), 0)
    for row in visit:
        got[int(row.reason)] += int(row.fen)
    is_member = bool(before.households.is_member[before.children.household[child]])
    is_accredited = not is_hospital and bool(before.doctors.is_accredited[doctor])
    is_covered = is_plan and not is_hospital and is_member and (is_accredited or bool(p.fund.plan.is_all_primary_covered))
    allowed = []
    for share in shares_of(before, account, price, is_hospital=is_hospital):
        basic = caps.basic(p, child, share, price)
        covered = floor(p.fund.plan.covered_share * (price - basic)) if is_covered else 0
        allowed.append({ledger.BASIC_OUTPATIENT: basic, ledger.COVERED_VISIT: covered, ledger.OWN_PAYMENT: price - basic - covered})
    caps.paid[child] += got[ledger.BASIC_OUTPATIENT]
    return [] if got in allowed else [f"the visit of child {child} was paid {got}; the rules say {allowed}"]


def check_journal(before: World, journal: np.recarray, year: int, *, is_plan: bool) -> list[str]:
    """Findings about every visit of a week; `before` is the world at its start."""
    caps = Caps(before, year)
    found = []
    for visit in visits_of(journal):
        found += check_visit(before, caps, visit, is_plan=is_plan)
    return found
