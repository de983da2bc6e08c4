"""What is one plain world, and what does it do in a week?

Children, households, doctors, places and institutions are ordinary Mesa agents with ordinary attributes. Every week
the children step in shuffled order and announce what befalls them; then the arrivals happen in order of day: those who
come back first come first served, then new illnesses by minute. Left out: dated changes, and a planner's own district.
"""

from __future__ import annotations

import math
from operator import attrgetter
from typing import TYPE_CHECKING

import mesa

from agents.centre.record import CENTRE, CLINIC, MATERNAL_HOSPITAL, OTHER_HOSPITAL
from agents.units import DAYS_PER_WEEK, FEN_PER_YUAN, MINUTES_PER_DAY, MONTHS_PER_YEAR
from model import calendar, dice, genesis, illness, ledger, parameters
from model.examination import cut_for, sd_of_skill
from model.illness import WEEKS_PER_SEASON
from plain_mesa_model.books import Books, Tally
from plain_mesa_model.doctors import Doctor
from plain_mesa_model.fund import Fund
from plain_mesa_model.hospital import Hospital
from plain_mesa_model.people import Child, Community, Household
from plain_mesa_model.plain import plain_parameters, plain_rows
from plain_mesa_model.sites import Site

if TYPE_CHECKING:
    from model.scenario import Scenario
    from model.world import World

FINGERPRINT = (
    "n_illnesses", "n_visits", "n_alliance_visits", "n_recorded_referrals", "n_missed_serious", "n_members",
    "n_accredited_doctors",
)  # fmt: skip


