"""How does a call of the engine become a sentence?

A teller writes a sentence for one function, from what went in and what came out. A rule without a teller tells itself: the
first sentence of its docstring and its result. So a new decision is in the story from the day on which it is written.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from agents.centre.record import ALLIANCE_HOSPITAL, SITE_KINDS
from agents.units import FEN_PER_YUAN
from experiments.trace.watch import Call, Moment, Number, Rows
from model import calendar
from model.choice import SITE_KEY

Teller = Callable[[Call, "Scene"], str]
TELLERS: dict[str, Teller] = {}
WHOLE: set[str] = set()  # what tells of all that it leads to
KINDS_OF_ILLNESS = ("a self-limiting illness", "an illness that needs a specialist", "a serious illness")


@dataclass(frozen=True)
class Names:
    """What places are called."""

    kinds: tuple[int, ...]

    def site(self, row: Number) -> str:
        """Such as 'centre 4'; the alliance hospital has no number."""
        kind = self.kinds[int(row)]
        name = SITE_KINDS[kind].replace("maternal_hospital", "maternal-and-child hospital").replace("_", " ")
        return f"the {name}" if kind == ALLIANCE_HOSPITAL else f"{name} {int(row)}"

    def provider(self, key: Number) -> str:
        """By the key under which families remember it."""
        return f"doctor {int(key)}" if key < SITE_KEY else self.site(key - SITE_KEY)


@dataclass
class Scene:
    """One day, or one end of a month, with all that was written down of it."""

    day: int
    calls: list[Call]
    before: Rows
    after: Rows
    names: Names
    dice: dict[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, moments: list[Moment], names: Names) -> Scene:
        """Put together what happened at one time."""
        calls = [call for moment in moments for call in moment.calls]
        scene = cls(moments[0].day, calls, moments[0].before, moments[-1].after, names)
        for call in scene.walk():
            if call.purpose and call.purpose not in scene.dice and call.name.endswith(".die"):
                scene.dice[call.purpose] = float(call.result or 0.0)
        return scene

    def walk(self) -> Iterator[Call]:
        """Every call, in order."""
        for call in self.calls:
            yield from call.walk()

    def find(self, key: str) -> Call | None:
        """The first call of this name."""
        return next((call for call in self.walk() if call.key == key), None)

    def parameter(self, key: str) -> float | None:
        """A parameter that was read, None if it was not."""
        return next((call.parameters[key] for call in self.walk() if key in call.parameters), None)

    def sentences(self) -> list[str]:
        """The story, in order, without saying anything twice."""
        said: list[str] = []
        for call in self.calls:
            said += self._told(call)
        return [text for i, text in enumerate(said) if text and text not in said[:i]]

    def _told(self, call: Call) -> list[str]:
        teller = TELLERS.get(call.key)
        own = [teller(call, self)] if teller else [itself(call)] if call.is_rule else [changed(call)] if call.changes else []
        inner = [] if call.key in WHOLE or call.is_rule else [text for c in call.calls for text in self._told(c)]
        return own + inner


def tells(*keys: str, whole: bool = False) -> Callable[[Teller], Teller]:
    """Register a teller; `whole` if it tells of everything that the call leads to."""

    def register(teller: Teller) -> Teller:
        TELLERS.update(dict.fromkeys(keys, teller))
        if whole:
            WHOLE.update(keys)
        return teller

    return register


def quiet(*keys: str) -> None:
    """Parts of decisions, whose numbers stand in another sentence or belong among the rules."""
    for key in keys:
        TELLERS[key] = lambda _call, _scene: ""


def itself(call: Call) -> str:
    """A rule without a teller: its own first sentence and its result."""
    says = call.says.partition(" [")[0].removeprefix("[bool] ")
    value = "" if call.result is None else {"True": "yes", "False": "no"}.get(str(call.result), shown(call.result))
    return f"{says}: {value}." if value else ""


def changed(call: Call) -> str:
    """What a step that ran as machine code changed for this agent."""
    moved = ", ".join(f"{name.replace('_', ' ')} from {shown(a)} to {shown(b)}" for name, (a, b) in call.changes.items())
    return f"{call.says}: {moved}."


# -- numbers as people read them ------------------------------------------------------------------------------------


def shown(value: Number | None) -> str:
    """A number with three digits that matter."""
    if value is None or not math.isfinite(value):
        return "not known"
    if isinstance(value, int) or abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.3g}" if abs(value) >= 0.0005 or value == 0 else f"{value:.1e}"


def chance(p: Number | None, die: float | None) -> str:
    """A probability and its die: what happened is what the die was below."""
    parts = [f"probability {shown(p)}"] if p is not None else []
    return ", ".join(parts + ([f"die {shown(die)}"] if die is not None else []))


def came_true(p: Number | None, die: float | None) -> bool:
    """Whether the die was thrown and lay below its probability."""
    return die is not None and die < float(p or 0.0)


def yuan(fen: Number) -> str:
    """An amount of money."""
    return f"{fen / FEN_PER_YUAN:,.2f} yuan"


def count(n: Number, one: str, many: str = "") -> str:
    """A number with its noun."""
    return f"{n:,.0f} {one if n == 1 else many or one + 's'}"


def date_of(day: Number) -> date:
    """The date of a day of the world."""
    return calendar.FIRST_DAY + timedelta(days=int(day))
