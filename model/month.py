"""What happens at the end of a month?

Premiums are billed; the fund pays doctors and experts, the reinsurer and administration; its month is settled from the
reserve; households tell their friends, join, renew or lapse; doctors stay or leave, learn, and look again at what a
referral costs them.
"""

import math

from agents.compiled import compiled
from agents.fund import plan, solvency
from agents.government import subsidise
from agents.units import FEN_PER_YUAN
from model import ledger
from model.ledger import post
from model.membership import decide_membership, pay_contracts, renew_contracts
from model.payroll import pay_expert_hours, pay_fees
from model.reorganise import reorganise
from model.severe import pay_reinsurer
from model.staff import decide_to_stay, learn_from_cases
from model.stocks import write_stocks
from model.talk import tell_friends


@compiled
def list_price(fund, p):
    """A new value of the premium's lever is the price from now on; until then the fund's own pricing stands."""
    if fund.listed_yuan != p.fund.plan.premium_yuan:
        fund.listed_yuan = fund.premium_yuan = p.fund.plan.premium_yuan


@compiled
def bill_premiums(books, clock, tally, fund, p):
    """One premium for each member child, earned in the month in which it is billed."""
    fen = plan.premium_of_month_fen(fund.premium_yuan)
    tally.n_premiums += clock.n_members
    fund.n_premiums_year += clock.n_members
    post(books, clock.week, ledger.HOUSEHOLDS, ledger.FUND_PREMIUM, ledger.PREMIUM, clock.n_members * fen, fen, -1, -1)
    administration = math.floor(p.fund.plan.administration_share * clock.n_members * fen)
    post(books, clock.week, ledger.FUND_CLAIMS, ledger.SUPPLIERS, ledger.ADMINISTRATION, administration, fen, -1, -1)


@compiled
def settle(books, clock, p):
    """Capital (once), subsidy and interest come in; the premium goes to the reserve, which makes good the month's outgo."""
    if books.paid[ledger.OPERATING_CAPITAL] == 0:
        capital = math.floor(p.fund.plan.operating_fund_yuan * FEN_PER_YUAN * clock.scale)
        post(books, clock.week, ledger.OUTSIDE, ledger.FUND_OPERATING, ledger.OPERATING_CAPITAL, capital, capital, -1, -1)
    subsidy = subsidise.subsidy_of_month_fen(p.government.subsidise, clock.scale, clock.n_members)
    post(books, clock.week, ledger.GOVERNMENT, ledger.FUND_RESERVE, ledger.SUBSIDY, subsidy, subsidy, -1, -1)
    reserve = books.balance[ledger.FUND_RESERVE]
    interest = solvency.interest_of_month_fen(p.fund.solvency, reserve)
    post(books, clock.week, ledger.OUTSIDE, ledger.FUND_RESERVE, ledger.INTEREST, interest, max(0, reserve), -1, -1)
    earned = books.balance[ledger.FUND_PREMIUM]
    post(books, clock.week, ledger.FUND_PREMIUM, ledger.FUND_RESERVE, ledger.PREMIUM_EARNED, earned, earned, -1, -1)
    outgo = -books.balance[ledger.FUND_CLAIMS]
    if outgo > 0:
        post(books, clock.week, ledger.FUND_RESERVE, ledger.FUND_CLAIMS, ledger.OUTGO_SETTLED, outgo, outgo, -1, -1)


@compiled
def run_plan(world, seed):
    """The fund's month: bill, pay, settle; households join, renew and lapse."""
    p, books, clock, tally = world.params[0], world.books, world.clock[0], world.tally[0]
    list_price(world.fund[0], p)
    bill_premiums(books, clock, tally, world.fund[0], p)
    pay_fees(books, clock, tally, world.doctors, world.sites, world.site_account, p)
    pay_expert_hours(books, clock, world.hospital[0], p)
    pay_reinsurer(books, clock, p)
    settle(books, clock, p)
    decide_membership(
        clock, tally, world.fund[0], world.agenda, world.deciders, world.security, world.households, world.communities, p, seed
    )


@compiled
def end_month(world, seed):
    """The end of a month, in order."""
    p, clock, tally, hospital = world.params[0], world.clock[0], world.tally[0], world.hospital[0]
    doctors, sites = world.doctors, world.sites
    if clock.is_alliance:
        tell_friends(clock, world.households, world.news, world.tellers, world.friend_first, world.friends, p)
    if clock.is_plan:
        run_plan(world, seed)
    renew_contracts(clock, world.agenda, world.households, p, seed)
    pay_contracts(world.books, clock, world.households, world.site_account, p)
    n_changes = decide_to_stay(clock, tally, hospital, doctors, sites, world.normal, world.innate_skill, p, seed)
    learn_from_cases(clock, doctors, sites, p)
    if n_changes > 0:
        reorganise(world)
    clock.n_weeks_of_month = 0
    write_stocks(clock, tally, hospital, world.fund[0], doctors)
