"""How is a figure of an answer written: its name, its unit, a difference with its sign?"""

import math
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from experiments.paired import Difference
from experiments.report import is_share, three_digits
from experiments.subjects import BETTER, can_hide
from model.indicators import INDICATORS

FILE = Path(__file__).with_name("figures.toml")


@dataclass(frozen=True)
class Figure:
    """How an indicator is written; `better` is the direction that is for the better, if there is one."""

    label: str
    unit: str
    factor: float
    better: str


@cache
def main_figures() -> dict[str, Figure]:
    """The main indicators of an answer, in order."""
    tables = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {name: Figure(**table, better=BETTER.get(name, "")) for name, table in tables.items()}


@cache
def kept_indicators() -> tuple[str, ...]:
    """The main indicators, then those that they can hide."""
    hidden = [other for name in main_figures() for other in can_hide(name)]
    return tuple(dict.fromkeys([*main_figures(), *hidden]))


def figure_of(indicator: str) -> Figure:
    """How an indicator is written; one that is no main figure goes by its own name and unit."""
    if indicator in main_figures():
        return main_figures()[indicator]
    share = is_share(indicator)
    unit = "percentage points" if share else INDICATORS[indicator].unit
    return Figure(f"`{indicator}`", unit, 100.0 if share else 1.0, BETTER.get(indicator, ""))


def written(indicator: str, value: float, sign: str = "+") -> str:
    """A difference in the figure's unit, three digits that matter."""
    if math.isnan(value):
        return "no value"
    return three_digits(value * figure_of(indicator).factor, sign).replace("-", "−")


def with_interval(found: Difference) -> str:
    """A difference and the interval of chance."""
    if math.isnan(found.low):
        return written(found.indicator, found.mean)
    low, high = (written(found.indicator, end) for end in (found.low, found.high))
    return f"{written(found.indicator, found.mean)} ({low} to {high})"


def plain_number(value: float) -> str:
    """A parameter's value with three digits that matter."""
    return f"{value:.3g}"


def listed(words: Iterable[str]) -> str:
    """'a, b and c'."""
    found = list(words)
    return found[0] if len(found) == 1 else f"{', '.join(found[:-1])} and {found[-1]}" if found else ""
