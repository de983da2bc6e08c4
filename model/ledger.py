"""Who pays whom, and why?

Whole fen, double entry. Every payment is posted by `post`, which takes it from one account and gives it to another for
a reason, and refuses a reason that the matrix does not allow between those two kinds of account: that sums are zero
proves little, since a paired posting always is. Kept for each week: the total of every account and reason. A journal of
single postings is filled when a week is replayed for a closer look (`journal` has rows then).
"""

from typing import NamedTuple

import numpy as np

from agents.compiled import compiled
from agents.records import INT, Field, rows

ACCOUNT_KINDS = (
    "households", "basic_insurance", "fund_premium", "fund_claims", "fund_reserve", "fund_operating", "treasury",
    "government", "suppliers", "outside", "alliance_hospital", "other_hospitals", "centre", "clinic", "doctor",
)  # fmt: skip
(
    HOUSEHOLDS, BASIC_INSURANCE, FUND_PREMIUM, FUND_CLAIMS, FUND_RESERVE, FUND_OPERATING, TREASURY,
    GOVERNMENT, SUPPLIERS, OUTSIDE, ALLIANCE_HOSPITAL_ACCOUNT, OTHER_HOSPITALS, CENTRE_KIND, CLINIC_KIND, DOCTOR_KIND,
) = range(15)  # fmt: skip
N_SINGLE_ACCOUNTS = 12  # the first twelve kinds are one account each; then every centre and clinic, then every doctor

_PLACES = (CENTRE_KIND, CLINIC_KIND, ALLIANCE_HOSPITAL_ACCOUNT, OTHER_HOSPITALS)
_HOSPITALS = (ALLIANCE_HOSPITAL_ACCOUNT, OTHER_HOSPITALS)
_EMPLOYERS = (CENTRE_KIND, CLINIC_KIND, TREASURY)

