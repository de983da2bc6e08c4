"""What does the alliance hospital do as an institution: give hours and numbers, review, train, examine?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa

from agents.doctor import stay
from agents.hospital import support
from agents.units import WEEKS_PER_QUARTER
from model.certificates import NOT_NOW
from plain_mesa_model.plain import plain

if TYPE_CHECKING:
    from plain_mesa_model.world import PlainAlliance

hours, supervised_share = plain(support.hours), plain(support.supervised_share)
net_benefit_per_hour, effort = plain(support.net_benefit_per_hour), plain(support.effort)
minutes_per_visit, p_comes_forward = plain(stay.minutes_per_visit), plain(stay.p_comes_forward)


class Hospital(mesa.Agent):
    """The alliance hospital as an institution: a week, a quarter."""

    def __init__(self, model: PlainAlliance) -> None:
        super().__init__(model)
        self.training_hours_week = self.review_hours_week = self.supervised_share = 0.0
        self.n_places_carried = self.alliance_rate = self.saved_by_platform = self.added_green_numbers = 0.0
        self.effort, self.week_begun, self.added_until = 1.0, -1, 0
        self.n_green_numbers = self.n_green_given = self.n_referrals_seen_quarter = 0

    def open_week(self) -> None:
        """Green numbers and supervision of this week."""
        model, p = self.model, self.model.p
        self.n_green_given = 0
        self.supervised_share = 0.0
        if model.is_alliance:
            n_before = float(model.n_alliance_visits_before)
            self.supervised_share = supervised_share(p.hospital.support, self.review_hours_week, n_before, self.saved_by_platform)

    def minutes_per_record(self) -> float:
        """What a structured record takes now [min]."""
        return minutes_per_visit(self.model.p.doctor.stay, 0.0, self.saved_by_platform)

    def divide_hours(self) -> None:
        """What the hospital gives the alliance: hours for training and review, reserved numbers a week."""
        model, k = self.model, self.model.p.hospital.support
        self.training_hours_week = hours(k, k.share_for_training, self.effort) * model.scale * model.is_alliance
        self.review_hours_week = hours(k, k.share_for_review, self.effort) * model.scale * model.is_alliance
        numbers = model.p.hospital.admit.green_numbers_per_week * model.scale * self.effort + self.added_green_numbers
        self.n_green_numbers = int(numbers + 1.0 / 2.0) * model.is_alliance

    def end_quarter(self) -> None:
        """Doctors revise beliefs, get what they are owed and are asked; the committee reviews; train and examine."""
        model = self.model
        self.revise_beliefs()
        for doctor in model.doctors:
            doctor.be_passed_what_is_owed()
        self.survey()
        if model.is_alliance:
            self.review()
            self.reckon_effort()
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

    def survey(self) -> None:
        """How many certified doctors are satisfied; who left or never passed is not asked."""
        tally = self.model.tally
        tally.n_certified_asked = tally.n_satisfied_with_payment = tally.n_satisfied_with_platform = 0
        minutes = self.minutes_per_record()
        for doctor in self.model.doctors:
            doctor.answer_survey(minutes)

    def review(self) -> None:
        """The quality committee: each accredited doctor's referrals and prescriptions of four quarters against the peers'."""
        doctors = self.model.doctors
        for doctor in doctors:
            doctor.keep_quarter()
        if not self.model.p.hospital.review.is_running:
            return
        n = recorded = unneeded = 0
        for doctor in doctors:
            of_doctor = doctor.of_four_quarters()
            n, recorded, unneeded = n + of_doctor[0], recorded + of_doctor[1], unneeded + of_doctor[2]
        mean_referral, mean_drugs = (recorded / n, unneeded / n) if n > 0 else (0.0, 0.0)
        for doctor in doctors:
            if doctor.is_accredited:
                doctor.be_reviewed(mean_referral, mean_drugs)

    def reckon_effort(self) -> None:
        """What the alliance brings the hospital an hour, and the effort that follows once the promise has run out."""
        model, p, k = self.model, self.model.p, self.model.p.hospital.support
        if self.week_begun < 0:
            self.week_begun = model.week
        if model.week - self.week_begun >= k.weeks_of_promise:
            n_hours = hours(k, k.share_for_training + k.share_for_review, 1.0) * model.scale * WEEKS_PER_QUARTER
            paid, fee = p.fund.pay.yuan_per_expert_hour * model.is_plan, p.fund.pay.yuan_per_referral * model.is_plan
            n_cases, visit_yuan = self.n_referrals_seen_quarter, p.prices.alliance_hospital_yuan
            self.effort = effort(k, self.effort, net_benefit_per_hour(k, paid, n_cases, fee, n_hours, visit_yuan))
        self.n_referrals_seen_quarter = 0

    def ask_who_comes(self) -> None:
        """Who without a certificate wants to be trained in this quarter: they look at what those with one feel they earn."""
        model, total, n = self.model, 0.0, 0
        for doctor in model.doctors:
            if doctor.is_accredited:
                total, n = total + doctor.net_pay_felt, n + 1
        p_comes = p_comes_forward(model.p.doctor.stay, total / n if n > 0 else 0.0)
        for doctor in model.doctors:
            doctor.come_forward(p_comes)

    def examine(self) -> None:
        """Fill the quarter's training places in order; a certificate that could not be renewed is lost."""
        model = self.model
        self.ask_who_comes()
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
            doctor.fail_to_renew()
