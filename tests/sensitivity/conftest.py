"""What do the tests of sensitivity share? A space of made-up numbers, and functions that answer in the simulator's place."""

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from experiments.sensitivity.runs import Answers
from experiments.sensitivity.space import Axis, Space
from model.scenario import load_scenario
from model.settings import Settings

HUAXI = Path(__file__).resolve().parents[2] / "scenarios" / "huaxi.toml"
Function = Callable[[Settings], float]


def space(*axes: Axis) -> Space:
    """A space of these axes in the case's world; names that nothing declares contradict nothing."""
    return Space(load_scenario(HUAXI), axes)


def answering(*functions: Function, luck: float = 0.0) -> Callable[[Sequence[Settings], range], Answers]:
    """A model with an answer a function, and as much luck of a seed as is said."""

    def model(points: Sequence[Settings], seeds: range) -> Answers:
        dice = {seed: luck * np.random.default_rng(seed).normal() for seed in seeds}
        values = [[[function(point) + dice[seed] for seed in seeds] for function in functions] for point in points]
        return Answers(np.array(values, float), Counter({"ok": len(points) * len(seeds)}))

    return model


@pytest.fixture
def mixed() -> Space:
    """A number, a number that is not moved by the answer, a whole number, a flag, and whether something runs."""
    return space(
        Axis("steady", 1.0, 0.0, 4.0, is_whole=False), Axis("inert", 0.5, 0.0, 1.0, is_whole=False),
        Axis("whole", 3, 1, 6, is_whole=True), Axis("flag", 0, 0, 1, is_whole=True),
        Axis("a.is_running", 1, 0, 1, is_whole=True, is_switch=True),
    )  # fmt: skip
