"""Which runs are done together, by one worker, into one file?

A chunk is a second or two of work: whole seeds where a seed has few points, equal parts of a seed where it has many. The cut
depends on the design alone, never on workers or on what is done already, so that two sweeps at once and the shards of a job
array cut alike. Runs that are done are then taken out; a run is known by its key, and no chunk needs to be found again.
"""

import math
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, replace

from experiments.sweep.design import Design
from experiments.sweep.key import Questions, chunk_name, run_key
from experiments.sweep.means import MOST_RUNS_OF_CHUNK
from model.settings import Settings

SECONDS_OF_CHUNK = 1.5
POINTS_BETWEEN_LINES = 1_000
FEWEST_CHUNKS = 8  # of any sweep, so that several workers have something to do
# Measured on one core of 2020: a week of a small world, what each child adds to it, and what the end of a run takes.
SECONDS_PER_WEEK, SECONDS_PER_CHILD_WEEK, SECONDS_PER_RUN = 7e-5, 9e-9, 1e-2


@dataclass(frozen=True, slots=True)
class Run:
    """One world to be simulated."""

    key: str
    seed: int
    point: Settings


@dataclass(frozen=True)
class Chunk:
    """Runs that one worker does together."""

    runs: tuple[Run, ...]

    @property
    def name(self) -> str:
        """The name of its file."""
        return chunk_name(run.key for run in self.runs)

    def without(self, done: Container[str]) -> "Chunk":
        """What remains of it."""
        return replace(self, runs=tuple(run for run in self.runs if run.key not in done))

    def halves(self) -> "list[Chunk]":
        """The same runs in two chunks."""
        middle = len(self.runs) // 2
        return [Chunk(self.runs[:middle]), Chunk(self.runs[middle:])]


def usual_size(design: Design) -> int:
    """How many runs make about a second and a half of work; the same on every machine."""
    frame = design.frame
    n_weeks = frame.n_weeks_in_all - frame.n_shared_weeks
    children = frame.scenario.values["population.n_children"]
    seconds = SECONDS_PER_RUN + n_weeks * (SECONDS_PER_WEEK + children * SECONDS_PER_CHILD_WEEK)
    by_time = min(MOST_RUNS_OF_CHUNK, max(1, round(SECONDS_OF_CHUNK / seconds)))
    return min(by_time, max(1, design.n_runs // FEWEST_CHUNKS))


def cuts(design: Design, size: int) -> Iterator[tuple[range, range]]:
    """Places of the seeds and of the points of each chunk."""
    n_seeds, n_points = len(design.seeds), design.n_points
    if size >= n_points:
        step = size // n_points
        for first in range(0, n_seeds, step):
            yield range(first, min(first + step, n_seeds)), range(n_points)
    else:
        step = math.ceil(n_points / math.ceil(n_points / size))
        for seed in range(n_seeds):
            for first in range(0, n_points, step):
                yield range(seed, seed + 1), range(first, min(first + step, n_points))


class Chunks:
    """The chunks of a design, or of shard i of n: every n-th of them; made anew each time one asks."""

    def __init__(
        self,
        design: Design,
        engine: str,
        size: int,
        shard: tuple[int, int] = (1, 1),
        named: Callable[[int, int], None] = lambda *_: None,
    ) -> None:
        """`named` hears how many runs are named, and of how many."""
        self._design, self._size, self._shard = design, size, shard
        self._questions: list[str] = []
        question = Questions(design.frame, design.vary, engine)
        for n, point in enumerate(design.points):
            if n % POINTS_BETWEEN_LINES == 0:
                named(n * len(design.seeds), design.n_runs)
            self._questions.append(question(point))

    def __iter__(self) -> Iterator[Chunk]:
        """Chunk by chunk, seed by seed."""
        i, n = self._shard
        for number, (seeds, places) in enumerate(cuts(self._design, self._size)):
            if number % n == i - 1:
                yield Chunk(tuple(self._run(self._design.seeds[seed], place) for seed in seeds for place in places))

    def without(self, done: Container[str]) -> Iterator[Chunk]:
        """What remains of each chunk, where something does."""
        return (rest for chunk in self if (rest := chunk.without(done)).runs)

    def _run(self, seed: int, place: int) -> Run:
        return Run(run_key(self._questions[place], seed), seed, self._design.points[place])
