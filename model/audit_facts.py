"""What does the audit know of a week without asking those who posted it?

Counts that the week kept for it (visits, referrals), the register, and what the world looked like when the week began: who was
a member, who held a certificate, how hard the hospital tried. What is computed from these is computed by other code than
the one that posted.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from model import calendar, ledger
from model.world import World

Expected = dict[tuple[int, int], int]  # (account, reason) -> fen received; paid is negative


class Before(NamedTuple):
    """The state at the end of the week before, as far as payments depend on it."""

    is_member: np.ndarray  # (n_households,)
    is_accredited: np.ndarray  # (n_doctors,)
    n_unneeded_year: np.ndarray  # (n_doctors,) unneeded antibiotics of the plan year so far
    effort: float
    is_closed: bool
    balance: np.ndarray  # (n_accounts,) fen, by the audit's own sum


def state_of(world: World, balance: np.ndarray) -> Before:
    """The state now, to be looked at when the next week is done."""
    return Before(
        np.asarray(world.households.is_member) == 1,
        np.asarray(world.doctors.is_accredited) == 1,
        np.asarray(world.doctors.n_unneeded_year).copy(),
        float(world.hospital[0].effort),
        bool(world.fund[0].is_closed),
        balance.copy(),
    )


@dataclass(frozen=True)
class Facts:
    """One week that is done."""

    world: World  # at its end
    before: Before
    index: int
    week: calendar.Week
    seed: np.uint64
    totals: np.ndarray  # (n_accounts, n_reasons) fen received less paid

    @cached_property
    def p(self) -> np.record:
        """The parameters in force."""
        return self.world.params[0]

    @property
    def is_case(self) -> bool:
        """[bool] Whether the burn-in is over."""
        return self.index >= calendar.FIRST_HISTORY_WEEK

    @cached_property
    def is_plan(self) -> bool:
        """[bool] Whether the fund ran when the week began."""
        return self.is_case and bool(self.p.fund.plan.is_running) and not self.before.is_closed

    @cached_property
    def is_due(self) -> bool:
        """[bool] Whether a month of the fund ends."""
        return self.is_plan and self.week.ends_month

    def n_member_children(self, is_member: np.ndarray) -> int:
        """Children of the register whose household is a member [persons]; `is_member` has shape (n_households,)."""
        children = self.world.children
        is_here = (np.asarray(children.first_week) <= self.index) & (self.index < np.asarray(children.last_week))
        return int(is_member[np.asarray(children.household)[is_here]].sum())

    def received(self, account: int, *reasons: int) -> int:
        """What an account received less what it paid for these reasons [fen]."""
        return int(self.totals[account, list(reasons)].sum())


def compare(facts: Facts, expected: Expected, how: str) -> list[str]:
    """A finding for every account and reason that is not as expected; `how` says what was multiplied with what."""
    return [
        f"account {account} ({ledger.ACCOUNT_KINDS[facts.world.books.kind[account]]}) received {got} fen of "
        f"{ledger.REASONS[reason]}; {how} is {fen}"
        for (account, reason), fen in expected.items()
        if (got := facts.received(account, reason)) != fen
    ]
