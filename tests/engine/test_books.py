"""Are the books right to the fen in every week, and is every misposting caught?"""

from datetime import date

import numpy as np
import pytest

from model import calendar, ledger
from model.alliance import AllianceModel
from model.audit import Auditor
from model.audit_visits import check_journal, totals_of
from model.journal import as_table, replay, step_with_journal
from model.world import copy_world

pytestmark = pytest.mark.property


def test_the_books_of_every_week_are_right_to_the_fen(medium):
    paying = medium.with_settings({"fund.pay.yuan_per_avoided_referral": 100.0})
    model = AllianceModel(paying, 5)
    auditor = Auditor(model)
    while model.week < calendar.N_WEEKS:
        model.step()
        assert auditor.check_week() == [], f"week {model.week - 1}"


def test_a_change_of_the_tariff_settles_what_was_counted_under_the_old_one(medium):
    lever = "fund.pay.yuan_per_avoided_referral"
    for before, after in ((100.0, 0.0), (0.0, 200.0), (-150.0, 150.0)):
        model = AllianceModel(medium.with_settings({lever: before}).with_settings({lever: after}, date(2019, 6, 3)), 5)
        auditor = Auditor(model)
        incentive = []
        while model.week < 190:
            model.step()
            assert auditor.check_week() == [], f"week {model.week - 1}"
            totals = model.totals[-1].by_kind
            incentive.append(int(np.abs(totals[:, [ledger.INCENTIVE, ledger.DEDUCTION]]).sum()))
        changed = calendar.index_of(date(2019, 6, 3))
        assert (incentive[changed] > 0) == (before != 0.0), "the old tariff is settled when it ends, and only then"


@pytest.mark.parametrize("week", [60, 108, 213, 350])
def test_every_visit_of_a_week_is_paid_as_the_rules_say(week, medium):
    model = AllianceModel(medium, 5).run_until(week)
    before = copy_world(model.world)
    journal = step_with_journal(model)
    assert len(journal) > 100
    assert check_journal(before, journal, calendar.week(week).year, is_plan=bool(model.world.clock[0].is_plan)) == []
    n = len(model.world.books.balance)
    assert (totals_of(journal, n) == model.totals[-1].by_account(n)).all()


def test_a_replayed_week_gives_the_postings_of_the_first_run(medium):
    model = AllianceModel(medium, 5).run_until(100)
    checkpoint = model.checkpoint()
    model.run_until(107)
    first = step_with_journal(model)
    again = replay(checkpoint, 107)
    assert (first.view(np.uint8) == again.view(np.uint8)).all()
    assert set(as_table(model, again).columns) >= {"payer", "payee", "reason", "rule", "yuan", "child"}


# -- planted mispostings: each takes the journal of a right week and spoils it; the books are those of the spoiled journal

MONTH_END = 109  # the last week of a year: fees, premiums, settlement and the surplus fall into it


def _first(journal, reason):
    return int(np.flatnonzero(journal.reason == ledger.REASONS.index(reason))[0])


def _another(model, account):
    """Another account of the same kind."""
    kinds = model.world.books.kind
    same = np.flatnonzero(kinds == kinds[account])
    return int(same[same != account][0])


def _wrong_payee(reason):
    def plant(journal, model):
        places = model.world.books.kind[journal.payee] >= ledger.CENTRE_KIND  # of other kinds there is only one account
        row = int(np.flatnonzero(places & (journal.reason == ledger.REASONS.index(reason)))[0])
        journal[row].payee = _another(model, journal[row].payee)
        return journal

    return plant


def _wrong_amount(reason, fen):
    def plant(journal, _):
        journal[_first(journal, reason)].fen += fen
        return journal

    return plant


def _twice(reason):
    def plant(journal, _):
        row = _first(journal, reason)
        return np.insert(journal, row, journal[row]).view(np.recarray)

    return plant


def _left_out(reason):
    return lambda journal, _: np.delete(journal, _first(journal, reason)).view(np.recarray)


def _other_reason(reason, other):
    def plant(journal, _):
        journal[_first(journal, reason)].reason = ledger.REASONS.index(other)
        return journal

    return plant


