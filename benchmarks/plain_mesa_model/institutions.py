"""What do the fund, the hospital and the government do at the end of a month, a quarter, a year?"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import mesa

from agents.centre import invest
from agents.fund import plan, solvency, surplus
from agents.hospital import support
from agents.resident import join
from agents.units import DAYS_PER_WEEK, FEN_PER_YUAN, MONTHS_PER_YEAR, WEEKS_PER_QUARTER
from model import ledger
from model.quarter import NOT_NOW
from plain_mesa_model.plain import plain

if TYPE_CHECKING:
    from plain_mesa_model.world import PlainAlliance

premium_of_month_fen, p_consider = plain(plan.premium_of_month_fen), plain(join.p_consider)
interest_of_month_fen, solvency_ratio = plain(solvency.interest_of_month_fen), plain(solvency.solvency_ratio)
reserve_target_fen, surplus_of_year = plain(solvency.reserve_target_fen), plain(surplus.surplus)
loss_carried_forward, reinvested_fen = plain(surplus.loss_carried_forward), plain(surplus.reinvested_fen)
added_weekly_visits, added_skill = plain(invest.added_weekly_visits), plain(invest.added_skill)
after_depreciation = plain(invest.after_depreciation)
hours, supervised_share = plain(support.hours), plain(support.supervised_share)


class Fund(mesa.Agent):
    """The mutual-aid fund: a month, a year."""

    def __init__(self, model: PlainAlliance) -> None:
        super().__init__(model)
        self.expected_benefit_yuan = model.p.fund.plan.expected_benefit_yuan
        self.loss_brought_forward_fen = self.n_years_invested = 0
        self.solvency_ratio = self.visits_to_come = self.skill_to_come = 0.0
        self.week_of_effect = -1

    def end_month(self) -> None:
        """Bill, pay, settle, and let households decide."""
        self.bill_premiums()
        self.pay_fees()
        self.pay_expert_hours()
        self.settle()
        self.spread_word()
        self.model.households.shuffle_do("decide_membership")

    def bill_premiums(self) -> None:
        """One premium for each member child, and what administration takes of it."""
        model, k = self.model, self.model.p.fund.plan
        fen = premium_of_month_fen(k)
        model.tally.n_premiums += model.n_members
        model.books.post(ledger.HOUSEHOLDS, ledger.FUND_PREMIUM, ledger.PREMIUM, model.n_members * fen)
        administration = math.floor(k.administration_share * model.n_members * fen)
        model.books.post(ledger.FUND_CLAIMS, ledger.SUPPLIERS, ledger.ADMINISTRATION, administration)

    def pay_fees(self) -> None:
        """The month's fees for members' visits to accredited doctors."""
        fee = math.floor(self.model.p.fund.pay.yuan_per_visit * FEN_PER_YUAN)
        for doctor in self.model.doctors:
            n = doctor.n_fee_visits_month
            if n > 0 and fee > 0:
                doctor.be_paid(ledger.DOCTOR_FEE, n * fee)
            doctor.n_fee_visits_month = 0

    def pay_expert_hours(self) -> None:
        """The month's hours of training and review, to the alliance hospital."""
        model, hospital = self.model, self.model.hospital
        n_hours = (hospital.training_hours_week + hospital.review_hours_week) * model.n_weeks_of_month
        price = math.floor(model.p.fund.pay.yuan_per_expert_hour * FEN_PER_YUAN)
        model.books.post(ledger.FUND_CLAIMS, ledger.ALLIANCE_HOSPITAL_ACCOUNT, ledger.EXPERT_HOURS, math.floor(n_hours * price))

    def settle(self) -> None:
        """Founders' capital (once), subsidy and interest come in; the reserve makes good the month's outgo."""
        model, p, books = self.model, self.model.p, self.model.books
        if books.paid[ledger.OPERATING_CAPITAL] == 0:
            capital = math.floor(p.fund.plan.operating_fund_yuan * FEN_PER_YUAN * model.scale)
            books.post(ledger.OUTSIDE, ledger.FUND_OPERATING, ledger.OPERATING_CAPITAL, capital)
        subsidy = math.floor(p.fund.surplus.subsidy_yuan * FEN_PER_YUAN / MONTHS_PER_YEAR * model.scale)
        books.post(ledger.GOVERNMENT, ledger.FUND_RESERVE, ledger.SUBSIDY, subsidy)
        interest = interest_of_month_fen(p.fund.solvency, books.balance[ledger.FUND_RESERVE])
        books.post(ledger.OUTSIDE, ledger.FUND_RESERVE, ledger.INTEREST, interest)
        earned = books.balance[ledger.FUND_PREMIUM]
        books.post(ledger.FUND_PREMIUM, ledger.FUND_RESERVE, ledger.PREMIUM_EARNED, earned)
        outgo = -books.balance[ledger.FUND_CLAIMS]
        if outgo > 0:
            books.post(ledger.FUND_RESERVE, ledger.FUND_CLAIMS, ledger.OUTGO_SETTLED, outgo)

    def spread_word(self) -> None:
        """What households of each neighbourhood hear of the plan this month."""
        k = self.model.p.resident.join
        for community in self.model.communities:
            share = community.n_member_children / max(1, community.n_children)
            community.p_consider = p_consider(k, share)

    def end_year(self) -> None:
        """Close the books, invest, and let families learn what a member got back."""
        self.invest_surplus(self.close_books())
        books = self.model.books
        premium = max(1.0, self.model.p.fund.plan.premium_yuan * FEN_PER_YUAN)
        n_premiums = books.of_year(ledger.PREMIUM) / premium
        if n_premiums > 0.0:
            got_back = books.of_year(ledger.COVERED_VISIT) / FEN_PER_YUAN / n_premiums
            self.expected_benefit_yuan = (self.expected_benefit_yuan + got_back) / 2.0

    def outgo_of_year(self) -> int:
        """What the fund spent since the last closing, except investments [fen]."""
        of_year = self.model.books.of_year
        spent = sum(
            of_year(reason)
            for reason in (
                ledger.COVERED_VISIT, ledger.DOCTOR_FEE, ledger.INCENTIVE, ledger.REFERRAL_FEE, ledger.EXPERT_HOURS,
                ledger.ADMINISTRATION,
            )
        )  # fmt: skip
        return spent - of_year(ledger.DEDUCTION)

    def close_books(self) -> int:
        """Result, losses, surplus and solvency of the year; returns the surplus [fen]."""
        books, tally, k = self.model.books, self.model.tally, self.model.p.fund.solvency
        outgo = self.outgo_of_year()
        income = sum(books.of_year(reason) for reason in (ledger.PREMIUM, ledger.SUBSIDY, ledger.INTEREST))
        result = income - outgo
        reserve = books.balance[ledger.FUND_RESERVE] + books.balance[ledger.FUND_CLAIMS]
        self.solvency_ratio = solvency_ratio(
            k, float(reserve + books.balance[ledger.FUND_OPERATING]), books.of_year(ledger.PREMIUM),
            books.of_year(ledger.COVERED_VISIT),
        )  # fmt: skip
        net = result - self.loss_brought_forward_fen
        top_up = max(0, reserve_target_fen(k, outgo) - (reserve - net))
        available = surplus_of_year(result, self.loss_brought_forward_fen, top_up)
        self.loss_brought_forward_fen = loss_carried_forward(result, self.loss_brought_forward_fen)
        tally.surplus_available_fen = available
        tally.loss_brought_forward_fen = self.loss_brought_forward_fen
        tally.solvency_ratio = self.solvency_ratio
        return available

    def invest_surplus(self, available: int) -> None:
        """Decide what is invested, pay for it, and note what it will add and when."""
        model, p, books = self.model, self.model.p, self.model.books
        fen = reinvested_fen(p.fund.surplus, available, self.solvency_ratio >= p.fund.solvency.least_ratio)
        advance = math.floor(p.fund.surplus.advance_yuan * FEN_PER_YUAN)
        if advance > 0:
            books.post(ledger.GOVERNMENT, ledger.FUND_RESERVE, ledger.ADVANCE, advance)
        if fen > 0:
            self.n_years_invested += 1
            model.tally.n_years_invested = self.n_years_invested
        if fen + advance > 0:
            books.post(ledger.FUND_RESERVE, ledger.SUPPLIERS, ledger.REINVESTMENT, fen + advance)
            yuan, share = (fen + advance) / FEN_PER_YUAN, p.fund.surplus.share_for_capacity
            self.visits_to_come += added_weekly_visits(p.centre.invest, yuan, share)
            self.skill_to_come += added_skill(p.centre.invest, yuan, share)
            if self.week_of_effect < 0:  # what still waits takes the new purchase along
                self.week_of_effect = model.week + p.centre.invest.weeks_until_effect

    def take_effect(self) -> None:
        """What was bought takes effect, spread over the doctors who are accredited now."""
        model = self.model
        if self.week_of_effect < 0 or model.week < self.week_of_effect or model.n_accredited == 0:
            return
        visits = self.visits_to_come / model.n_accredited / DAYS_PER_WEEK
        skill = self.skill_to_come / model.n_accredited
        for doctor in model.doctors:
            if doctor.is_accredited:
                doctor.invest(visits, skill)
        model.tally.added_visits_per_week += self.visits_to_come
        self.visits_to_come = self.skill_to_come = 0.0
        self.week_of_effect = -1


