"""Are a sweep's pictures what its points say, and does a click find its point?"""

import json
import math

import pytest

from dashboard.rooms.sweeps.figure_list import chosen, options, write, write_difference
from dashboard.rooms.sweeps.heat_map import heat_map
from dashboard.rooms.sweeps.lines import MOST_LINES, chosen_values, lines
from dashboard.rooms.sweeps.pictures import View
from dashboard.rooms.sweeps.points import Point, influences
from dashboard.rooms.sweeps.tornado import moved_text, tornado
from dashboard.texts import LANGUAGES, Texts
from model.indicators import INDICATORS

pytestmark = pytest.mark.unit

EN = Texts("en")
KEYS = ("hospital.accredit.pass_rate", "fund.surplus.reinvested_share")
VIEW = View("share_referred", *KEYS)


def point(first: float, second: float, low: float, high: float) -> Point:
    mean = (low + high) / 2
    return Point((first, second), {1: low, 2: high}, mean, 0.001)


POINTS = [point(0.1, 0, 0.01, 0.02), point(0.1, 1, 0.01, 0.03), point(0.4, 0, 0.03, 0.05), point(0.4, 1, 0.05, 0.07)]


def test_each_cell_is_a_point_and_a_click_finds_it() -> None:
    drawn = heat_map(EN, VIEW, POINTS, KEYS, "s")
    cells = drawn.plot.option["series"][0]["data"]
    assert [cell["value"] for cell in cells] == [[0, 0, 0.015], [0, 1, 0.02], [1, 0, 0.04], [1, 1, pytest.approx(0.06)]]
    assert cells[0]["label"]["formatter"] == "1.50%"
    assert drawn.picked({"series": "share_referred", "at": 2}) == (0.4, 0)
    assert drawn.plot.table.rows == [["0%", "1.50%", "4.00%"], ["100%", "2.00%", "6.00%"]]


@pytest.mark.parametrize(
    "where", [{}, {"series": "x", "at": 0}, {"series": "share_referred", "at": 99}, {"series": "share_referred", "at": True}]
)
def test_a_click_on_nothing_finds_no_point(where: dict[str, object]) -> None:
    assert heat_map(EN, VIEW, POINTS, KEYS, "s").picked(where) is None


def test_lines_have_bands_as_wide_as_their_intervals() -> None:
    drawn = lines(EN, VIEW, POINTS, KEYS, "s")
    low, band, line = drawn.plot.option["series"][:3]
    assert [mark["value"] for mark in line["data"]] == [[0, 1.5], [400, 4]]
    assert [mark["value"][1] for mark in low["data"]] == [pytest.approx(1.4), pytest.approx(3.9)]
    assert [mark["value"][1] for mark in band["data"]] == [pytest.approx(0.2)] * 2
    assert drawn.picked({"series": "Surplus put back into primary care: 100%", "at": 1}) == (0.4, 1)


def test_no_two_lines_differ_by_colour_alone() -> None:
    series = lines(EN, VIEW, POINTS, KEYS, "s").plot.option["series"]
    assert len({(one["lineStyle"]["type"], one["symbol"]) for one in series[2::3]}) == 2


def test_many_values_get_some_lines_from_end_to_end() -> None:
    found = chosen_values([float(value) for value in range(21)])
    assert (len(found), found[0], found[-1]) == (MOST_LINES, 0, 20)


def test_bars_say_what_cannot_be_told_from_nothing() -> None:
    found = influences(POINTS, KEYS, "share_referred")
    assert [one.key for one in found] == list(KEYS)
    assert "not distinguishable" in moved_text(EN, VIEW, found[1])
    bars = tornado(EN, VIEW, found, "s").option["series"][1]["data"]
    assert bars[0]["value"] == pytest.approx(3.25)
    assert bars[1]["itemStyle"]["borderType"] == "dashed"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("figure", [*options(EN)[0]["options"], {"value": "years_of_nothing"}], ids=lambda one: one["value"])
def test_every_picture_can_be_sent_in_every_language(language: str, figure: dict[str, str]) -> None:
    """A figure without a value in any world leaves a gap; a browser reads no `NaN`."""
    texts, view = Texts(language), View(chosen(figure["value"]), *KEYS)
    empty = Point((0.4, 0.5), {1: math.nan}, math.nan, math.nan)
    points = [*POINTS, empty, Point((0.1, 0.5), {1: 0.4}, 0.4, math.nan)]
    pictures = [heat_map(texts, view, points, KEYS, "s").plot, lines(texts, view, points, KEYS, "s").plot]
    pictures.append(tornado(texts, view, influences(points, KEYS, view.figure), "s"))
    for plot in pictures:
        assert json.loads(json.dumps(plot.option, allow_nan=False))


def test_one_lever_alone_has_one_line() -> None:
    single = [Point((value,), {1: value}, value, math.nan) for value in (0.1, 0.2)]
    drawn = lines(EN, View("share_referred", KEYS[0]), single, KEYS[:1], "s")
    assert len(drawn.plot.option["series"]) == 3


def test_every_indicator_can_be_chosen_and_written() -> None:
    listed = [one["value"] for group in options(EN) for one in group["options"]]
    assert sorted(listed) == sorted(INDICATORS)
    for name in INDICATORS:
        assert write(EN, name, 123.4) != write_difference(EN, name, -123.4)
        assert write(EN, name, math.nan) == "no value"


def test_a_figure_that_is_none_is_the_usual_one() -> None:
    assert chosen("<script>") == chosen("") == "share_referred"
