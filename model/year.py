"""What happens at the end of a year?

The referral incentive is settled; the bureau audits; households count what illness cost them; invested capacity
depreciates; the fund closes its books.
"""

import math

from agents.centre import invest
from agents.centre.record import CLINIC
from agents.compiled import compiled
from agents.fund import pay
from agents.government import audit
from agents.resident import bear_cost
from agents.units import FEN_PER_YUAN
from model import dice, ledger
from model.closing import close_plan
from model.dice import die
from model.ledger import post
from model.payroll import account_of_doctor, pay_doctor
from model.staff import weigh
from model.stocks import write_stocks


@compiled
def settle_incentives(books, clock, tally, doctors, sites, site_account, p):
    """Pay each accredited doctor for referrals below the benchmark, or deduct for those above; start the counts anew."""
    for row in range(len(doctors)):
        doctor = doctors[row]
        counted = pay.counted_referrals(p.fund.pay, doctor.n_alliance_visits_year, doctor.n_recorded_year)
        fen = math.floor(math.fabs(counted * p.fund.pay.yuan_per_avoided_referral) * FEN_PER_YUAN)
        if doctor.n_alliance_visits_year > 0 and clock.is_plan and fen > 0:
            if counted * p.fund.pay.yuan_per_avoided_referral > 0.0:
                pay_doctor(books, clock, tally, doctors, sites, site_account, p, row, ledger.INCENTIVE, fen)
            else:
                deduct(books, clock, doctors, sites, p, row, fen)
        doctor.n_alliance_visits_year = 0
        doctor.n_recorded_year = 0
        weigh(clock, sites, doctor, p)


@compiled
def end_tariff(world, params_before):
    """A change of the doctors' pay ends the count: what was counted under the old tariff is settled by it."""
    settle_incentives(world.books, world.clock[0], world.tally[0], world.doctors, world.sites, world.site_account, params_before[0])


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
def audit_places(books, clock, tally, sites, doctors, site_account, p, seed):
    """The bureau audits some places; each pays a fine for the unneeded antibiotics that are found. The year's counts start anew."""
    k = p.government.audit
    for i in range(len(sites)):
        site = sites[i]
        if site.kind > CLINIC:
            continue
        n = 0
        for row in range(site.first_doctor, site.first_doctor + site.n_doctors):
            n += doctors[row].n_unneeded_year
            doctors[row].n_unneeded_year = 0
        if n > 0 and die(seed, dice.AUDIT, i, clock.year, 0) < k.p_audited:
            found = audit.n_found(k, n, die(seed, dice.AUDIT_FINDS, i, clock.year, 0))
            tally.n_unneeded_found += found
            fine = audit.fine_fen(k, found)
            post(books, clock.week, site_account[i], ledger.BASIC_INSURANCE, ledger.FINE, fine, found, -1, -1)


@compiled
def count_fifth(tally, fifth, is_catastrophic, fen):
    """Count the year of one household under its fifth of income."""
    if fifth == 0:
        tally.n_catastrophic_fifth_1 += is_catastrophic
        tally.own_paid_fifth_1_fen += fen
    elif fifth == 1:
        tally.n_catastrophic_fifth_2 += is_catastrophic
        tally.own_paid_fifth_2_fen += fen
    elif fifth == 2:
        tally.n_catastrophic_fifth_3 += is_catastrophic
        tally.own_paid_fifth_3_fen += fen
    elif fifth == 3:
        tally.n_catastrophic_fifth_4 += is_catastrophic
        tally.own_paid_fifth_4_fen += fen
    else:
        tally.n_catastrophic_fifth_5 += is_catastrophic
        tally.own_paid_fifth_5_fen += fen


@compiled
def count_burden(tally, households, p):
    """What the year's illness cost each household, against its income."""
    for row in range(len(households)):
        household = households[row]
        if household.n_children > 0:
            own = household.own_paid_year_fen
            is_catastrophic = 1 if bear_cost.is_catastrophic(p.resident.bear_cost, own / FEN_PER_YUAN, household.income_yuan) else 0
            tally.n_household_years += 1
            tally.n_catastrophic += is_catastrophic
            count_fifth(tally, household.fifth, is_catastrophic, own)
        household.own_paid_year_fen = 0


@compiled
def depreciate(fund, doctors, p):
    """What investment added loses a part of its worth."""
    for row in range(len(doctors)):
        doctor = doctors[row]
        doctor.added_visits_per_day = invest.after_depreciation(p.centre.invest, doctor.added_visits_per_day)
    fund.platform_yuan = invest.after_depreciation(p.centre.invest, fund.platform_yuan)


@compiled
def end_year(world, seed):
    """The end of a year, in order."""
    p, books, clock, tally, fund = world.params[0], world.books, world.clock[0], world.tally[0], world.fund[0]
    doctors, sites = world.doctors, world.sites
    settle_incentives(books, clock, tally, doctors, sites, world.site_account, p)
    audit_places(books, clock, tally, sites, doctors, world.site_account, p, seed)
    count_burden(tally, world.households, p)
    depreciate(fund, doctors, p)
    if clock.is_plan:
        close_plan(world)
    for reason in range(len(books.closed)):
        books.closed[reason] = books.paid[reason]
    world.flows[:] = 0
    world.referrals[:] = 0
    write_stocks(clock, tally, world.hospital[0], fund, doctors)
