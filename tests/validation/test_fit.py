"""Is a figure held against what is known by the right measure?"""

import math
from xml.etree import ElementTree

import pytest

from experiments.validation.fit import FIRST_SEED, FORECAST, NEXT_YEAR, Figures, books_checks, compared, fit_checks
from experiments.validation.fit_forecast import forecast_checks, of_one_world, wanted_checks
from experiments.validation.fit_picture import fit_picture
from model.known import CALIBRATE, VALIDATE, Known, data_for, declared_figures

pytestmark = pytest.mark.unit
N_CHILDREN = 90_000.0


def a_world(seed: int = FIRST_SEED, **figures: float) -> Figures:
    """A world in which every datum is met but for these figures."""
    exact = {}
    for use in (CALIBRATE, VALIDATE):
        for datum in data_for(use).values():
            value = datum.value if datum.value is not None else ((datum.low or 0) + (datum.high or 0)) / 2
            weeks = {"burn_in": 52, "history": 161}[datum.period]
            per = {"": 1.0, "child": N_CHILDREN, "child_year": N_CHILDREN * weeks / 52.1775}[datum.per]
            exact[datum.pattern] = value * per * (0.6 if datum.name == "n_alliance_visits" else 1.0)
    period = exact | {"n_children": N_CHILDREN} | figures
    next_year = dict.fromkeys(FORECAST, 10.0 + seed - FIRST_SEED)
    return {"seed": seed, "hash": "ab", "imbalance": 0.0, "figures": {"burn_in": period, "history": period, NEXT_YEAR: next_year}}


def worlds(n: int = 4, **figures: float) -> list[Figures]:
    return [a_world(FIRST_SEED + seed, **figures) for seed in range(n)]


def verdict_of(name: str, found: list[Figures]) -> str:
    return next(check.verdict for check in fit_checks("x", found) if check.name == f"x: {name}")


def test_a_world_that_meets_everything_holds_everywhere():
    checks = fit_checks("x", worlds())
    assert {check.verdict for check in checks} == {"holds"}
    assert {check.heading for check in checks} == {"external"}
    assert len(checks) == len(data_for(CALIBRATE)) + len(data_for(VALIDATE))


@pytest.mark.parametrize(
    ("name", "inside", "outside"),
    [
        ("n_alliance_visits", 36_480 * 1.049, 36_480 * 1.051),  # 5 %
        ("share_referred", 0.0129 - 1e-6, 0.0129 + 1e-6),  # 0.1 percentage points
        ("share_antibiotic", 0.272, 0.27),  # the range of the sources
    ],
)
def test_a_datum_holds_up_to_its_limit(name, inside, outside):
    assert verdict_of(name, worlds(**{name: inside})) == "holds"
    assert verdict_of(name, worlds(**{name: outside})) == "fails"


def test_visits_are_those_of_the_zone_and_of_its_children():
    found = compared(declared_figures()["n_alliance_visits"], worlds(n_children=N_CHILDREN / 2))
    assert found.value == pytest.approx(60_800 * 0.6 / 2)
    assert found.verdict == "fails"


def test_the_distance_counts_tolerance_and_luck_together():
    figures = [0.0119 + shift for shift in (-0.0003, 0.0003, 0.0007, 0.0013)]
    found = compared(declared_figures()["share_referred"], [a_world(share_referred=figure) for figure in figures])
    assert found.sd == pytest.approx(0.00067330, rel=1e-4)
    assert found.distance == pytest.approx(0.0005 / math.hypot(0.0005, 0.0006733 / 2), rel=1e-4)


def test_what_nobody_counted_is_open():
    assert verdict_of("share_referred", worlds(share_referred=math.nan)) == "open"
    unknown = Known("moons", "1", "Moons", "measured", VALIDATE, "n_moons", low=0.0, high=1.0)
    assert compared(unknown, worlds()).verdict == "open"


def test_an_interval_that_reaches_beyond_the_range_is_told():
    found = [a_world(share_satisfied_with_payment=value) for value in (0.85, 0.98)]
    check = next(one for one in fit_checks("x", found) if one.name.endswith("payment"))
    assert check.verdict == "holds"
    assert "reaches beyond" in check.because


def test_books_and_bits_are_held_exactly():
    assert [check.verdict for check in books_checks("x", worlds(), a_world())] == ["holds", "holds"]
    other, wrong = a_world() | {"hash": "cd"}, [a_world() | {"imbalance": 1.0}]
    assert [check.verdict for check in books_checks("x", wrong, other)] == ["fails", "fails"]


def test_a_forecast_is_of_one_world_and_stays_open():
    reach = 4.3027 * 2.0 * math.sqrt(4 / 3)
    assert of_one_world([10.0, 12.0, 14.0]) == pytest.approx((12.0 - reach, 12.0 + reach))
    assert of_one_world([1.0, 3.0, 5.0]) == pytest.approx((0.0, 3.0 + reach))  # nothing below zero is counted
    checks = [*wanted_checks(), *forecast_checks("x", worlds())]
    assert {(check.heading, check.verdict) for check in checks} == {("predictive", "open")}
    assert len(checks) > len(FORECAST)


def test_the_picture_shows_every_datum_and_scenario_and_is_the_same_twice():
    found = {"huaxi": worlds(), "a & <b>": worlds(share_referred=0.5, share_antibiotic=math.nan)}
    picture = fit_picture(found)
    assert picture == fit_picture(found)
    text = " ".join(ElementTree.fromstring(picture.svg).itertext())  # noqa: S314  (our own drawing)
    assert all(name in text for name in (*data_for(CALIBRATE), *data_for(VALIDATE), "huaxi", "a & <b>"))
    assert "→" in text
    assert "1 of" in picture.says
