"""What is a lesson, and which of its predictions came true?

A lesson compares two worlds of the same children with the same luck: a first and a second policy. It names figures to look at, each
with the direction that the model is known to give; a test runs every lesson and fails where a direction no longer comes out.
Whether a prediction came true is decided by the visitor's own run, never by the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from experiments.paired import Difference
from model import calendar
from model.scenario import Scenario

HIGHER, LOWER, ALIKE, SAME = "higher", "lower", "alike", "same"
DIRECTIONS = (HIGHER, LOWER, ALIKE, SAME)
"""Second against first: the interval is above zero, below it, holds it, or every world has exactly the same figure."""

Said = Mapping[str, str]
"""One text by language."""

Settings = Mapping[str, float | int]


@dataclass(frozen=True)
class Step:
    """Settings in force from a week of the policy years on; `week` None: from the first day of the world."""

    week: int | None
    settings: Settings


@dataclass(frozen=True)
class Policy:
    """One of a lesson's two policies."""

    name: Said
    steps: tuple[Step, ...]

    @property
    def settings(self) -> dict[str, float | int]:
        """What is in force on the first day of the policy years."""
        return {key: value for step in self.steps if step.week == 0 for key, value in step.settings.items()}

    def applied_to(self, scenario: Scenario) -> Scenario:
        """The scenario under this policy."""
        for step in self.steps:
            day = None if step.week is None else calendar.POLICY_START + timedelta(weeks=step.week)
            scenario = scenario.with_settings(dict(step.settings), day)
        return scenario


@dataclass(frozen=True)
class Look:
    """A figure to look at, over all policy years or some weeks of them; `is_hidden` until a prediction is made."""

    name: str
    indicator: str
    weeks: tuple[int, int] | None
    expect: str
    is_hidden: bool
    label: Said
    note: Said


@dataclass(frozen=True)
class Prediction:
    """What somebody may foresee: a direction for some of the looks; `reply` is for whoever chose it."""

    name: str
    says: Said
    expects: Mapping[str, str]
    reply: Said


@dataclass(frozen=True)
class Guess:
    """A number to foresee: the change of one look in per cent of the first policy's figure [%]."""

    look: str
    low: float
    high: float
    step: float
    reply: Said


@dataclass(frozen=True)
class Lesson:
    """A case, a question, two policies, what to look at, and what is to be learned."""

    name: str
    order: int
    title: Said
    case: Said
    question: Said
    scenario: str
    world: Settings
    first: Policy
    second: Policy
    looks: tuple[Look, ...]
    predictions: tuple[Prediction, ...]
    guess: Guess | None
    why: Said
    rules: tuple[str, ...]
    mechanisms: tuple[str, ...]
    readings: Said
    home: Said
    teacher: Said

    def look(self, name: str) -> Look:
        """One of the figures to look at, by its name in the lesson."""
        return next(look for look in self.looks if look.name == name)

    def prediction(self, name: str) -> Prediction | None:
        """One of the predictions, by its name; None if there is none of that name."""
        return next((one for one in self.predictions if one.name == name), None)


def direction_of(difference: Difference, values: list[float]) -> str:
    """What came of a figure: one of DIRECTIONS; `values` are the differences of the single worlds."""
    if values and all(value == 0 for value in values):
        return SAME
    return {1: HIGHER, -1: LOWER, 0: ALIKE}[difference.sign]


def agrees(expected: str, found: str) -> bool:
    """[bool] Whether a direction that was found is the expected one; what is the same in every world is alike too."""
    return found == expected or (expected == ALIKE and found == SAME)


def came_true(prediction: Prediction, found: Mapping[str, str]) -> bool:
    """[bool] Whether every direction that the prediction names was found; `found` is a direction by look."""
    return all(agrees(expected, found[name]) for name, expected in prediction.expects.items())
