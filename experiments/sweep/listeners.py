"""Who hears how a sweep goes?"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Listeners:
    """Who hears of it: what is worth a line, what goes on, how many runs are named of how many, and how many are done, in all, and
    not ok."""

    say: Callable[[str], None] = lambda _: None
    stage: Callable[[str], None] = lambda _: None
    named: Callable[[int, int], None] = lambda *_: None
    runs: Callable[[int, int, int], None] = lambda *_: None
