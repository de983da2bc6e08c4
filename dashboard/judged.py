"""What may be put into words, or coloured, of a difference?

Nothing before it is settled: while worlds still arrive a word would come and go. A difference that rounds to nothing in the
digits in which it is shown is no change, whatever its interval says. The others are told by their interval.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from enum import Enum

from dashboard.band import FEWEST_FOR_BAND
from experiments.paired import Difference

NUMBER = re.compile(r"[+\u2212-]?[\d.,]+")


class Judged(Enum):
    """What a difference comes to; only of the last two is there anything to tell."""

    NO_VALUE = "no value"
    OPEN = "worlds are still to come"
    ONE_WORLD = "a single world, which has no interval"
    SAME = "no change in the digits shown"
    ALIKE = "not distinguishable from no change"
    FALLS = "lower"
    RISES = "higher"

    @property
    def is_told(self) -> bool:
        """[bool] Whether the difference is shown to be one."""
        return self in (Judged.FALLS, Judged.RISES)


def are_settled(n_done: int, n_wanted: int) -> bool:
    """[bool] Whether so many worlds settle a word: all that were asked for, and enough for an interval that tells something."""
    return n_done >= max(n_wanted, FEWEST_FOR_BAND)


def judged(found: Difference, write: Callable[[float], str], *, is_settled: bool = True) -> Judged:
    """Return what may be said of a difference that is written so."""
    if math.isnan(found.mean):
        return Judged.NO_VALUE
    if not is_settled:
        return Judged.OPEN
    if math.isnan(found.low):
        return Judged.SAME if is_nothing(write(found.mean)) else Judged.ONE_WORLD
    if found.sign == 0:
        are_nothing = all(is_nothing(write(value)) for value in (found.low, found.mean, found.high))
        return Judged.SAME if are_nothing else Judged.ALIKE
    if is_nothing(write(found.mean)):
        return Judged.SAME
    return Judged.RISES if found.mean > 0 else Judged.FALLS


def is_nothing(written: str) -> bool:
    """[bool] Whether a number shows nothing but zeros, as it is written."""
    number = NUMBER.match(written)
    return number is not None and not any(digit in "123456789" for digit in number[0])
