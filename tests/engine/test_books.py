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


# Scenarios in which money flows that the case does not move, and the reasons that must therefore have been posted.
FLOWS = {
    "the case": ({}, {"training_pay", "for_equipment", "for_green_numbers", "fine", "own_severe", "basic_severe"}),
    "referrals are paid for": ({"fund.pay.yuan_per_avoided_referral": 100.0}, {"incentive", "deduction"}),
    "severe illness is covered and reinsured": (
        {
            "illness.severe_per_child_year": 0.001, "fund.cover_severe.share_covered": 0.8, "fund.plan.premium_yuan": 200.0,
            "fund.cover_severe.share_reinsured": 0.9, "fund.cover_severe.retention_yuan": 5_000.0,
        },
        {"severe_benefit", "reinsurance_premium", "reinsurance_payment"},
    ),
    "the price follows the claims": ({"fund.price.response": 1.0, "fund.price.target_loss_ratio": 0.4}, {"premium"}),
    "contracts and members are paid for": (
        {
            "government.subsidise.yuan_per_contract": 120.0, "government.subsidise.yuan_per_member": 30.0,
            "resident.sign.p_sign": 0.1,
        },
        {"contract_fee", "subsidy"},
    ),
    "the surplus has five uses and the founders get back their capital": (
        {
            "fund.plan.premium_yuan": 250.0, "fund.surplus.advance_yuan": 10_000.0, "fund.surplus.weight_of_rebate": 0.5,
            "fund.solvency.repaid_share": 0.3, "fund.plan.operating_fund_yuan": 1e6, "fund.surplus.reinvested_share": 0.9,
        },
        {"advance", "for_equipment", "for_training", "for_platform", "for_green_numbers", "rebate", "capital_repaid"},
    ),
    "every place is audited every year": ({"government.audit.p_audited": 1.0}, {"fine"}),
    "the plan is ruined": (
        {
            "fund.plan.premium_yuan": 40.0, "government.subsidise.yuan_per_year": 0.0, "fund.plan.covered_share": 0.9,
            "fund.pay.yuan_per_expert_hour": 120.0, "fund.plan.operating_fund_yuan": 1e6,
        },
        {"capital_used", "loss_borne"},
    ),
}  # fmt: skip


def audited_run(scenario):
    """A model after a run whose every week was found right."""
    model = AllianceModel(scenario, 5)
    auditor = Auditor(model)
    while model.week < calendar.N_WEEKS:
        model.step()
        assert auditor.check_week() == [], f"week {model.week - 1}"
    return model


@pytest.mark.parametrize("name", FLOWS)
def test_the_books_of_every_week_are_right_to_the_fen(name, medium):
    settings, flowing = FLOWS[name]
    model = audited_run(medium.with_settings(settings))
    posted = {ledger.REASONS[reason] for reason in np.flatnonzero(model.world.books.paid)}
    assert flowing <= posted, f"nothing flowed for {flowing - posted}"


def test_levers_that_are_moved_on_the_way_are_paid_from_their_dates(medium):
    dated = medium
    for day, settings in (
        (date(2018, 11, 12), {"fund.plan.premium_yuan": 150.0, "fund.price.response": 0.5}),
        (date(2019, 3, 11), {"fund.cover_severe.share_covered": 0.8, "fund.cover_severe.share_reinsured": 0.5}),
        (date(2019, 6, 3), {"fund.pay.yuan_per_visit": 25.0, "fund.pay.yuan_per_training_hour": 90.0}),
        (date(2019, 9, 16), {"government.audit.p_audited": 0.8, "government.subsidise.yuan_per_contract": 60.0}),
        (date(2020, 2, 17), {"hospital.support.share_for_review": 0.1, "hospital.support.weeks_of_promise": 0}),
        (date(2021, 5, 10), {"fund.plan.is_running": 0}),
        (date(2022, 3, 14), {"fund.plan.is_running": 1, "fund.plan.premium_yuan": 120.0}),
        (date(2023, 8, 14), {"hospital.accredit.is_running": 0}),
    ):
        dated = dated.with_settings(settings, day)
    model = audited_run(dated)
    names = ("premium", "severe_benefit", "training_pay", "contract_fee", "fine")
    assert all(model.world.books.paid[ledger.REASONS.index(name)] > 0 for name in names)


def test_a_plan_that_is_closed_stays_closed_and_nobody_pays_for_it(medium):
    model = AllianceModel(medium.with_settings(FLOWS["the plan is ruined"][0]), 5)
    while not model.world.fund[0].is_closed:
        model.step()
    assert calendar.week(model.week - 1).ends_year
    balances = model.world.books.balance
    assert balances[ledger.FUND_RESERVE] + balances[ledger.FUND_CLAIMS] == balances[ledger.FUND_OPERATING] == 0
    assert not model.world.households.is_member.any()
    n = len(model.totals)
    model.run_until(calendar.N_WEEKS)
    later = sum(week.by_kind for week in model.totals[n:])
    assert model.world.clock[0].n_members == 0
    assert not later[[ledger.FUND_PREMIUM, ledger.FUND_CLAIMS, ledger.FUND_RESERVE, ledger.FUND_OPERATING]].any()


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


def test_the_matrix_refuses_a_reason_between_the_wrong_accounts(small):
    books = AllianceModel(small).world.books
    with pytest.raises(ValueError, match="not allowed"):
        ledger.post(books, 0, ledger.HOUSEHOLDS, ledger.FUND_RESERVE, ledger.PREMIUM, 100, 100, -1, -1)
    with pytest.raises(ValueError, match="never negative"):
        ledger.post(books, 0, ledger.HOUSEHOLDS, ledger.FUND_PREMIUM, ledger.PREMIUM, -1, 100, -1, -1)
