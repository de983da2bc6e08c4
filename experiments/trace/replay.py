"""How is one child's life run again, so that every decision in it can be read?

The world runs as always, compiled. On days on which the child falls ill or is expected by a provider the day's loop is
stepped through in its plain source: everybody else's turn is still machine code, the child's own is written down call by
call. At the end of a month, quarter or year every loop over households is gone through once for this household alone, on
a copy, and then for all by machine code; the two must agree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.trace.twin import Gate
from experiments.trace.watch import Reads, Rows, RowsInHand, Watch, row_as_numbers
from model import illness
from model.world import N_DUE_DAYS, World, copy_world

if TYPE_CHECKING:
    from model.alliance import AllianceModel

WEEK, DAY = "run_week", "run_day"
ENDS = ("end_month", "end_quarter", "end_year")
SEVERE, AHEAD = "fall_severely_ill", "look_ahead"
CROWDS = frozenset({"households", "agenda"})  # a row for each household


class ChildWatch(Watch):
    """Watches one child and its household."""

    def __init__(self, model: AllianceModel, child: int) -> None:
        super().__init__(model)
        self.child = child
        self.household = int(model.world.children[child].household)
        self.case = -1  # the row of the illness that is being handled
        self.today = -1  # day of the world that is stepped through
        self.is_end = False  # an end of month, quarter or year is under way
        self.is_alone = False  # loops over households look at this one
        self.is_severe = False  # the severe illnesses of the week are gone through

    # -- what concerns this child --------------------------------------------------------------------------------

    def outside(self, gate: Gate, args: tuple[Any, ...]) -> Any:
        """The plain source where it leads to this child, machine code elsewhere."""
        if self.is_alone or self.is_severe:
            is_other = gate.loops_over - CROWDS if self.is_alone else self.in_hand != self.child
            return self.fast(gate, args) if is_other else self.written_down(gate, args)
        if self.is_end:
            return self._of_end(gate, args)
        if gate.step in (WEEK, DAY):
            return gate.plain(*args) if self._is_plain(gate, args) else self.fast(gate, args)
        if gate.step == AHEAD:  # asks for memory, and changes nothing
            return None
        is_severe = gate.step == SEVERE and self._is_severe_week()
        way = self._through if gate.step in ENDS else self._severe if is_severe else self._turn
        return way(gate, args) if is_severe or gate.step in ENDS or self._concerns(gate, args) else self.fast(gate, args)

    def _is_plain(self, gate: Gate, args: tuple[Any, ...]) -> bool:
        """[bool] Whether something awaits the child in this week, or on this day."""
        if gate.step == WEEK:
            return bool(self._days_of_week() or self._live_cases() or self._is_severe_week())
        self.today = int(args[-1])
        return self._is_day(self.today)

    def _concerns(self, gate: Gate, args: tuple[Any, ...]) -> bool:
        case, child = gate.place_of("case_row"), gate.place_of("child_row")
        if case >= 0:
            return int(self.model.world.cases["child"][args[case]]) == self.child
        return child >= 0 and int(args[child]) == self.child

    def _turn(self, gate: Gate, args: tuple[Any, ...]) -> Any:
        """The child's own step of a day: plain, written down."""
        named = dict(zip(gate.arguments, args, strict=False))
        self.case = int(named.get("case_row", -1))
        before = self.rows()
        result = self.written_down(gate, tuple(Reads(a, self) if n == "p" else a for n, a in named.items()))
        taken = [call.result for call in self.calls[-1].walk() if call.key == "take_case"]
        self.case = int(taken[-1] or 0) if taken else self.case
        self.close_moment(self.today, before)
        self.case = -1
        return result

    def rows(self) -> Rows:
        """Child, household and the illness that is being handled."""
        world = self.model.world
        found = {"child": world.children[self.child], "household": world.households[self.household]}
        if self.case >= 0:
            found["case"] = world.cases[self.case]
        return {name: row_as_numbers(row) for name, row in found.items()}

    # -- which days ----------------------------------------------------------------------------------------------

    def _days_of_week(self) -> list[int]:
        """Days of this week on which a potential illness of the child stands [days of the world]."""
        return [day for day in range(7 * self.model.week, 7 * self.model.week + 7) if self._falls_ill(day)]

    def _falls_ill(self, day: int) -> bool:
        stream, d = self.model.stream(), day % illness.DAYS_PER_SEASON
        return bool((stream.child[stream.first[d] : stream.first[d + 1]] == self.child).any())

    def _is_day(self, day: int) -> bool:
        if self._falls_ill(day):
            return True
        world, live = self.model.world, self._live_cases()
        row = int(world.due_first[day % N_DUE_DAYS]) if live else -1
        while row >= 0 and row not in live:
            row = int(world.cases[row].next)
        return row >= 0

    def _live_cases(self) -> set[int]:
        """Illnesses of the child that are under way [rows]."""
        world = self.model.world
        found = np.flatnonzero(world.cases.child == self.child)
        return set(found[~np.isin(found, world.free_cases[: world.clock[0].n_free])].tolist()) if len(found) else set()

    # -- severe and rare disease ---------------------------------------------------------------------------------

    def _is_severe_week(self) -> bool:
        world = self.model.world
        return bool(((world.severe_child == self.child) & (world.severe_week == self.model.week)).any())

    def _severe(self, gate: Gate, args: tuple[Any, ...]) -> Any:
        """The week's severe illnesses, stepped through; written down while this child is in hand."""
        before, named = self.rows(), dict(zip(gate.arguments, args, strict=True))
        dressed = named | {"p": Reads(named["p"], self), "children": RowsInHand(named["children"], self)}
        self.is_severe = True
        try:
            result = gate.plain(*dressed.values())
        finally:
            self.is_severe, self.in_hand = False, -1
        self.close_moment(-1, before)
        return result

    # -- the ends of months, quarters and years ------------------------------------------------------------------

    def _through(self, gate: Gate, args: tuple[Any, ...]) -> Any:
        self.is_end = True
        try:
            return gate.plain(*args)
        finally:
            self.is_end = False

    def _of_end(self, gate: Gate, args: tuple[Any, ...]) -> Any:
        """One step of such an end: for this household alone, stepped through, or by machine code with what it changed."""
        is_crowd = gate.decides and any(gate.reaches(table) for table in CROWDS)
        if is_crowd and (gate.loops_over & CROWDS or "households" in gate.arguments):
            return self._alone(gate, args)
        return gate.plain(*args) if is_crowd else self.noticed(gate, args)

    def _alone(self, gate: Gate, args: tuple[Any, ...]) -> Any:
        """This household's part of a loop over all, on a copy; then all of it, by machine code."""
        before = self.rows()
        copies = {name: copied(arg) for name, arg in zip(gate.arguments, args, strict=True)}
        world = copies.get("world")
        households = world.households if isinstance(world, World) else copies["households"]
        self.is_alone = True
        try:
            gate.plain(*(Reads(arg, self) if name == "p" else arg for name, arg in copies.items()))
        finally:
            self.is_alone = False
        result = self.fast(gate, args)
        if row_as_numbers(households[self.household]) != self.rows()["household"]:
            self.calls = []  # what it did depended on the others' turns: the change is told, the reasons are not
        if self.calls:
            self.close_moment(-1, before)
        else:
            self.note_changes(gate, before)
        return result

    def range(self, *bounds: int) -> Any:
        """Of the households only this one, while it is looked at alone."""
        is_crowd = self.is_alone and bounds == (len(self.model.world.households),)
        return (self.household,) if is_crowd else range(*bounds)


def copied(arg: Any) -> Any:
    """A copy that can be written to without changing the world."""
    if isinstance(arg, World):
        return copy_world(arg)
    if isinstance(arg, tuple):
        return type(arg)(*(copied(inner) for inner in arg))
    return arg.copy() if isinstance(arg, np.ndarray | np.record) else arg