class Hospital(mesa.Agent):
    """The alliance hospital as an institution: a week, a quarter."""

    def __init__(self, model: PlainAlliance) -> None:
        super().__init__(model)
        self.training_hours_week = self.review_hours_week = self.supervised_share = 0.0
        self.n_places_carried = self.alliance_rate = 0.0
        self.n_green_numbers = self.n_green_given = 0

    def open_week(self) -> None:
        """Green numbers and supervision of this week."""
        model, p = self.model, self.model.p
        self.n_green_given = 0
        self.supervised_share = 0.0
        if model.is_alliance:
            n_before = float(model.n_alliance_visits_before)
            self.supervised_share = supervised_share(p.hospital.support, self.review_hours_week, n_before)

    def divide_hours(self) -> None:
        """How many of the experts' hours go to training and to review."""
        model, k = self.model, self.model.p.hospital.support
        self.training_hours_week = hours(k, k.share_for_training) * model.scale * model.is_alliance
        self.review_hours_week = hours(k, k.share_for_review) * model.scale * model.is_alliance
        numbers = int(model.p.hospital.admit.green_numbers_per_week * model.scale + 1.0 / 2.0)
        self.n_green_numbers = numbers * model.is_alliance

    def end_quarter(self) -> None:
        """Doctors revise beliefs and get what they are owed; train and examine."""
        model = self.model
        self.revise_beliefs()
        for doctor in model.doctors:
            doctor.be_passed_what_is_owed()
        if model.is_alliance:
            self.examine()

    def revise_beliefs(self) -> None:
        """What came back in the quarter, for the alliance and for each doctor."""
        doctors = self.model.doctors
        found = sum(doctor.n_confirmed_quarter + doctor.n_reported_quarter for doctor in doctors)
        seen = sum(doctor.n_seen_quarter for doctor in doctors)
        if seen > 0:
            self.alliance_rate = found / seen
        for doctor in doctors:
            doctor.revise_belief(self.alliance_rate)

    def examine(self) -> None:
        """Fill the quarter's training places in order; a certificate that could not be renewed is lost."""
        model = self.model
        self.n_places_carried += self.training_hours_week * WEEKS_PER_QUARTER / model.p.hospital.accredit.hours_per_place
        while self.n_places_carried >= 1.0:
            places = [doctor.place_in_queue() for doctor in model.doctors]
            first = min(places)
            if first >= NOT_NOW:
                self.n_places_carried = 0.0
                break
            model.doctors[places.index(first)].sit_examination()
            self.n_places_carried -= 1.0
        for doctor in model.doctors:
            if doctor.is_accredited and doctor.place_in_queue() < 0.0:
                doctor.lose_certificate()
