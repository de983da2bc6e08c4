"""What do families do: fall ill, seek care, choose where, pay, remember, talk, sign, join?

A child announces in its step what befalls it this week; the model then lets these arrivals happen one after the other.
"""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import mesa

from agents.centre import wait
from agents.doctor import treat
from agents.fund import cover_severe, plan
from agents.government import reimburse
from agents.government.reimburse import PRIMARY
from agents.resident import bear_cost, choose_provider, hear, join, seek_care, sign, trust
from agents.units import (
    DAYS_PER_WEEK,
    FEN_PER_YUAN,
    MINUTES_PER_DAY,
    MONTHS_PER_YEAR,
    WEEKS_OF_CHILDHOOD,
    WEEKS_PER_YEAR,
)
from model import dice, ledger
from model import illness as potential
from model.choice import MOST_VISITS
from model.dice import die, hashed
from model.illness import MINUTES_PER_SEASON, MOST_PER_SEASON, WEEKS_PER_SEASON
from model.outcome import AT_ALLIANCE, AT_PRIMARY
from model.tables import MEAN_COMPLEXITY, N_SLICES
from model.world import EVENT_ALARM, EVENT_VISIT, N_DUE_DAYS, SELF_LIMITING, SERIOUS, SPECIALIST
from plain_mesa_model.plain import plain

if TYPE_CHECKING:
    from plain_mesa_model.doctors import Doctor
    from plain_mesa_model.sites import Site
    from plain_mesa_model.world import PlainAlliance

common_utility, primary_utility = plain(choose_provider.common_utility), plain(choose_provider.primary_utility)
hospital_utility, has_room = plain(choose_provider.hospital_utility), plain(wait.has_room)
perceived_severity, p_seek = plain(seek_care.perceived_severity), plain(seek_care.p_seek)
outpatient_fen, inpatient_fen = plain(reimburse.outpatient_fen), plain(reimburse.inpatient_fen)
is_covered, covered_fen = plain(plan.is_covered), plain(plan.covered_fen)
trust_after_visit, trust_after_miss = plain(trust.trust_after_visit), plain(trust.trust_after_miss)
p_unresolved, days_until_back = plain(treat.p_unresolved), plain(treat.days_until_back)
episodes_per_year, poisson, days_until = (
    plain(potential.episodes_per_year),
    plain(potential.poisson),
    plain(potential.days_until),
)
security_yuan, willingness_yuan = plain(join.security_yuan), plain(join.willingness_yuan)
p_join, p_lapse = plain(join.p_join), plain(join.p_lapse)
signs, p_leaves_doctor, trust_when_signed = plain(sign.signs), plain(sign.p_leaves), plain(sign.trust_when_signed)
heard, trust_after_word, trust_after_closure = plain(hear.heard), plain(hear.trust_after_word), plain(hear.trust_after_closure)
cost_of_severe_yuan, is_catastrophic = plain(cover_severe.cost_yuan), plain(bear_cost.is_catastrophic)
CHOICE, SHIFT = dice.CHOICE, 54


class Illness:
    """One illness under way, from onset to cure; it waits for one day at a time."""

    __slots__ = (
        "alarm_day", "complexity", "day", "event", "has_green_number", "is_alliance_referral", "is_hospital_only",
        "is_recorded", "kind", "missed_at", "missed_by", "n_carried", "n_visits", "number", "onset_day", "order",
        "owner", "referred_by", "severity", "was_left_by_alliance", "was_missed",
    )  # fmt: skip

    def __init__(self, owner: Child, number: int, kind: int, complexity: float, onset_day: int, alarm_day: int) -> None:
        self.owner, self.number, self.kind, self.complexity = owner, number, kind, complexity
        self.onset_day, self.alarm_day = onset_day, alarm_day
        self.severity, self.n_visits, self.n_carried = 0.0, 0, 0
        self.event, self.day, self.order = EVENT_VISIT, -1, -1
        self.is_hospital_only = self.is_recorded = self.is_alliance_referral = self.has_green_number = 0
        self.was_left_by_alliance = self.was_missed = 0
        self.referred_by: Doctor | None = None
        self.missed_by: Doctor | None = None
        self.missed_at = -1


