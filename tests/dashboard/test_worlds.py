"""Is what the dashboard runs the engine's own result, with the shared past left as it was?"""

from collections.abc import Iterator

import pytest

from dashboard import worlds
from dashboard.picture import has_surplus
from model.calendar import HISTORY_WEEKS, POLICY_WEEKS

pytestmark = pytest.mark.unit

EXAMINATION = "hospital.accredit.pass_rate"


@pytest.fixture(scope="module")
def small() -> Iterator[worlds.World]:
    worlds.scenario.cache_clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ALLIANCE_CHILDREN", "1000")
        yield worlds.world(1, lambda stage, done: None)
    worlds.scenario.cache_clear()


def test_all_curves_cover_all_weeks(small: worlds.World) -> None:
    assert {len(values) for values in small.baseline.values()} == {HISTORY_WEEKS + POLICY_WEEKS}


def test_settings_that_change_nothing_give_the_baseline(small: worlds.World) -> None:
    unchanged = {EXAMINATION: worlds.scenario("huaxi").parameter(EXAMINATION).value}
    *_, (whole, outcome) = worlds.policy_run(1, unchanged, small)
    assert whole == {name: values[HISTORY_WEEKS:] for name, values in small.baseline.items()}
    assert outcome == pytest.approx(small.baseline_outcome, nan_ok=True)


def test_a_run_grows_without_changing_what_it_showed(small: worlds.World) -> None:
    pieces = list(worlds.policy_run(1, {EXAMINATION: 0.6}, small))
    whole, outcome = pieces[-1]
    assert outcome is not None
    assert [len(drawn["share_referred"]) for drawn, _ in pieces] == [52, 104, 156, 208, POLICY_WEEKS]
    for drawn, unfinished in pieces[:-1]:
        assert unfinished is None
        assert all(whole[name][: len(values)] == values for name, values in drawn.items())


def test_the_same_move_again_is_not_simulated_again(small: worlds.World) -> None:
    *_, first = worlds.policy_run(1, {EXAMINATION: 0.3}, small)
    assert list(worlds.policy_run(1, {EXAMINATION: 0.3}, small)) == [first]


def test_without_an_alliance_nobody_is_referred_by_it_and_no_surplus_arises(small: worlds.World) -> None:
    outcome = worlds.without_alliance(1)
    assert outcome["n_recorded_referrals"] == 0
    assert not has_surplus(outcome)


def test_a_number_of_children_that_is_none_is_refused_in_plain_words(small: worlds.World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLIANCE_CHILDREN", "many")
    with pytest.raises(ValueError, match="ALLIANCE_CHILDREN is 'many'; allowed is a whole number"):
        worlds.scenario.__wrapped__("huaxi")
