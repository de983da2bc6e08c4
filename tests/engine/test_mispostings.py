"""Is every misposting caught?

Each plant takes the journal of a right week and spoils it; the books are made those of the spoiled journal.
"""

import numpy as np
import pytest

from model import calendar, ledger
from model.alliance import AllianceModel
from model.audit import Auditor
from model.audit_visits import check_journal, totals_of
from model.journal import step_with_journal
from model.world import copy_world

pytestmark = pytest.mark.property

SEED = 5
GENEROUS = {
    "fund.plan.premium_yuan": 250.0, "fund.surplus.weight_of_rebate": 0.5, "fund.solvency.repaid_share": 0.05,
    "fund.surplus.advance_yuan": 10_000.0, "fund.cover_severe.share_covered": 0.8, "fund.cover_severe.share_reinsured": 0.9,
    "fund.cover_severe.retention_yuan": 5_000.0, "illness.severe_per_child_year": 0.001, "government.audit.p_audited": 1.0,
    "government.subsidise.yuan_per_contract": 120.0, "resident.sign.p_sign": 0.1,
    "fund.plan.operating_fund_yuan": 1e7,
}  # fmt: skip
RUINOUS = {
    "fund.plan.premium_yuan": 40.0, "government.subsidise.yuan_per_year": 0.0, "fund.pay.yuan_per_expert_hour": 120.0,
    "fund.plan.operating_fund_yuan": 1e6,
}  # fmt: skip
# The first week of a scenario in which all these reasons are posted.
WEEKS = {
    "a year's end": ({}, ("premium", "for_equipment", "passed_on")),
    "a generous year's end": (
        GENEROUS,
        ("rebate", "for_training", "for_platform", "for_green_numbers", "capital_repaid", "advance", "fine", "contract_fee",
         "training_pay", "reinsurance_premium", "interest"),
    ),
    "severe illness": (GENEROUS, ("severe_benefit", "reinsurance_payment")),
    "the end of the plan": (RUINOUS, ("capital_used", "loss_borne")),
}  # fmt: skip


def _first(journal, reason):
    return int(np.flatnonzero((journal.reason == ledger.REASONS.index(reason)) & (journal.fen > 0))[0])


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


def _wrong_payer(reason):
    def plant(journal, model):
        row = _first(journal, reason)
        journal[row].payer = _another(model, journal[row].payer)
        return journal

    return plant


def _shifted(reason, other):
    """One fen of one reason is booked under another that the same account pays for."""

    def plant(journal, _):
        journal[_first(journal, reason)].fen -= 1
        journal[_first(journal, other)].fen += 1
        return journal

    return plant


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


ORDINARY = {
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
GENEROUS_YEAR = {
    "one fen too much for equipment": _wrong_amount("for_equipment", 1),
    "one fen less for the platform and one more for training": _shifted("for_platform", "for_training"),
    "training booked as equipment": _other_reason("for_training", "for_equipment"),
    "green numbers never paid": _left_out("for_green_numbers"),
    "rebate given twice": _twice("rebate"),
    "one fen of the rebate kept": _wrong_amount("rebate", -1),
    "one fen too much capital repaid": _wrong_amount("capital_repaid", 1),
    "advance given twice": _twice("advance"),
    "fine never paid": _left_out("fine"),
    "one fen too much fine": _wrong_amount("fine", 1),
    "fine paid by another place": _wrong_payer("fine"),
    "contract paid to another place": _wrong_payee("contract_fee"),
    "contract paid twice": _twice("contract_fee"),
    "one fen too little for hours of training": _wrong_amount("training_pay", -1),
    "hours of training booked as a fee": _other_reason("training_pay", "doctor_fee"),
    "hours of training paid to another place": _wrong_payee("training_pay"),
    "one fen too much for reinsurance": _wrong_amount("reinsurance_premium", 1),
    "one fen too much interest": _wrong_amount("interest", 1),
    "fee passed on by another place": _wrong_payer("passed_on"),
    "settlement of the month left out": _left_out("outgo_settled"),
}
SEVERE = {
    "one fen too much benefit": _wrong_amount("severe_benefit", 1),
    "benefit never paid": _left_out("severe_benefit"),
    "benefit paid twice": _twice("severe_benefit"),
    "one fen too little from the reinsurer": _wrong_amount("reinsurance_payment", -1),
    "reinsurer never pays": _left_out("reinsurance_payment"),
    "one fen of severe illness shifted from basic insurance to the family": _shifted("basic_severe", "own_severe"),
    "severe illness booked as an admission": _other_reason("basic_severe", "basic_inpatient"),
}
THE_END = {
    "one fen of the loss unborne": _wrong_amount("loss_borne", -1),
    "loss borne by nobody": _left_out("loss_borne"),
    "capital kept": _left_out("capital_used"),
}
PLANTED = [(week, name) for week, plants in zip(WEEKS, (ORDINARY, GENEROUS_YEAR, SEVERE, THE_END), strict=True) for name in plants]
PLANTS = ORDINARY | GENEROUS_YEAR | SEVERE | THE_END


@pytest.fixture(scope="module")
def week_of(medium):
    """The world before a named week, and a checkpoint to run it from."""
    found = {}

    def find(name):
        if name not in found:
            settings, reasons = WEEKS[name]
            scenario, wanted = medium.with_settings(settings), [ledger.REASONS.index(reason) for reason in reasons]
            model = AllianceModel(scenario, SEED).run_until(calendar.FIRST_HISTORY_WEEK)
            while not all(model.world.books.totals[:, reason].any() for reason in wanted):
                model.step()
                assert model.week < calendar.N_WEEKS, f"no week has {reasons}"
            earlier = AllianceModel(scenario, SEED).run_until(model.week - 1)
            found[name] = copy_world(earlier.world), earlier.checkpoint()
        return found[name]

    return find


def findings_of(model, auditor, before, journal, totals=None):
    """What the audit of a week and of its journal find."""
    found = auditor.check_week(totals)
    week = calendar.week(model.week - 1)
    return found + check_journal(before, journal, week.year, is_plan=not before.fund[0].is_closed)


@pytest.mark.parametrize(("week", "name"), PLANTED, ids=[name for _, name in PLANTED])
def test_a_planted_misposting_is_caught(week, name, week_of):
    before, checkpoint = week_of(week)
    model = AllianceModel.from_checkpoint(checkpoint)
    auditor = Auditor(model)
    right = step_with_journal(model)
    n = len(model.world.books.balance)
    spoiled = PLANTS[name](right.copy().view(np.recarray), model)
    totals = totals_of(spoiled, n)
    assert (totals != totals_of(right, n)).any() or len(spoiled) != len(right) or (spoiled != right).any(), "nothing was spoiled"
    model.world.books.balance[:] = auditor.cumulative + totals.sum(axis=1)  # the books agree with the spoiled journal
    assert findings_of(model, auditor, before, spoiled, totals), "nobody noticed"


@pytest.mark.parametrize("week", WEEKS)
def test_the_unspoiled_week_has_no_finding(week, week_of):
    before, checkpoint = week_of(week)
    model = AllianceModel.from_checkpoint(checkpoint)
    auditor = Auditor(model)
    journal = step_with_journal(model)
    assert findings_of(model, auditor, before, journal) == []
