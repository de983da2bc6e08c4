"""What happens at the end of a month?

Households join, renew or lapse; premiums are billed; the fund pays the doctors' fees, the experts' hours, administration;
its month is settled from the reserve; doctors learn from supervised cases and look again at what a referral costs them.
"""

import math

from agents.compiled import compiled
from agents.doctor import learn, refer
from agents.fund import pay, plan, solvency
from agents.resident import join
from agents.units import FEN_PER_YUAN, MONTHS_PER_YEAR
from model import dice, ledger
from model.dice import die
from model.ledger import post
from model.stocks import write_stocks


@compiled
def willingness_of(p, fund, household):
    """What membership of one child is worth to this household now [yuan/year]."""
    return join.willingness_yuan(
        p.resident.join, fund.expected_benefit_yuan, household.risk, household.income_yuan, p.population.mean_income_yuan
    )


@compiled
def leave_plan(clock, communities, household):
    """A household stops being a member."""
    household.is_member = 0
    clock.n_members -= household.n_children
    communities[household.community].n_member_children -= household.n_children


@compiled
def enter_plan(clock, communities, household):
    """A household becomes a member from next month's premium on."""
    household.is_member = 1
    household.month_joined = clock.month
    clock.n_members += household.n_children
    communities[household.community].n_member_children += household.n_children


@compiled
def renew(clock, tally, fund, communities, household, p, seed, row):
    """A member household in its month of renewal stays or lapses."""
    is_healthy = household.risk < 1.0
    tally.n_renewals += 1
    tally.n_renewals_healthy += is_healthy
    trust_gap = household.trust_alliance - p.resident.choose_provider.mean_trust
    willingness = willingness_of(p, fund, household)
    p_lapse = join.p_lapse(p.resident.join, trust_gap, household.risk, willingness, p.fund.plan.premium_yuan)
    if die(seed, dice.LAPSE, row, clock.month, 0) < p_lapse:
        tally.n_lapsed += 1
        tally.n_lapsed_healthy += is_healthy
        leave_plan(clock, communities, household)


@compiled
def consider(clock, tally, fund, communities, household, p, u):
    """A household that considers the plan joins or not; `u` is its die of the month, below its probability to consider."""
    considers = communities[household.community].p_consider
    willingness = willingness_of(p, fund, household)
    if u < join.p_join(p.resident.join, considers, willingness, p.fund.plan.premium_yuan) and household.n_children > 0:
        tally.n_joined += 1
        enter_plan(clock, communities, household)


@compiled
def spread_word(communities, k):
    """What a household of each neighbourhood hears of the plan this month."""
    for i in range(len(communities)):
        community = communities[i]
        community.p_consider = join.p_consider(k, community.n_member_children / max(1, community.n_children))


@compiled
def decide_membership(clock, tally, fund, households, communities, p, seed):
    """Every household's month: join, renew, lapse. Those who do not even consider it cost no further thought."""
    spread_word(communities, p.resident.join)
    for row in range(len(households)):
        household = households[row]
        u = die(seed, dice.JOIN, row, clock.month, 0)
        months = clock.month - household.month_joined
        if not household.is_member and u < communities[household.community].p_consider:
            consider(clock, tally, fund, communities, household, p, u)
        elif household.is_member and household.n_children > 0 and months > 0 and months % MONTHS_PER_YEAR == 0:
            renew(clock, tally, fund, communities, household, p, seed, row)


@compiled
def take_stock_of_households(tally, households):
    """Mean trust of all households and mean risk of the members."""
    primary = alliance = hospital = risk = 0.0
    n_members, n = 0, len(households)
    for row in range(n):
        household = households[row]
        primary += household.trust_primary
        alliance += household.trust_alliance
        hospital += household.trust_hospital
        n_members += household.is_member
        risk += household.risk * household.is_member
    tally.mean_trust_primary, tally.mean_trust_alliance, tally.mean_trust_hospital = primary / n, alliance / n, hospital / n
    tally.mean_risk_of_members = risk / n_members if n_members > 0 else 0.0


@compiled
def bill_premiums(books, clock, tally, p):
    """One premium for each member child, earned in the month in which it is billed."""
    fen = plan.premium_of_month_fen(p.fund.plan)
    tally.n_premiums += clock.n_members
    post(books, clock.week, ledger.HOUSEHOLDS, ledger.FUND_PREMIUM, ledger.PREMIUM, clock.n_members * fen, fen, -1, -1)
    administration = math.floor(p.fund.plan.administration_share * clock.n_members * fen)
    post(books, clock.week, ledger.FUND_CLAIMS, ledger.SUPPLIERS, ledger.ADMINISTRATION, administration, fen, -1, -1)


