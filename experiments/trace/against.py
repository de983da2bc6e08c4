"""Where do two worlds part for the same child, and which rule parted them?

The same seed gives the same child with the same luck, so the two stories run alike until something was decided
differently. The first chapter that differs in what was done names the event; the first decision in it with other numbers
names the rule, and both sets of numbers say why.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from experiments.inputs import common_weeks
from experiments.trace.story import Chapter, Story
from experiments.trace.watch import Call, Number
from experiments.trace.words import WHOLE, shown
from experiments.trace.words_visit import utilities
from model.alliance import AllianceModel
from model.divergence import Divergence, first_divergence

if TYPE_CHECKING:
    from model.scenario import Scenario

Deed = tuple[Any, ...]
OF_WHOM = ("site_row", "doctor_row", "day", "event", "is_resolved", "where")
NO_DEEDS = ("post", "severity_seen", "take_room")
CHOICE, TURN = "best_alternative", "whose_turn"
TELLING_RESULTS = (TURN, "come_back", "is_better")


@dataclass(frozen=True)
class Parting:
    """Where two stories part: the day, what was done in each, and the rule that parted them."""

    day: date
    first: list[str]
    second: list[str]
    rule: str
    says: str
    numbers: dict[str, tuple[Number | None, Number | None]]

    def sentences(self) -> list[str]:
        """What parted them, in words."""
        found = [f"The two lives part on {self.day}."]
        if self.rule:
            same = {name: pair for name, pair in self.numbers.items() if pair[0] == pair[1]}
            other = {name: pair for name, pair in self.numbers.items() if pair[0] != pair[1]}
            listed = "; ".join(f"{name} {value_of(a)} against {value_of(b)}" for name, (a, b) in other.items())
            found.append(f"The rule that parted them: {self.rule} ({self.says}): {listed or 'the same numbers'}.")
            if same:
                found.append("The same in both: " + ", ".join(f"{name} {shown(a)}" for name, (a, _) in same.items()) + ".")
        return found


def value_of(value: Number | None) -> str:
    """A number of one of the worlds; an alternative that had no room, or was not near, has none."""
    return "none" if value is None else shown(value)


def parting(first: Story, second: Story) -> Parting | None:
    """Where two stories of the same agent part in what was done; None if they never do."""
    pair = ([c for c in story.chapters if _deeds(c)] for story in (first, second))
    for one, other in zip_longest(*pair):
        if one is None or other is None or one.day != other.day:
            earlier = min((c for c in (one, other) if c is not None), key=lambda chapter: chapter.day)
            return _parted(one if one is earlier else None, other if other is earlier else None)
        if _deeds(one) != _deeds(other):
            return _parted(one, other)
    return None


def first_other_number(first: Story, second: Story) -> tuple[date, Call, Call] | None:
    """The first decision with other numbers, whether or not it came out differently."""
    for one, other in zip(first.chapters, second.chapters, strict=False):
        for a, b in zip(_calls(one), _calls(other), strict=False):
            if one.day != other.day or a.name != b.name:
                return None
            if a.is_rule and (a.inputs, a.parameters, a.result) != (b.inputs, b.parameters, b.result):
                return one.day, a, b
    return None


def worlds_part(first: Scenario, second: Scenario, seed: int, n_weeks: int) -> Divergence | None:
    """The first difference between the two worlds themselves; their common past is run once."""
    common = common_weeks(first, second)
    if common >= n_weeks:
        return None
    if common == 0:
        return first_divergence(AllianceModel(first, seed), AllianceModel(second, seed), n_weeks)
    past = AllianceModel(first, seed).run_until(common).checkpoint()
    return first_divergence(AllianceModel.from_checkpoint(past), AllianceModel.from_checkpoint(past, second), n_weeks)


# -- what was done --------------------------------------------------------------------------------------------------


def _calls(chapter: Chapter) -> Iterator[Call]:
    for call in chapter.calls:
        yield from call.walk()


def _deeds(chapter: Chapter) -> list[Deed]:
    """What was done, without the numbers behind it."""
    return [_deed(call) for top in chapter.calls for call in _steps(top)]


def _steps(call: Call) -> Iterator[Call]:
    """Steps of the week, not the parts of what tells of itself as a whole."""
    if call.is_rule or call.purpose or call.changes or call.key in NO_DEEDS:
        return
    yield call
    for inner in () if call.key in WHOLE else call.calls:
        yield from _steps(inner)


def _deed(call: Call) -> Deed:
    if call.key == CHOICE:
        total = utilities(call)
        return (call.key, max(total, key=lambda key: total[key]) if total else None)
    result = call.result if call.key in TELLING_RESULTS else None
    return (call.key, result, *(call.inputs.get(name) for name in OF_WHOM))


def _parted(one: Chapter | None, other: Chapter | None) -> Parting:
    day = (one or other).day  # pyright: ignore[reportOptionalMemberAccess] - one of them is there
    words = (one.words if one else ["Nothing happened."], other.words if other else ["Nothing happened."])
    if one is None or other is None:
        return _alone(day, words, one, other)
    pair = _what_differs(one, other)
    if pair is None:
        return Parting(day, *words, "", "", {})
    a, b = pair
    if a.key == CHOICE:
        names = one.scenes[0].names
        both = utilities(a), utilities(b)
        listed = {f"utility of {names.provider(key)}": (both[0].get(key), both[1].get(key)) for key in both[0] | both[1]}
        return Parting(day, *words, "resident.choose_provider", a.says, listed)
    inputs = (a.inputs | a.parameters, b.inputs | b.parameters)
    merged = {name: (inputs[0].get(name), inputs[1].get(name)) for name in inputs[0] | inputs[1]}
    return Parting(day, *words, a.key, a.says, merged | {"result": (a.result, b.result)})


def _alone(day: date, words: tuple[list[str], list[str]], one: Chapter | None, other: Chapter | None) -> Parting:
    """Something was decided in one world only: its last decision, without numbers in the other."""
    chapter = one or other
    rule = next((call for call in reversed(list(_calls(chapter))) if call.is_rule), None) if chapter else None
    if rule is None:
        return Parting(day, *words, "", "", {})
    own = rule.inputs | rule.parameters | {"result": rule.result}
    return Parting(day, *words, rule.key, rule.says, {n: (v, None) if one else (None, v) for n, v in own.items()})


def _what_differs(one: Chapter, other: Chapter) -> tuple[Call, Call] | None:
    """The choice or turn that came out differently, else the last decision with other numbers on the way to what was done."""
    steps = [[call for top in chapter.calls for call in _steps(top)] for chapter in (one, other)]
    a, b = next(((a, b) for a, b in zip(*steps, strict=False) if _deed(a) != _deed(b)), (None, None))
    if a is None or b is None or (a.key == b.key and a.key in (CHOICE, TURN)):
        return (a, b) if a and b else None
    both = [list(_calls(one)), list(_calls(other))]
    ends = [_place(calls, step) + len(list(step.walk())) for calls, step in zip(both, (a, b), strict=True)]
    pairs = list(zip(both[0][: ends[0]], both[1][: ends[1]], strict=False))
    alike = [(x, y) for x, y in pairs if x.name == y.name and x.is_rule]
    by_result = next(((x, y) for x, y in reversed(alike) if x.result != y.result), None)
    return by_result or next(((x, y) for x, y in reversed(alike) if (x.inputs, x.parameters) != (y.inputs, y.parameters)), None)


def _place(calls: list[Call], step: Call) -> int:
    return next(i for i, call in enumerate(calls) if call is step)
