"""How does a world begin?

Before the burn-in: population, places, doctors and empty books, the same for every scenario of a seed that shares the
world's numbers. Nobody is accredited, nobody is a member.
"""

import numpy as np

from agents.centre.record import ALLIANCE_HOSPITAL, CLINIC, N_ALTERNATIVES
from agents.fund.record import FUND
from agents.hospital.record import HOSPITAL
from agents.records import rows
from model import ledger, tables
from model.month import weigh_referral
from model.places import place_communities, place_sites, size_zone, travel_minutes
from model.population import doctors_of, households_of, register
from model.tally import TALLY
from model.world import CASE, CLOCK, DOCTOR_COUNTS, N_DUE_DAYS, World

CHILDREN_PER_CASE_ROW = 8  # at the winter peak about one child in fifteen has an illness under way
SPARE_CASES = 1_000


def _site_accounts(sites: np.recarray) -> np.ndarray:
    accounts = np.arange(len(sites)) + ledger.N_SINGLE_ACCOUNTS
    accounts[sites.kind > CLINIC] = ledger.OTHER_HOSPITALS
    accounts[sites.kind == ALLIANCE_HOSPITAL] = ledger.ALLIANCE_HOSPITAL_ACCOUNT
    return accounts


def begin(params: np.recarray, values: dict[str, float | int], seed: np.uint64) -> World:
    """The world of a seed on the first day of the burn-in."""
    p, zone = params[0], size_zone(values)
    communities = place_communities(p, seed, zone)
    sites = place_sites(p, seed, zone, communities)
    sites.utilisation = p.centre.wait.reference_utilisation  # families' first guess
    children = register(p, seed)
    households = households_of(p, seed, children, zone.n_communities)
    n_cases = int(p.population.n_children) // CHILDREN_PER_CASE_ROW + SPARE_CASES
    doctors = doctors_of(p, seed, sites, zone)
    clock = rows(CLOCK, 1)
    clock[0].scale, clock[0].n_free = zone.scale, n_cases
    for row in range(len(doctors)):
        weigh_referral(clock[0], sites, doctors[row], p)
    fund = rows(FUND, 1)
    fund[0].expected_benefit_yuan, fund[0].week_of_effect = p.fund.plan.expected_benefit_yuan, -1
    n_alternatives = (zone.n_communities, N_ALTERNATIVES)
    return World(
        params=params,
        clock=clock,
        children=children,
        leave_order=np.argsort(children.last_week, kind="stable"),
        households=households,
        communities=communities,
        minutes=travel_minutes(p, communities, sites),
        alternative_site=np.full(n_alternatives, -1),
        alternative_doctor=np.full(n_alternatives, -1),
        sites=sites,
        site_account=_site_accounts(sites),
        doctors=doctors,
        doctor_counts=np.zeros((zone.n_doctors, len(DOCTOR_COUNTS)), np.int64),
        site_visits=np.zeros(len(sites), np.int64),
        flows=np.zeros((zone.n_communities, len(sites)), np.int64),
        referrals=np.zeros(len(sites), np.int64),
        hospital=rows(HOSPITAL, 1),
        fund=fund,
        cases=rows(CASE, n_cases),
        free_cases=np.arange(n_cases)[::-1].copy(),
        due_first=np.full(N_DUE_DAYS, -1),
        due_last=np.full(N_DUE_DAYS, -1),
        tally=rows(TALLY, 1),
        books=ledger.open_books(zone.n_centres, zone.n_clinics, zone.n_doctors),
        gumbel=tables.gumbel(),
        normal=tables.normal(),
        complexity=tables.beta(*tables.COMPLEXITY_SHAPES),
    )
