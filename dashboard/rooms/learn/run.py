"""What comes of a lesson, in several worlds?

    for each world:  the past once, then the policy years under the first policy and under the second

The same children with the same luck live under both, so the differences are paired. What came of one world is small and is
kept for everybody: in a class of thirty the first who runs a lesson computes it for all.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from dashboard import worlds
from dashboard.band import half_width, mean_over
from dashboard.rooms.learn.lesson import Lesson, Look, Policy, direction_of
from dashboard.shelf import Shelf
from dashboard.work import somebody_waits
from experiments.interval import mean_and_half_width
from experiments.paired import Difference, difference_of
from model import indicators
from model.alliance import AllianceModel, Checkpoint
from model.calendar import FIRST_POLICY_WEEK

WORLDS = 10
HALF_YEAR = 26
IsWanted = Callable[[], bool]


@dataclass(frozen=True, eq=False)
class Pair:
    """One world under both policies: each look's figure, and its course by half-years from the end of 2020 on."""

    first: dict[str, float]
    second: dict[str, float]
    first_course: dict[str, np.ndarray]
    second_course: dict[str, np.ndarray]


@dataclass(frozen=True, eq=False)
class Figure:
    """What came of one look: means over the worlds, the paired difference, its direction."""

    look: Look
    first: float
    second: float
    difference: Difference
    direction: str
    percent: Difference
    """The difference in per cent of the first policy's figure."""


@dataclass(frozen=True, eq=False)
class Came:
    """What came of a lesson."""

    lesson: Lesson
    pairs: Sequence[Pair]

    @property
    def figures(self) -> list[Figure]:
        """Every look, in the lesson's order."""
        return [_figure(look, self.pairs) for look in self.lesson.looks]

    @property
    def directions(self) -> dict[str, str]:
        """The direction of each look."""
        return {figure.look.name: figure.direction for figure in self.figures}

    def course(self, look: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Mean courses of both policies, and half the width of the band around the second (by half-years)."""
        first = np.stack([pair.first_course[look] for pair in self.pairs])
        apart = np.stack([pair.second_course[look] for pair in self.pairs]) - first
        mean = mean_over(list(first))
        half = half_width(list(apart)) if len(apart) > 1 else np.zeros(apart.shape[1])
        return mean, mean + mean_over(list(apart)), half


_pairs: Shelf[tuple[str, str, int], Pair] = Shelf(room=400)


def base_of(lesson: Lesson) -> worlds.Base:
    """The lesson's world as it is run here."""
    base = worlds.base(lesson.scenario)
    return worlds.base_of(f"lesson_{lesson.name}", base.scenario.with_settings(dict(lesson.world))) if lesson.world else base


def run(lesson: Lesson, report: Callable[[float], None], n_worlds: int = WORLDS) -> Came:
    """Run a lesson in worlds 1 to `n_worlds`; `report` hears the share done and raises NotWantedError when nobody waits."""
    base = base_of(lesson)
    found: list[Pair] = []
    for seed in range(1, 1 + n_worlds):
        found.append(_pairs.get((lesson.name, base.mark, seed), lambda seed=seed: pair(lesson, base, seed, somebody_waits(report))))
        report(len(found) / n_worlds)
    return Came(lesson, found)


def pair(lesson: Lesson, base: worlds.Base, seed: int, is_wanted: IsWanted = lambda: True) -> Pair:
    """One world under both policies; raises NotWantedError."""
    past = _past(base, seed, is_wanted)
    first, second = (_weekly(policy, base, past, is_wanted) for policy in (lesson.first, lesson.second))
    return Pair(_values(lesson, first), _values(lesson, second), _courses(lesson, first), _courses(lesson, second))


def _past(base: worlds.Base, seed: int, is_wanted: IsWanted) -> Checkpoint:
    """The world at the end of 2020: that of all visitors if it is there, else one that is not kept."""
    if worlds.is_warm(base, seed):
        return replace(worlds.world(base, seed, lambda *_: None).checkpoint, streams={})
    with worlds.lent(AllianceModel(base.scenario, seed=seed)) as model:
        return replace(worlds.walk(model, FIRST_POLICY_WEEK, is_wanted).checkpoint(), streams={})


def _weekly(policy: Policy, base: worlds.Base, past: Checkpoint, is_wanted: IsWanted) -> pd.DataFrame:
    with worlds.lent(AllianceModel.from_checkpoint(past, policy.applied_to(base.scenario))) as model:
        return worlds.walk(model, base.last_week, is_wanted).weekly()


def _values(lesson: Lesson, weekly: pd.DataFrame) -> dict[str, float]:
    policy = weekly.iloc[FIRST_POLICY_WEEK:]
    windows = {
        weeks: indicators.over(policy if weeks is None else policy.iloc[slice(*weeks)])
        for weeks in {look.weeks for look in lesson.looks}
    }
    return {look.name: windows[look.weeks][look.indicator] for look in lesson.looks}


def _courses(lesson: Lesson, weekly: pd.DataFrame) -> dict[str, np.ndarray]:
    points = np.arange(FIRST_POLICY_WEEK - 1, len(weekly), HALF_YEAR)
    return {look.name: indicators.rolling(weekly, look.indicator, HALF_YEAR)[points] for look in lesson.looks}


def _figure(look: Look, pairs: Sequence[Pair]) -> Figure:
    firsts, seconds = [pair.first[look.name] for pair in pairs], [pair.second[look.name] for pair in pairs]
    apart = [second - first for first, second in zip(firsts, seconds, strict=True)]
    percent = [100 * difference / abs(first) if first else math.nan for first, difference in zip(firsts, apart, strict=True)]
    difference = difference_of(look.indicator, apart)
    return Figure(
        look, mean_and_half_width(firsts)[0], mean_and_half_width(seconds)[0], difference,
        direction_of(difference, apart), difference_of(look.indicator, percent),
    )  # fmt: skip