# reason: payer kinds, payee kinds, the rule that decides the amount
MATRIX: dict[str, tuple[tuple[int, ...], tuple[int, ...], str]] = {
    "own_payment": ((HOUSEHOLDS,), _PLACES, "fund.plan"),
    "basic_outpatient": ((BASIC_INSURANCE,), _PLACES, "government.reimburse"),
    "covered_visit": ((FUND_CLAIMS,), (CENTRE_KIND, CLINIC_KIND), "fund.plan"),
    "own_inpatient": ((HOUSEHOLDS,), _HOSPITALS, "government.reimburse"),
    "basic_inpatient": ((BASIC_INSURANCE,), _HOSPITALS, "government.reimburse"),
    "premium": ((HOUSEHOLDS,), (FUND_PREMIUM,), "fund.plan"),
    "doctor_fee": ((FUND_CLAIMS,), _EMPLOYERS, "fund.pay"),
    "incentive": ((FUND_CLAIMS,), _EMPLOYERS, "fund.pay"),
    "passed_on": (_EMPLOYERS, (DOCTOR_KIND,), "fund.pay"),
    "deduction": ((DOCTOR_KIND,), (FUND_CLAIMS,), "fund.pay"),
    "referral_fee": ((FUND_CLAIMS,), (ALLIANCE_HOSPITAL_ACCOUNT,), "fund.pay"),
    "expert_hours": ((FUND_CLAIMS,), (ALLIANCE_HOSPITAL_ACCOUNT,), "fund.pay"),
    "administration": ((FUND_CLAIMS,), (SUPPLIERS,), "fund.plan"),
    "premium_earned": ((FUND_PREMIUM,), (FUND_RESERVE,), "fund.plan"),
    "outgo_settled": ((FUND_RESERVE,), (FUND_CLAIMS,), "fund.plan"),
    "subsidy": ((GOVERNMENT,), (FUND_RESERVE,), "government.subsidise"),
    "advance": ((GOVERNMENT,), (FUND_RESERVE,), "fund.surplus"),
    "interest": ((OUTSIDE,), (FUND_RESERVE,), "fund.solvency"),
    "for_equipment": ((FUND_RESERVE,), (SUPPLIERS,), "fund.surplus"),
    "for_training": ((FUND_RESERVE,), (SUPPLIERS,), "fund.surplus"),
    "for_platform": ((FUND_RESERVE,), (SUPPLIERS,), "fund.surplus"),
    "for_green_numbers": ((FUND_RESERVE,), (ALLIANCE_HOSPITAL_ACCOUNT,), "fund.surplus"),
    "rebate": ((FUND_RESERVE,), (HOUSEHOLDS,), "fund.surplus"),
    "operating_capital": ((OUTSIDE,), (FUND_OPERATING,), "fund.plan"),
    "capital_repaid": ((FUND_OPERATING,), (OUTSIDE,), "fund.solvency"),
    "capital_used": ((FUND_OPERATING,), (FUND_RESERVE,), "fund.solvency"),
    "loss_borne": ((OUTSIDE,), (FUND_RESERVE,), "fund.solvency"),
    "training_pay": ((FUND_CLAIMS,), _EMPLOYERS, "fund.pay"),
    "own_severe": ((HOUSEHOLDS,), (ALLIANCE_HOSPITAL_ACCOUNT,), "government.reimburse"),
    "basic_severe": ((BASIC_INSURANCE,), (ALLIANCE_HOSPITAL_ACCOUNT,), "government.reimburse"),
    "severe_benefit": ((FUND_CLAIMS,), (HOUSEHOLDS,), "fund.cover_severe"),
    "reinsurance_premium": ((FUND_CLAIMS,), (OUTSIDE,), "fund.cover_severe"),
    "reinsurance_payment": ((OUTSIDE,), (FUND_CLAIMS,), "fund.cover_severe"),
    "fine": ((CENTRE_KIND, CLINIC_KIND), (BASIC_INSURANCE,), "government.audit"),
    "contract_fee": ((GOVERNMENT,), (CENTRE_KIND, CLINIC_KIND), "government.subsidise"),
}
REASONS = tuple(MATRIX)
(
    OWN_PAYMENT, BASIC_OUTPATIENT, COVERED_VISIT, OWN_INPATIENT, BASIC_INPATIENT, PREMIUM, DOCTOR_FEE, INCENTIVE,
    PASSED_ON, DEDUCTION, REFERRAL_FEE, EXPERT_HOURS, ADMINISTRATION, PREMIUM_EARNED, OUTGO_SETTLED,
    SUBSIDY, ADVANCE, INTEREST, FOR_EQUIPMENT, FOR_TRAINING, FOR_PLATFORM, FOR_GREEN_NUMBERS, REBATE, OPERATING_CAPITAL,
    CAPITAL_REPAID, CAPITAL_USED, LOSS_BORNE, TRAINING_PAY, OWN_SEVERE, BASIC_SEVERE, SEVERE_BENEFIT, REINSURANCE_PREMIUM,
    REINSURANCE_PAYMENT, FINE, CONTRACT_FEE,
) = range(len(REASONS))  # fmt: skip

JOURNAL = [
    Field("week", INT, "week", "week of the posting", "ledger"),
    Field("payer", INT, "account", "who pays", "ledger"),
    Field("payee", INT, "account", "who receives", "ledger"),
    Field("reason", INT, "reason", "why", "ledger"),
    Field("fen", INT, "fen", "how much", "ledger"),
    Field("basis_fen", INT, "fen", "the price to which the rule was applied", "ledger"),
    Field("child", INT, "row", "child concerned, -1 if none", "ledger"),
    Field("doctor", INT, "row", "doctor concerned, -1 if none", "ledger"),
]


class Books(NamedTuple):
    """The accounts of one world."""

    balance: np.ndarray  # (n_accounts,) fen
    totals: np.ndarray  # (n_accounts, n_reasons) fen: this week, received minus paid
    paid: np.ndarray  # (n_reasons,) fen paid for each reason since the world began
    closed: np.ndarray  # (n_reasons,) the same at the last closing of a year
    kind: np.ndarray  # (n_accounts,)
    allowed: np.ndarray  # (n_reasons, n_kinds, n_kinds)
    journal: np.recarray  # (0,) unless a week is replayed
    n_posted: np.ndarray  # (1,) postings of this week