class PlainAlliance(mesa.Model):
    """One world of plain agents; `week` is the number of weeks done."""

    def __init__(self, scenario: Scenario, seed: int = 1) -> None:
        super().__init__(rng=seed)
        if scenario.changes:
            raise ValueError("the plain model knows no dated changes")
        if scenario.district is not None:
            raise ValueError("the plain model knows the declared zone alone")
        params = parameters.record(scenario.values)
        self.p, self.seed_key = plain_parameters(params[0]), dice.seed_key(seed)
        self.k_illness = vars(self.p.illness)
        self.cut, self.sd_skill = cut_for(params), sd_of_skill(params)
        self.week = self.n_children = self.n_members = self.n_accredited = self.n_weeks_of_month = 0
        self.is_alliance = self.is_plan = self.n_alliance_visits_before = self.n_waiting = 0
        self.contract_fee_fen = math.floor(self.p.government.subsidise.yuan_per_contract * FEN_PER_YUAN / MONTHS_PER_YEAR)
        self.basic_fen: dict[tuple[int, int, int], int] = {}
        self.books, self.tally = Books(), Tally(None)
        self.tellers: list[Household] = []  # families with news of accredited doctors in this month
        self.tallies: list[Tally] = []
        self.adopt(genesis.begin(params, scenario.values, self.seed_key))
        self.collector = mesa.DataCollector(
            model_reporters={name: (lambda model, name=name: getattr(model.tally, name)) for name in FINGERPRINT}
            | {"reserve_fen": lambda model: model.books.balance[ledger.FUND_RESERVE]}
        )

    # -- the beginning ------------------------------------------------------------------------------------------

    def adopt(self, world: World) -> None:
        """Make plain agents of the arrays of a world on its first day."""
        self.scale = world.clock[0].scale.item()
        self.gumbel, self.normal = world.gumbel.tolist(), world.normal.tolist()
        self.complexity, self.innate_skill = world.complexity.tolist(), world.innate_skill.tolist()
        self.severe_week_of = dict(zip(world.severe_child.tolist(), world.severe_week.tolist(), strict=True))
        self.severely_ill: dict[int, list[Child]] = {}  # by week
        self.communities = [Community(minutes) for minutes in world.minutes.tolist()]
        self.fund, self.hospital = Fund(self), Hospital(self)
        self.adopt_providers(world)
        for row, record in enumerate(plain_rows(world.households)):
            Household(self, row, record, self.communities[record.community])
        self.households = self.agents_by_type[Household]
        self.families = list(self.households)
        first, friends = world.friend_first.tolist(), world.friends.tolist()
        for household in self.families:
            household.friends = [self.families[row] for row in friends[first[household.row] : first[household.row + 1]]]
        self.births = list(enumerate(plain_rows(world.children)))[::-1]
        self.leavers: dict[int, list[Child]] = {}  # by week
        self.reorganise()

    def adopt_providers(self, world: World) -> None:
        """Places and their doctors."""
        accounts = world.books.kind[world.site_account].tolist()
        records = plain_rows(world.sites)
        self.sites = [Site(self, row, record, accounts[row]) for row, record in enumerate(records)]
        self.alliance_hospital = self.sites[-1]
        records = plain_rows(world.doctors)
        self.doctors = [Doctor(self, row, record, self.sites[record.site]) for row, record in enumerate(records)]

    # -- time ---------------------------------------------------------------------------------------------------

    def step(self) -> None:
        """One week; then, where it ends, the month, the quarter, the year."""
        now = calendar.week(self.week)
        self.set_clock(now)
        self.open_week()
        self.children.shuffle_do("step")
        for day in range(DAYS_PER_WEEK):
            self.run_day(day)
        for child in self.severely_ill.pop(self.week, ()):
            child.fall_severely_ill()
        self.close_week()
        if now.ends_month:
            self.end_month()
        if now.ends_quarter:
            self.end_quarter()
        if now.ends_year:
            self.end_year()
        self.collector.collect(self)
        self.tallies.append(self.tally)
        self.week += 1

    def run_until(self, week: int) -> PlainAlliance:
        """Step until `week` weeks are done."""
        while self.week < week:
            self.step()
        return self

    def set_clock(self, now: calendar.Week) -> None:
        """What the calendar, the season and the switches say of this week."""
        p, is_case = self.p, self.week >= calendar.FIRST_HISTORY_WEEK
        self.year, self.month, self.season = now.year, now.month, self.week // WEEKS_PER_SEASON
        self.incidence, self.ceiling = illness.incidence(self.k_illness, self.week)
        if self.incidence > self.ceiling:
            raise ValueError("illness of this week exceeds the ceiling at which potential illnesses were drawn")
        self.relative_seeking = p.illness.covid_relative_seeking if now.is_covid else 1.0
        self.n_alliance_visits_before = self.tally.n_alliance_visits
        was_alliance, self.is_alliance = self.is_alliance, int(is_case and bool(p.hospital.accredit.is_running))
        self.is_plan = int(is_case and bool(p.fund.plan.is_running) and not self.fund.is_closed)
        self.first_day = self.week * DAYS_PER_WEEK
        self.day_after_week = self.first_day + DAYS_PER_WEEK
        self.first_minute = self.week % WEEKS_PER_SEASON * DAYS_PER_WEEK * MINUTES_PER_DAY
        self.minute_after_week = self.first_minute + DAYS_PER_WEEK * MINUTES_PER_DAY
        if was_alliance != self.is_alliance:
            self.reorganise()

    def open_week(self) -> None:
        """Counts start at zero, children enter and leave, patients from elsewhere follow the season."""
        self.tally = Tally(self.tally)
        self.due = [[] for _ in range(DAYS_PER_WEEK)]
        self.new = [[] for _ in range(DAYS_PER_WEEK)]
        self.update_register()
        self.n_weeks_of_month += 1
        self.hospital.open_week()
        for site in self.sites:
            site.open_week()

    def update_register(self) -> None:
        """Who is born into the register this week, and who turns fifteen."""
        while self.births and self.births[-1][1].first_week <= self.week:
            row, record = self.births.pop()
            child = Child(self, row, record, self.families[record.household])
            self.leavers.setdefault(child.last_week, []).append(child)
        for child in self.leavers.pop(self.week, ()):
            child.leave()
        self.children = self.agents_by_type[Child]

    def run_day(self, day: int) -> None:
        """One day: illnesses whose day has come, then new ones in order of arrival."""
        today, due, new = self.first_day + day, self.due[day], self.new[day]
        for provider in (*self.sites, *self.doctors):
            provider.open_day(today)
        due.sort(key=attrgetter("order"))
        new.sort()
        for returning in due:
            returning.owner.come_back(returning, today)
        for minute, _, number, child in new:
            child.fall_ill(number, today, minute % MINUTES_PER_DAY / MINUTES_PER_DAY)

    def close_week(self) -> None:
        """Families take note of how full each provider was."""
        background = seen = capacity = 0.0
        for site in self.sites:
            site.close_week()
            if site.kind < MATERNAL_HOSPITAL:
                background += min(site.background_per_day, site.capacity_per_day)
                seen += site.n_seen_week / DAYS_PER_WEEK
                capacity += site.capacity_per_day
            site.n_seen_week = site.n_visits_week = 0
        for doctor in self.doctors:
            doctor.close_week()
        self.tally.utilisation_primary = min(1.0, (background + seen) / capacity) if capacity > 0.0 else 0.0
        self.tally.utilisation_hospital = self.alliance_hospital.utilisation
        self.tally.minutes_of_records_sum = self.tally.n_alliance_visits * self.hospital.minutes_per_record()
        self.fund.take_effect()
        self.hospital.divide_hours()
        self.write_stocks()

    def end_month(self) -> None:
        """Friends talk; the fund's month; contracts are kept or not; doctors stay or leave, and learn."""
        if self.is_alliance:
            for household in self.tellers:  # first come, first told
                household.tell_friends()
            self.tellers.clear()
        if self.is_plan:
            self.fund.end_month()
        self.households.do("keep_contract")
        changes = [doctor.decide_to_stay() for doctor in self.doctors]
        for doctor in self.doctors:
            doctor.learn_from_cases()
        if any(changes):
            self.reorganise()
        self.n_weeks_of_month = 0
        self.write_stocks()

    def end_quarter(self) -> None:
        """The hospital's quarter; neighbourhoods look again who is near."""
        self.hospital.end_quarter()
        self.reorganise()
        for doctor in self.doctors:
            doctor.weigh()
        self.take_stock_of_households()
        self.write_stocks()

    def end_year(self) -> None:
        """Incentives are settled, places audited, families' costs counted, investment wears out, the fund closes its books."""
        for doctor in self.doctors:
            doctor.settle_incentive()
        for site in self.sites:
            site.be_audited()
        self.households.do("close_year")
        self.fund.depreciate()
        if self.is_plan:
            self.fund.end_year()
        self.books.close_year()
        for community in self.communities:
            community.first_contacts = [0] * len(self.sites)
        for site in self.sites:
            site.n_referrals_year = 0
        self.write_stocks()

    # -- who is near, how much is there -------------------------------------------------------------------------

    def reorganise(self) -> None:
        """Hours, capacity and neighbours' knowledge after doctors changed."""
        self.hospital.divide_hours()
        for site in self.sites:
            site.set_capacity()
        self.find_alternatives()

    def find_alternatives(self) -> None:
        """For each neighbourhood: the nearest accredited doctors, centres, clinic and hospitals."""
        k = self.p.resident.choose_provider
        utils = {MATERNAL_HOSPITAL: k.utils_maternal_hospital, OTHER_HOSPITAL: k.utils_other_hospital}
        for community in self.communities:
            minutes = community.minutes
            accredited = sorted(
                (doctor for doctor in self.doctors if doctor.is_accredited), key=lambda doctor: minutes[doctor.site.row]
            )
            found = [
                (doctor.site, doctor, doctor.row, minutes[doctor.site.row], doctor.site.kind == CLINIC, None)
                for doctor in accredited[:2]
            ]
            centres, clinics = self.nearest(minutes, CENTRE), self.nearest(minutes, CLINIC)
            found += [(site, None, site.key, minutes[site.row], site.kind == CLINIC, None) for site in (*centres[:2], *clinics[:1])]
            community.hospitals = []
            for kind in range(MATERNAL_HOSPITAL, self.alliance_hospital.kind + 1):
                for site in self.nearest(minutes, kind)[:1]:
                    of_kind = utils.get(kind, k.utils_alliance_hospital)
                    community.hospitals.append((site, None, site.key, minutes[site.row], False, of_kind))
            community.alternatives = found + community.hospitals

    def nearest(self, minutes: list[float], kind: int) -> list[Site]:
        """Places of this kind that see children now, the nearest first."""
        sites = [site for site in self.sites if site.kind == kind and site.capacity_per_day > 0.0]
        return sorted(sites, key=lambda site: minutes[site.row])

    def take_stock_of_households(self) -> None:
        """Mean trust of all households, mean risk of the members, and how many are signed with a family doctor."""
        tally, families = self.tally, self.families
        means = []
        for where in range(3):
            total = 0.0
            for household in families:
                total += household.trust[where]
            means.append(total / len(families))
        tally.mean_trust_primary, tally.mean_trust_alliance, tally.mean_trust_hospital = means
        n_members, risk = 0, 0.0
        tally.n_households = tally.n_signed = 0
        for household in families:
            n_members += household.is_member
            risk += household.risk * household.is_member
            if household.n_children > 0:
                tally.n_households += 1
                tally.n_signed += household.signed_with is not None
        tally.mean_risk_of_members = risk / n_members if n_members > 0 else 0.0

    def write_stocks(self) -> None:
        """The stocks of the tally."""
        tally = self.tally
        tally.n_children, tally.n_members, tally.n_accredited_doctors = (
            self.n_children,
            self.n_members,
            self.n_accredited,
        )
        tally.supervised_share, tally.hospital_effort = self.hospital.supervised_share, self.hospital.effort
        fund = self.fund
        tally.premium_yuan, tally.is_plan_closed, tally.is_plan_selling = fund.premium_yuan, fund.is_closed, fund.is_selling
        tally.n_doctors_in_post = sum(doctor.week_vacant < 0 for doctor in self.doctors)
        tally.skill_accredited_sum = tally.added_visits_per_week = 0.0
        for doctor in self.doctors:
            if doctor.is_accredited:
                tally.skill_accredited_sum += doctor.skill
                tally.added_visits_per_week += doctor.added_visits_per_day * DAYS_PER_WEEK
