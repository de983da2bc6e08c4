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
from model.agenda import N_ROWS, NOTHING
from model.calendar import LAST_WEEK
from model.district import District
from model.district_world import settle_district
from model.friends import ties
from model.places import place_communities, place_sites, size_zone, travel_minutes
from model.population import Settled, doctors_of, households_of, register, skill_before_training
from model.severe import illnesses
from model.staff import weigh
from model.tally import TALLY
from model.world import CASE, CLOCK, DOCTOR_COUNTS, N_DUE_DAYS, QUARTERS_REVIEWED, World

CHILDREN_PER_CASE_ROW = 3  # at the winter peak one child in fifteen is ill; at the ends of some ranges more than one in six
SPARE_CASES = 1_000


def _site_accounts(sites: np.recarray) -> np.ndarray:
    accounts = np.arange(len(sites)) + ledger.N_SINGLE_ACCOUNTS
    accounts[sites.kind > CLINIC] = ledger.OTHER_HOSPITALS
    accounts[sites.kind == ALLIANCE_HOSPITAL] = ledger.ALLIANCE_HOSPITAL_ACCOUNT
    return accounts


def settle(p: np.record, values: dict[str, float | int], seed: np.uint64) -> Settled:
    """Everything that stands on the first day of the declared zone: places, children, households, doctors."""
    zone = size_zone(values)
    communities = place_communities(p, seed, zone)
    sites = place_sites(p, seed, zone, communities)
    children = register(p, seed)
    households = households_of(p, seed, children, zone.n_communities)
    doctors = doctors_of(p, seed, sites, zone)
    return Settled(zone, communities, sites, travel_minutes(p, communities, sites), children, households, doctors)


def begin(params: np.recarray, values: dict[str, float | int], seed: np.uint64, district: District | None = None) -> World:
    """The world of a seed on the first day of the burn-in, in the declared zone or in a planner's own district."""
    p = params[0]
    settled = settle(p, values, seed) if district is None else settle_district(p, district, seed)
    zone, communities, sites, minutes, children, households, doctors = settled
    sites.utilisation = p.centre.wait.reference_utilisation  # families' first guess
    n_cases = int(p.population.n_children) // CHILDREN_PER_CASE_ROW + SPARE_CASES
    clock = rows(CLOCK, 1)
    clock[0].scale, clock[0].n_free = zone.scale, n_cases
    for row in range(len(doctors)):
        weigh(clock[0], sites, doctors[row], p)
    friend_first, friends = ties(p, seed, np.asarray(households.community))
    severe_week, severe_child = illnesses(p, seed, children, LAST_WEEK)
    hospital = rows(HOSPITAL, 1)
    hospital[0].effort, hospital[0].week_begun = 1.0, -1
    fund = rows(FUND, 1)
    fund[0].expected_benefit_yuan, fund[0].is_selling = p.fund.plan.expected_benefit_yuan, 1
    for use in ("equipment", "training", "platform", "green_numbers"):
        fund[0][f"week_of_{use}"] = -1
    n_alternatives = (zone.n_communities, N_ALTERNATIVES)
    return World(
        params=params,
        clock=clock,
        children=children,
        leave_order=np.argsort(
            children.last_week.astype(np.int16), kind="stable"
        ),  # weeks are few: sixteen bits are sorted fastest
        households=households,
        communities=communities,
        minutes=minutes,
        alternative_site=np.full(n_alternatives, -1),
        alternative_doctor=np.full(n_alternatives, -1),
        nearest=np.zeros(N_ALTERNATIVES),
        sites=sites,
        site_account=_site_accounts(sites),
        doctors=doctors,
        review_counts=np.zeros((zone.n_doctors, QUARTERS_REVIEWED, 3), np.int64),
        doctor_counts=np.zeros((zone.n_doctors, len(DOCTOR_COUNTS)), np.int64),
        site_visits=np.zeros(len(sites), np.int64),
        flows=np.zeros((zone.n_communities, len(sites)), np.int64),
        referrals=np.zeros(len(sites), np.int64),
        friend_first=friend_first,
        friends=friends,
        agenda=np.full((N_ROWS, len(households)), NOTHING),
        deciders=np.zeros(len(households), np.int64),
        security=np.zeros(len(households)),
        news=np.zeros((len(households), 2)),
        tellers=np.zeros(len(households), np.int64),
        severe_week=severe_week,
        severe_child=severe_child,
        hospital=hospital,
        fund=fund,
        cases=rows(CASE, n_cases),
        free_cases=np.arange(n_cases)[::-1].copy(),
        due_first=np.full(N_DUE_DAYS, -1),
        due_last=np.full(N_DUE_DAYS, -1),
        tally=rows(TALLY, 1),
        books=ledger.open_books(zone.n_centres, max(1, zone.n_clinics), zone.n_doctors),  # a kind needs an account
        innate_skill=skill_before_training(p),
        gumbel=tables.gumbel(),
        normal=tables.normal(),
        complexity=tables.beta(*tables.COMPLEXITY_SHAPES),
    )
