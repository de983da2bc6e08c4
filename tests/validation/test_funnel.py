"""Is the funnel drawn from the committee's counts, and does dispersion tell luck from judgement?"""

import numpy as np
import pytest

import alliance
from agents.compiled import IS_COMPILED
from experiments.validation import funnel

pytestmark = [
    pytest.mark.unit,
    pytest.mark.skipif(not IS_COMPILED, reason="thousands of weeks or whole worlds take minutes as plain Python"),
]

RATE = 0.012


@pytest.fixture(scope="module")
def model():
    scenario = alliance.load("scenarios/huaxi.toml", {"hospital.accredit.pass_rate": 0.5}, children=12_000)
    return funnel.at_end_of_history(scenario, 1)


def of_rates(rates: np.ndarray) -> funnel.Scatter:
    visits = np.full(len(rates), 1_000)
    return funnel.Scatter(visits, np.random.default_rng(1).binomial(visits, rates))


def test_the_doctors_are_those_the_committee_sees(model):
    found, counts = funnel.scatter([model]), model.world.review_counts.sum(axis=1)
    assert 0 < len(found.visits) <= model.world.doctors.is_accredited.sum()
    assert found.visits.sum() <= counts[:, 0].sum()
    assert found.visits.min() >= funnel.LEAST_VISITS


def test_the_same_doctors_give_the_same_bytes(model):
    first, second = funnel.funnel(model), funnel.funnel([model])
    assert first.svg == second.svg
    assert first.svg.startswith(b"<?xml")
    assert b"<dc:date>" not in first.svg
    assert f"{len(funnel.scatter([model]).visits)} accredited doctors" in first.says


def test_without_doctors_there_is_no_funnel():
    scenario = alliance.load("scenarios/huaxi.toml", {"hospital.accredit.is_running": 0}, children=2_000)
    with pytest.raises(ValueError, match="nobody is accredited"):
        funnel.funnel(funnel.at_end_of_history(scenario, 1))


def test_the_distance_of_one_doctor_is_that_worked_out_by_hand():
    found = funnel.Scatter(np.array([100, 300]), np.array([4, 4]))
    assert found.mean == 0.02
    assert found.z == pytest.approx([0.02 / 0.014, -(0.02 - 4 / 300) / (0.014 / 3**0.5)])
    assert found.share_beyond(1.0) == 0.5


def test_luck_beyond_the_limits_is_the_tail_of_the_binomial():
    found = funnel.Scatter(np.array([2]), np.array([1]))  # a fair coin thrown twice: 1 away from the mean is sqrt(2) errors
    assert found.by_luck_beyond(1.0) == pytest.approx(0.5)
    assert found.by_luck_beyond(2.0) == 0.0


def test_doctors_who_judge_alike_have_a_dispersion_of_one():
    assert funnel.alike_check().verdict == "holds"
    assert of_rates(np.full(500, RATE)).dispersion == pytest.approx(1.0, abs=0.2)


def test_doctors_who_do_not_judge_alike_have_more():
    spread = RATE * np.exp(0.4 * np.random.default_rng(2).standard_normal(500))
    assert of_rates(spread).dispersion > 1.5
    assert of_rates(spread).share_beyond(2.0) > of_rates(spread).by_luck_beyond(2.0)


def test_equally_cautious_doctors_are_compared_with_the_declared_ones():
    scenario = alliance.load("scenarios/huaxi.toml", {"hospital.accredit.pass_rate": 0.8}, children=40_000)
    checks = funnel.funnel_checks(scenario, seeds=(1, 2))
    assert [check.name for check in checks] == ["funnel: the measure", "funnel: over-dispersion", "funnel: spread of caution"]
    assert checks[1].verdict == "holds"


def test_without_doctors_the_scatter_is_open():
    scenario = alliance.load("scenarios/huaxi.toml", {"hospital.accredit.is_running": 0}, children=1_000)
    assert [check.verdict for check in funnel.funnel_checks(scenario, seeds=(1, 2))] == ["holds", "open", "open"]


def test_doctors_who_judge_alike_are_not_called_over_dispersed():
    assert funnel.luck_check(of_rates(np.full(500, RATE)), 1).verdict == "fails"