@compiled
def pay_doctor(books, clock, doctors, sites, site_account, p, row, reason, fen):
    """Pay the doctor's employer (the treasury under separate accounts) and pass on what arrives."""
    doctor = doctors[row]
    site = sites[doctor.site]
    employer = ledger.TREASURY if site.is_separate else site_account[doctor.site]
    post(books, clock.week, ledger.FUND_CLAIMS, employer, reason, fen, fen, -1, row)
    share = pay.share_that_arrives(p.fund.pay, doctor.is_private, site.is_separate)
    arriving = pay.arriving_fen(share, fen)
    if site.is_separate:
        doctor.owed_fen += arriving
    else:
        pass_on(books, clock, doctors, row, employer, arriving)


@compiled
def account_of_doctor(books, doctors, row):
    """The account of a doctor: doctors' accounts come last."""
    return len(books.balance) - len(doctors) + row


@compiled
def pass_on(books, clock, doctors, row, employer, fen):
    """What the employer passes on reaches the doctor."""
    post(books, clock.week, employer, account_of_doctor(books, doctors, row), ledger.PASSED_ON, fen, fen, -1, row)
    doctors[row].income_from_alliance_fen += fen


@compiled
def pay_fees(books, clock, doctors, sites, site_account, p):
    """The month's fees for members' visits to accredited doctors."""
    fee = math.floor(p.fund.pay.yuan_per_visit * FEN_PER_YUAN)
    for row in range(len(doctors)):
        n = doctors[row].n_fee_visits_month
        if n > 0 and fee > 0:
            pay_doctor(books, clock, doctors, sites, site_account, p, row, ledger.DOCTOR_FEE, n * fee)
        doctors[row].n_fee_visits_month = 0


@compiled
def pay_expert_hours(books, clock, hospital, p):
    """The month's hours of training and review, to the alliance hospital."""
    hours = (hospital.training_hours_week + hospital.review_hours_week) * clock.n_weeks_of_month
    price = math.floor(p.fund.pay.yuan_per_expert_hour * FEN_PER_YUAN)
    post(
        books, clock.week, ledger.FUND_CLAIMS, ledger.ALLIANCE_HOSPITAL_ACCOUNT, ledger.EXPERT_HOURS,
        math.floor(hours * price), price, -1, -1,
    )  # fmt: skip


@compiled
def settle(books, clock, p):
    """Capital (once), subsidy and interest come in; the premium goes to the reserve, which makes good the month's outgo."""
    if books.paid[ledger.OPERATING_CAPITAL] == 0:
        capital = math.floor(p.fund.plan.operating_fund_yuan * FEN_PER_YUAN * clock.scale)
        post(books, clock.week, ledger.OUTSIDE, ledger.FUND_OPERATING, ledger.OPERATING_CAPITAL, capital, capital, -1, -1)
    subsidy = math.floor(p.fund.surplus.subsidy_yuan * FEN_PER_YUAN / MONTHS_PER_YEAR * clock.scale)
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
def learn_from_cases(clock, doctors, sites, p):
    """Every doctor's skill after the month's supervised cases, and what another recorded referral costs from now on."""
    k = p.doctor.learn
    for row in range(len(doctors)):
        doctor = doctors[row]
        if doctor.is_accredited:
            doctor.learned_skill = learn.learned_skill(k, doctor.learned_skill, doctor.n_supervised_month, doctor.n_seen_month)
        doctor.n_supervised_month = 0.0
        doctor.n_seen_month = 0
        doctor.skill = learn.total_skill(doctor.innate_skill, doctor.trained_skill, doctor.learned_skill, doctor.invested_skill)
        weigh_referral(clock, sites, doctor, p)


@compiled
def weigh_referral(clock, sites, doctor, p):
    """What one more recorded referral costs this doctor, and how much evidence it therefore takes to send a child."""
    doctor.yuan_lost_per_referral = 0.0
    if doctor.is_accredited and clock.is_plan:
        share = pay.share_that_arrives(p.fund.pay, doctor.is_private, sites[doctor.site].is_separate)
        doctor.yuan_lost_per_referral = pay.yuan_lost_per_referral(
            p.fund.pay, share, doctor.n_alliance_visits_year, doctor.n_recorded_year
        )
    doctor.log_odds_sent = refer.log_odds_to_outweigh(
        p.doctor.refer, doctor.belief, doctor.log_caution, doctor.yuan_lost_per_referral
    )


@compiled
def end_month(world, seed):
    """The end of a month, in order."""
    p, books, clock, tally = world.params[0], world.books, world.clock[0], world.tally[0]
    doctors, sites = world.doctors, world.sites
    if clock.is_plan:
        bill_premiums(books, clock, tally, p)
        pay_fees(books, clock, doctors, sites, world.site_account, p)
        pay_expert_hours(books, clock, world.hospital[0], p)
        settle(books, clock, p)
        decide_membership(clock, tally, world.fund[0], world.households, world.communities, p, seed)
    learn_from_cases(clock, doctors, sites, p)
    clock.n_weeks_of_month = 0
    write_stocks(clock, tally, world.hospital[0], doctors)
