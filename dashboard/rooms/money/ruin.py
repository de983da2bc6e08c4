"""In how many of the worlds does the fund come to an end, or fall short, by the end of each year?

    share = worlds in which it happened by then / worlds      interval: Wilson, 95 %

The interval says how little a few worlds can tell: none of ten is compatible with a chance of a quarter. It covers luck alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.rooms.money.books import Closing
from experiments.interval import share_interval


@dataclass(frozen=True)
class Share:
    """In how many of `n_worlds` something had happened by the end of a year, with the share's 95 % interval."""

    year: int
    n: int
    n_worlds: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """The share of worlds [1]."""
        return self.n / self.n_worlds


def wound_up(closings: Sequence[Sequence[Closing]]) -> list[Share]:
    """Shares of worlds in which the plan had been ended by each year's closing."""
    return [_share(year, [_until(one, year, "is_wound_up") for one in closings]) for year in _years(closings)]


def short(closings: Sequence[Sequence[Closing]]) -> list[Share]:
    """Shares of worlds in which the fund had fallen short at a closing by then, or had been ended."""
    return [
        _share(year, [_until(one, year, "is_short") or _until(one, year, "is_wound_up") for one in closings])
        for year in _years(closings)
    ]


def _years(closings: Sequence[Sequence[Closing]]) -> list[int]:
    return [closing.year for closing in closings[0]]


def _until(closings: Sequence[Closing], year: int, what: str) -> bool:
    return any(getattr(closing, what) for closing in closings if closing.year <= year)


def _share(year: int, happened: Sequence[bool]) -> Share:
    n, n_worlds = sum(happened), len(happened)
    return Share(year, n, n_worlds, *share_interval(n, n_worlds))