class Community:
    """A neighbourhood: who is near, and what it hears of the plan."""

    __slots__ = (
        "alternatives", "first_contacts", "hospitals", "minutes", "n_children", "n_member_children", "p_consider",
    )  # fmt: skip

    def __init__(self, minutes: list[float]) -> None:
        self.minutes = minutes
        self.n_children = self.n_member_children = 0
        self.p_consider = 0.0
        self.alternatives: list[tuple[Any, ...]] = []
        self.hospitals: list[tuple[Any, ...]] = []
        self.first_contacts = [0] * len(minutes)


class Household(mesa.Agent):
    """A family: trust, habit, contract, membership."""

    def __init__(self, model: PlainAlliance, row: int, record: SimpleNamespace, community: Community) -> None:
        super().__init__(model)
        self.row, self.community = row, community
        self.income_yuan, self.risk = record.income_yuan, record.risk
        self.trust = [record.trust_primary, record.trust_alliance, record.trust_hospital]
        self.fifth = record.fifth
        self.security_yuan = security_yuan(model.p.resident.join, self.income_yuan, model.p.population.mean_income_yuan)
        self.friends: list[Household] = []
        self.gained_month = self.lost_month = 0.0
        self.signed_with: Site | None = None
        self.usual_provider = self.month_joined = self.month_signed = -1
        self.n_changes_of_provider = self.is_member = self.n_children = self.own_paid_year_fen = 0

    # -- trust, talk and contract -------------------------------------------------------------------------------

    def set_trust(self, where: int, value: float) -> None:
        """Trust moves by what the family lived through; of accredited doctors it tells its friends at the month's end."""
        if where == AT_ALLIANCE:
            change = value - self.trust[where]
            if change != 0.0 and self.gained_month == self.lost_month == 0.0:
                self.model.tellers.append(self)
            if change > 0.0:
                self.gained_month += change
            else:
                self.lost_month -= change
        self.trust[where] = value

    def remember(self, where: int, key: int, is_resolved: int) -> None:
        """The family learns from the outcome of a visit."""
        p = self.model.p
        mean = p.resident.choose_provider.mean_trust
        self.set_trust(where, trust_after_visit(p.resident.trust, self.trust[where], mean, is_resolved))
        if is_resolved and self.usual_provider != key:
            if self.usual_provider >= 0:
                self.model.tally.n_changes_of_doctor += 1
                self.n_changes_of_provider += 1
            self.usual_provider = key

    def learn_of_miss(self, where: int) -> None:
        """A missed serious illness came to light."""
        p = self.model.p
        mean = p.resident.choose_provider.mean_trust
        self.set_trust(where, trust_after_miss(p.resident.trust, self.trust[where], mean))

    def tell_friends(self) -> None:
        """What the month's own visits to accredited doctors did to trust moves the friends' trust too."""
        k = self.model.p.resident.hear
        news = heard(k, self.gained_month, self.lost_month)
        self.gained_month = self.lost_month = 0.0
        for friend in self.friends:
            friend.trust[AT_ALLIANCE] = trust_after_word(k, friend.trust[AT_ALLIANCE], news)

    def hear_of_closure(self) -> None:
        """The plan is closed: nobody is a member any more, and accredited doctors are trusted less."""
        self.trust[AT_ALLIANCE] = trust_after_closure(self.model.p.resident.hear, self.trust[AT_ALLIANCE])
        if self.is_member:
            self.set_member(0)

    def sign_contract(self, where: int, site: Site, u: float) -> None:
        """Sign, perhaps, with the family doctors of the place that helped; `u` is the visit's die."""
        model, k = self.model, self.model.p.resident.sign
        if signs(k, u):
            self.signed_with, self.month_signed = site, model.month
            model.tally.n_signings += 1
            self.trust[where] = trust_when_signed(k, self.trust[where])  # not told to friends

    def keep_contract(self) -> None:
        """A contract runs on, or is renewed or not after twelve ends of a month; the government pays the place for it."""
        if self.signed_with is None:
            return
        model = self.model
        if (model.month + 1 - self.month_signed) % MONTHS_PER_YEAR == 0:
            self.renew_contract()
        fee = model.contract_fee_fen
        if fee > 0 and self.signed_with is not None:
            model.books.post(ledger.GOVERNMENT, self.signed_with.account, ledger.CONTRACT_FEE, fee)

    def renew_contract(self) -> None:
        """Sign for another year, or leave the doctor."""
        model, p = self.model, self.model.p
        trust_gap = self.trust[AT_PRIMARY] - p.resident.choose_provider.mean_trust
        p_leaves = p_leaves_doctor(p.resident.sign, trust_gap)
        if self.n_children == 0 or die(model.seed_key, dice.UNSIGN, self.row, model.month, 0) < p_leaves:
            self.signed_with = None

    # -- membership ---------------------------------------------------------------------------------------------

    def willingness_yuan(self) -> float:
        """What membership of one child is worth now [yuan/year]."""
        model = self.model
        return willingness_yuan(model.p.resident.join, model.fund.expected_benefit_yuan, self.risk, self.security_yuan)

    def decide_membership(self) -> None:
        """This month: join, renew or lapse."""
        model = self.model
        if not self.is_member:
            u = die(model.seed_key, dice.JOIN, self.row, model.month, 0)
            if model.fund.is_selling and u < self.community.p_consider:
                self.consider(u)
        elif self.n_children > 0 and self.month_joined != model.month and (model.month - self.month_joined) % MONTHS_PER_YEAR == 0:
            self.renew()

    def consider(self, u: float) -> None:
        """Join or not; `u` is the household's die of the month."""
        p = self.model.p
        premium = self.model.fund.premium_yuan
        p_joins = p_join(p.resident.join, self.community.p_consider, self.willingness_yuan(), premium)
        if u < p_joins and self.n_children > 0:
            self.model.tally.n_joined += 1
            self.month_joined = self.model.month
            self.set_member(1)

    def renew(self) -> None:
        """Stay or lapse."""
        model, p = self.model, self.model.p
        tally, is_healthy = model.tally, self.risk < 1.0
        tally.n_renewals += 1
        tally.n_renewals_healthy += is_healthy
        trust_gap = self.trust[1] - p.resident.choose_provider.mean_trust
        p_leaves = p_lapse(p.resident.join, trust_gap, self.risk, self.willingness_yuan(), model.fund.premium_yuan)
        if die(model.seed_key, dice.LAPSE, self.row, model.month, 0) < p_leaves:
            tally.n_lapsed += 1
            tally.n_lapsed_healthy += is_healthy
            self.set_member(0)

    def set_member(self, is_member: int) -> None:
        """Enter (1) or leave (0) the plan with all children."""
        self.is_member = is_member
        change = self.n_children if is_member else -self.n_children
        self.model.n_members += change
        self.community.n_member_children += change

    def count_child(self, sign: int) -> None:
        """A child enters (+1) or leaves (-1) the register."""
        self.n_children += sign
        self.community.n_children += sign
        self.model.n_children += sign
        if self.is_member:
            self.community.n_member_children += sign
            self.model.n_members += sign

    def close_year(self) -> None:
        """What the year's illness cost the family, against its income."""
        own, self.own_paid_year_fen = self.own_paid_year_fen, 0
        if self.n_children == 0:
            return
        tally, k, fifth = self.model.tally, self.model.p.resident.bear_cost, self.fifth + 1
        is_catastrophe = int(is_catastrophic(k, own / FEN_PER_YUAN, self.income_yuan))
        tally.n_household_years += 1
        tally.n_catastrophic += is_catastrophe
        tally.add(f"n_catastrophic_fifth_{fifth}", is_catastrophe)
        tally.add(f"own_paid_fifth_{fifth}_fen", own)


