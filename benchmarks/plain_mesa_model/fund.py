"""What does the mutual-aid fund do at the end of a month and of a year?"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import mesa

from agents.centre import invest
from agents.fund import cover_severe, plan, price, solvency, surplus
from agents.government import reimburse, subsidise
from agents.resident import join
from agents.units import DAYS_PER_WEEK, FEN_PER_YUAN, MONTHS_PER_YEAR
from model import ledger
from model.severe import N_SLICES
from plain_mesa_model.plain import plain

if TYPE_CHECKING:
    from plain_mesa_model.world import PlainAlliance

premium_of_month_fen, p_consider = plain(plan.premium_of_month_fen), plain(join.p_consider)
subsidy_of_month_fen, interest_of_month_fen = plain(subsidise.subsidy_of_month_fen), plain(solvency.interest_of_month_fen)
solvency_ratio, reserve_target_fen = plain(solvency.solvency_ratio), plain(solvency.reserve_target_fen)
must_close, repaid_fen = plain(solvency.is_closed), plain(solvency.repaid_fen)
surplus_of_year, loss_carried_forward = plain(surplus.surplus), plain(surplus.loss_carried_forward)
reinvested_fen, used_fen = plain(surplus.reinvested_fen), plain(surplus.used_fen)
next_premium_yuan, inpatient_fen = plain(price.next_premium_yuan), plain(reimburse.inpatient_fen)
cost_yuan, benefit_fen = plain(cover_severe.cost_yuan), plain(cover_severe.benefit_fen)
reinsured_fen, reinsurance_premium_fen = plain(cover_severe.reinsured_fen), plain(cover_severe.reinsurance_premium_fen)
added_weekly_visits, added_skill = plain(invest.added_weekly_visits), plain(invest.added_skill)
added_green_numbers, saved_by_platform = plain(invest.added_green_numbers), plain(invest.saved_by_platform)
after_depreciation = plain(invest.after_depreciation)
NOTHING_TO_COME = -1


class Purchase:
    """Something bought from the surplus that takes effect later: what still waits takes the next purchase along."""

    __slots__ = ("amount", "week")

    def __init__(self) -> None:
        self.amount, self.week = 0.0, NOTHING_TO_COME

    def buy(self, amount: float, week: int) -> None:
        """Buy more of it, for this week unless something waits already."""
        self.amount += amount
        if self.week == NOTHING_TO_COME:
            self.week = week

    def is_due(self, week: int) -> bool:
        """Whether it takes effect now."""
        return NOTHING_TO_COME < self.week <= week

    def deliver(self) -> float:
        """What takes effect; nothing is left to come."""
        amount = self.amount
        self.amount, self.week = 0.0, NOTHING_TO_COME
        return amount


class Fund(mesa.Agent):
    """The mutual-aid fund: a week, a month, a year."""

    def __init__(self, model: PlainAlliance) -> None:
        super().__init__(model)
        self.expected_benefit_yuan = model.p.fund.plan.expected_benefit_yuan
        self.premium_yuan = self.listed_yuan = 0.0
        self.is_selling, self.is_closed = 1, 0
        self.loss_brought_forward_fen = self.n_years_invested = self.n_premiums_year = 0
        self.solvency_ratio = self.platform_yuan = 0.0
        self.equipment, self.training, self.platform, self.green_numbers = (Purchase() for _ in range(4))
        self.expected_reinsured_fen = self.expect_reinsured()

    # -- a month ------------------------------------------------------------------------------------------------

    def end_month(self) -> None:
        """List the price, bill, pay, settle, and let households decide."""
        self.list_price()
        self.bill_premiums()
        self.pay_doctors()
        self.pay_expert_hours()
        self.pay_reinsurer()
        self.settle()
        self.spread_word()
        self.model.households.shuffle_do("decide_membership")

    def list_price(self) -> None:
        """A new value of the lever is the price from now on; until then the fund's own pricing stands."""
        lever = self.model.p.fund.plan.premium_yuan
        if self.listed_yuan != lever:
            self.listed_yuan = self.premium_yuan = lever

    def bill_premiums(self) -> None:
        """One premium for each member child, and what administration takes of it."""
        model, n = self.model, self.model.n_members
        fen = premium_of_month_fen(self.premium_yuan)
        model.tally.n_premiums += n
        self.n_premiums_year += n
        model.books.post(ledger.HOUSEHOLDS, ledger.FUND_PREMIUM, ledger.PREMIUM, n * fen)
        administration = math.floor(model.p.fund.plan.administration_share * n * fen)
        model.books.post(ledger.FUND_CLAIMS, ledger.SUPPLIERS, ledger.ADMINISTRATION, administration)

    def pay_doctors(self) -> None:
        """The month's fees for members' visits to accredited doctors, and pay for their hours of training."""
        p = self.model.p
        fee = math.floor(p.fund.pay.yuan_per_visit * FEN_PER_YUAN)
        training = math.floor(p.fund.pay.yuan_per_training_hour * p.doctor.stay.training_hours_per_month * FEN_PER_YUAN)
        for doctor in self.model.doctors:
            doctor.be_paid_for_month(fee, training)

    def pay_expert_hours(self) -> None:
        """The month's hours of training and review, to the alliance hospital."""
        model, hospital = self.model, self.model.hospital
        n_hours = (hospital.training_hours_week + hospital.review_hours_week) * model.n_weeks_of_month
        price_fen = math.floor(model.p.fund.pay.yuan_per_expert_hour * FEN_PER_YUAN)
        fen = math.floor(n_hours * price_fen)
        model.books.post(ledger.FUND_CLAIMS, ledger.ALLIANCE_HOSPITAL_ACCOUNT, ledger.EXPERT_HOURS, fen)

    def settle(self) -> None:
        """Founders' capital (once), subsidy and interest come in; the reserve makes good the month's outgo."""
        model, p, books = self.model, self.model.p, self.model.books
        if books.paid[ledger.OPERATING_CAPITAL] == 0:
            capital = math.floor(p.fund.plan.operating_fund_yuan * FEN_PER_YUAN * model.scale)
            books.post(ledger.OUTSIDE, ledger.FUND_OPERATING, ledger.OPERATING_CAPITAL, capital)
        subsidy = subsidy_of_month_fen(p.government.subsidise, model.scale, model.n_members)
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

    # -- severe illness -----------------------------------------------------------------------------------------

    def give_benefit(self, own_fen: int) -> int:
        """Pay a member's benefit for a severe illness, and get the reinsurer's part of it back; returns the benefit [fen]."""
        k, post = self.model.p.fund.cover_severe, self.model.books.post
        benefit = benefit_fen(k, own_fen)
        if benefit > 0:
            post(ledger.FUND_CLAIMS, ledger.HOUSEHOLDS, ledger.SEVERE_BENEFIT, benefit)
            post(ledger.OUTSIDE, ledger.FUND_CLAIMS, ledger.REINSURANCE_PAYMENT, reinsured_fen(k, benefit))
        return benefit

    def expect_reinsured(self) -> float:
        """What the reinsurer expects to pay for one severe illness of a member [fen]."""
        k, basic, total = self.model.p.fund.cover_severe, self.model.p.government.reimburse, 0
        for i in range(N_SLICES):
            price_fen = math.floor(cost_yuan(k, (i + 1.0 / 2.0) / N_SLICES) * FEN_PER_YUAN)
            total += reinsured_fen(k, benefit_fen(k, price_fen - inpatient_fen(basic, price_fen)))
        return total / N_SLICES

    def pay_reinsurer(self) -> None:
        """The month's reinsurance premium."""
        model, k = self.model, self.model.p.fund.cover_severe
        if k.share_reinsured > 0.0 and k.share_covered > 0.0:
            severe = model.p.illness.severe_per_child_year
            fen = reinsurance_premium_fen(k, model.n_members, severe, self.expected_reinsured_fen)
            model.books.post(ledger.FUND_CLAIMS, ledger.OUTSIDE, ledger.REINSURANCE_PREMIUM, fen)

    # -- a year -------------------------------------------------------------------------------------------------

    def end_year(self) -> None:
        """Close the books; close the plan if it must be, else decide what the coming year brings."""
        books, k = self.model.books, self.model.p.fund.solvency
        target, available = self.close_books()
        if must_close(k, self.solvency_ratio):
            self.wind_up()
            return
        self.is_selling = int(self.solvency_ratio >= k.least_ratio)
        self.invest_surplus(available)
        self.repay_capital(target)
        self.tell_benefit()
        premium = books.of_year(ledger.PREMIUM)
        if premium > 0:
            loss_ratio = self.claims_of_year() / premium
            self.premium_yuan = next_premium_yuan(self.model.p.fund.price, self.premium_yuan, loss_ratio)

    def claims_of_year(self) -> int:
        """What the fund paid for members' care since the last closing, reinsurance taken off [fen]."""
        of_year = self.model.books.of_year
        return of_year(ledger.COVERED_VISIT) + of_year(ledger.SEVERE_BENEFIT) - of_year(ledger.REINSURANCE_PAYMENT)

    def outgo_of_year(self) -> int:
        """What the fund spent since the last closing, except uses of the surplus [fen]."""
        of_year = self.model.books.of_year
        spent = sum(
            of_year(reason)
            for reason in (
                ledger.DOCTOR_FEE, ledger.INCENTIVE, ledger.TRAINING_PAY, ledger.REINSURANCE_PREMIUM, ledger.REFERRAL_FEE,
                ledger.EXPERT_HOURS, ledger.ADMINISTRATION,
            )
        )  # fmt: skip
        return self.claims_of_year() + spent - of_year(ledger.DEDUCTION)

    def capital(self) -> int:
        """What the plan owns [fen]."""
        balance = self.model.books.balance
        return balance[ledger.FUND_RESERVE] + balance[ledger.FUND_CLAIMS] + balance[ledger.FUND_OPERATING]

    def close_books(self) -> tuple[int, int]:
        """Result, losses and solvency of the year; returns the reserve's target and the surplus [fen]."""
        books, tally, k = self.model.books, self.model.tally, self.model.p.fund.solvency
        outgo, target = self.outgo_of_year(), reserve_target_fen(k, self.outgo_of_year())
        result = sum(books.of_year(reason) for reason in (ledger.PREMIUM, ledger.SUBSIDY, ledger.INTEREST)) - outgo
        reserve = books.balance[ledger.FUND_RESERVE] + books.balance[ledger.FUND_CLAIMS]
        premium = books.of_year(ledger.PREMIUM)
        self.solvency_ratio = solvency_ratio(k, float(self.capital()), premium, self.claims_of_year())
        top_up = max(0, target - (reserve - (result - self.loss_brought_forward_fen)))
        available = surplus_of_year(result, self.loss_brought_forward_fen, top_up)
        self.loss_brought_forward_fen = loss_carried_forward(result, self.loss_brought_forward_fen)
        tally.surplus_available_fen = available
        tally.loss_brought_forward_fen = self.loss_brought_forward_fen
        tally.solvency_ratio = self.solvency_ratio
        return target, available

    def repay_capital(self, target: int) -> None:
        """The founders get back a part of their capital out of what the reserve, surplus used, holds above its target."""
        books = self.model.books
        above_target = books.balance[ledger.FUND_RESERVE] + books.balance[ledger.FUND_CLAIMS] - target
        capital = books.balance[ledger.FUND_OPERATING]
        fen = repaid_fen(self.model.p.fund.solvency, capital, above_target, self.solvency_ratio)
        if fen > 0:
            books.post(ledger.FUND_OPERATING, ledger.OUTSIDE, ledger.CAPITAL_REPAID, fen)

    def wind_up(self) -> None:
        """The end of the plan: the founders' capital is used, others bear the rest of the loss, and members leave."""
        model, books = self.model, self.model.books
        used = books.balance[ledger.FUND_OPERATING]
        if used > 0:
            books.post(ledger.FUND_OPERATING, ledger.FUND_RESERVE, ledger.CAPITAL_USED, used)
        loss = -(books.balance[ledger.FUND_RESERVE] + books.balance[ledger.FUND_CLAIMS])
        if loss > 0:
            books.post(ledger.OUTSIDE, ledger.FUND_RESERVE, ledger.LOSS_BORNE, loss)
        self.is_closed, self.is_selling, model.is_plan = 1, 0, 0
        model.households.do("hear_of_closure")

    def tell_benefit(self) -> None:
        """Families learn what a member got back in the year, rebate included."""
        if self.n_premiums_year > 0:
            of_year = self.model.books.of_year
            got_back = of_year(ledger.COVERED_VISIT) + of_year(ledger.SEVERE_BENEFIT) + of_year(ledger.REBATE)
            yuan = got_back / FEN_PER_YUAN / self.n_premiums_year * MONTHS_PER_YEAR
            self.expected_benefit_yuan = (self.expected_benefit_yuan + yuan) / 2.0
        self.n_premiums_year = 0

    # -- use of the surplus -------------------------------------------------------------------------------------

    def invest_surplus(self, available: int) -> None:
        """Decide what of the surplus is used, take the government's advance, and spend both on the five uses."""
        model, p = self.model, self.model.p
        fen = reinvested_fen(p.fund.surplus, available, self.solvency_ratio >= p.fund.solvency.least_ratio)
        advance = math.floor(p.fund.surplus.advance_yuan * FEN_PER_YUAN)
        if advance > 0:
            model.books.post(ledger.GOVERNMENT, ledger.FUND_RESERVE, ledger.ADVANCE, advance)
        if fen > 0:
            self.n_years_invested += 1
            model.tally.n_years_invested = self.n_years_invested
        for use in range(surplus.N_USES):
            part = used_fen(p.fund.surplus, use, fen + advance)
            if part > 0:
                self.spend(use, part)

    def spend(self, use: int, fen: int) -> None:
        """Buy something that takes effect later, or give money back to members."""
        model, k, week, post = self.model, self.model.p.centre.invest, self.model.week, self.model.books.post
        yuan = fen / FEN_PER_YUAN
        if use == surplus.EQUIPMENT:
            post(ledger.FUND_RESERVE, ledger.SUPPLIERS, ledger.FOR_EQUIPMENT, fen)
            self.equipment.buy(added_weekly_visits(k, yuan), week + k.weeks_until_equipment)
        elif use == surplus.TRAINING:
            post(ledger.FUND_RESERVE, ledger.SUPPLIERS, ledger.FOR_TRAINING, fen)
            self.training.buy(added_skill(k, yuan), week + k.weeks_until_training)
        elif use == surplus.PLATFORM:
            post(ledger.FUND_RESERVE, ledger.SUPPLIERS, ledger.FOR_PLATFORM, fen)
            self.platform.buy(yuan / model.scale, week + k.weeks_until_platform)
        elif use == surplus.GREEN_NUMBERS:
            post(ledger.FUND_RESERVE, ledger.ALLIANCE_HOSPITAL_ACCOUNT, ledger.FOR_GREEN_NUMBERS, fen)
            self.green_numbers.buy(added_green_numbers(k, yuan), week + k.weeks_until_green_numbers)
        elif model.n_members > 0:
            post(ledger.FUND_RESERVE, ledger.HOUSEHOLDS, ledger.REBATE, fen)

    def take_effect(self) -> None:
        """What was bought takes effect in its time; what is for doctors is spread over those accredited now, or waits."""
        model, hospital, k = self.model, self.model.hospital, self.model.p.centre.invest
        week, n = model.week, model.n_accredited
        if n > 0 and self.equipment.is_due(week):
            visits = self.equipment.deliver()
            for doctor in model.doctors:
                if doctor.is_accredited:
                    doctor.added_visits_per_day += visits / n / DAYS_PER_WEEK
        if n > 0 and self.training.is_due(week):
            skill = self.training.deliver() / n
            for doctor in model.doctors:
                if doctor.is_accredited:
                    doctor.be_trained_from_surplus(skill)
        if self.platform.is_due(week):
            self.platform_yuan += self.platform.deliver()
        if self.green_numbers.is_due(week):
            hospital.added_green_numbers = self.green_numbers.deliver()
            hospital.added_until = week + k.weeks_of_green_numbers
        elif week >= hospital.added_until:
            hospital.added_green_numbers = 0.0
        hospital.saved_by_platform = saved_by_platform(k, self.platform_yuan)

    def depreciate(self) -> None:
        """The platform and the added capacity lose a part of their worth."""
        for doctor in self.model.doctors:
            doctor.depreciate()
        self.platform_yuan = after_depreciation(self.model.p.centre.invest, self.platform_yuan)
