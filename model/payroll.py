"""What does the fund pay doctors and experts, and what of it arrives?

Fees for members' visits, pay for hours of training, and the experts' hours, monthly. The place passes on what reaches the
doctor; under separate revenue and expenditure the treasury does, a quarter later.
"""

import math

from agents.compiled import compiled
from agents.fund import pay
from agents.units import FEN_PER_YUAN
from model import ledger
from model.ledger import post


@compiled
def pay_doctor(books, clock, tally, doctors, sites, site_account, p, row, reason, fen):
    """Pay the doctor's employer (the treasury under separate accounts) and pass on what arrives."""
    doctor = doctors[row]
    site = sites[doctor.site]
    employer = ledger.TREASURY if site.is_separate else site_account[doctor.site]
    post(books, clock.week, ledger.FUND_CLAIMS, employer, reason, fen, fen, -1, row)
    share = pay.share_that_arrives(p.fund.pay, doctor.is_private, site.is_separate)
    arriving = pay.arriving_fen(share, fen)
    doctor.due_quarter_fen += fen
    if site.is_separate:
        doctor.owed_fen += arriving
    else:
        pass_on(books, clock, tally, doctors, row, employer, arriving)


@compiled
def account_of_doctor(books, doctors, row):
    """The account of a doctor: doctors' accounts come last."""
    return len(books.balance) - len(doctors) + row


@compiled
def pass_on(books, clock, tally, doctors, row, employer, fen):
    """What the employer passes on reaches the doctor."""
    post(books, clock.week, employer, account_of_doctor(books, doctors, row), ledger.PASSED_ON, fen, fen, -1, row)
    doctors[row].income_from_alliance_fen += fen
    doctors[row].arrived_quarter_fen += fen
    if doctors[row].is_private:
        tally.arrived_private_fen += fen


@compiled
def pay_fees(books, clock, tally, doctors, sites, site_account, p):
    """The month's fees for members' visits to accredited doctors, and pay for their hours of training."""
    fee = math.floor(p.fund.pay.yuan_per_visit * FEN_PER_YUAN)
    training = math.floor(p.fund.pay.yuan_per_training_hour * p.doctor.stay.training_hours_per_month * FEN_PER_YUAN)
    for row in range(len(doctors)):
        n = doctors[row].n_fee_visits_month
        if n > 0 and fee > 0:
            pay_doctor(books, clock, tally, doctors, sites, site_account, p, row, ledger.DOCTOR_FEE, n * fee)
        if doctors[row].is_accredited and training > 0:
            pay_doctor(books, clock, tally, doctors, sites, site_account, p, row, ledger.TRAINING_PAY, training)
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
