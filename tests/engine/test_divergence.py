"""Does a lever leave everything before its date as it was, to the bit, and change something after?"""

from datetime import date

import numpy as np
import pytest

from model import calendar
from model.alliance import AllianceModel
from model.divergence import first_divergence

pytestmark = pytest.mark.property

LEVERS = {
    "hospital.accredit.pass_rate": 0.8,
    "fund.surplus.reinvested_share": 1.0,
    "fund.pay.yuan_per_avoided_referral": 150.0,
    "hospital.review.is_two_sided": 1,
    "hospital.follow_up.share_called": 1.0,
    "fund.cover_severe.share_covered": 0.8,
    "government.audit.p_audited": 1.0,
    "fund.price.response": 1.0,
    "fund.surplus.weight_of_rebate": 1.0,
    "fund.solvency.repaid_share": 0.3,
    "doctor.stay.minutes_per_record": 6.0,
    "doctor.prescribe.margin_public": 0.3,
    "government.subsidise.yuan_per_contract": 100.0,
    "resident.hear.share_of_bad_news": 0.0,
    "hospital.support.log_odds_of_effort": 0.0,
}
# What a lever needs to have something to act on: few doctors have visits enough to lie below a limit of three deviations.
NEEDS = {"hospital.review.is_two_sided": {"hospital.review.sds_referral": 1.5, "hospital.review.least_visits": 50}}
OTHER_DATES = (date(2018, 6, 4), date(2019, 9, 2))
DATES = (date(2021, 1, 4), *(pytest.param(day, marks=pytest.mark.slow) for day in OTHER_DATES))


@pytest.mark.parametrize("day", DATES)
@pytest.mark.parametrize("lever", LEVERS)
def test_a_dated_lever_changes_nothing_before_its_date_and_something_after(lever, day, medium):
    before = medium.with_settings(NEEDS.get(lever, {}))
    after = before.with_settings({lever: LEVERS[lever]}, day)
    found = first_divergence(AllianceModel(before, 3), AllianceModel(after, 3), calendar.N_WEEKS)
    assert found is not None, "the lever never acts"
    assert found.week >= calendar.index_of(day), str(found)


def test_the_same_scenario_never_diverges(small):
    assert first_divergence(AllianceModel(small, 3), AllianceModel(small, 3), 120) is None


class ModelWithSharedGenerator(AllianceModel):
    """A model with the mistake that the guard is there to find: a draw from a generator that all share."""

    generator = np.random.default_rng(1)

    def step(self) -> None:
        super().step()
        if self.week == 80:
            self.world.doctors[7].skill += 1e-9 * self.generator.random()


def test_a_planted_draw_from_a_shared_generator_is_found_and_named(small):
    found = first_divergence(ModelWithSharedGenerator(small, 3), ModelWithSharedGenerator(small, 3), 120)
    assert (found.week, found.column, found.row, found.decision) == (79, "doctors.skill", 7, "learn")
    assert "learn" in str(found)


def test_a_checkpoint_refuses_a_scenario_with_another_past(small):
    checkpoint = AllianceModel(small).run_until(80).checkpoint()
    with pytest.raises(ValueError, match="before the checkpoint"):
        AllianceModel.from_checkpoint(checkpoint, small.with_settings({"hospital.accredit.pass_rate": 0.2}))
