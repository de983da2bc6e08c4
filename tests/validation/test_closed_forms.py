"""Are the parts held against exact laws, and would a fault be found?

Fewer runs than the report's; each part also has a fault planted that the comparison must see.
"""

import math

import numpy as np
import pytest

from agents.compiled import IS_COMPILED
from experiments.validation import closed_forms, detection, examination, luck, queue_law, ruin, seeking, shares
from experiments.validation.check import asked, normal_from_chi_square, still_open, within
from model import dice

pytestmark = [
    pytest.mark.unit,
    pytest.mark.skipif(not IS_COMPILED, reason="thousands of weeks or whole worlds take minutes as plain Python"),
]

N = 2_000


def failed(checks):
    return [check.name for check in checks if check.verdict != "holds"]


# -- checks ------------------------------------------------------------------------------------------------------------


def test_within_three_standard_errors_holds_and_beyond_fails():
    assert within("a", "?", 1.0, 1.29, 0.1).verdict == "holds"
    assert within("a", "?", 1.0, 0.69, 0.1).verdict == "fails"
    assert within("a", "?", 1.0, 1.2, 0.1, "yuan").distance == pytest.approx(2.0)
    assert within("a", "?", 1.0, 1.0, 0.1, "yuan").expected == "1 yuan"


def test_without_an_error_only_the_same_number_holds():
    assert within("a", "?", 1.0, 1.0, 0.0).verdict == "holds"
    assert within("a", "?", 1.0, 1.0001, 0.0).distance == math.inf


def test_what_has_no_distance_holds_fails_or_is_open():
    assert asked("a", "?", True, "x", "x").distance is None
    assert asked("a", "?", False, "x", "y").verdict == "fails"
    assert still_open("a", "?", "x", "needs a system to come").verdict == "open"


def test_a_chi_square_is_turned_into_standard_errors():
    assert normal_from_chi_square(14.067, 7) == pytest.approx(1.645, abs=0.01)  # the 95 % point
    assert normal_from_chi_square(1365.0, 1275) == pytest.approx(1.77, abs=0.02)


def test_every_part_is_asked():
    parts = {name.split(",")[0].split(":")[0] for name in (check.name for check in closed_forms.closed_forms(200))}
    assert {"queue", "ruin", "detection", "choice", "seeking care", "examination", "dice", "illness", "conversion"} <= parts


# -- the queue ---------------------------------------------------------------------------------------------------------


def test_without_room_everybody_is_carried_once_and_then_gives_up():
    means, _ = queue_law.expected(queue_law.Queue("none", 5.0, 0.0))
    assert means == pytest.approx([5.0, 5.0, 0.0, math.exp(-5.0), 1.0 - math.exp(-5.0) * (1 + 5 + 12.5)])


def test_the_law_of_room_for_one_is_that_worked_out_by_hand():
    # One place. With none carried, j are carried if j + 1 came (0 if at most 1); with any carried, everybody new is.
    batch = 0.3
    p = [math.exp(-batch) * batch**k / math.factorial(k) for k in range(3)]
    from_none = p[0] + p[1]
    nobody = p[0] / (1.0 - from_none + p[0])
    means, _ = queue_law.expected(queue_law.Queue("one", batch, 1.0))
    assert means[3] == pytest.approx(nobody)


@pytest.mark.parametrize("queue", queue_law.QUEUES, ids=lambda queue: queue.name)
def test_the_weekly_batch_queue_has_its_stationary_law(queue):
    law, weeks = queue_law.expected(queue), queue_law.simulated(queue, N, seed=3)
    assert failed(queue_law.held_against(queue, law, weeks)) == []


def test_a_queue_with_one_place_too_many_is_found():
    queue = queue_law.QUEUES[1]
    weeks = queue_law.simulated(queue._replace(capacity=queue.capacity + 1), N, seed=3)
    assert len(failed(queue_law.held_against(queue, queue_law.expected(queue), weeks))) >= 3


def test_a_queue_in_which_nobody_gives_up_is_found():
    queue = queue_law.QUEUES[2]
    weeks = queue_law.simulated(queue, N, seed=3)
    weeks[1] = 0.0
    assert "queue, too little room: given up" in failed(queue_law.held_against(queue, queue_law.expected(queue), weeks))


# -- ruin --------------------------------------------------------------------------------------------------------------


def test_ruin_by_one_claim_is_the_tail_of_the_exponential():
    reserve = ruin.Reserve("one", 100.0, 1, 50.0)
    assert ruin.p_survives(reserve, 20.0, 1) == pytest.approx([1.0 - math.exp(-120.0 / 50.0)])


