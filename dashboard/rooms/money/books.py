"""What stands in a world's ledger, year by year?

The engine keeps each week's totals by kind of account and reason. Here they become years: small enough to be kept for some
dozens of worlds, and exact to the fen. A past is computed once for all visitors; a policy's years take half a second.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from dashboard import worlds
from dashboard.choice import Choice, Settings
from dashboard.shelf import Shelf
from dashboard.worlds import Base
from model import calendar, ledger
from model.alliance import AllianceModel
from model.calendar import FIRST_HISTORY_WEEK

FUND = (ledger.FUND_PREMIUM, ledger.FUND_CLAIMS, ledger.FUND_RESERVE, ledger.FUND_OPERATING)
"""The kinds of account that together are the fund."""

Report = Callable[[float], None]


@dataclass(frozen=True)
class Closing:
    """What a year's closing found: the ratio (not a number without a plan), its limits then, and whether it ended the plan."""

    year: int
    ratio: float
    least: float
    end_below: float
    is_wound_up: bool

    @property
    def is_short(self) -> bool:
        """[bool] Whether the fund was open and short of the capital it is asked to have."""
        return self.ratio < self.least and not self.is_wound_up


@dataclass(frozen=True, eq=False)
class Books:
    """One run's books, from the year in which the fund begins; all amounts in fen, positive where an account received."""

    years: tuple[int, ...]
    by_year: np.ndarray  # (n_years, n_kinds, n_reasons)
    weekly: np.ndarray  # (n_weeks, n_reasons) paid in each week of the history and policy years
    closings: tuple[Closing, ...]

    def year(self, year: int) -> np.ndarray:
        """Totals of a year, shape (n_kinds, n_reasons)."""
        return self.by_year[self.years.index(year)]

    def paid(self, year: int, *reasons: int) -> int:
        """What was paid in a year for some reasons [fen]."""
        return int(np.maximum(self.year(year)[:, list(reasons)], 0).sum())

    def paid_until(self, year: int, *reasons: int) -> int:
        """What was paid from the beginning to the end of a year for some reasons [fen]."""
        return sum(self.paid(one, *reasons) for one in self.years if one <= year)

    def balance(self, year: int, *kinds: int) -> int:
        """What some kinds of account hold at the end of a year [fen]."""
        return int(self.by_year[: self.years.index(year) + 1][:, list(kinds)].sum())

    @property
    def has_fund(self) -> bool:
        """[bool] Whether any money ever went through the fund."""
        return bool(self.by_year[:, list(FUND)].any())

    def weeks(self, year: int) -> range:
        """The weeks of a year, counted from the burn-in's first."""
        found = [
            week for week in range(FIRST_HISTORY_WEEK, FIRST_HISTORY_WEEK + len(self.weekly)) if calendar.week(week).year == year
        ]
        return range(found[0], found[-1] + 1)

    def paid_in_week(self, week: int, reason: int) -> int:
        """What was paid in a week for a reason [fen]."""
        return int(self.weekly[week - FIRST_HISTORY_WEEK, reason])


_books: Shelf[tuple[str, int, Settings], Books] = Shelf(room=90)  # some 170 KB each


def books_of(base: Base, seed: int, settings: Settings, report: Report = lambda _: None) -> Books:
    """Return the books of a policy in one world; `report` may raise NotWantedError, and then nothing is kept."""
    return _books.get((base.mark, seed, settings), lambda: _compute(base, seed, settings, report))


def _compute(base: Base, seed: int, settings: Settings, report: Report) -> Books:
    shared = worlds.world(base, seed, lambda _, done: report(done / 2), is_behind=True)
    with worlds.lent(worlds.policy_model(shared, settings)) as model:
        return read(worlds.walk(model, base.last_week, report=lambda done: report(0.5 + done / 2)))


def read(model: AllianceModel) -> Books:
    """Return the books of a run, for all years since the fund could begin."""
    n_weeks = len(model.totals)
    of_week = [calendar.week(index).year for index in range(n_weeks)]
    years = tuple(range(of_week[FIRST_HISTORY_WEEK], of_week[-1] + 1))
    by_year = np.zeros((len(years), len(ledger.ACCOUNT_KINDS), len(ledger.REASONS)), np.int64)
    weekly = np.zeros((n_weeks - FIRST_HISTORY_WEEK, len(ledger.REASONS)), np.int64)
    for index, totals in enumerate(model.totals):
        if of_week[index] >= years[0]:
            by_year[of_week[index] - years[0]] += totals.by_kind
        if index >= FIRST_HISTORY_WEEK:
            weekly[index - FIRST_HISTORY_WEEK] = np.maximum(totals.by_kind, 0).sum(axis=0)
    return Books(years, by_year, weekly, _closings(model))


def _closings(model: AllianceModel) -> tuple[Closing, ...]:
    found: list[Closing] = []
    for index in range(FIRST_HISTORY_WEEK, len(model.tallies)):
        now = calendar.week(index)
        if not now.ends_year:
            continue
        fund = [record for start, record in model.segments if start <= index][-1][0].fund
        limits, tally = fund.solvency, model.tallies[index][0]
        is_judged = bool(fund.plan.is_running) and not (found and found[-1].is_wound_up)
        ratio = float(tally.solvency_ratio) if is_judged else float("nan")
        found.append(Closing(now.year, ratio, float(limits.least_ratio), float(limits.closing_ratio), bool(tally.is_plan_closed)))
    return tuple(found)


@dataclass(frozen=True, eq=False)
class Look:
    """The books of one world, the policy's beside the baseline's; `of` says for what they were computed."""

    of: tuple[object, ...]
    policy: Books
    baseline: Books


def look(base: Base, seed: int, settings: Settings, report: Report) -> Look:
    """Return both books of a world; raises NotWantedError when `report` does."""
    policy = books_of(base, seed, settings, lambda done: report(done * 0.6))
    baseline = books_of(base, seed, (), lambda done: report(0.6 + done * 0.4)) if settings else policy
    return Look((base.mark, seed, settings), policy, baseline)


@dataclass(frozen=True, eq=False)
class Chances:
    """The closings of all worlds of a choice."""

    of: tuple[object, ...]
    policy: tuple[tuple[Closing, ...], ...]
    baseline: tuple[tuple[Closing, ...], ...]


def chances(base: Base, choice: Choice, report: Report) -> Chances:
    """Return the closings of a choice's worlds; raises NotWantedError when `report` does."""
    found = []
    for done, seed in enumerate(choice.seeds):
        report(done / choice.n_worlds)
        found.append(look(base, seed, choice.settings, lambda share, done=done: report((done + share) / choice.n_worlds)))
    of = (base.mark, *choice.asks_for)
    return Chances(of, tuple(one.policy.closings for one in found), tuple(one.baseline.closings for one in found))
