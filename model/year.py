"""What happens at the end of a year?

The referral incentive is settled; the fund closes its books from the ledger: result, losses, surplus, solvency; a share of
the surplus is invested; invested capacity depreciates; families learn what a member got back.
"""

import math

from agents.centre import invest
from agents.compiled import compiled
from agents.fund import pay, solvency, surplus
from agents.units import DAYS_PER_WEEK, FEN_PER_YUAN
from model import ledger
from model.ledger import post
from model.month import account_of_doctor, pay_doctor, weigh_referral


@compiled
def settle_incentives(books, clock, doctors, sites, site_account, p):
    """Pay each accredited doctor for referrals below the benchmark, or deduct for those above; start the counts anew."""
    for row in range(len(doctors)):
        doctor = doctors[row]
        counted = pay.counted_referrals(p.fund.pay, doctor.n_alliance_visits_year, doctor.n_recorded_year)
        fen = math.floor(math.fabs(counted * p.fund.pay.yuan_per_avoided_referral) * FEN_PER_YUAN)
        if doctor.n_alliance_visits_year > 0 and clock.is_plan and fen > 0:
            if counted * p.fund.pay.yuan_per_avoided_referral > 0.0:
                pay_doctor(books, clock, doctors, sites, site_account, p, row, ledger.INCENTIVE, fen)
            else:
                deduct(books, clock, doctors, sites, p, row, fen)
        doctor.n_alliance_visits_year = 0
        doctor.n_recorded_year = 0
        weigh_referral(clock, sites, doctor, p)


@compiled
def end_tariff(world, params_before):
    """A change of the doctors' pay ends the count: what was counted under the old tariff is settled by it."""
    settle_incentives(world.books, world.clock[0], world.doctors, world.sites, world.site_account, params_before[0])


@compiled
def deduct(books, clock, doctors, sites, p, row, fen):
    """Take from the doctor what of a deduction reaches the doctor."""
    doctor = doctors[row]
    share = pay.share_that_arrives(p.fund.pay, doctor.is_private, sites[doctor.site].is_separate)
    taken = pay.arriving_fen(share, fen)
    account = account_of_doctor(books, doctors, row)
    post(books, clock.week, account, ledger.FUND_CLAIMS, ledger.DEDUCTION, taken, fen, -1, row)
    doctor.income_from_alliance_fen -= taken


@compiled
def of_year(books, reason):
    """What was paid for this reason since the last closing [fen]."""
    return books.paid[reason] - books.closed[reason]


@compiled
def outgo_of_year(books):
    """What the fund spent since the last closing, except investments [fen]."""
    spent = of_year(books, ledger.COVERED_VISIT) + of_year(books, ledger.DOCTOR_FEE) + of_year(books, ledger.INCENTIVE)
    spent += of_year(books, ledger.REFERRAL_FEE) + of_year(books, ledger.EXPERT_HOURS)
    return spent + of_year(books, ledger.ADMINISTRATION) - of_year(books, ledger.DEDUCTION)


@compiled
def close_books(books, fund, tally, p):
    """Result, losses, surplus and solvency of the year; returns the surplus [fen]."""
    outgo = outgo_of_year(books)
    income = of_year(books, ledger.PREMIUM) + of_year(books, ledger.SUBSIDY) + of_year(books, ledger.INTEREST)
    result = income - outgo
    reserve = books.balance[ledger.FUND_RESERVE] + books.balance[ledger.FUND_CLAIMS]
    fund.solvency_ratio = solvency.solvency_ratio(
        p.fund.solvency, float(reserve + books.balance[ledger.FUND_OPERATING]), of_year(books, ledger.PREMIUM),
        of_year(books, ledger.COVERED_VISIT),
    )  # fmt: skip
    net = result - fund.loss_brought_forward_fen
    target = solvency.reserve_target_fen(p.fund.solvency, outgo)
    top_up = max(0, target - (reserve - net))
    available = surplus.surplus(result, fund.loss_brought_forward_fen, top_up)
    fund.loss_brought_forward_fen = surplus.loss_carried_forward(result, fund.loss_brought_forward_fen)
    fund.surplus_available_fen = available
    tally.surplus_available_fen = available
    tally.loss_brought_forward_fen = fund.loss_brought_forward_fen
    tally.solvency_ratio = fund.solvency_ratio
    return available


@compiled
def invest_surplus(books, clock, fund, tally, p, available):
    """Decide what is invested, pay for it, and note what it will add and when."""
    is_solvent = fund.solvency_ratio >= p.fund.solvency.least_ratio
    fen = surplus.reinvested_fen(p.fund.surplus, available, is_solvent)
    advance = math.floor(p.fund.surplus.advance_yuan * FEN_PER_YUAN)
    if advance > 0:
        post(books, clock.week, ledger.GOVERNMENT, ledger.FUND_RESERVE, ledger.ADVANCE, advance, advance, -1, -1)
    if fen > 0:
        fund.n_years_invested += 1
        tally.n_years_invested = fund.n_years_invested
    if fen + advance > 0:
        post(books, clock.week, ledger.FUND_RESERVE, ledger.SUPPLIERS, ledger.REINVESTMENT, fen + advance, available, -1, -1)
        yuan = (fen + advance) / FEN_PER_YUAN
        share = p.fund.surplus.share_for_capacity
        fund.visits_to_come += invest.added_weekly_visits(p.centre.invest, yuan, share)
        fund.skill_to_come += invest.added_skill(p.centre.invest, yuan, share)
        if fund.week_of_effect < 0:  # what still waits takes the new purchase along
            fund.week_of_effect = clock.week + p.centre.invest.weeks_until_effect


@compiled
def take_effect(clock, fund, tally, doctors, p):
    """What was bought takes effect, spread over the doctors who are accredited now; it waits while there is none."""
    if fund.week_of_effect < 0 or clock.week < fund.week_of_effect or clock.n_accredited == 0:
        return
    for row in range(len(doctors)):
        doctor = doctors[row]
        if doctor.is_accredited:
            doctor.added_visits_per_day += fund.visits_to_come / clock.n_accredited / DAYS_PER_WEEK
            doctor.invested_skill = invest.invested_skill(
                p.centre.invest, doctor.invested_skill, fund.skill_to_come / clock.n_accredited
            )
    tally.added_visits_per_week += fund.visits_to_come
    fund.visits_to_come = fund.skill_to_come = 0.0
    fund.week_of_effect = -1


@compiled
def end_year(world):
    """The end of a year, in order."""
    p, books, clock, tally, fund = world.params[0], world.books, world.clock[0], world.tally[0], world.fund[0]
    doctors = world.doctors
    settle_incentives(books, clock, doctors, world.sites, world.site_account, p)
    for row in range(len(doctors)):
        doctor = doctors[row]
        doctor.added_visits_per_day = invest.after_depreciation(p.centre.invest, doctor.added_visits_per_day)
    tally.added_visits_per_week = invest.after_depreciation(p.centre.invest, tally.added_visits_per_week)
    if clock.is_plan:
        invest_surplus(books, clock, fund, tally, p, close_books(books, fund, tally, p))
        n_premiums = of_year(books, ledger.PREMIUM) / max(1.0, p.fund.plan.premium_yuan * FEN_PER_YUAN)
        if n_premiums > 0.0:
            got_back = of_year(books, ledger.COVERED_VISIT) / FEN_PER_YUAN / n_premiums
            fund.expected_benefit_yuan = (fund.expected_benefit_yuan + got_back) / 2.0
    for reason in range(len(books.closed)):
        books.closed[reason] = books.paid[reason]
    world.flows[:] = 0
    world.referrals[:] = 0
