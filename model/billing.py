"""Who pays for a visit and for an admission?

Basic insurance first, the plan second, the family the rest. One place for looking ahead (what a visit would cost the
family) and for paying, so that the price a family decides by is the price it pays.
"""

from agents.centre.record import CLINIC, MATERNAL_HOSPITAL
from agents.compiled import compiled
from agents.fund import plan
from agents.government import reimburse
from model import ledger
from model.ledger import post


@compiled
def level_of(kind):
    """Level of care of a kind of place, by which basic insurance pays: primary, secondary, tertiary."""
    if kind <= CLINIC:
        return reimburse.PRIMARY
    return reimburse.SECONDARY if kind == MATERNAL_HOSPITAL else reimburse.TERTIARY


@compiled
def basic_fen(p, child, year, level, price_fen):
    """What basic insurance would pay of an outpatient visit now [fen]."""
    paid = child.outpatient_paid_fen if child.outpatient_year == year else 0
    return reimburse.outpatient_fen(p.government.reimburse, level, price_fen, paid)


@compiled
def plan_fen(p, is_plan, is_member, is_accredited, own_fen):
    """What the plan would take over of a family's own payment at primary care now [fen]."""
    if is_plan and plan.is_covered(p.fund.plan, is_member, is_accredited):
        return plan.covered_fen(p.fund.plan, own_fen)
    return 0


@compiled
def own_primary_fen(p, clock, child, is_member, is_accredited, price_fen):
    """What a visit at a centre or clinic would cost the family now [fen]."""
    own = price_fen - basic_fen(p, child, clock.year, reimburse.PRIMARY, price_fen)
    return own - plan_fen(p, clock.is_plan, is_member, is_accredited, own)


@compiled
def own_hospital_fen(p, clock, child, kind, price_fen):
    """What an outpatient visit at this kind of hospital would cost the family now [fen]."""
    return price_fen - basic_fen(p, child, clock.year, level_of(kind), price_fen)


@compiled
def pay_visit(books, p, clock, child, child_row, household, doctor_row, account, level, is_accredited, price_fen):
    """Post the payments of one outpatient visit and remember what counts against the yearly cap."""
    if child.outpatient_year != clock.year:
        child.outpatient_year = clock.year
        child.outpatient_paid_fen = 0
    basic = basic_fen(p, child, clock.year, level, price_fen)
    child.outpatient_paid_fen += basic
    own = price_fen - basic
    if level == reimburse.PRIMARY:
        covered = plan_fen(p, clock.is_plan, household.is_member, is_accredited, own)
        if covered > 0:
            post(books, clock.week, ledger.FUND_CLAIMS, account, ledger.COVERED_VISIT, covered, price_fen, child_row, doctor_row)
            own -= covered
    if basic > 0:
        post(books, clock.week, ledger.BASIC_INSURANCE, account, ledger.BASIC_OUTPATIENT, basic, price_fen, child_row, doctor_row)
    post(books, clock.week, ledger.HOUSEHOLDS, account, ledger.OWN_PAYMENT, own, price_fen, child_row, doctor_row)
    child.own_paid_fen += own
    household.own_paid_year_fen += own


@compiled
def pay_admission(books, p, clock, child, child_row, household, account, price_fen):
    """Post the payments of one admission for a serious illness."""
    basic = reimburse.inpatient_fen(p.government.reimburse, price_fen)
    post(books, clock.week, ledger.BASIC_INSURANCE, account, ledger.BASIC_INPATIENT, basic, price_fen, child_row, -1)
    own = price_fen - basic
    post(books, clock.week, ledger.HOUSEHOLDS, account, ledger.OWN_INPATIENT, own, price_fen, child_row, -1)
    child.own_paid_fen += own
    household.own_paid_year_fen += own
