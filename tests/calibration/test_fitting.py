"""Does a calibration find what was hidden, and say how unsure it is?"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.calibration.emulator import features, fitted
from experiments.calibration.evaluate import Evaluations
from experiments.calibration.matching import drawn
from experiments.calibration.polish import allowed_on_the_way, towards
from experiments.calibration.space import free_parameters, space_of
from experiments.calibration.targets import Target, implausibilities, targets
from experiments.sweep.design import contradicts
from model.parameters import declarations, defaults
from model.scenario import Scenario

pytestmark = pytest.mark.unit
STORIES = ("A", "B", "C", "D")


def test_steps_are_counted_on_the_scale_of_the_figure():
    visits = Target("n_alliance_visits", "history", 40_000.0, 2_000.0)
    # 5 % tolerance: e^0.1 times the target is 0.1 / 0.05 = 2 steps above it
    assert visits.steps(40_000.0 * np.exp(0.1)) == pytest.approx(2.0)
    share = Target("share_referred", "history", 0.2, 0.016)
    # log odds of 0.2 are -1.386, of 0.5 are 0; one step is 0.016 / (0.2 x 0.8) = 0.1 log odds: 13.86 steps
    assert share.steps(0.5) == pytest.approx(13.863, abs=1e-3)


def test_a_world_without_a_visit_lies_far_from_every_rate():
    assert Target("share_referred", "history", 0.0119, 0.0005).steps(float("nan")) == -50.0


def test_what_was_simulated_with_much_luck_rules_out_less():
    # 3 steps away: 3 with certainty, 3 / sqrt(1 + 8) = 1 where chance has a variance of 8 squared steps
    assert implausibilities(np.array([3.0, -3.0]), np.array([0.0, 8.0])) == pytest.approx([3.0, 1.0])


def test_only_the_data_whose_use_is_to_calibrate_are_targets():
    names = {aim.indicator for aim in targets(90_000)}
    assert names == {
        "n_alliance_visits", "share_referred", "share_first_contact_primary", "share_seeking_care", "visits_per_episode",
        "share_antibiotic",
    }  # fmt: skip
    assert next(aim.value for aim in targets(90_000) if aim.indicator == "n_alliance_visits") == pytest.approx(36_480)
    assert next(aim.value for aim in targets(45_000, 1.0) if aim.indicator == "n_alliance_visits") == pytest.approx(30_400)


def test_neither_the_examination_nor_the_fund_is_fitted():
    assert not [free.name for free in free_parameters() if free.name.startswith(("hospital.accredit", "fund."))]


@pytest.mark.parametrize("driver", [free for free in free_parameters() if free.is_driver], ids=lambda free: free.name)
def test_a_reading_keeps_its_driver_where_the_others_never_go(driver):
    (low, high), (other_low, other_high) = driver.own, driver.others
    assert high < other_low or other_high < low
    declared = declarations()[driver.name]
    for end in (low, high, other_low, other_high):
        assert declared.low <= end <= declared.high
    for story in STORIES:
        assert driver.range_in(story) == (driver.own if story == driver.story else driver.others)


def test_a_calibration_starts_from_what_is_declared_and_a_reading_in_its_own_part():
    case = space_of().start()
    assert space_of().point(case)["doctor.refer.caution"] == pytest.approx(10.0)
    there = space_of("C").point(space_of("C").start())
    # the middle of 1 to 5.5 on the log scale is the square root of 5.5; all else is declared, or the nearest that is allowed
    assert there["doctor.refer.caution"] == pytest.approx(5.5**0.5, rel=1e-5)
    assert there["resident.choose_provider.utils_certificate"] == pytest.approx(0.9)
    assert space_of("D").point(space_of("D").start())["resident.seek_care.p_goes_by_itself"] == pytest.approx(0.5)


def test_every_reading_has_one_driver():
    assert sorted(free.story for free in free_parameters() if free.is_driver) == list(STORIES)


@given(st.sampled_from(("", *STORIES)), st.lists(st.floats(-1.0, 1.0), min_size=15, max_size=15))
def test_a_point_lies_where_its_position_says(story, position):
    space = space_of(story)
    assert len(space.names) == len(position)
    point = space.point(np.array(position))
    for free, (name, value) in zip(space.frees, point.items(), strict=True):
        low, high = free.range_in(story)
        assert free.name == name
        assert low <= value <= high
    again = space.point(space.position(point))
    assert again == pytest.approx(point, rel=2e-6)


def _hidden(positions):
    """Two figures, the first quadratic, the second linear; the target (0 steps) lies where x0 = 0.3 and x1 = -0.4."""
    x = positions
    return np.stack([8.0 * (x[:, 0] - 0.3) + 2.0 * (x[:, 0] ** 2 - 0.09), 5.0 * (x[:, 1] + 0.4)], axis=1)


def _evaluated(n, seed=1):
    positions = np.random.default_rng(seed).uniform(-1, 1, (n, 3))
    return Evaluations(positions, _hidden(positions), np.full(n, 2))


def test_features_are_constant_linear_and_products():
    # 1, x0, x1, then x0 x0, x0 x1, x1 x1
    assert features(np.array([[2.0, 3.0]])).tolist() == [[1.0, 2.0, 3.0, 4.0, 6.0, 9.0]]


def test_the_emulator_learns_a_quadratic_and_knows_where_it_is_unsure():
    emulator = fitted(_evaluated(60), np.zeros(2))
    there = np.random.default_rng(2).uniform(-1, 1, (200, 3))
    steps, variance = emulator.predict(there)
    assert np.abs(steps - _hidden(there)).max() < 0.3
    _, far = emulator.predict(4.0 * there)
    assert far.mean() > variance.mean()


def test_the_posterior_lies_where_the_truth_was_hidden_and_leaves_free_what_nothing_depends_on():
    sample = drawn(fitted(_evaluated(60), np.zeros(2)), 3, 300, seed=5)
    # slopes of 8 + 4 x 0.3 = 9.2 and 5 steps a unit: standard deviations near 1 / 9.2 and 1 / 5
    assert sample.mean(axis=0)[:2] == pytest.approx([0.3, -0.4], abs=0.06)
    assert sample.std(axis=0)[:2] == pytest.approx([1 / 9.2, 1 / 5], rel=0.25)
    assert sample[:, 2].std() == pytest.approx(1 / np.sqrt(3), rel=0.2)  # uniform from -1 to 1


def test_what_contradicts_itself_is_no_point_of_a_sample():
    case = Scenario("case", defaults())  # fifteen centres of eight doctors are 120 posts
    assert not contradicts(case, {"population.n_candidates": 120})
    assert contradicts(case, {"population.n_candidates": 119})


def test_polishing_stops_on_the_way_to_what_contradicts_itself():
    case, space = Scenario("case", defaults()), space_of()
    here = space.start()  # 250 candidates, and 120 posts at centres
    place = space.names.index("population.n_candidates")
    there = here.copy()
    there[place] = -1.0  # 60 candidates
    # all the way 60, three quarters of it 108 (107.5), half of it 155
    assert allowed_on_the_way(case, space, here, there)["population.n_candidates"] == 155


def test_the_same_seed_draws_the_same_sample():
    emulator = fitted(_evaluated(40), np.zeros(2))
    assert np.array_equal(drawn(emulator, 3, 20, seed=9), drawn(emulator, 3, 20, seed=9))
    assert not np.array_equal(drawn(emulator, 3, 20, seed=9), drawn(emulator, 3, 20, seed=10))


def test_polishing_goes_the_shortest_way_and_stays_inside():
    emulator = fitted(_evaluated(60), np.zeros(2))
    start = np.array([0.1, 0.0, 0.7])
    there = towards(start, _hidden(start[None])[0], emulator)
    assert there[:2] == pytest.approx([0.3, -0.4], abs=0.05)
    assert there[2] == pytest.approx(0.7, abs=0.02)
    far = towards(start, np.array([30.0, 0.0]), emulator)
    assert np.abs(far).max() <= 1.0