class Child(mesa.Agent):
    """A child of the register."""

    def __init__(self, model: PlainAlliance, row: int, record: SimpleNamespace, household: Household) -> None:
        super().__init__(model)
        self.row, self.household = row, household
        self.last_week, self.frailty = record.last_week, record.frailty
        self.season, self.next_minute = -1, MINUTES_PER_SEASON
        self.potential: list[tuple[int, int]] = []
        self.illnesses: list[Illness] = []
        self.n_illnesses = self.n_visits = self.n_missed_serious = 0
        self.outpatient_year = self.outpatient_paid_fen = self.own_paid_fen = 0
        household.count_child(1)
        if row in model.severe_week_of:
            model.severely_ill.setdefault(model.severe_week_of[row], []).append(self)

    def leave(self) -> None:
        """Turn fifteen."""
        self.household.count_child(-1)
        self.remove()

    # -- the week's announcements -------------------------------------------------------------------------------

    def step(self) -> None:
        """Announce what befalls the child this week: new illnesses, and those whose day has come."""
        model = self.model
        if self.season != model.season:
            self.draw_potential_illnesses(model.season)
        if self.next_minute < model.minute_after_week:
            self.announce_potential_illnesses()
        for illness in self.illnesses:
            if illness.day < model.day_after_week:
                model.due[illness.day - model.first_day].append(illness)

    def draw_potential_illnesses(self, season: int) -> None:
        """Potential illnesses of a season, the last one first."""
        model, row = self.model, self.row
        self.season, self.next_minute = season, MINUTES_PER_SEASON
        begin = season * WEEKS_PER_SEASON
        age = begin + WEEKS_PER_SEASON // 2 - (self.last_week - WEEKS_OF_CHILDHOOD)
        per_season = model.ceiling * WEEKS_PER_SEASON / WEEKS_PER_YEAR
        mean = episodes_per_year(model.p.illness, age) * per_season * self.frailty
        u = die(model.seed_key, dice.ILLNESS_COUNT, row, season, 0)
        if u < 1.0 - mean:
            self.potential.clear()
            return
        first = season * MOST_PER_SEASON
        numbers = range(first, first + poisson(mean, u))
        minutes = [(int(die(model.seed_key, dice.ILLNESS_TIME, row, number, 0) * MINUTES_PER_SEASON), number) for number in numbers]
        self.potential = sorted(minutes, reverse=True)
        if minutes:
            self.next_minute = self.potential[-1][0]

    def announce_potential_illnesses(self) -> None:
        """Put the potential illnesses of this week among the week's arrivals."""
        model, potential = self.model, self.potential
        while potential and potential[-1][0] < model.minute_after_week:
            minute, number = potential.pop()
            if minute >= model.first_minute:
                day = (minute - model.first_minute) // MINUTES_PER_DAY
                model.new[day].append((minute, self.row, number, self))
        self.next_minute = potential[-1][0] if potential else MINUTES_PER_SEASON

    # -- illness ------------------------------------------------------------------------------------------------

    def fall_ill(self, number: int, today: int, share_of_day: float) -> None:
        """A potential illness becomes real or not, and the family seeks care or not."""
        model, seed, row = self.model, self.model.seed_key, self.row
        if die(seed, dice.ILLNESS_HAPPENS, row, number, 0) * model.ceiling >= model.incidence:
            return
        p, tally = model.p, model.tally
        self.n_illnesses += 1
        tally.n_illnesses += 1
        illness = self.open_illness(number, today)
        illness.severity = self.severity_seen(illness)
        own = self.own_primary_fen(model.sites[0].price_fen, 0) / FEN_PER_YUAN  # a centre: all centres cost the same
        money = p.resident.choose_provider.utils_per_100_yuan
        p_seeks = p_seek(p.resident.seek_care, illness.severity, own, money, model.relative_seeking)
        if die(seed, dice.SEEK, row, number, 0) < p_seeks:
            tally.n_sought += 1
            self.seek_visit(illness, EVENT_VISIT, today, share_of_day)
        elif illness.kind == SERIOUS:
            self.wait_for(illness, today, illness.alarm_day, EVENT_ALARM)
        else:
            self.illnesses.remove(illness)

    def open_illness(self, number: int, today: int) -> Illness:
        """A new illness with all that was settled about it."""
        model, seed, row = self.model, self.model.seed_key, self.row
        k, u = model.p.illness, die(seed, dice.ILLNESS_CLASS, row, number, 0)
        kind, alarm_day, added = SELF_LIMITING, 0, 0.0
        if u < k.share_serious:
            kind, added = SERIOUS, k.complexity_of_serious
            alarm_day = today + days_until(k.days_to_alarm, die(seed, dice.ILLNESS_ALARM, row, number, 0))
            model.tally.n_serious += 1
        elif u < k.share_serious + k.share_specialist:
            kind = SPECIALIST
            model.tally.n_specialist += 1
        complexity = model.complexity[int(die(seed, dice.ILLNESS_COMPLEXITY, row, number, 0) * N_SLICES)]
        illness = Illness(self, number, kind, min(1.0, complexity + added), today, alarm_day)
        self.illnesses.append(illness)
        return illness

    def severity_seen(self, illness: Illness) -> float:
        """How severe the illness looks to the family before this visit [units]."""
        model, kind = self.model, illness.kind
        u = die(model.seed_key, dice.PERCEPTION, self.row, illness.number, illness.n_visits)
        return perceived_severity(
            model.p.resident.seek_care, illness.complexity, MEAN_COMPLEXITY, kind == SERIOUS, kind == SPECIALIST,
            model.normal[int(u * N_SLICES)],
        )  # fmt: skip

    def wait_for(self, illness: Illness, today: int, day: int, event: int) -> None:
        """Wait for `event` on `day`, or for the day of alarm if that comes first; never for today."""
        model = self.model
        if illness.kind == SERIOUS and illness.alarm_day <= day:
            day, event = illness.alarm_day, EVENT_ALARM
        illness.day = day = min(max(day, today + 1), today + N_DUE_DAYS - 1)
        illness.event, illness.order = event, model.n_waiting
        model.n_waiting += 1
        if day < model.day_after_week:
            model.due[day - model.first_day].append(illness)

    def come_back(self, illness: Illness, today: int) -> None:
        """The day has come for which an illness waited."""
        if illness.event == EVENT_VISIT:
            illness.severity = self.severity_seen(illness)
        hour = die(self.model.seed_key, dice.HOUR_OF_RETURN, self.row, illness.number, today)
        self.seek_visit(illness, illness.event, today, hour)

    # -- where to -----------------------------------------------------------------------------------------------

    def basic_fen(self, level: int, price_fen: int) -> int:
        """What basic insurance would pay of an outpatient visit at this level of care now [fen]."""
        model = self.model
        paid = self.outpatient_paid_fen if self.outpatient_year == model.year else 0
        key = (level, price_fen, paid)
        fen = model.basic_fen.get(key)
        if fen is None:
            fen = outpatient_fen(model.p.government.reimburse, level, price_fen, paid)
            model.basic_fen[key] = fen
        return fen

    def plan_fen(self, is_accredited: int, own_fen: int) -> int:
        """What the plan would take over of the family's own payment at primary care now [fen]."""
        k = self.model.p.fund.plan
        if self.model.is_plan and is_covered(k, self.household.is_member, is_accredited):
            return covered_fen(k, own_fen)
        return 0

    def own_primary_fen(self, price_fen: int, is_accredited: int) -> int:
        """What a visit at a centre or clinic would cost the family now [fen]."""
        own = price_fen - self.basic_fen(PRIMARY, price_fen)
        return own - self.plan_fen(is_accredited, own)

    def best_alternative(self, illness: Illness, share_of_day: float) -> tuple[Any, ...] | None:
        """The alternative with room that this family likes best, None if all are full."""
        model, row, household, severity = self.model, self.row, self.household, illness.severity
        k, seed, gumbel = model.p.resident.choose_provider, model.seed_key, model.gumbel
        indirect = model.p.prices.indirect_hospital_yuan
        occasion = illness.number * MOST_VISITS + illness.n_visits
        is_again, usual, signed_with = illness.n_visits > 0, household.usual_provider, household.signed_with
        at_primary, at_alliance, at_hospital = household.trust
        community = household.community
        best, best_utility = None, 0.0
        for alternative in community.hospitals if illness.is_hospital_only else community.alternatives:
            site, doctor, key, minutes, is_clinic, utils_of_kind = alternative
            if doctor is not None:
                if not has_room(doctor.n_seen_today, 0.0, share_of_day, doctor.capacity_today):
                    continue
            elif not has_room(site.n_seen_today, site.background_per_day, share_of_day, site.capacity_today):
                continue
            price = site.price_fen
            if utils_of_kind is not None:
                own = (price - self.basic_fen(site.level, price)) / FEN_PER_YUAN + indirect
                utility = common_utility(k, minutes, site.wait_hours, own, at_hospital, usual == key)
                utility += hospital_utility(k, utils_of_kind, is_again)
            elif doctor is not None:
                own = self.own_primary_fen(price, 1) / FEN_PER_YUAN
                utility = common_utility(k, minutes, doctor.wait_hours, own, at_alliance, usual == key)
                utility += primary_utility(k, is_clinic, 1, severity, signed_with is site)
            else:
                own = self.own_primary_fen(price, 0) / FEN_PER_YUAN
                utility = common_utility(k, minutes, site.wait_hours, own, at_primary, usual == key)
                utility += primary_utility(k, is_clinic, 0, severity, signed_with is site)
            utility += gumbel[hashed(seed, CHOICE, row, occasion, key) >> SHIFT]
            if best is None or utility > best_utility:
                best, best_utility = alternative, utility
        return best

    def seek_visit(self, illness: Illness, event: int, today: int, share_of_day: float) -> None:
        """Go to a provider: by appointment, in alarm, or to the best one that has room."""
        model = self.model
        site, doctor = model.alliance_hospital, None
        if event == EVENT_VISIT:
            alternative = self.best_alternative(illness, share_of_day)
            if alternative is None:
                self.find_all_full(illness, today)
                return
            site, doctor = alternative[0], alternative[1]
        tally = model.tally
        tally.n_visits += 1
        self.n_visits += 1
        if illness.n_visits == 0:
            tally.n_first_contacts += 1
        if event == EVENT_ALARM:
            site.see_emergency(self, illness, today)
        else:
            site.receive(self, illness, doctor, today)

    def find_all_full(self, illness: Illness, today: int) -> None:
        """Every provider is full: once more in a week, then the alarm of a serious illness, or the family gives up."""
        tally = self.model.tally
        tally.n_turned_away += 1
        illness.n_carried += 1
        if illness.n_carried == 1:
            self.wait_for(illness, today, today + DAYS_PER_WEEK, EVENT_VISIT)
        elif illness.kind == SERIOUS:
            self.wait_for(illness, today, illness.alarm_day, EVENT_ALARM)
        else:
            tally.n_gave_up += 1
            self.illnesses.remove(illness)

    # -- after a visit ------------------------------------------------------------------------------------------

    def is_better(self, illness: Illness, skill: float, today: int) -> int:
        """[flag] Whether an illness that was not sent on is over before the family comes back."""
        model, seed, row, number = self.model, self.model.seed_key, self.row, illness.number
        if illness.kind == SERIOUS:
            return 0
        k, n_visits = model.p.doctor.treat, illness.n_visits
        u = die(seed, dice.RESOLVED, row, number, n_visits)
        if illness.kind == SPECIALIST:
            return int(u >= k.p_specialist_unresolved)
        if u >= p_unresolved(k, skill, illness.complexity, MEAN_COMPLEXITY):
            return 1
        back = today + days_until_back(k, die(seed, dice.BACK, row, number, n_visits))
        v = die(seed, dice.ILLNESS_RECOVERY, row, number, 0)
        return int(illness.onset_day + days_until(model.p.illness.days_to_recovery, v) <= back)

    def go_home(self, illness: Illness, today: int, is_resolved: int) -> None:
        """After a visit without a way on: the illness is over, or the family comes back."""
        if is_resolved:
            self.illnesses.remove(illness)
            return
        model, seed, row, number = self.model, self.model.seed_key, self.row, illness.number
        u = die(seed, dice.BACK, row, number, illness.n_visits)
        self.wait_for(illness, today, today + days_until_back(model.p.doctor.treat, u), EVENT_VISIT)
        v = die(seed, dice.BY_ITSELF, row, number, illness.n_visits)
        illness.is_hospital_only = int(v < model.p.resident.seek_care.p_goes_by_itself)

    def miss(self, illness: Illness, doctor: Doctor | None, where: int) -> None:
        """A serious illness was not recognised, or nobody saw it: count the first time."""
        if not illness.was_missed:
            illness.was_missed, illness.missed_by, illness.missed_at = 1, doctor, where
            self.n_missed_serious += 1
            self.model.tally.n_missed_serious += 1

    def sign_contract(self, illness: Illness, where: int, site: Site, is_resolved: int) -> None:
        """A family that is signed with nobody may sign with the family doctors of the place that helped."""
        if is_resolved and self.household.signed_with is None:
            u = die(self.model.seed_key, dice.SIGN, self.row, illness.number, illness.n_visits)
            self.household.sign_contract(where, site, u)

    # -- money --------------------------------------------------------------------------------------------------

    def pay_visit(self, site: Site, level: int, is_accredited: int) -> None:
        """Post the payments of one outpatient visit at this level of care."""
        model, post = self.model, self.model.books.post
        if self.outpatient_year != model.year:
            self.outpatient_year, self.outpatient_paid_fen = model.year, 0
        basic = self.basic_fen(level, site.price_fen)
        self.outpatient_paid_fen += basic
        own = site.price_fen - basic
        if level == PRIMARY:
            covered = self.plan_fen(is_accredited, own)
            if covered > 0:
                post(ledger.FUND_CLAIMS, site.account, ledger.COVERED_VISIT, covered)
                own -= covered
        if basic > 0:
            post(ledger.BASIC_INSURANCE, site.account, ledger.BASIC_OUTPATIENT, basic)
        post(ledger.HOUSEHOLDS, site.account, ledger.OWN_PAYMENT, own)
        self.pay_oneself(own)

    def pay_admission(self, site: Site, price_yuan: float) -> None:
        """Post the payments of one admission."""
        post, price_fen = self.model.books.post, math.floor(price_yuan * FEN_PER_YUAN)
        basic = inpatient_fen(self.model.p.government.reimburse, price_fen)
        post(ledger.BASIC_INSURANCE, site.account, ledger.BASIC_INPATIENT, basic)
        post(ledger.HOUSEHOLDS, site.account, ledger.OWN_INPATIENT, price_fen - basic)
        self.pay_oneself(price_fen - basic)

    def pay_oneself(self, fen: int) -> None:
        """What the family pays out of its own pocket; negative: what it gets back."""
        self.own_paid_fen += fen
        self.household.own_paid_year_fen += fen

    def fall_severely_ill(self) -> None:
        """A severe or rare disease: the alliance hospital treats it, whatever happened at primary care."""
        model, p, post = self.model, self.model.p, self.model.books.post
        account = model.alliance_hospital.account
        model.tally.n_severe += 1
        u = die(model.seed_key, dice.SEVERE_COST, self.row, 0, 0)
        price_fen = math.floor(cost_of_severe_yuan(p.fund.cover_severe, u) * FEN_PER_YUAN)
        basic = inpatient_fen(p.government.reimburse, price_fen)
        post(ledger.BASIC_INSURANCE, account, ledger.BASIC_SEVERE, basic)
        post(ledger.HOUSEHOLDS, account, ledger.OWN_SEVERE, price_fen - basic)
        self.pay_oneself(price_fen - basic)
        if model.is_plan and self.household.is_member:
            self.pay_oneself(-model.fund.give_benefit(price_fen - basic))
