"""Does every part of the page say plainly that a figure has no value, and draw nothing for it?"""

import json
import math
from typing import Any, cast

import numpy as np
import pytest

from dashboard import figures, worlds
from dashboard.band import Picture
from dashboard.choice import Choice, Settings
from dashboard.figures import has_value
from dashboard.picture import AVERAGED, LEVELS
from dashboard.rooms.decide.charts import policy_numbers
from dashboard.rooms.decide.headline import change, sentence, tile
from dashboard.rooms.decide.tables import tables_of
from dashboard.rooms.sweeps.heat_map import heat_map
from dashboard.rooms.sweeps.pictures import View
from dashboard.rooms.sweeps.points import Point
from dashboard.session import Session
from dashboard.texts import Texts
from dashboard.worlds import Run, World
from experiments.paired import difference_of
from tests.dashboard.test_headline import BASELINE, PASS_MORE

pytestmark = pytest.mark.unit

EN, ZH = Texts("en"), Texts("zh")
RATES = ("share_referred", "share_true_need", "share_self_referred")
NOBODY_SEEN = {**dict.fromkeys(RATES, math.nan), "visits_per_week": 0.0, "referrals_per_week": 0.0, "mean_doctors": 0.0}
KEYS = ("hospital.accredit.pass_rate", "fund.surplus.reinvested_share")


def picture(curve: float, *outcomes: dict[str, float], settings: Settings = ()) -> Picture:
    """Worlds in which every curve has one value all along, or none."""
    base = worlds.base()
    lines = {name: np.full(422, curve) for name in (*AVERAGED, *LEVELS)}
    made = [World(base, seed, lines, BASELINE, "b", cast("Any", None)) for seed in range(1, 1 + len(outcomes))]
    years = {name: line[161:] for name, line in lines.items()}
    runs = [Run(years, BASELINE | one, "h") for one in outcomes]
    return Picture(1, Choice(settings=settings, n_worlds=len(outcomes)), base, made, runs)


@pytest.mark.parametrize("value", [None, math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("texts", [EN, ZH], ids=["en", "zh"])
def test_every_kind_of_number_says_so_in_one_and_the_same_way(texts: Texts, value: float | None) -> None:
    writers = (figures.percent, figures.points, figures.decimal, figures.hours, figures.about, figures.count, figures.yuan)
    assert {write(texts, value) for write in writers} == {texts("figure.none")}
    assert figures.drawn([0.5, value, 2.0]) == [0.5, None, 2.0]  # type: ignore[list-item]


@pytest.mark.parametrize(("values", "greatest"), [([], 0.0), ([math.nan, None], 0.0), ([1.0, -3.0, math.nan], 3.0)])
def test_the_greatest_of_nothing_is_nothing(values: list[float | None], greatest: float) -> None:
    assert figures.greatest_size(values) == greatest


def test_a_difference_without_a_value_is_none() -> None:
    nothing, one, two = (difference_of("x", apart) for apart in ([math.nan, math.nan], [1.0, math.nan], [1.0, 2.0]))
    assert [found.has_value for found in (nothing, one, two)] == [False, True, True]
    assert [found.has_interval for found in (nothing, one, two)] == [False, False, True]


def test_curves_without_any_value_have_tables_that_say_so() -> None:
    tables = tables_of(EN, picture(math.nan, {}))
    assert {cell for table in tables["referral"] for row in table["rows"] for cell in row[1:]} == {"no value"}
    numbers = json.loads(policy_numbers(picture(math.nan, {})), parse_constant=pytest.fail)
    assert {value for line in numbers["lines"].values() for value in line} == {None}


def test_where_nobody_is_seen_the_sentence_says_so_and_no_rate() -> None:
    for texts, nobody in ((EN, "no child is seen by an accredited doctor"), (ZH, "没有儿童由考核通过的医生接诊")):
        for settings in ((), PASS_MORE):
            said = sentence(texts, picture(1.0, NOBODY_SEEN, settings=settings))
            assert nobody in said
            assert texts("figure.none") not in said


def test_a_figure_without_a_value_is_not_called_unchanged() -> None:
    found = picture(1.0, *[NOBODY_SEEN] * 3, settings=PASS_MORE)
    said = change(EN, found)
    told, _, without = said.partition("Without a value: ")
    assert "rate" in without
    assert "self-referral" in without
    assert "rate" not in told
    assert tile(EN, found, "share_referred")["value"] == tile(EN, found, "share_referred")["difference"] == "no value"


def test_a_shared_link_remembers_only_figures_that_have_a_value() -> None:
    session = Session("en", query="worlds=1")
    session.whole.set(picture(1.0, NOBODY_SEEN))
    was = session.visit_now(is_shared=True).link.was
    assert set(was) == {"n_missed_serious_per_1000_serious", "fund_reserve_yuan"}
    assert all(map(has_value, was.values()))


def test_a_map_of_points_without_a_value_has_no_numbers_on_its_scale() -> None:
    points = [Point((x, y), {1: math.nan}, math.nan, math.nan) for x in (0.1, 0.2) for y in (0.0, 1.0)]
    plot = heat_map(EN, View("share_referred", *KEYS, {}), points, KEYS, "mine").plot
    assert plot.option["visualMap"]["text"] == ["", ""]
    assert {cell for row in plot.table.rows for cell in row[1:]} == {"no value"}
    json.dumps(plot.option, allow_nan=False)
