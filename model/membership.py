"""Which households join, renew and lapse, and which keep their contract with a family doctor?

Every household throws its die each month; only those who consider the plan, and those whose month it is, cost further thought.
"""

import math

from agents.compiled import compiled
from agents.prefetch import bring_near
from agents.resident import join, sign
from agents.units import FEN_PER_YUAN, MONTHS_PER_YEAR
from model import dice, ledger
from model.agenda import CONTRACT, NOTHING, RENEWAL, cross_out, write_down
from model.dice import die
from model.ledger import post

DECIDERS_AHEAD = 8  # households whose rows are asked for ahead, so that they lie near


@compiled
def weigh_security(households, security, p):
    """What security alone is worth to each household [yuan/year]; anew when the rule's numbers change."""
    for row in range(len(households)):
        security[row] = join.security_yuan(p.resident.join, households[row].income_yuan, p.population.mean_income_yuan)


@compiled
def leave_plan(clock, agenda, communities, household, row):
    """A household stops being a member."""
    household.is_member = 0
    cross_out(agenda, RENEWAL, row)
    clock.n_members -= household.n_children
    communities[household.community].n_member_children -= household.n_children


@compiled
def enter_plan(clock, agenda, communities, household, row):
    """A household becomes a member from next month's premium on, until this month of the coming years."""
    household.is_member = 1
    write_down(agenda, RENEWAL, clock.month, row)
    clock.n_members += household.n_children
    communities[household.community].n_member_children += household.n_children


@compiled
def renew(clock, tally, fund, agenda, security, communities, household, p, seed, row):
    """A member household in its month of renewal stays or lapses."""
    is_healthy = household.risk < 1.0
    tally.n_renewals += 1
    tally.n_renewals_healthy += is_healthy
    trust_gap = household.trust_alliance - p.resident.choose_provider.mean_trust
    willingness = join.willingness_yuan(p.resident.join, fund.expected_benefit_yuan, household.risk, security[row])
    p_lapse = join.p_lapse(p.resident.join, trust_gap, household.risk, willingness, fund.premium_yuan)
    if die(seed, dice.LAPSE, row, clock.month, 0) < p_lapse:
        tally.n_lapsed += 1
        tally.n_lapsed_healthy += is_healthy
        leave_plan(clock, agenda, communities, household, row)


@compiled
def wants_to_join(fund, security, communities, household, p, u, row):
    """[bool] Whether a household that considers the plan joins; `u` is its die of the month."""
    considers = communities[household.community].p_consider
    willingness = join.willingness_yuan(p.resident.join, fund.expected_benefit_yuan, household.risk, security[row])
    return u < join.p_join(p.resident.join, considers, willingness, fund.premium_yuan) and household.n_children > 0


@compiled
def spread_word(communities, k):
    """What a household of each neighbourhood hears of the plan this month; returns the greatest probability to consider it."""
    greatest = 0.0
    for i in range(len(communities)):
        community = communities[i]
        community.p_consider = join.p_consider(k, community.n_member_children / max(1, community.n_children))
        greatest = max(greatest, community.p_consider)
    return greatest


@compiled
def list_deciders(clock, agenda, deciders, greatest, seed):
    """Rows of the households whose month of renewal it is, or who may consider the plan; returns how many there are."""
    n, this_month = 0, clock.month % MONTHS_PER_YEAR
    for row in range(agenda.shape[1]):
        month_of_renewal = agenda[RENEWAL, row]
        is_due = month_of_renewal == this_month
        if is_due or (month_of_renewal == NOTHING and die(seed, dice.JOIN, row, clock.month, 0) < greatest):
            deciders[n] = row
            n += 1
    return n


@compiled
def decide_membership(clock, tally, fund, agenda, deciders, security, households, communities, p, seed):
    """Members in their month of renewal stay or lapse; others consider the plan. Nobody joins while solvency is short.

    A member household without children in the register waits for its next year.
    """
    greatest = spread_word(communities, p.resident.join) * fund.is_selling
    n = list_deciders(clock, agenda, deciders, greatest, seed)
    for i in range(n):
        if i + DECIDERS_AHEAD < n:
            bring_near(households, deciders[i + DECIDERS_AHEAD])
        row = deciders[i]
        household = households[row]
        if household.is_member:
            if household.n_children > 0:
                renew(clock, tally, fund, agenda, security, communities, household, p, seed, row)
        elif wants_to_join(fund, security, communities, household, p, die(seed, dice.JOIN, row, clock.month, 0), row):
            tally.n_joined += 1
            enter_plan(clock, agenda, communities, household, row)


@compiled
def renew_contracts(clock, agenda, households, p, seed):
    """Households whose contract with a family doctor ends this month sign again or leave."""
    this_month = clock.month % MONTHS_PER_YEAR
    for row in range(len(households)):
        if agenda[CONTRACT, row] != this_month:
            continue
        household = households[row]
        p_leaves = sign.p_leaves(p.resident.sign, household.trust_primary - p.resident.choose_provider.mean_trust)
        if household.n_children == 0 or die(seed, dice.UNSIGN, row, clock.month, 0) < p_leaves:
            household.signed_with = -1
            cross_out(agenda, CONTRACT, row)


@compiled
def pay_contracts(books, clock, households, site_account, p):
    """The government pays the doctor's place for each contract in force."""
    fee = math.floor(p.government.subsidise.yuan_per_contract * FEN_PER_YUAN / MONTHS_PER_YEAR)
    if fee == 0:
        return
    for row in range(len(households)):
        if households[row].signed_with >= 0:
            account = site_account[households[row].signed_with]
            post(books, clock.week, ledger.GOVERNMENT, account, ledger.CONTRACT_FEE, fee, fee, -1, -1)
