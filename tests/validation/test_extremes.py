"""Do null and extreme tests hold in small worlds, and can they fail?"""

from dataclasses import replace

import pytest

import alliance
from agents.compiled import IS_COMPILED
from experiments.validation import extremes, extremes_places, labels
from experiments.validation.extremes import NULLS, ORDERS, Null, Order

pytestmark = [
    pytest.mark.unit,
    pytest.mark.skipif(not IS_COMPILED, reason="thousands of weeks or whole worlds take minutes as plain Python"),
]

SEEDS = (1,)
LOUD = {"hospital.accredit.pass_rate": 0.8}  # many accredited doctors, so that a small world has something to lose


@pytest.fixture(scope="module")
def scenario():
    return alliance.load("scenarios/huaxi.toml", LOUD, children=4_000)


@pytest.fixture(scope="module")
def base(scenario):
    return extremes.history(scenario, {}, SEEDS)


@pytest.mark.parametrize("null", NULLS, ids=lambda null: null.name)
def test_what_is_off_leaves_exactly_nothing(scenario, base, null):
    check = extremes.null_check(scenario, null, base, SEEDS)
    assert check.verdict == "holds", check.found


def test_a_switch_that_is_not_off_is_found(scenario, base):
    wrong = next(null for null in NULLS if null.name == "no fund")._replace(settings={"fund.plan.is_running": 1})
    assert extremes.null_check(scenario, wrong, base, SEEDS).verdict == "fails"


def test_a_null_that_has_nothing_to_lose_is_open(scenario, base):
    empty = Null("nothing", {}, ("fund_severe_benefit_yuan",))  # zero with and without
    assert extremes.null_check(scenario, empty, base, SEEDS).verdict == "open"


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: order.name)
def test_the_ends_of_a_scale_differ_as_they_must(scenario, order):
    check = extremes.order_check(scenario, order, SEEDS)
    assert check.verdict == "holds", check.found


def test_the_wrong_order_is_found(scenario):
    room = next(order for order in ORDERS if order.name.startswith("room"))
    wrong = Order(room.name, room.high, room.low, room.signs)
    assert extremes.order_check(scenario, wrong, SEEDS).verdict == "fails"


def test_everybody_passes_or_is_sent_where_nothing_is_asked(scenario):
    assert [check.verdict for check in extremes.equal_checks(scenario, SEEDS)] == ["holds", "holds"]


def test_levers_at_their_own_values_change_not_one_bit(scenario):
    short = replace(scenario, policy_years=1).with_settings({"population.n_children": 1_000})
    assert [check.verdict for check in extremes.neutral_checks(short, SEEDS)] == ["holds"] * 3


def test_a_lever_dated_before_the_policy_years_counts_with_its_later_value(scenario):
    from model import calendar

    dated = scenario.with_settings({"hospital.accredit.pass_rate": 0.3}, calendar.CASE_START)
    assert extremes.levers(dated)["hospital.accredit.pass_rate"] == 0.3
    assert extremes.levers(scenario)["hospital.accredit.pass_rate"] == 0.8


def test_the_smallest_worlds_hold_together(scenario):
    checks = extremes_places.place_checks(scenario, SEEDS)
    assert [check.verdict for check in checks] == ["holds"] * 3
    assert "allowed is a whole number from 200" in checks[1].found


def test_labels_that_mean_nothing_change_nothing(scenario):
    checks = labels.label_checks(scenario, (1, 2))
    assert [(check.name, check.verdict) for check in checks if check.verdict != "holds"] == []
    assert len(checks) == 6


def test_a_district_whose_halves_differ_is_found(scenario, monkeypatch):
    honest = extremes_places.village

    def lopsided(n_centres=1):
        village = honest(n_centres)
        far = replace(village.providers[1], x_km=3 * extremes_places.KM)
        return replace(village, providers=(village.providers[0], far, *village.providers[2:]))

    monkeypatch.setattr(extremes_places, "village", lopsided)
    assert labels.mirrored_halves(scenario, (1, 2, 3)).verdict == "fails"
