"""Do the mechanisms of docs/mechanisms.md come out, with 20 paired seeds?

Protocol, seeds and claims stand in docs/mechanisms.md and experiments/mechanisms.py; they were written down before the first
run. The whole zone, as there.
"""

import pytest

from experiments.mechanisms import SEEDS, run_mechanisms, run_pass_through, years_of_reinvestment
from model.scenario import load_scenario

pytestmark = pytest.mark.pattern


@pytest.fixture(scope="module")
def scenario():
    return load_scenario("scenarios/huaxi.toml")


def claimed(verdicts):
    return {(v.mechanism.split()[0], v.indicator): (v.word, v.found) for v in verdicts if v.claimed}


def test_passing_paying_and_reinvesting_move_what_they_should(scenario):
    found = claimed(run_mechanisms(scenario, SEEDS))
    not_shown = {key: difference for key, (word, difference) in found.items() if word != "shown"}
    assert not_shown == {}


def test_an_incentive_does_more_where_it_arrives(scenario):
    found = claimed(run_pass_through(scenario, SEEDS))
    assert {word for word, _ in found.values()} == {"shown"}


def test_the_reinvestment_lever_binds_in_every_seed(scenario):
    assert all(years > 0 for years in years_of_reinvestment(scenario, SEEDS[:5]))