def allowed() -> np.ndarray:
    """The matrix of reason x payer kind x payee kind, 1 where a posting may be."""
    matrix = np.zeros((len(REASONS), len(ACCOUNT_KINDS), len(ACCOUNT_KINDS)), np.int64)
    for reason, (payers, payees, _) in enumerate(MATRIX.values()):
        for payer in payers:
            matrix[reason, payer, list(payees)] = 1
    return matrix


def open_books(n_centres: int, n_clinics: int, n_doctors: int) -> Books:
    """Empty books for so many centres, clinics and doctors."""
    kinds = [*range(N_SINGLE_ACCOUNTS)]
    kinds += [CENTRE_KIND] * n_centres + [CLINIC_KIND] * n_clinics + [DOCTOR_KIND] * n_doctors
    n = len(kinds)
    return Books(
        np.zeros(n, np.int64), np.zeros((n, len(REASONS)), np.int64), np.zeros(len(REASONS), np.int64),
        np.zeros(len(REASONS), np.int64), np.array(kinds, np.int64), allowed(), rows(JOURNAL, 0), np.zeros(1, np.int64),
    )  # fmt: skip


@compiled
def post(books, week, payer, payee, reason, fen, basis_fen, child, doctor):
    """Post one payment of `fen` >= 0; raises ValueError on a negative amount or a pair that the matrix forbids."""
    if fen < 0:
        raise ValueError("a posting is never negative")
    if books.allowed[reason, books.kind[payer], books.kind[payee]] == 0:
        raise ValueError("this reason is not allowed between these two accounts")
    books.balance[payer] -= fen
    books.balance[payee] += fen
    books.paid[reason] += fen
    books.totals[payer, reason] -= fen
    books.totals[payee, reason] += fen
    n = books.n_posted[0]
    books.n_posted[0] = n + 1
    if len(books.journal) > 0:
        row = books.journal[n]
        row.week, row.payer, row.payee, row.reason = week, payer, payee, reason
        row.fen, row.basis_fen, row.child, row.doctor = fen, basis_fen, child, doctor


class WeekTotals(NamedTuple):
    """A closed week: what every account received minus paid for each reason, in two forms."""

    by_kind: np.ndarray  # (n_kinds, n_reasons) fen
    place: np.ndarray  # (n,) account x n_reasons + reason, where anything was posted
    fen: np.ndarray  # (n,) fen

    def by_account(self, n_accounts: int) -> np.ndarray:
        """Totals of every account and reason [fen], shape (n_accounts, n_reasons)."""
        totals = np.zeros(n_accounts * len(REASONS), np.int64)
        totals[self.place] = self.fen
        return totals.reshape(n_accounts, len(REASONS))


@compiled
def _gather(totals, kind, by_kind, place, fen):
    """Collect what is not zero of `totals` (n_accounts, n_reasons), in order, and its sums by kind; returns how many there are."""
    n, n_reasons = 0, totals.shape[1]
    for account in range(totals.shape[0]):
        for reason in range(n_reasons):
            if totals[account, reason] != 0:
                place[n] = account * n_reasons + reason
                fen[n] = totals[account, reason]
                by_kind[kind[account], reason] += totals[account, reason]
                n += 1
    return n


def keep(books: Books) -> WeekTotals:
    """The totals of the week that ends, without the zeros."""
    by_kind = np.zeros((len(ACCOUNT_KINDS), len(REASONS)), np.int64)
    place, fen = np.empty(books.totals.size, np.int64), np.empty(books.totals.size, np.int64)
    n = _gather(books.totals, books.kind, by_kind, place, fen)
    return WeekTotals(by_kind, place[:n].copy(), fen[:n].copy())
