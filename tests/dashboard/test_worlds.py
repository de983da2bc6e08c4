"""Is what the dashboard runs the engine's own result, with the shared past left as it was?"""

from collections.abc import Iterator

import numpy as np
import pytest

from dashboard import worlds
from dashboard.choice import Choice, lever, with_policy
from dashboard.picture import has_surplus
from model.alliance import AllianceModel
from model.calendar import HISTORY_WEEKS, N_WEEKS, POLICY_WEEKS
from model.refusal import ScenarioError
from tests.dashboard.conftest import small_worlds

pytestmark = pytest.mark.unit

EXAMINATION = "hospital.accredit.pass_rate"
PASS_MORE = ((EXAMINATION, 0.6),)


@pytest.fixture(scope="module")
def small() -> Iterator[worlds.World]:
    with small_worlds(1000):
        yield worlds.world(worlds.base(), 1, lambda stage, done: None)


def test_all_curves_cover_all_weeks(small: worlds.World) -> None:
    assert {len(values) for values in small.baseline.values()} == {HISTORY_WEEKS + POLICY_WEEKS}


def test_no_lever_moved_gives_the_baseline(small: worlds.World) -> None:
    (run,) = worlds.policy_run(small, ())
    assert all(np.array_equal(run.curves[name], values[HISTORY_WEEKS:], equal_nan=True) for name, values in small.baseline.items())
    assert run.outcome == small.baseline_outcome
    assert run.result_hash == small.baseline_hash


def test_a_policy_from_the_checkpoint_is_the_run_from_the_start_to_the_last_bit(small: worlds.World) -> None:
    *_, whole = worlds.policy_run(small, PASS_MORE)
    model = AllianceModel(with_policy(small.base.scenario, PASS_MORE), seed=1).run_until(N_WEEKS)
    assert whole.result_hash == model.result_hash()
    assert whole.outcome is not None
    assert whole.outcome["share_referred"] == model.indicators("policy")["share_referred"]


def test_a_run_grows_without_changing_what_it_showed(small: worlds.World) -> None:
    pieces = list(worlds.policy_run(small, ((EXAMINATION, 0.5),)))
    whole = pieces[-1]
    assert whole.outcome is not None
    assert [len(piece.curves["share_referred"]) for piece in pieces] == [52, 104, 156, 208, POLICY_WEEKS]
    for piece in pieces[:-1]:
        assert piece.outcome is None
        for name, values in piece.curves.items():
            assert np.array_equal(whole.curves[name][: len(values)], values, equal_nan=True)


def test_the_same_move_again_is_not_simulated_again(small: worlds.World) -> None:
    *_, first = worlds.policy_run(small, ((EXAMINATION, 0.3),))
    assert list(worlds.policy_run(small, ((EXAMINATION, 0.3),))) == [first]


def test_a_run_that_nobody_waits_for_ends(small: worlds.World) -> None:
    with pytest.raises(worlds.NotWantedError):
        list(worlds.policy_run(small, ((EXAMINATION, 0.7),), lambda: False))


def test_without_an_alliance_nobody_is_referred_by_it_and_no_surplus_arises(small: worlds.World) -> None:
    outcome = worlds.without_alliance(small.base, 1)
    assert outcome["n_recorded_referrals"] == 0
    assert not has_surplus(outcome)


@pytest.mark.parametrize("name", ["../README", "nowhere", "/etc/passwd", "readings/../../app", ""])
def test_only_scenarios_of_the_folder_are_found(name: str) -> None:
    with pytest.raises(ScenarioError):
        worlds.base(name)


def test_a_number_of_children_that_is_none_is_refused_in_plain_words(small: worlds.World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLIANCE_CHILDREN", "many")
    with pytest.raises(ValueError, match="ALLIANCE_CHILDREN is 'many'; allowed is a whole number"):
        worlds.base_of("huaxi", small.base.scenario)


def test_a_lever_starts_at_what_the_scenario_has_in_force_when_the_policy_begins() -> None:
    mature, key = worlds.base("mature_alliance").scenario, "hospital.support.share_for_training"
    assert (mature.parameter(key).value, lever(mature, key).value) == (0.06, 0.12)
    assert Choice().with_setting(key, 0.12, mature).settings == ()
    assert Choice().with_setting(key, 0.06, mature).settings == ((key, 0.06),)
