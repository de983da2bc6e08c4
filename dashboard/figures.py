"""How is a number written, in each language?

English groups by thousands and millions, Chinese by 万 (ten thousand); a minus is a true minus sign. A figure may have no
value: a rate of nothing, the waiting of nobody, the solvency of a plan that ended. That is one notion for all rooms: words
say so (`no_value`), pictures leave it out (`drawn`), and nothing of it is ever shown as zero.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeGuard

from dashboard.texts import Texts

LARGE: dict[str, float] = {"en": 1e6, "zh": 1e4}
"""The large unit in which a language writes large numbers."""

SMALLEST_LARGE: dict[str, float] = {"en": 0.1, "zh": 1.0}
"""From this many large units on an amount of money is written in them."""

CHART_SCALE: dict[str, dict[str, float]] = {
    "percent": {"en": 100.0, "zh": 100.0},
    "per_thousand": {"en": 1.0, "zh": 1.0},
    "hours": {"en": 1.0, "zh": 1.0},
    "weeks": {"en": 1.0, "zh": 1.0},
    "yuan": {"en": 1 / LARGE["en"], "zh": 1 / LARGE["zh"]},
}
"""What a chart multiplies a number by, for each unit and language."""


UNIT_BEHIND = re.compile(r"[^\d]*$")


def has_value(value: float | None) -> TypeGuard[float]:
    """[bool] Whether there is a number to be shown."""
    return value is not None and math.isfinite(value)


def no_value(texts: Texts) -> str:
    """Return what stands where a figure has no value."""
    return texts("figure.none")


def drawn(values: Iterable[float], digits: int = 6) -> list[float | None]:
    """Return numbers as a picture takes them, to so many significant digits; None where there is no value."""
    return [float(f"{value:.{digits}g}") if has_value(value) else None for value in values]


def greatest_size(values: Iterable[float | None]) -> float:
    """Return the greatest absolute value, 0 where nothing has one."""
    return max((abs(value) for value in values if has_value(value)), default=0.0)


def grouped(value: float, digits: int, signed: bool = False) -> str:
    """Return the number with thousands separated, `digits` decimals and, if asked, a plus sign."""
    written = f"{value:{'+' if signed else ''},.{digits}f}"
    if not any(character in written for character in "123456789"):
        written = written.lstrip("+-")
    return written.replace("-", "\u2212")


def digits_of(value: float, most: int) -> int:
    """Return how many decimals, `most` at most, say the number without loss that anybody would see."""
    return next((digits for digits in range(most) if abs(value - round(value, digits)) < 10 ** -(most + 2)), most)


def three_digits(value: float) -> int:
    """Return how many decimals show about three significant digits."""
    size = abs(value)
    return 0 if size >= 100 else 1 if size >= 10 else 2


def percent(texts: Texts, value: float | None, digits: int = 2) -> str:
    """Return a share [1] as a percentage."""
    return _written(texts, "figure.percent", value, lambda known: grouped(known * 100, digits))


def points(texts: Texts, value: float | None, digits: int = 2) -> str:
    """Return a difference of shares [1] in signed percentage points."""
    return _written(texts, "figure.points", value, lambda known: grouped(known * 100, digits, signed=True))


def decimal(texts: Texts, value: float | None, digits: int = 0, signed: bool = False) -> str:
    """Return a plain number with so many decimals."""
    return _written(texts, "figure.count", value, lambda known: grouped(known, digits, signed))


def hours(texts: Texts, value: float | None, signed: bool = False) -> str:
    """Return a time [h]."""
    return _written(texts, "figure.hours", value, lambda known: grouped(known, 2, signed))


def weeks(texts: Texts, value: float | None, signed: bool = False) -> str:
    """Return a time [weeks]."""
    return _written(texts, "figure.weeks", value, lambda known: grouped(known, 0 if abs(known) >= 10 else 1, signed))


def about(texts: Texts, value: float | None, signed: bool = False) -> str:
    """Return a rough count: whole from ten on, one decimal below."""
    return _written(texts, "figure.count", value, lambda known: grouped(known, 0 if abs(known) >= 10 else 1, signed))


def count(texts: Texts, value: float | None, signed: bool = False, *, kind: str = "count") -> str:
    """Return a whole count, in the language's large unit when it is large; `kind` is 'count' or 'visits'."""
    return _large_or_plain(texts, kind, value, signed, LARGE[texts.language])


def yuan(texts: Texts, value: float | None, signed: bool = False) -> str:
    """Return an amount [yuan]."""
    return _large_or_plain(texts, "yuan", value, signed, LARGE[texts.language] * SMALLEST_LARGE[texts.language])


def ends(low: str, high: str) -> dict[str, str]:
    """Return the ends of an interval as they are written; the unit that both have stands once, behind the second."""
    units = [end.rstrip()[len(UNIT_BEHIND.sub("", end)) :] for end in (low, high)]
    return {"low": UNIT_BEHIND.sub("", low) if units[0] == units[1] else low, "high": high}


def day(texts: Texts, value: date) -> str:
    """Return a date in words."""
    if texts.language == "zh":
        return f"{value.year}年{value.month}月{value.day}日"
    return f"{value.day} {value:%B %Y}"


def _large_or_plain(texts: Texts, kind: str, value: float | None, signed: bool, large_from: float) -> str:
    if not has_value(value) or abs(value) < large_from:
        return _written(texts, f"figure.{kind}", value, lambda known: grouped(known, 0, signed))
    scaled = value / LARGE[texts.language]
    digits = 0 if scaled.is_integer() else three_digits(scaled)
    return texts(f"figure.{kind}_large", value=grouped(scaled, digits, signed))


def _written(texts: Texts, key: str, value: float | None, write: Callable[[float], str]) -> str:
    return texts(key, value=write(value)) if has_value(value) else no_value(texts)
