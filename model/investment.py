"""How is the surplus used, and when does what it bought take effect?"""

from agents.centre import invest
from agents.compiled import compiled
from agents.fund import surplus
from agents.units import DAYS_PER_WEEK, FEN_PER_YUAN
from model import ledger
from model.ledger import post

NOTHING_TO_COME = -1


@compiled
def due(week_before, week, weeks_until):
    """Week in which a purchase takes effect: what still waits takes the new one along."""
    return week_before if week_before >= 0 else week + weeks_until


@compiled
def use_surplus(books, clock, fund, p, fen, basis_fen):
    """Spend `fen` on the five uses, and note what each will add and when."""
    k, week = p.centre.invest, clock.week
    for use in range(surplus.N_USES):
        part = surplus.used_fen(p.fund.surplus, use, fen)
        yuan = part / FEN_PER_YUAN
        if part == 0:
            continue
        if use == surplus.EQUIPMENT:
            post(books, week, ledger.FUND_RESERVE, ledger.SUPPLIERS, ledger.FOR_EQUIPMENT, part, basis_fen, -1, -1)
            fund.visits_to_come += invest.added_weekly_visits(k, yuan)
            fund.week_of_equipment = due(fund.week_of_equipment, week, k.weeks_until_equipment)
        elif use == surplus.TRAINING:
            post(books, week, ledger.FUND_RESERVE, ledger.SUPPLIERS, ledger.FOR_TRAINING, part, basis_fen, -1, -1)
            fund.skill_to_come += invest.added_skill(k, yuan)
            fund.week_of_training = due(fund.week_of_training, week, k.weeks_until_training)
        elif use == surplus.PLATFORM:
            post(books, week, ledger.FUND_RESERVE, ledger.SUPPLIERS, ledger.FOR_PLATFORM, part, basis_fen, -1, -1)
            fund.platform_to_come_yuan += yuan / clock.scale
            fund.week_of_platform = due(fund.week_of_platform, week, k.weeks_until_platform)
        elif use == surplus.GREEN_NUMBERS:
            hospital = ledger.ALLIANCE_HOSPITAL_ACCOUNT
            post(books, week, ledger.FUND_RESERVE, hospital, ledger.FOR_GREEN_NUMBERS, part, basis_fen, -1, -1)
            fund.green_to_come += invest.added_green_numbers(k, yuan)
            fund.week_of_green_numbers = due(fund.week_of_green_numbers, week, k.weeks_until_green_numbers)
        elif clock.n_members > 0:
            post(books, week, ledger.FUND_RESERVE, ledger.HOUSEHOLDS, ledger.REBATE, part, basis_fen, -1, -1)


@compiled
def equip(clock, fund, doctors):
    """Capacity that was bought, spread over the doctors who are accredited now."""
    for row in range(len(doctors)):
        if doctors[row].is_accredited:
            doctors[row].added_visits_per_day += fund.visits_to_come / clock.n_accredited / DAYS_PER_WEEK
    fund.visits_to_come = 0.0
    fund.week_of_equipment = NOTHING_TO_COME


@compiled
def train(clock, fund, doctors, k):
    """Skill that was bought, spread over the doctors who are accredited now."""
    for row in range(len(doctors)):
        doctor = doctors[row]
        if doctor.is_accredited:
            doctor.invested_skill = invest.invested_skill(k, doctor.invested_skill, fund.skill_to_come / clock.n_accredited)
    fund.skill_to_come = 0.0
    fund.week_of_training = NOTHING_TO_COME


@compiled
def take_effect(clock, fund, hospital, doctors, p):
    """What was bought takes effect when its time has come; what is for doctors waits while none is accredited."""
    k, has_doctors = p.centre.invest, clock.n_accredited > 0
    if has_doctors and 0 <= fund.week_of_equipment <= clock.week:
        equip(clock, fund, doctors)
    if has_doctors and 0 <= fund.week_of_training <= clock.week:
        train(clock, fund, doctors, k)
    if 0 <= fund.week_of_platform <= clock.week:
        fund.platform_yuan += fund.platform_to_come_yuan
        fund.platform_to_come_yuan = 0.0
        fund.week_of_platform = NOTHING_TO_COME
    if 0 <= fund.week_of_green_numbers <= clock.week:
        hospital.added_green_numbers = fund.green_to_come
        hospital.added_until = clock.week + k.weeks_of_green_numbers
        fund.green_to_come = 0.0
        fund.week_of_green_numbers = NOTHING_TO_COME
    elif clock.week >= hospital.added_until:
        hospital.added_green_numbers = 0.0
    hospital.saved_by_platform = invest.saved_by_platform(k, fund.platform_yuan)
