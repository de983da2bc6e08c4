"""Are numbers written as each language writes them?"""

from datetime import date

import pytest

from dashboard import figures
from dashboard.texts import Texts

pytestmark = pytest.mark.unit

EN, ZH = Texts("en"), Texts("zh")


@pytest.mark.parametrize(
    ("value", "english", "chinese"),
    [
        (0, "0 yuan", "0元"),
        (-200, "−200 yuan", "−200元"),
        (9_999, "9,999 yuan", "9,999元"),
        (60_786, "60,786 yuan", "6.08万元"),
        (167_166, "0.17 million yuan", "16.7万元"),
        (-2_345_678, "−2.35 million yuan", "−235万元"),
        (75_400_000, "75.4 million yuan", "7,540万元"),
        (float("nan"), "no value", "无数值"),
        (None, "no value", "无数值"),
    ],
)
def test_money_is_written_in_millions_or_in_wan(value: float | None, english: str, chinese: str) -> None:
    assert figures.yuan(EN, value) == english
    assert figures.yuan(ZH, value) == chinese


@pytest.mark.parametrize(
    ("value", "english", "chinese"),
    [(724, "724", "724人次"), (60_800, "60,800", "6.08万人次"), (1_250_000, "1.25 million", "125万人次")],
)
def test_visits_are_counted_in_wan_ren_ci(value: float, english: str, chinese: str) -> None:
    assert figures.count(EN, value, kind="visits") == english
    assert figures.count(ZH, value, kind="visits") == chinese


@pytest.mark.parametrize(("value", "written"), [(0.0119, "1.19%"), (0.0, "0.00%"), (-0.00001, "0.00%"), (0.3, "30.00%")])
def test_shares_are_percentages(value: float, written: str) -> None:
    assert figures.percent(EN, value) == written
    assert figures.percent(ZH, value) == written


def test_differences_carry_their_sign_and_nothing_has_none() -> None:
    assert figures.points(EN, 0.0031) == "+0.31 points"
    assert figures.points(ZH, -0.0031) == "−0.31个百分点"
    assert figures.points(EN, 0.000001) == "0.00 points"
    assert figures.count(EN, -42, signed=True) == "−42"
    assert figures.yuan(ZH, 167_166, signed=True) == "+16.7万元"


@pytest.mark.parametrize(("value", "written"), [(4.46, "4.5"), (9.99, "10.0"), (12.3, "12"), (1_234.5, "1,234")])
def test_rough_counts_have_as_many_digits_as_they_deserve(value: float, written: str) -> None:
    assert figures.about(EN, value) == written


def test_dates_are_written_out() -> None:
    assert figures.day(EN, date(2020, 12, 28)) == "28 December 2020"
    assert figures.day(ZH, date(2020, 12, 28)) == "2020年12月28日"
