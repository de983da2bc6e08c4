"""What does the fund find when it closes its books, and what may it do?

Result, losses, surplus and solvency of the year, from the ledger; then the gates: sales, repayment, use of the surplus, next
year's premium, or the end of the plan.
"""

import math

from agents.compiled import compiled
from agents.fund import price, solvency, surplus
from agents.units import FEN_PER_YUAN, MONTHS_PER_YEAR
from model import ledger
from model.investment import use_surplus
from model.ledger import post
from model.talk import hear_of_closure


@compiled
def of_year(books, reason):
    """What was paid for this reason since the last closing [fen]."""
    return books.paid[reason] - books.closed[reason]


@compiled
def claims_of_year(books):
    """What the fund paid for members' care since the last closing, reinsurance taken off [fen]."""
    benefits = of_year(books, ledger.SEVERE_BENEFIT) - of_year(books, ledger.REINSURANCE_PAYMENT)
    return of_year(books, ledger.COVERED_VISIT) + benefits


@compiled
def outgo_of_year(books):
    """What the fund spent since the last closing, except uses of the surplus [fen]."""
    spent = claims_of_year(books) + of_year(books, ledger.DOCTOR_FEE) + of_year(books, ledger.INCENTIVE)
    spent += of_year(books, ledger.TRAINING_PAY) + of_year(books, ledger.REINSURANCE_PREMIUM)
    spent += of_year(books, ledger.REFERRAL_FEE) + of_year(books, ledger.EXPERT_HOURS)
    return spent + of_year(books, ledger.ADMINISTRATION) - of_year(books, ledger.DEDUCTION)


@compiled
def reserve(books):
    """What the reserve holds [fen], with what is not settled yet."""
    return books.balance[ledger.FUND_RESERVE] + books.balance[ledger.FUND_CLAIMS]


@compiled
def capital(books):
    """What the plan owns [fen]: the reserve and the founders' capital."""
    return reserve(books) + books.balance[ledger.FUND_OPERATING]


@compiled
def close_books(books, fund, tally, p):
    """Result, losses, surplus and solvency of the year; returns the reserve's target [fen]."""
    outgo = outgo_of_year(books)
    result = of_year(books, ledger.PREMIUM) + of_year(books, ledger.SUBSIDY) + of_year(books, ledger.INTEREST) - outgo
    fund.solvency_ratio = solvency.solvency_ratio(
        p.fund.solvency, float(capital(books)), of_year(books, ledger.PREMIUM), claims_of_year(books)
    )
    target = solvency.reserve_target_fen(p.fund.solvency, outgo)
    top_up = max(0, target - (reserve(books) - (result - fund.loss_brought_forward_fen)))
    fund.surplus_available_fen = surplus.surplus(result, fund.loss_brought_forward_fen, top_up)
    fund.loss_brought_forward_fen = surplus.loss_carried_forward(result, fund.loss_brought_forward_fen)
    tally.surplus_available_fen = fund.surplus_available_fen
    tally.loss_brought_forward_fen = fund.loss_brought_forward_fen
    tally.solvency_ratio = fund.solvency_ratio
    return target


@compiled
def invest_surplus(books, clock, fund, tally, p):
    """Use the share of the surplus that the lever says, and the government's advance."""
    is_solvent = fund.solvency_ratio >= p.fund.solvency.least_ratio
    fen = surplus.reinvested_fen(p.fund.surplus, fund.surplus_available_fen, is_solvent)
    advance = math.floor(p.fund.surplus.advance_yuan * FEN_PER_YUAN)
    if advance > 0:
        post(books, clock.week, ledger.GOVERNMENT, ledger.FUND_RESERVE, ledger.ADVANCE, advance, advance, -1, -1)
    if fen > 0:
        fund.n_years_invested += 1
        tally.n_years_invested = fund.n_years_invested
    use_surplus(books, clock, fund, p, fen + advance, fund.surplus_available_fen)


@compiled
def repay_capital(books, clock, fund, p, above_target):
    """The founders get back a part of their capital, while the reserve can stand it."""
    fen = solvency.repaid_fen(p.fund.solvency, books.balance[ledger.FUND_OPERATING], above_target, fund.solvency_ratio)
    if fen > 0:
        post(books, clock.week, ledger.FUND_OPERATING, ledger.OUTSIDE, ledger.CAPITAL_REPAID, fen, above_target, -1, -1)


@compiled
def wind_up(books, clock, fund):
    """The end of the plan: the founders' capital is used, and others bear what is left of the loss."""
    used = books.balance[ledger.FUND_OPERATING]
    if used > 0:
        post(books, clock.week, ledger.FUND_OPERATING, ledger.FUND_RESERVE, ledger.CAPITAL_USED, used, used, -1, -1)
    loss = -reserve(books)
    if loss > 0:
        post(books, clock.week, ledger.OUTSIDE, ledger.FUND_RESERVE, ledger.LOSS_BORNE, loss, loss, -1, -1)
    fund.is_closed = 1
    fund.is_selling = 0
    clock.is_plan = 0


@compiled
def close_plan(world):
    """The plan's yearly closing, in order."""
    p, books, clock, tally, fund = world.params[0], world.books, world.clock[0], world.tally[0], world.fund[0]
    target = close_books(books, fund, tally, p)
    if solvency.is_closed(p.fund.solvency, fund.solvency_ratio):
        wind_up(books, clock, fund)
        hear_of_closure(clock, world.agenda, world.households, world.communities, p)
        return
    fund.is_selling = 1 if fund.solvency_ratio >= p.fund.solvency.least_ratio else 0
    invest_surplus(books, clock, fund, tally, p)
    repay_capital(books, clock, fund, p, reserve(books) - target)
    learn_of_benefit(books, fund)
    premium = of_year(books, ledger.PREMIUM)
    if premium > 0:
        fund.premium_yuan = price.next_premium_yuan(p.fund.price, fund.premium_yuan, claims_of_year(books) / premium)


@compiled
def learn_of_benefit(books, fund):
    """Families learn what a member got back in the year, rebate included."""
    if fund.n_premiums_year > 0:
        got_back = of_year(books, ledger.COVERED_VISIT) + of_year(books, ledger.SEVERE_BENEFIT) + of_year(books, ledger.REBATE)
        yuan = got_back / FEN_PER_YUAN / fund.n_premiums_year * MONTHS_PER_YEAR
        fund.expected_benefit_yuan = (fund.expected_benefit_yuan + yuan) / 2.0
    fund.n_premiums_year = 0
