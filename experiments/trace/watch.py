"""What goes into each rule, and what comes out?

A watch writes down the calls that concern one agent as a tree: the names and numbers of the arguments, the parameters
that were really read, the dice with the names of their purposes, the result. Everything else runs as machine code. A
moment is what was written down at one time, with the agent's rows before and after.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from types import MethodType
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.trace.twin import Gate, Twin
from model import dice

if TYPE_CHECKING:
    from model.alliance import AllianceModel

Number = float | int
Rows = dict[str, dict[str, Number]]
DICE = ("model.dice.die", "model.dice.hashed")
PURPOSES = {number: name.lower() for name, number in vars(dice).items() if name.isupper() and isinstance(number, int)}


@dataclass
class Call:
    """One call of the engine: what went in, what came out, and the calls that it made."""

    name: str
    says: str
    is_rule: bool
    inputs: dict[str, Number]
    parameters: dict[str, Number] = field(default_factory=dict)
    result: Number | None = None
    rows: Rows = field(default_factory=dict)  # of the provider whose turn it is, before the call
    calls: list[Call] = field(default_factory=list)
    changes: dict[str, tuple[Number, Number]] = field(default_factory=dict)  # of what ran as machine code: before, after

    @property
    def key(self) -> str:
        """A rule by actor, decision and name (doctor.refer.p_sent); a step of the week by its name (see_hospital)."""
        return self.name.partition(".")[2] if self.is_rule else self.name.rpartition(".")[2]

    @property
    def purpose(self) -> str:
        """What a die is thrown for, '' if this is none."""
        return PURPOSES.get(int(self.inputs["purpose"]), "unnamed") if self.name in DICE else ""

    def walk(self) -> Iterator[Call]:
        """This call and all that it led to, in order."""
        yield self
        for call in self.calls:
            yield from call.walk()


@dataclass
class Moment:
    """What was written down at one time: week, day of the world (-1: the week's end), calls, rows before and after."""

    week: int
    day: int
    calls: list[Call]
    before: Rows
    after: Rows

    def walk(self) -> Iterator[Call]:
        """Every call of the moment, in order."""
        for call in self.calls:
            yield from call.walk()


class Reads:
    """A record of parameters that notes which of them are read."""

    __slots__ = ("_path", "_record", "_watch")

    def __init__(self, record: np.record, watch: Watch, path: str = "") -> None:
        self._record, self._watch, self._path = record, watch, path

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._record, name)
        path = f"{self._path}.{name}" if self._path else name
        if isinstance(value, np.record):
            return Reads(value, self._watch, path)
        self._watch.note(path, value)
        return value

    def bare(self) -> np.record:
        """The record itself."""
        return self._record


def plain_number(value: Any) -> Number | None:
    """A Python number for a scalar of the engine, None for anything else."""
    if isinstance(value, np.generic) and not isinstance(value, np.record):
        value = value.item()
    return value if isinstance(value, bool | int | float) else None


class RowsInHand:
    """The rows of one table; tells the watch whose row is taken, or that another's is."""

    def __init__(self, rows: np.recarray, watch: Watch, *, is_own: bool = True) -> None:
        self._rows, self._watch, self._is_own = rows, watch, is_own

    def __getitem__(self, index: Any) -> Any:
        self._watch.in_hand = int(index) if self._is_own else -1
        return self._rows[index]

    def __len__(self) -> int:
        return len(self._rows)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._rows, name)

    def bare(self) -> np.recarray:
        """The rows themselves."""
        return self._rows


class Watch:
    """Stands at the gates of a twin and writes down what concerns one agent; subclasses say what does."""

    def __init__(self, model: AllianceModel) -> None:
        self.model = model
        self.moments: list[Moment] = []
        self.stack: list[Call] = []
        self.in_hand = -1  # the row that was taken last from a table that tells
        self.calls: list[Call] = []  # of the moment that is being written
        self.twin = Twin(self)
        self.step = self.twin.bound(MethodType(type(model).step, model))
        model._set_clock = self.twin.bound(model._set_clock)
        for institution in (model.zone, model.fund, model.hospital, model.government):
            institution.step = self.twin.bound(institution.step)

    # -- at the gate --------------------------------------------------------------------------------------------

    def call(self, gate: Gate, args: tuple[Any, ...]) -> Any:
        """Inside what is written down everything is; outside it the subclass decides."""
        return self.written_down(gate, args) if self.stack else self.outside(gate, args)

    def outside(self, gate: Gate, args: tuple[Any, ...]) -> Any:
        """Answer a call that nothing written down has made."""
        return self.fast(gate, args)

    def range(self, *bounds: int) -> Any:
        """Loops go through everything unless a subclass looks at one row."""
        return range(*bounds)

    def fast(self, gate: Gate, args: tuple[Any, ...]) -> Any:
        """Run the machine code."""
        return gate.fast(*(bare(arg) for arg in args))

    def written_down(self, gate: Gate, args: tuple[Any, ...]) -> Any:
        """Run the plain source and write down what goes in and comes out."""
        numbers = {name: plain_number(arg) for name, arg in zip(gate.arguments, args, strict=False)}
        call = Call(gate.name, gate.says, gate.is_rule, {k: v for k, v in numbers.items() if v is not None and k != "seed"})
        call.rows = self.providers(call)
        (self.stack[-1].calls if self.stack else self.calls).append(call)
        self.stack.append(call)
        try:
            result = gate.plain(*args)
        finally:
            self.stack.pop()
        call.result = plain_number(result)
        return result

    def noticed(self, gate: Gate, args: tuple[Any, ...]) -> Any:
        """Run the machine code, and write down what it changed in the agent's rows, if anything."""
        before = self.rows()
        result = self.fast(gate, args)
        self.note_changes(gate, before)
        return result

    def note_changes(self, gate: Gate, before: Rows) -> None:
        """Write down how the agent's rows differ from what they were."""
        after = self.rows()
        pairs = {name: (before[table][name], row[name]) for table, row in after.items() for name in row}
        changes = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
        if changes:
            self.calls.append(Call(gate.name, gate.says, is_rule=False, inputs={}, changes=changes))
            self.close_moment(-1, before)

    def providers(self, call: Call) -> Rows:
        """The rows of the doctor and the place that a call names."""
        world, found = self.model.world, {}
        for name, table in (("doctor", world.doctors), ("site", world.sites)):
            row = call.inputs.get(f"{name}_row", -1)
            if row >= 0 and not call.is_rule:
                found[name] = row_as_numbers(table[int(row)])
        return found

    def note(self, path: str, value: Any) -> None:
        """A parameter was read."""
        if self.stack:
            self.stack[-1].parameters[path] = value.item()

    # -- moments ------------------------------------------------------------------------------------------------

    def rows(self) -> Rows:
        """The rows of the agent as they are now, by table."""
        return {}

    def close_moment(self, day: int, before: Rows) -> None:
        """Keep what was written down since the last moment, if anything was."""
        if self.calls:
            self.moments.append(Moment(self.model.week, day, self.calls, before, self.rows()))
            self.calls = []


def bare(arg: Any) -> Any:
    """What machine code can take: nothing dressed."""
    return arg.bare() if isinstance(arg, Reads | RowsInHand) else arg


def row_as_numbers(row: np.record) -> dict[str, Number]:
    """One row of a table by the names of its columns."""
    return dict(zip(row.dtype.names or (), row.item(), strict=True))
