"""How are a doctor's and a place's years run again, so that every decision about them can be read?

At the end of a month, quarter or year the steps that go through doctors run in their plain source, and what is decided
while this doctor's row is in hand is written down. A place is looked at in the last week of a quarter, when capacity and
waiting are set. Week by week the counts that the engine keeps are laid beside the row: the record of its quarters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from agents.units import FEN_PER_YUAN
from experiments.trace.replay import ENDS
from experiments.trace.twin import Gate
from experiments.trace.watch import Number, Reads, Rows, RowsInHand, Watch, bare, row_as_numbers
from model import calendar, ledger
from model.world import DOCTOR_COUNTS, World

if TYPE_CHECKING:
    from model.alliance import AllianceModel

CROWDS = frozenset({"households", "children"})
CLOSE_WEEK, RUN_WEEK = "close_week", "run_week"


class ProviderWatch(Watch):
    """Watches one doctor or one place."""

    table = ""
    scopes: tuple[str, ...] = ()
    others: tuple[str, ...] = ()  # tables whose rows, once taken, put this provider out of hand

    def __init__(self, model: AllianceModel, row: int) -> None:
        super().__init__(model)
        self.row, self.is_open = row, False
        self.weeks: list[dict[str, Number]] = []

    def outside(self, gate: Gate, args: tuple[Any, ...]) -> Any:
        """The plain source within the steps that decide about providers, written down while this one is in hand."""
        if not self.is_open:
            return self._opened(gate, args) if self.opens(gate) else self.fast(gate, args)
        if self.in_hand == self.row:
            return self.written_down(gate, args)
        row = gate.place_of("row")
        is_of_all = self.table in gate.arguments or "world" in gate.arguments
        is_of_another = gate.loops_over & CROWDS or "households" in gate.arguments or (row >= 0 and args[row] != self.row)
        if not (is_of_all and gate.decides) or is_of_another:
            return self.fast(gate, args)
        before, self.in_hand = self.in_hand, -1
        result = gate.plain(*args)
        self.in_hand = before
        return result

    def opens(self, gate: Gate) -> bool:
        """[bool] Whether decisions about this kind of provider are taken in here, now."""
        return gate.step in self.scopes

    def _opened(self, gate: Gate, args: tuple[Any, ...]) -> Any:
        before, self.is_open, self.in_hand = self.rows(), True, -1
        try:
            result = gate.plain(*(self._dressed(name, arg) for name, arg in zip(gate.arguments, args, strict=True)))
        finally:
            self.is_open = False
        self.close_moment(-1, before)
        return result

    def _dressed(self, name: str, arg: Any) -> Any:
        if isinstance(arg, World):
            rows = {name: RowsInHand(getattr(arg, name), self, is_own=name == self.table) for name in (self.table, *self.others)}
            return arg._replace(params=(Reads(arg.params[0], self),), **rows)
        return Reads(arg, self) if name == "p" else arg

    def fast(self, gate: Gate, args: tuple[Any, ...]) -> Any:
        """Machine code takes the world as it is."""
        return gate.fast(*(self.model.world if isinstance(arg, World) else bare(arg) for arg in args))

    def rows(self) -> Rows:
        """The row of the doctor or place."""
        return {self.table.removesuffix("s"): row_as_numbers(getattr(self.model.world, self.table)[self.row])}

    def look(self) -> None:
        """Lay the week's counts beside the row, once the week is over."""
        row = next(iter(self.rows().values()))
        self.weeks.append({"week": self.model.week - 1} | row | self.counts())

    def counts(self) -> dict[str, Number]:
        """What the engine counted of it in the week that is over."""
        return {}

    def received(self, account: int, *reasons: str) -> float:
        """What an account received minus what it paid in the week that is over, for some reasons or for all [yuan]."""
        totals = self.model.totals[-1].by_account(len(self.model.world.books.kind))[account]
        chosen = [ledger.REASONS.index(reason) for reason in reasons]
        return float((totals[chosen] if reasons else totals).sum()) / FEN_PER_YUAN


class DoctorWatch(ProviderWatch):
    """Watches one doctor: months, quarters, years."""

    table, scopes = "doctors", ENDS

    def counts(self) -> dict[str, Number]:
        """Visits as an accredited doctor, members' visits, recorded referrals, pay that arrived."""
        world = self.model.world
        counted = dict(zip(DOCTOR_COUNTS, world.doctor_counts[self.row].tolist(), strict=False))
        account = len(world.books.kind) - len(world.doctors) + self.row
        return counted | {"income_yuan": self.received(account)}


class SiteWatch(ProviderWatch):
    """Watches one place: the last week of each quarter."""

    table, scopes = "sites", (CLOSE_WEEK, "reorganise")
    others = ("doctors",)

    def outside(self, gate: Gate, args: tuple[Any, ...]) -> Any:
        """The week itself is stepped through in the last week of a quarter."""
        if gate.step == RUN_WEEK and not self.is_open and calendar.week(self.model.week).ends_quarter:
            return gate.plain(*args)
        return super().outside(gate, args)

    def counts(self) -> dict[str, Number]:
        """Visits, doctors with a certificate, receipts."""
        world = self.model.world
        site = world.sites[self.row]
        own = world.doctors[site.first_doctor : site.first_doctor + site.n_doctors]
        account = int(world.site_account[self.row])
        shared = int((world.site_account == account).sum()) > 1
        money = {} if shared else {"net_receipts_yuan": self.received(account)}
        return {"visits": int(world.site_visits[self.row]), "n_accredited": int(own["is_accredited"].sum())} | money
