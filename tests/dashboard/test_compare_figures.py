"""Do figures and pictures say what is known, and what cannot be told apart?"""

import math

import pytest

from dashboard.rooms.compare import beside, differences, figures, forest
from dashboard.rooms.compare.side_by_side import CURVES, FIGURES, Together
from dashboard.rooms.decide.first_figures import SIDE_BY_SIDE, WRITERS
from dashboard.session import Session
from dashboard.texts import LANGUAGES, Texts
from experiments.paired import Difference
from experiments.subjects import MAY_BREAK

pytestmark = pytest.mark.unit

ENGLISH = Texts("en")
RATE = "share_referred"
REWARD = "fund.pay.yuan_per_avoided_referral"


def made(*values: float) -> tuple[list[beside.Entry], Together]:
    """A baseline at 0.02 in three worlds, and a policy at these values."""
    listed = beside.entries(Session("en", query=f"keep=A|huaxi|{REWARD}~200"), ENGLISH)
    rows = [[0.02] * 3, list(values)]
    outcomes = {
        entry.mark: [dict.fromkeys(FIGURES, value) for value in of_entry] for entry, of_entry in zip(listed, rows, strict=True)
    }
    return listed, Together(3, outcomes)


def growing(*values: float) -> tuple[list[beside.Entry], Together]:
    """The same while seven more worlds are to come."""
    listed, together = made(*values)
    return listed, Together(10, together.outcomes)


def test_a_difference_stands_with_its_interval() -> None:
    listed, together = made(0.010, 0.012, 0.011)
    cell = figures.cell(ENGLISH, together, listed[1], listed[0], RATE)
    assert (cell["value"], cell["difference"], cell["between"]) == ("1.10%", "−0.90 points", "−1.15 to −0.65 points")
    assert cell["is_apart"]


def test_what_luck_can_make_is_called_not_distinguishable() -> None:
    listed, together = made(0.010, 0.030, 0.022)
    cell = figures.cell(ENGLISH, together, listed[1], listed[0], RATE)
    assert cell["difference"] == "Not distinguishable"
    assert not cell["is_apart"]
    said = figures.said(ENGLISH, listed[1], together, listed[0])["text"]
    assert "Not distinguishable: Children who are members at the end" in said
    assert "Recorded referral rate −" not in said


def test_no_word_is_said_while_worlds_arrive() -> None:
    for values in ((0.010, 0.030, 0.022), (0.010, 0.012, 0.011)):
        listed, together = growing(*values)
        cell = figures.cell(ENGLISH, together, listed[1], listed[0], RATE)
        assert cell["difference"].startswith(("+", "−"))
        assert not cell["is_apart"]
        assert figures.said(ENGLISH, listed[1], together, listed[0])["text"] == "Still computing: 3 of 10 worlds are done."
        (mark,), *_ = differences.panel(ENGLISH, [(listed[1], listed[0])], together, RATE).rows
        assert not mark.is_told


def test_what_rounds_to_nothing_is_no_change_however_sure() -> None:
    listed, together = made(0.02002, 0.02002, 0.02003)
    assert together.difference(listed[1], listed[0], RATE).sign == 1
    cell = figures.cell(ENGLISH, together, listed[1], listed[0], RATE)
    assert (cell["difference"], cell["is_apart"]) == ("No change", False)
    said = figures.said(ENGLISH, listed[1], together, listed[0])["text"]
    assert said.startswith("No change: ")
    assert "Recorded referral rate +" not in said


def test_what_a_policy_breaks_stands_below_every_flattering_figure() -> None:
    listed, together = made(0.010, 0.012, 0.011)
    *own, (of_all,) = figures.groups(ENGLISH, listed, together, None)
    assert [group[0]["rows"][0]["indicator"] for group in own] == list(SIDE_BY_SIDE)
    assert [row["indicator"] for row in of_all["rows"]] == list(MAY_BREAK)
    assert of_all["rows"][2]["cells"][1]["value"] == "3 of 3 worlds"


def test_a_policy_that_is_not_simulated_yet_has_no_numbers() -> None:
    listed, together = made(0.01, 0.01, 0.01)
    waiting = Together(3, {listed[0].mark: together.outcomes[listed[0].mark]})
    assert figures.cell(ENGLISH, waiting, listed[1], None, RATE)["value"] == "…"
    assert figures.compared(listed, waiting, listed[1], None) is None


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        ("−0.40 points", "+0.20 points", "−0.40 to +0.20 points"),
        ("+90,000 yuan", "+1.20 million yuan", "+90,000 yuan to +1.20 million yuan"),
        ("3", "5", "3 to 5"),
    ],
)
def test_a_unit_is_said_once_where_both_ends_have_it(low: str, high: str, said: str) -> None:
    assert figures.between_text(ENGLISH, low, high) == said


def test_a_dot_is_hollow_where_the_interval_holds_zero() -> None:
    found = [Difference(RATE, 0.01, low, 0.02, 3) for low in (0.005, -0.005)]
    _, together = made(0.010, 0.012, 0.011)
    marks = [forest.Mark(one, "var(--policy)", figures.judge(ENGLISH, one, together).is_told) for one in found]
    drawn = forest.option([forest.Panel("t", ["A", "B"], [[mark] for mark in marks])])
    fills = [one["itemStyle"]["color"] for one in drawn["series"] if one["type"] == "scatter"]
    assert fills == ["var(--policy)", forest.PAPER]


def test_a_difference_without_a_value_is_not_drawn() -> None:
    none = Difference(RATE, math.nan, math.nan, math.nan, 0)
    drawn = forest.option([forest.Panel("t", ["A"], [[forest.Mark(none, "var(--policy)", is_told=False)]])])
    assert [one["type"] for one in drawn["series"]] == ["line"]


@pytest.mark.parametrize("name", ["short", "x" * 60, "方案" * 30])
def test_names_fit_beside_their_rows(name: str) -> None:
    assert len(forest.shortened(name)) <= forest.LONGEST_NAME
    assert forest.shortened(name) == name or forest.shortened(name).endswith("…")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_has_a_name_a_unit_and_a_place_in_the_download(language: str) -> None:
    texts = Texts(language)
    assert all(differences.titled(texts, name) for name in (*FIGURES, *CURVES))
    assert set(CURVES) <= set(WRITERS)
    listed, together = made(0.010, 0.012, 0.011)
    table = figures.frame(listed, together, None)
    assert set(table["figure"]) == set(FIGURES)
    assert len(table["difference"].dropna()) == len(FIGURES)
