"""What happens at the end of a quarter?

The quality committee reviews, certified doctors are asked; doctors revise what they believe; the treasury passes on last
quarter's pay; the hospital reckons what the alliance is worth to it, trains and examines; room and nearness are told anew.
"""

from agents.compiled import compiled
from agents.doctor import learn
from agents.hospital import support
from agents.units import WEEKS_PER_QUARTER
from model import ledger
from model.certificates import examine
from model.committee import review_doctors, survey
from model.payroll import pass_on
from model.reorganise import reorganise
from model.staff import weigh
from model.stocks import write_stocks


@compiled
def revise_beliefs(hospital, doctors, p):
    """Each doctor's believed share of children who need the hospital, from what came back in the quarter."""
    found = seen = 0
    for row in range(len(doctors)):
        found += doctors[row].n_confirmed_quarter + doctors[row].n_reported_quarter
        seen += doctors[row].n_seen_quarter
    k = p.doctor.learn
    if seen > 0:
        hospital.alliance_rate = found / seen
    for row in range(len(doctors)):
        doctor = doctors[row]
        doctor.belief = learn.belief(
            k, doctor.belief, doctor.n_confirmed_quarter, doctor.n_reported_quarter, doctor.n_seen_quarter,
            hospital.alliance_rate,
        )  # fmt: skip
        doctor.n_reported_before = doctor.n_reported_quarter
        doctor.n_confirmed_quarter = doctor.n_reported_quarter = doctor.n_seen_quarter = 0


@compiled
def pass_on_what_is_owed(books, clock, tally, doctors):
    """Under separate accounts the treasury pays a quarter late: last quarter's pay now, this quarter's next time."""
    for row in range(len(doctors)):
        doctor = doctors[row]
        if doctor.owed_last_quarter_fen > 0:
            pass_on(books, clock, tally, doctors, row, ledger.TREASURY, doctor.owed_last_quarter_fen)
        doctor.owed_last_quarter_fen = doctor.owed_fen
        doctor.owed_fen = 0


@compiled
def reckon_effort(clock, hospital, p):
    """What the alliance brings the hospital for each hour that the levers ask for, and what effort follows once it is free."""
    k = p.hospital.support
    if hospital.week_begun < 0:
        hospital.week_begun = clock.week
    if clock.week - hospital.week_begun >= k.weeks_of_promise:
        hours = support.hours(k, k.share_for_training + k.share_for_review, 1.0) * clock.scale * WEEKS_PER_QUARTER
        paid = p.fund.pay.yuan_per_expert_hour * clock.is_plan
        fee = p.fund.pay.yuan_per_referral * clock.is_plan
        net_benefit = support.net_benefit_per_hour(
            k, paid, hospital.n_referrals_seen_quarter, fee, hours, p.prices.alliance_hospital_yuan
        )
        hospital.effort = support.effort(k, hospital.effort, net_benefit)
    hospital.n_referrals_seen_quarter = 0


@compiled
def take_stock_of_households(tally, households):
    """Mean trust of all households, mean risk of the members, and how many have a contract with a family doctor."""
    primary = alliance = hospital = risk = 0.0
    n_members, n = 0, len(households)
    tally.n_signed = tally.n_households = 0
    for row in range(n):
        household = households[row]
        primary += household.trust_primary
        alliance += household.trust_alliance
        hospital += household.trust_hospital
        n_members += household.is_member
        risk += household.risk * household.is_member
        if household.n_children > 0:
            tally.n_households += 1
            tally.n_signed += 1 if household.signed_with >= 0 else 0
    tally.mean_trust_primary, tally.mean_trust_alliance, tally.mean_trust_hospital = primary / n, alliance / n, hospital / n
    tally.mean_risk_of_members = risk / n_members if n_members > 0 else 0.0


@compiled
def end_quarter(world, seed, sd_skill):
    """The end of a quarter, in order."""
    p, clock, tally, hospital = world.params[0], world.clock[0], world.tally[0], world.hospital[0]
    doctors, sites = world.doctors, world.sites
    revise_beliefs(hospital, doctors, p)
    pass_on_what_is_owed(world.books, clock, tally, doctors)
    survey(tally, hospital, doctors, p)
    if clock.is_alliance:
        review_doctors(clock, tally, hospital, doctors, world.review_counts, p)
        reckon_effort(clock, hospital, p)
        examine(clock, tally, hospital, doctors, world.normal, p, seed, sd_skill)
    reorganise(world)
    for row in range(len(doctors)):
        weigh(clock, sites, doctors[row], p)
    take_stock_of_households(tally, world.households)
    write_stocks(clock, tally, hospital, world.fund[0], doctors)