def _rounded_up(journal, _):
    """The payer no longer bears the rounding: cover is rounded up instead of down."""
    rows = journal[journal.reason == ledger.COVERED_VISIT]
    row = next(int(i) for i in np.flatnonzero(journal.reason == ledger.COVERED_VISIT) if journal.basis_fen[i])
    assert len(rows)
    journal[row].fen += 1
    journal[row + 1 + int(journal.reason[row + 1] == ledger.BASIC_OUTPATIENT)].fen -= 1
    return journal


def _shifted_to_basic(journal, _):
    """A family pays one fen less and basic insurance one more: the place receives the right sum."""
    row = _first(journal, "basic_outpatient")
    journal[row].fen += 1
    journal[row + 1].fen -= 1
    return journal


def _swapped(journal, _):
    row = _first(journal, "own_payment")
    journal[row].payer, journal[row].payee = int(journal[row].payee), int(journal[row].payer)
    return journal


PLANTED = {
    "visit paid to another centre": _wrong_payee("own_payment"),
    "basic insurance paid to another centre": _wrong_payee("basic_outpatient"),
    "cover paid to another centre": _wrong_payee("covered_visit"),
    "fee passed on to another doctor": _wrong_payee("passed_on"),
    "one fen too much for a visit": _wrong_amount("own_payment", 1),
    "one fen too little for a visit": _wrong_amount("own_payment", -1),
    "one fen too much from basic insurance": _wrong_amount("basic_outpatient", 1),
    "one fen too much cover": _wrong_amount("covered_visit", 1),
    "one fen too much premium": _wrong_amount("premium", 1),
    "one fen too much fee": _wrong_amount("doctor_fee", 1),
    "one fen too much administration": _wrong_amount("administration", 1),
    "one fen too little for expert hours": _wrong_amount("expert_hours", -1),
    "one fen too much subsidy": _wrong_amount("subsidy", 1),
    "visit paid twice": _twice("own_payment"),
    "fee paid twice": _twice("doctor_fee"),
    "premium billed twice": _twice("premium"),
    "fee never passed on": _left_out("passed_on"),
    "premium never moved to the reserve": _left_out("premium_earned"),
    "cover booked as an own payment": _other_reason("covered_visit", "own_payment"),
    "subsidy booked as interest": _other_reason("subsidy", "interest"),
    "cover rounded up": _rounded_up,
    "one fen shifted from the family to basic insurance": _shifted_to_basic,
    "payer and payee of a visit swapped": _swapped,
}


@pytest.fixture(scope="module")
def last_week_of_the_year(medium):
    model = AllianceModel(medium, 5).run_until(MONTH_END - 1)
    while not calendar.week(model.week).ends_month:
        model.step()
    before, checkpoint = copy_world(model.world), model.checkpoint()
    return before, checkpoint


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_misposting_is_caught(name, last_week_of_the_year):
    before, checkpoint = last_week_of_the_year
    model = AllianceModel.from_checkpoint(checkpoint)
    auditor = Auditor(model)
    right = step_with_journal(model)
    n = len(model.world.books.balance)
    spoiled = PLANTED[name](right.copy().view(np.recarray), model)
    totals = totals_of(spoiled, n)
    model.world.books.balance[:] = auditor.cumulative + totals.sum(axis=1)  # the books agree with the spoiled journal
    findings = auditor.check_week(totals)
    year = calendar.week(model.week - 1).year
    findings += check_journal(before, spoiled, year, is_plan=bool(model.world.clock[0].is_plan))
    assert findings, "nobody noticed"


def test_the_unspoiled_week_has_no_finding(last_week_of_the_year):
    before, checkpoint = last_week_of_the_year
    model = AllianceModel.from_checkpoint(checkpoint)
    auditor = Auditor(model)
    journal = step_with_journal(model)
    year = calendar.week(model.week - 1).year
    assert auditor.check_week() == []
    assert check_journal(before, journal, year, is_plan=True) == []


def test_the_matrix_refuses_a_reason_between_the_wrong_accounts(small):
    books = AllianceModel(small).world.books
    with pytest.raises(ValueError, match="not allowed"):
        ledger.post(books, 0, ledger.HOUSEHOLDS, ledger.FUND_RESERVE, ledger.PREMIUM, 100, 100, -1, -1)
    with pytest.raises(ValueError, match="never negative"):
        ledger.post(books, 0, ledger.HOUSEHOLDS, ledger.FUND_PREMIUM, ledger.PREMIUM, -1, 100, -1, -1)
