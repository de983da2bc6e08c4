"""What was one child's life in both worlds, and what parted them?

Both worlds run once more, watched: the past that they share, then each by itself. The watched world must be the world that
everybody else sees, to the last bit. What is kept is small: events, and the numbers of the rule that parted the two.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from agents.units import WEEKS_OF_CHILDHOOD, WEEKS_PER_YEAR
from dashboard import worlds
from dashboard.rooms.children.events import Event, events
from dashboard.rooms.children.pair import POLICY, Pair
from dashboard.shelf import Shelf
from dashboard.worlds import IsWanted
from experiments.trace.against import parting
from experiments.trace.replay import ChildWatch
from experiments.trace.story import Story, days
from experiments.trace.watch import Moment, Number
from experiments.trace.words import Names
from model import dice, illness
from model.alliance import AllianceModel
from model.calendar import FIRST_HISTORY_WEEK, FIRST_POLICY_WEEK
from model.choice import SITE_KEY
from model.dice import die

WEEKS_AT_ONCE = 4
"""A watched week is slow: others get their turn after so many."""


@dataclass(frozen=True)
class About:
    """The child and its household, as the worlds begin to differ."""

    child: int
    age_years: float  # negative if it is born later
    first_week: int
    last_week: int
    frailty: float
    income_yuan: float
    fifth: int
    community: int
    minutes: float


@dataclass(frozen=True)
class Part:
    """Where the two lives part: the day, the rule, and its numbers in both worlds.

    A number is a name, the key of the provider if it is the utility of one (else -1), and both values.
    """

    day: date
    rule: str
    numbers: tuple[tuple[str, int, Number | None, Number | None], ...]


@dataclass(frozen=True)
class Lives:
    """One child in both worlds."""

    about: About
    start_week: int
    end_week: int
    kinds: tuple[int, ...]  # of places
    shared: tuple[Event, ...]
    first: tuple[Event, ...]
    second: tuple[Event, ...]
    part: Part | None


_lives: Shelf[object, Lives] = Shelf(room=200)
_pasts: Shelf[object, tuple[Event, ...]] = Shelf(room=400)


def lives(pair: Pair, child: int, is_wanted: IsWanted, report: Callable[[float], None] = lambda _: None) -> Lives:
    """Return a child's life in both worlds; raises NotWantedError."""
    return _lives.get((pair.key, child), lambda: _compute(pair, child, is_wanted, report))


def _compute(pair: Pair, child: int, is_wanted: IsWanted, report: Callable[[float], None]) -> Lives:
    with pair.models(is_wanted) as (one, other):
        names, about = _names(one), _about(one, child, pair.start_week)
        shared = _past(pair, child, names, is_wanted, lambda done: report(done / 3)) if pair.kind == POLICY else ()
        stories, told = [], []
        for n, model in enumerate((one, other), start=1):
            moments = watched(model, child, pair.base.last_week, is_wanted, lambda done, n=n: report((n + done) / 3))
            chapters = days([moment for moment in moments if _is_lived(moment, names)], names)
            stories.append(Story("child", child, "", pair.seed, [], chapters, "", model.result_hash(), names))
            told.append(events(moments, names))
        if pair.kind == POLICY:
            known = worlds.world(pair.base, pair.seed, lambda *_: None, is_wanted).baseline_hash
            if stories[0].result_hash != known:
                raise AssertionError("the watched world is not the world: its bits differ")
        return Lives(about, pair.start_week, pair.base.last_week, names.kinds, shared, told[0], told[1], _part(stories, one))


def watched(model: AllianceModel, child: int, to_week: int, is_wanted: IsWanted, report: Callable[[float], None]) -> list[Moment]:
    """Run a world on with one child watched, behind what others wait for; raises NotWantedError."""
    watch, from_week = RealWatch(model, child), model.week
    model.step = watch.step
    while model.week < to_week:
        worlds.walk(model, min(model.week + WEEKS_AT_ONCE, to_week), is_wanted)
        report((model.week - from_week) / (to_week - from_week))
    return watch.moments


def _is_lived(moment: Moment, names: Names) -> bool:
    """[bool] Whether anything happens to the child: the end of a month is also gone through where nothing comes of it."""
    return moment.day >= 0 or bool(events([moment], names))


class RealWatch(ChildWatch):
    """Steps only through days on which a potential illness becomes real: a slow day less for each that does not."""

    def _falls_ill(self, day: int) -> bool:
        model, stream, d = self.model, self.model.stream(), day % illness.DAYS_PER_SEASON
        places = range(int(stream.first[d]), int(stream.first[d + 1]))
        numbers = stream.number[places.start : places.stop][stream.child[places.start : places.stop] == self.child]
        clock = model.world.clock[0]
        chance = clock.relative_incidence / clock.ceiling_incidence
        return any(die(model.seed_key, dice.ILLNESS_HAPPENS, self.child, int(number), 0) < chance for number in numbers)


def _past(pair: Pair, child: int, names: Names, is_wanted: IsWanted, report: Callable[[float], None]) -> tuple[Event, ...]:
    """What happened before any policy: the same whatever the policy is."""

    def compute() -> tuple[Event, ...]:
        with worlds.lent(AllianceModel(pair.base.scenario, pair.seed)) as model:
            worlds.walk(model, FIRST_HISTORY_WEEK, is_wanted)
            return events(watched(model, child, FIRST_POLICY_WEEK, is_wanted, report), names)

    return _pasts.get((pair.base.mark, pair.seed, child), compute)


def _names(model: AllianceModel) -> Names:
    return Names(tuple(int(kind) for kind in model.world.sites.kind))


def _about(model: AllianceModel, row: int, start_week: int) -> About:
    child = model.world.children[row]
    home = model.world.households[int(child.household)]
    age = (start_week - (int(child.last_week) - WEEKS_OF_CHILDHOOD)) / WEEKS_PER_YEAR
    minutes = float(model.world.minutes[int(home.community), -1])
    return About(
        row,
        age,
        int(child.first_week),
        int(child.last_week),
        float(child.frailty),
        float(home.income_yuan),
        int(home.fifth),
        int(home.community),
        minutes,
    )


def _part(stories: list[Story], model: AllianceModel) -> Part | None:
    found = parting(*stories)
    if found is None:
        return None
    names = stories[0].names
    keys = [*range(len(model.world.doctors)), *range(SITE_KEY, SITE_KEY + len(names.kinds))]
    provider = {f"utility of {names.provider(key)}": key for key in keys}
    numbers = [("utility" if name in provider else name, provider.get(name, -1), *pair) for name, pair in found.numbers.items()]
    return Part(found.day, found.rule, tuple(numbers))
