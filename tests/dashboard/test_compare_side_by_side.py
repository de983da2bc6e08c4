"""Are kept policies compared in the same worlds, with nothing of the engine's numbers changed?"""

from collections.abc import Iterator

import numpy as np
import pytest

from dashboard import worlds
from dashboard.choice import Settings
from dashboard.rooms.compare import beside, inputs, side_by_side
from dashboard.rooms.compare.beside import Entry
from dashboard.session import Session
from dashboard.texts import Texts
from tests.dashboard.conftest import small_worlds

pytestmark = pytest.mark.unit

ENGLISH = Texts("en")
REWARD, EXAMINATION = "fund.pay.yuan_per_avoided_referral", "hospital.accredit.pass_rate"
PASS_MORE: Settings = ((EXAMINATION, 0.6),)


@pytest.fixture(scope="module")
def listed() -> Iterator[list[Entry]]:
    with small_worlds(4000):
        yield beside.entries(Session("en", query=f"keep=Pass|huaxi|{EXAMINATION}~0.6&keep=Same|huaxi"), ENGLISH)


@pytest.fixture(scope="module")
def together(listed: list[Entry]) -> side_by_side.Together:
    return side_by_side.simulate(listed, range(1, 3), lambda _: None, lambda _: None)


def test_figures_are_those_of_the_runs(listed: list[Entry], together: side_by_side.Together) -> None:
    shared = [worlds.world(listed[0].base, seed, worlds.unreported) for seed in (1, 2)]
    runs = [worlds.whole_run(world, PASS_MORE) for world in shared]
    found = together.difference(listed[1], listed[0], "share_referred")
    apart = [
        run.outcome["share_referred"] - world.baseline_outcome["share_referred"]
        for run, world in zip(runs, shared, strict=True)
        if run.outcome
    ]
    assert found.mean == pytest.approx(sum(apart) / 2, rel=1e-12)
    assert found.n_seeds == 2
    last = [run.curves["share_referred"][-1] for run in runs]
    assert together.curves[listed[1].mark]["share_referred"][-1] == np.nanmean(last)


def test_a_policy_without_a_lever_is_its_baseline(listed: list[Entry], together: side_by_side.Together) -> None:
    assert all(together.difference(listed[2], listed[0], name).mean == 0 for name in side_by_side.FIGURES)


def test_policies_share_their_past(listed: list[Entry], together: side_by_side.Together) -> None:
    weeks = together.weeks[listed[0].mark]
    past = weeks < 161
    assert 5 < past.sum() < 20
    baseline, policy = (together.curves[entry.mark]["share_referred"] for entry in listed[:2])
    assert np.array_equal(baseline[past], policy[past], equal_nan=True)
    assert not np.array_equal(baseline[~past], policy[~past], equal_nan=True)


def test_a_comparison_is_known_afterwards_whatever_its_policies_are_called(
    listed: list[Entry], together: side_by_side.Together
) -> None:
    asked = tuple(entry.mark for entry in listed), (1, 2)
    assert side_by_side.known(asked) is together


def test_nothing_more_is_simulated_when_nobody_waits(listed: list[Entry]) -> None:
    def report(done: float) -> None:
        raise worlds.NotWantedError

    with pytest.raises(worlds.NotWantedError):
        side_by_side.simulate(listed, range(5, 7), report, lambda _: None)


def test_each_policy_is_compared_with_the_baseline_of_its_own_scenario() -> None:
    listed = beside.entries(Session("en", query="keep=A|huaxi&keep=B|qinghe&compare_reference=B"), ENGLISH)
    first, second, a, b = listed
    assert (beside.reference_of(listed, a, None), beside.reference_of(listed, b, None)) == (first, second)
    assert beside.reference_of(listed, a, b) is b
    assert beside.reference_of(listed, first, None) is None
    assert beside.strangers(listed, None) == []
    assert beside.strangers(listed, b) == [first, a]


@pytest.mark.parametrize("name", ["", "nobody", "Baseline", "<script>"])
def test_a_reference_that_an_address_invents_is_the_baseline(name: str) -> None:
    listed = beside.entries(Session("en", query="keep=A|huaxi"), ENGLISH)
    assert beside.chosen(listed, name) is None


def test_only_levers_that_differ_have_a_row() -> None:
    listed = beside.entries(Session("en", query=f"keep=A|huaxi|{REWARD}~200&keep=B|huaxi"), ENGLISH)
    moved, others = inputs.differing(listed)
    assert (moved, others) == ([REWARD], [])
    assert [cell["is_moved"] for cell in inputs.row(ENGLISH, listed, REWARD)["cells"]] == [False, True, False]


def test_numbers_in_which_scenarios_differ_are_listed_apart() -> None:
    listed = beside.entries(Session("en", query=f"keep=A|huaxi|{REWARD}~200&keep=B|qinghe"), ENGLISH)
    moved, others = inputs.differing(listed)
    assert moved == [REWARD]
    assert others
    assert REWARD not in others