def test_ruin_by_two_claims_is_the_integral_over_the_first():
    u, c, m = 100.0, 20.0, 50.0
    both = 1.0 - math.exp(-(u + c) / m) - (u + c) / m * math.exp(-(u + 2 * c) / m)
    assert ruin.p_survives(ruin.Reserve("two", u, 1, m), c, 2)[1] == pytest.approx(both)


@pytest.mark.parametrize("reserve", ruin.RESERVES, ids=lambda reserve: reserve.name)
def test_the_reserve_is_ruined_as_often_as_the_exact_law_says(reserve):
    survived = ruin.p_survives(reserve, ruin.yearly_income_yuan(), ruin.N_YEARS)
    assert failed(ruin.held_against(reserve, survived, ruin.simulated(reserve, N, seed=3))) == []


def test_administration_that_is_not_paid_is_found():
    reserve = ruin.RESERVES[1]
    survived = ruin.p_survives(reserve, ruin.N_MEMBERS * ruin.PREMIUM_YUAN, ruin.N_YEARS)
    assert len(failed(ruin.held_against(reserve, survived, ruin.simulated(reserve, N, seed=3)))) == len(ruin.CLOSINGS)


# -- detection ---------------------------------------------------------------------------------------------------------


def test_doctors_send_children_at_the_rates_of_signal_detection():
    assert failed(detection.detection_checks(N, seed=3)) == []


def test_the_threshold_at_even_odds_is_halfway():
    doctor = detection.Doctor(skill=0.5, belief=0.5, caution=1.0, load=0.0)
    assert doctor.threshold(0.3) == pytest.approx(doctor.d_prime(0.3) / 2.0)
    assert detection.cheapest_threshold(doctor, doctor.d_prime(0.3)) == pytest.approx(doctor.d_prime(0.3) / 2.0, abs=1e-4)


def test_haste_that_costs_no_judgement_is_found():
    found = failed(detection.visit_checks(N, 3, {"doctor.refer.discriminability_lost_per_load": 0.0}))
    assert found
    assert all("a busy doctor" in name for name in found)


# -- choice ------------------------------------------------------------------------------------------------------------


def test_families_choose_in_logit_shares():
    assert failed(shares.share_checks(N, seed=3)) == []


def test_a_certificate_that_is_worth_nothing_is_found():
    world, key = shares.open_world(3)
    family, community = shares.FAMILIES["a first visit"], world.households[world.children[0].household].community
    exact = shares.logit(shares.utilities(world, family, community))
    world.params.resident.choose_provider.utils_certificate[:] = 0.0
    assert "choice, x: all shares" in failed(shares.held_against("x", exact, shares.chosen(world, key, family, N)))


def test_slices_of_equal_alternatives_share_alike():
    assert shares.shares_of_table(np.zeros(4)) == pytest.approx([0.25] * 4, abs=1e-3)


# -- seeking care, examination, luck -----------------------------------------------------------------------------------


def test_families_seek_care_as_the_logistic_says():
    assert failed(seeking.seeking_checks(N, seed=3)) == []


def test_a_visit_that_costs_another_price_is_found():
    exact = seeking.exact_share(0, 0, 0.0, 1.0)
    found = seeking.seeking_share(0, 0, 60.0, 1.0, N, dice.seed_key(3))
    assert within("a", "?", exact, found, math.sqrt(exact * (1.0 - exact) / N)).verdict == "fails"


def test_as_many_doctors_pass_as_the_integral_says():
    sittings = [check for check in examination.examination_checks(N, seed=3) if not check.name.endswith("cut")]
    assert len(sittings) == 5
    assert failed(sittings) == []


def test_the_lever_is_the_share_that_passes():
    cuts = [check for check in examination.examination_checks(10, seed=3) if check.name.endswith("cut")]
    assert failed(cuts) == []


def test_luck_is_fair_and_illness_comes_at_the_declared_rates():
    assert failed(luck.luck_checks(N, seed=3)) == []


def test_dice_that_two_purposes_share_are_found(monkeypatch):
    honest = dice.dice

    def shared(key, purpose, who, which=0, n=0):
        return honest(key, dice.SEEK if purpose == dice.TRIAGE else purpose, who, which, n)

    monkeypatch.setattr(dice, "dice", shared)
    assert "dice: pairs of purposes" in failed(luck.dice_checks(N, 3))


def test_one_die_for_two_questions_of_an_illness_is_found(monkeypatch):
    monkeypatch.setattr(dice, "ILLNESS_HAPPENS", dice.ILLNESS_COUNT)  # what made it possible also makes it real
    assert failed(luck.illness_checks(N, 3)) != []
