"""Did every employer and every doctor receive what the plan pays, and when?

Fees for members' visits and pay for hours of training at a month's end; the referral incentive at a year's end, or when its
tariff changes; what arrives of each, at once or, under separate revenue and expenditure, a quarter later.
"""

from __future__ import annotations

from collections import defaultdict
from math import floor
from typing import TYPE_CHECKING

import numpy as np

from agents.units import FEN_PER_YUAN
from model import ledger
from model.audit_facts import Expected, Facts, compare

if TYPE_CHECKING:
    from model.world import World


REASONS = [ledger.DOCTOR_FEE, ledger.TRAINING_PAY, ledger.INCENTIVE, ledger.PASSED_ON, ledger.DEDUCTION]


class Payroll:
    """The audit's own count of what doctors earned; follows one model week by week."""

    def __init__(self, world: World) -> None:
        doctors = world.doctors
        self.n_doctors, self.params = len(doctors), world.params
        names = ("n_fee_visits_month", "n_alliance_visits_year", "n_recorded_year", "owed_fen", "owed_last_quarter_fen")
        self.fee_visits, self.year_visits, self.year_recorded, self.owed, self.owed_before = (
            np.asarray(doctors[name]).astype(np.int64).copy() for name in names
        )
        self.site = np.asarray(doctors.site).tolist()
        self.is_private = np.asarray(doctors.is_private).astype(bool).tolist()
        self.is_separate = np.asarray(world.sites.is_separate)[doctors.site].astype(bool).tolist()
        self.outgo_of_year_end = 0

    def check(self, facts: Facts) -> list[str]:
        """Findings about employers and doctors in the week just run."""
        world = facts.world
        ended = self._end_tariff(facts)
        self.year_visits += world.doctor_counts[:, 0]
        self.fee_visits += world.doctor_counts[:, 1]
        self.year_recorded += world.doctor_counts[:, 2]
        has_left = np.asarray(world.doctors.week_vacant) == world.clock[0].week  # the bonus of the year is lost with the post
        self.year_visits[has_left] = self.year_recorded[has_left] = 0
        expected: Expected = defaultdict(int)
        self.outgo_of_year_end = 0
        if not facts.week.ends_month and not any(ended):
            self.params = world.params
            fen = int(np.abs(facts.totals[:, REASONS]).sum())
            return [f"doctors' pay of {fen} fen moved before the month's end"] if fen else []
        for row in range(self.n_doctors):
            self._expect(facts, row, ended[row], expected)
        self.params = world.params
        if facts.is_due:
            self.fee_visits[:] = 0
        if facts.week.ends_year:
            self.year_visits[:] = self.year_recorded[:] = 0
        return compare(facts, expected, "counted x tariff, as far as it arrives,")

    def _expect(self, facts: Facts, row: int, ended: int, expected: Expected) -> None:
        """Add to what every account must have received what follows from one doctor."""
        p, world, site = facts.p, facts.world, self.site[row]
        is_separate, is_private = self.is_separate[row], self.is_private[row]
        share, old_share = (arriving_share(k, is_private, is_separate) for k in (p, self.params[0]))
        fees, training, incentive = self._earned(facts, row)
        employer = ledger.TREASURY if is_separate else int(world.site_account[site])
        expected[employer, ledger.DOCTOR_FEE] += fees
        expected[employer, ledger.TRAINING_PAY] += training
        expected[employer, ledger.INCENTIVE] += max(0, incentive) + max(0, ended)
        arriving = floor(share * fees) + floor(share * training) + floor(old_share * max(0, ended))
        bonus, taken = floor(share * max(0, incentive)), floor(share * max(0, -incentive))
        now = self._arrives(row, arriving, bonus, facts) if is_separate else arriving + bonus
        account = len(world.books.balance) - self.n_doctors + row
        expected[account, ledger.PASSED_ON] += now
        expected[employer, ledger.PASSED_ON] -= now
        expected[account, ledger.DEDUCTION] -= taken + floor(old_share * max(0, -ended))
        self.outgo_of_year_end += max(0, incentive) - taken

    def _earned(self, facts: Facts, row: int) -> tuple[int, int, int]:
        """Fees of the month, pay for hours of training and the year's incentive of one doctor [fen]."""
        pay = facts.p.fund.pay
        hours = facts.p.doctor.stay.training_hours_per_month
        fees = int(self.fee_visits[row]) * floor(pay.yuan_per_visit * FEN_PER_YUAN) if facts.is_due else 0
        is_trained = facts.is_due and bool(facts.before.is_accredited[row])
        training = floor(pay.yuan_per_training_hour * hours * FEN_PER_YUAN) if is_trained else 0
        return fees, training, self._incentive(facts.p, row) if facts.is_plan and facts.week.ends_year else 0

    def _end_tariff(self, facts: Facts) -> list[int]:
        """What each doctor is owed [fen] because the tariff changed at the start of this week."""
        before, now = self.params[0].fund.pay, facts.p.fund.pay
        if before.tobytes() == now.tobytes():
            return [0] * self.n_doctors
        ended = [self._incentive(self.params[0], row) if facts.is_plan else 0 for row in range(self.n_doctors)]
        self.year_visits[:] = self.year_recorded[:] = 0
        return ended

    def _incentive(self, p: np.record, row: int) -> int:
        """The year's referral incentive of a doctor [fen], negative for a deduction."""
        k = p.fund.pay
        below = k.benchmark_share * int(self.year_visits[row]) - int(self.year_recorded[row])
        yuan = float(np.clip(below, -k.cap_in_referrals, k.cap_in_referrals)) * float(k.yuan_per_avoided_referral)
        fen = floor(abs(yuan) * FEN_PER_YUAN) if self.year_visits[row] else 0
        return fen if yuan > 0 else -fen

    def _arrives(self, row: int, fees: int, bonus: int, facts: Facts) -> int:
        """What the treasury passes on this week: at a quarter's end what it owed at the end of the one before."""
        self.owed[row] += fees
        now = 0
        if facts.week.ends_quarter:
            now, self.owed_before[row], self.owed[row] = int(self.owed_before[row]), self.owed[row], 0
        self.owed[row] += bonus
        return now


def arriving_share(p: np.record, is_private: bool, is_separate: bool) -> float:
    """Share of the plan's pay that reaches a doctor [1], read from the declarations."""
    k = p.fund.pay
    if is_private:
        return float(k.reaches_private)
    return float(k.reaches_separate if is_separate else k.reaches_public)
