"""Does one scenario with one seed give the same bits, whatever runs it?"""

import importlib.util
from pathlib import Path

import pytest

from model import calendar
from model.alliance import AllianceModel
from model.scenario import load_scenario

pytestmark = pytest.mark.property

ROOT = Path(__file__).resolve().parents[2]
BURN_IN_AND_A_YEAR = 104
_spec = importlib.util.spec_from_file_location("digest", Path(__file__).with_name("digest.py"))
digest = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(digest)


@pytest.fixture(scope="module")
def bits(small):
    return digest.digest_of(AllianceModel(small).run_until(BURN_IN_AND_A_YEAR))


def test_compiled_and_plain_python_give_the_same_bits(bits, digest_elsewhere):
    assert digest_elsewhere(2_000, BURN_IN_AND_A_YEAR, NUMBA_DISABLE_JIT="1") == bits


def test_compiled_and_plain_python_give_the_same_bits_where_every_rule_has_work_to_do(digest_elsewhere, monkeypatch):
    monkeypatch.chdir(ROOT)
    n_children, n_weeks = 700, 170
    model = AllianceModel(load_scenario("scenarios/huaxi.toml").with_settings(digest.BUSY | {"population.n_children": n_children}))
    counts = model.run_until(n_weeks).weekly()[["n_removed", "n_left_alliance", "n_quits", "n_signings", "n_advised"]].sum()
    assert (counts > 0).all(), f"a rule had nothing to do: {counts.to_dict()}"
    assert digest_elsewhere(n_children, n_weeks, "busy", NUMBA_DISABLE_JIT="1") == digest.digest_of(model)


@pytest.mark.parametrize("hash_seed", ["1", "4242"])
def test_the_hash_seed_of_python_changes_nothing(hash_seed, bits, digest_elsewhere):
    assert digest_elsewhere(2_000, BURN_IN_AND_A_YEAR, PYTHONHASHSEED=hash_seed) == bits


def test_a_second_run_in_one_process_gives_the_same_bits(small, bits):
    assert digest.digest_of(AllianceModel(small).run_until(BURN_IN_AND_A_YEAR)) == bits


def test_two_models_stepped_in_turn_do_not_touch_each_other(small, medium, bits):
    one, other = AllianceModel(small), AllianceModel(medium, seed=9)
    while one.week < BURN_IN_AND_A_YEAR:
        one.step()
        other.step()
    assert digest.digest_of(one) == bits


def test_a_run_from_a_checkpoint_equals_a_run_from_the_start(small, bits):
    checkpoint = AllianceModel(small).run_until(71).checkpoint()
    assert digest.digest_of(AllianceModel.from_checkpoint(checkpoint).run_until(BURN_IN_AND_A_YEAR)) == bits
    assert digest.digest_of(AllianceModel.from_checkpoint(checkpoint).run_until(BURN_IN_AND_A_YEAR)) == bits, "used up"


@pytest.mark.parametrize(
    ("seed", "key", "value"),
    [(5, "fund.pay.yuan_per_avoided_referral", 200.0), (481, "fund.pay.yuan_per_expert_hour", 292.5)],
)
def test_a_policy_that_begins_at_a_checkpoint_equals_one_from_the_start(seed, key, value):
    """A change of doctors' pay settles the old tariff first: that must not be lost where the past is shared."""
    case = load_scenario("scenarios/huaxi.toml").with_settings({"population.n_children": 20_000})
    policy = case.with_settings({key: value}, from_date=calendar.POLICY_START)
    checkpoint = AllianceModel(case, seed=seed).run_until(calendar.FIRST_POLICY_WEEK).checkpoint()
    until = calendar.FIRST_POLICY_WEEK + 60
    shared = AllianceModel.from_checkpoint(checkpoint, policy).run_until(until)
    assert shared.result_hash() == AllianceModel(policy, seed=seed).run_until(until).result_hash()


def test_looking_at_agents_changes_nothing(small, bits):
    model = AllianceModel(small)
    while model.week < BURN_IN_AND_A_YEAR:
        model.step()
        if model.week % 20 == 0:
            [child.as_dict() for child in model.views.children()]
            model.weekly()
            model.indicators("burn_in")
    assert digest.digest_of(model) == bits


def test_another_seed_is_another_world(small, bits):
    other = digest.digest_of(AllianceModel(small, seed=2).run_until(BURN_IN_AND_A_YEAR))
    assert other["results"] != bits["results"]
