"""Is the fund's reserve ruined as often as the exact law says?

Members pay a fixed premium, the fund pays administration and exponential claims, and its books are closed each year: the
plan ends at the first closing at which its capital is gone. With capital u at the start, premium less administration of c a
year, and k claims a year of mean m, the plan has survived n closings if the first k i claims sum to at most u + c i at every
closing i <= n. That sum stays below a level b just when a Poisson process of rate 1 / m has at least k i points in [0, b], so

    P(survives n closings) = P(N(b_1) >= k, N(b_2) >= 2k, ..., N(b_n) >= nk),   b_i = (u + c i) / m

which a recursion over the Poisson increments gives without any grid. It is held against the fund's own months and closings:
billing, postings, settling from the reserve, closing of the books, the gates, and the end of the plan.
"""

import math
from typing import NamedTuple

import numpy as np

from agents.compiled import compiled
from agents.fund.plan import premium_of_month_fen
from agents.units import FEN_PER_YUAN, MONTHS_PER_YEAR
from experiments.validation.check import Check, error_of_share, within
from experiments.validation.isolated import isolated_world
from experiments.validation.queue_law import poisson_law
from model import dice, ledger
from model.closing import close_plan
from model.ledger import post
from model.month import bill_premiums, list_price, settle

N_MEMBERS = 1_000
N_YEARS = 10
PREMIUM_YUAN, ADMINISTRATION = 100.0, 0.2
CENTRE_ACCOUNT = ledger.N_SINGLE_ACCOUNTS
CLOSINGS = (1, 2, 3, 5, 10)
ALONE = {
    "fund.plan.premium_yuan": PREMIUM_YUAN, "fund.plan.administration_share": ADMINISTRATION, "fund.price.response": 0.0,
    "fund.surplus.reinvested_share": 0.0, "fund.surplus.advance_yuan": 0.0, "fund.solvency.interest_rate": 0.0,
    "fund.solvency.repaid_share": 0.0, "fund.solvency.closing_ratio": 0.0, "government.subsidise.yuan_per_year": 0.0,
    "government.subsidise.yuan_per_member": 0.0,
}  # fmt: skip


class Reserve(NamedTuple):
    """One case: capital at the start, claims a year, and the mean claim."""

    name: str
    capital_yuan: float
    n_claims: int
    mean_claim_yuan: float


RESERVES = (
    Reserve("one great claim a year", 150_000.0, 1, 70_000.0),
    Reserve("a claim each month", 30_000.0, 12, 6_500.0),
)


def p_survives(reserve: Reserve, income_yuan: float, n_years: int) -> list[float]:
    """Probability of having survived 1, 2, ... closings [1], shape (n_years,); `income_yuan` comes in each year."""
    levels = (reserve.capital_yuan + income_yuan * np.arange(n_years + 1)) / reserve.mean_claim_yuan
    n = math.ceil(levels[-1] + 12.0 * math.sqrt(levels[-1]) + reserve.n_claims)
    law, survived = poisson_law(levels[0], n), []
    for year in range(1, n_years + 1):
        law = np.convolve(law, poisson_law(levels[year] - levels[year - 1], n))[:n]
        law[: reserve.n_claims * year] = 0.0  # fewer points: the claims have passed the level
        survived.append(float(law.sum()))
    return survived


def claims_fen(reserve: Reserve, n_runs: int, key: np.uint64) -> np.ndarray:
    """Exponential claims by run, year and month [fen], whole, keyed dice; a single claim falls in the last month."""
    shape = (n_runs, N_YEARS, reserve.n_claims)
    u = dice.dice(key, dice.SEVERE_COST, np.arange(n_runs * N_YEARS * reserve.n_claims)).reshape(shape)
    claims = np.zeros((n_runs, N_YEARS, MONTHS_PER_YEAR), np.int64)
    claims[:, :, -reserve.n_claims :] = -np.log1p(-u) * reserve.mean_claim_yuan * FEN_PER_YUAN
    return claims


@compiled
def begin_plan(books, clock, fund, n_members):
    """A plan that has just begun: empty books, full sales."""
    for account in range(len(books.balance)):
        books.balance[account] = 0
    for reason in range(len(books.paid)):
        books.paid[reason] = books.closed[reason] = 0
    clock.is_plan, clock.n_members, clock.scale = 1, n_members, 1.0
    fund.is_closed = fund.loss_brought_forward_fen = fund.n_premiums_year = 0
    fund.is_selling = 1


@compiled
def run_plans(world, claims, n_members, account, closing):
    """Run one plan for each row of `claims`; `closing` gets the closing at which it ended, 0 if it did not."""
    p, books, clock, tally, fund = world.params[0], world.books, world.clock[0], world.tally[0], world.fund[0]
    for run in range(claims.shape[0]):
        begin_plan(books, clock, fund, n_members)
        closing[run] = 0
        for year in range(claims.shape[1]):
            for month in range(claims.shape[2]):
                list_price(fund, p)
                bill_premiums(books, clock, tally, fund, p)
                fen = claims[run, year, month]
                if fen > 0:
                    post(books, clock.week, ledger.FUND_CLAIMS, account, ledger.COVERED_VISIT, fen, fen, -1, -1)
                settle(books, clock, p)
            close_plan(world)
            for reason in range(len(books.closed)):
                books.closed[reason] = books.paid[reason]
            if fund.is_closed:
                closing[run] = year + 1
                break


def yearly_income_yuan() -> float:
    """Premium less administration of a year [yuan], by the fen, as the months bill it."""
    month = N_MEMBERS * premium_of_month_fen(PREMIUM_YUAN)
    return MONTHS_PER_YEAR * (month - math.floor(ADMINISTRATION * month)) / FEN_PER_YUAN


def simulated(reserve: Reserve, n_runs: int, seed: int) -> np.ndarray:
    """Closing at which each plan ended, 0 if it did not, shape (n_runs,)."""
    world, key = isolated_world(ALONE | {"fund.plan.operating_fund_yuan": reserve.capital_yuan}, seed)
    closing = np.zeros(n_runs, np.int64)
    run_plans(world, claims_fen(reserve, n_runs, key), N_MEMBERS, CENTRE_ACCOUNT, closing)
    return closing


def held_against(reserve: Reserve, survived: list[float], closing: np.ndarray) -> list[Check]:
    """The share of plans that ended by each closing against the law's."""
    checks, n = [], len(closing)
    question = "Is a fund with exponential claims ruined as often, at the same closings, as the exact recursion says?"
    because = f"capital {reserve.capital_yuan:,.0f} yuan, claims of {reserve.mean_claim_yuan:,.0f} yuan on average, {n:,} runs"
    for year in CLOSINGS:
        ruined = 1.0 - survived[year - 1]
        found = float(np.mean((closing > 0) & (closing <= year)))
        name = f"ruin, {reserve.name}: by closing {year}"
        checks.append(within(name, question, ruined, found, error_of_share(ruined, n), "1", because))
    return checks


def ruin_checks(n_runs: int = 20_000, seed: int = 1) -> list[Check]:
    """All cases of ruin."""
    income = yearly_income_yuan()
    return [
        check for place, reserve in enumerate(RESERVES)
        for check in held_against(reserve, p_survives(reserve, income, N_YEARS), simulated(reserve, n_runs, seed + place))
    ]  # fmt: skip
