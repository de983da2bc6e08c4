"""How is what came of a lesson written, in each language?

A difference sets how many decimals are shown, so that no figure looks the same on both sides where it is not.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from dashboard import figures
from dashboard.rooms.decide import levers
from dashboard.rooms.learn.lesson import Lesson, Look, Policy, Said
from dashboard.rooms.learn.run import Figure
from dashboard.texts import Texts
from experiments.report import is_share
from model.indicators import INDICATORS
from model.parameters import declarations

MOST_DIGITS = 4
WHOLE_FROM = 1000
"""From here on nobody reads decimals."""


def said(texts: Texts, text: Said) -> str:
    """Return a lesson's text in the language of the page."""
    return text[texts.language]


def paragraphs(texts: Texts, text: Said) -> list[str]:
    """Return a lesson's longer text, one paragraph each."""
    return [paragraph.strip() for paragraph in text[texts.language].split("\n\n") if paragraph.strip()]


def in_percent(indicator: str) -> bool:
    """[bool] Whether an indicator is read in per cent."""
    return is_share(indicator) or indicator in ("positive_predictive_value", "supervised_share")


def value(texts: Texts, indicator: str, number: float, like: float) -> str:
    """Return a figure with as many decimals as a difference such as `like` needs."""
    if in_percent(indicator):
        return figures.percent(texts, number, digits_for(like * 100))
    if INDICATORS[indicator].unit == "yuan":
        return figures.yuan(texts, number)
    return figures.decimal(texts, number, digits_for(like) if abs(number) < WHOLE_FROM else 0)


def change(texts: Texts, indicator: str, *numbers: float) -> str:
    """Return a difference with its sign; of three numbers the second and third are the ends of its interval."""
    known = [number for number in numbers if figures.has_value(number)]
    if not known:
        return figures.no_value(texts)
    unit, times = _scale(texts, indicator, known[0])
    digits = figures.three_digits(known[0] * times) if unit == "figure.yuan_large" else digits_for(known[0] * times)
    signed = [figures.grouped(number * times, digits, signed=True) for number in known]
    shown = texts("learn.span", value=signed[0], low=signed[1], high=signed[2]) if len(signed) == 3 else signed[0]
    return texts(unit, value=shown)


def _scale(texts: Texts, indicator: str, number: float) -> tuple[str, float]:
    """The unit in which a difference is written, and what it is multiplied by."""
    if in_percent(indicator):
        return "figure.points", 100.0
    if INDICATORS[indicator].unit != "yuan":
        return "figure.count", 1.0
    large = figures.LARGE[texts.language]
    is_large = abs(number) >= large * figures.SMALLEST_LARGE[texts.language]
    return ("figure.yuan_large", 1 / large) if is_large else ("figure.yuan", 1.0)


def span(texts: Texts, indicator: str, figure: Figure) -> str:
    """Return a difference with its interval; what is the same in every world has none."""
    found = figure.difference
    return change(texts, indicator, found.mean, *(() if found.low == found.high else (found.low, found.high)))


def relative(texts: Texts, figure: Figure) -> str:
    """Return a difference in per cent of the first policy's figure, with its interval."""
    percent = figure.percent
    if not percent.has_value:
        return figures.no_value(texts)
    low, middle, high = (_signed_percent(texts, number) for number in (percent.low, percent.mean, percent.high))
    return texts("learn.span", value=middle, low=low, high=high) if percent.has_interval else middle


def _signed_percent(texts: Texts, number: float) -> str:
    return texts("figure.percent", value=figures.grouped(number, 1 if abs(number) < 100 else 0, signed=True))


def digits_for(number: float) -> int:
    """Return how many decimals show a difference of this size with two or three digits that matter."""
    if not figures.has_value(number) or number == 0:
        return 0
    return min(MOST_DIGITS, max(0, 1 - math.floor(math.log10(abs(number)))))


def settings(texts: Texts, lesson: Lesson, policy: Policy) -> list[str]:
    """Return what a policy sets, in words, a line each."""
    lines = [line(texts, key, number) for key, number in lesson.world.items()]
    for step in policy.steps:
        for key, number in step.settings.items():
            text = line(texts, key, number)
            lines.append(texts("learn.from_week", setting=text, week=step.week) if step.week else text)
    return lines or [texts("learn.nothing_set")]


def line(texts: Texts, key: str, number: float) -> str:
    """Return one setting in words."""
    return texts("learn.setting", name=texts.name_of(key), value=levers.written(texts, declarations()[key], number))


def foreseen(texts: Texts, expects: Mapping[str, str], look: Look) -> str:
    """Return what a prediction says of a look, nothing if it says nothing."""
    return texts(f"learn.direction_{expects[look.name]}") if look.name in expects else ""


def joined(texts: Texts, parts: Sequence[str]) -> str:
    """Return sentences after one another."""
    return texts("figure.sentence_joint").join(part for part in parts if part)
