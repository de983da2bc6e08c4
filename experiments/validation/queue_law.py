"""Does the queue of a full provider follow its exact law?

Illnesses come in a batch once a week, Poisson in number. The one open provider sees as many as fit into that day, those
first who were turned away a week ago. Who finds it full tries once more a week later and then gives up. With capacity c
and a batch A, X of whom were carried over from the week before,

    carried to the next week  X' = max(0, A - max(0, c - X))
    given up                  G  = max(0, X - c)
    seen                      V  = min(X, c) + min(A, max(0, c - X))

a Markov chain on the whole numbers. Its stationary law and the exact standard errors of means over many weeks are solved as
linear equations (errors estimated from the weeks themselves would be too small where rare weeks decide). It is held against
the model's own week (`run_week`): drawn arrivals, whole visits of a day, waiting lists by day, second tries and giving up.
"""

import math
from typing import NamedTuple

import numpy as np

from experiments.validation.check import Check, within
from experiments.validation.isolated import isolated_world
from model import dice, illness
from model.opening import set_clock
from model.week import run_week
from model.world import Stream, World

CENTRE_ALTERNATIVE = 2  # place of the nearest centre among the alternatives of choice
N_CHILDREN = 200
N_WEEKS_BEFORE = 50  # until the empty start is forgotten
SDS_KEPT = 14  # of the Poisson law: what lies beyond has no weight in double precision
ALONE = {
    "resident.seek_care.log_odds_of_seeking": 500.0, "doctor.treat.log_odds_unresolved": -500.0, "doctor.refer.caution": 1e-300,
    "illness.share_serious": 0.0, "illness.share_specialist": 0.0, "centre.wait.background_utilisation": 0.0,
    "illness.severe_per_child_year": 0.0,
}  # fmt: skip


class Queue(NamedTuple):
    """One case: the mean batch of a week and what the provider can see in a day."""

    name: str
    batch: float
    capacity: float


QUEUES = (
    Queue("room to spare", 8.0, 10.0),
    Queue("just enough room", 12.0, 12.0),
    Queue("too little room", 15.0, 12.0),
    Queue("room for seven and a half", 8.0, 7.5),
)


FIGURES = {
    "carried to the next week": "children/week", "given up": "children/week", "seen": "visits/week",
    "weeks after which nobody is carried": "1", "weeks after which more than two are carried": "1",
}  # fmt: skip
MANY = 2


def figures(carried: np.ndarray, given_up: np.ndarray, seen: np.ndarray) -> np.ndarray:
    """The five figures that are compared, shape (5, ...)."""
    return np.stack([carried, given_up, seen, carried == 0, carried > MANY]).astype(float)


def poisson_law(mean: float, n: int) -> np.ndarray:
    """Probabilities of 0 to n - 1, shape (n,)."""
    law = np.array([math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) for k in range(n)])
    return law / law.sum()


def capacities(queue: Queue) -> list[int]:
    """Whole visits of the batch's day, week by week, until they repeat: 7.5 a day gives seven and eight in turn."""
    return (
        [int(queue.capacity)] if queue.capacity == int(queue.capacity) else [math.floor(queue.capacity), math.ceil(queue.capacity)]
    )


def week_of(c: int, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Who is carried on, shape (n, n), and all figures, shape (5, n, n), for each number carried before and each batch."""
    before, batch = np.arange(n)[:, None], np.arange(n)[None, :]
    room = np.maximum(0, c - before)
    carried = np.maximum(0, batch - room)
    given_up = np.broadcast_to(np.maximum(0, before - c), carried.shape)
    return carried, figures(carried, given_up, np.minimum(before, c) + np.minimum(batch, room))


def expected(queue: Queue) -> tuple[np.ndarray, np.ndarray]:
    """Stationary mean of each figure, and the standard deviation that its mean over many weeks has, times their root.

    States are (place in the circle of capacities, number carried). With h from (1 - P) h = f - mean, the errors
    f + h(next) - h(now) - mean of successive weeks are uncorrelated, so that their variance is that of the sum.
    """
    circle, n = capacities(queue), math.ceil(queue.batch + SDS_KEPT * math.sqrt(queue.batch))
    size, law = n * len(circle), poisson_law(queue.batch, n)
    chain, after, found = np.zeros((size, size)), [], []
    for place, c in enumerate(circle):
        carried, values = week_of(c, n)
        after.append(carried + (place + 1) % len(circle) * n)
        found.append(values)
        for x in range(n):
            np.add.at(chain[place * n + x], after[-1][x], law)
    following, values = np.concatenate(after), np.concatenate(found, axis=1)
    stationary = np.linalg.lstsq(np.vstack([chain.T - np.eye(size), np.ones(size)]), np.append(np.zeros(size), 1.0))[0]
    of_state = values @ law
    means = of_state @ stationary
    h = np.linalg.lstsq(np.eye(size) - chain, of_state.T - means)[0].T
    errors = values + h[:, following] - h[:, :, None] - means[:, None, None]
    return means, np.sqrt((errors**2 @ law) @ stationary)


def only_centre(world: World, capacity: float) -> None:
    """Leave families one provider, with this room."""
    world.alternative_site[:], world.alternative_doctor[:] = -1, -1
    world.alternative_site[:, CENTRE_ALTERNATIVE] = 0
    world.sites.capacity_per_day[0] = capacity
    world.children.last_week[:] = np.iinfo(np.int64).max  # nobody grows up during the experiment


def season_of(seed: np.uint64, batch: float, season: int) -> Stream:
    """A season's illnesses: one batch on the first day of each week, its size a die of the week."""
    weeks = season * illness.WEEKS_PER_SEASON + np.arange(illness.WEEKS_PER_SEASON)
    sizes = np.array([illness.poisson(batch, u) for u in dice.dice(seed, dice.ILLNESS_COUNT, weeks)])
    by_day = np.zeros(illness.DAYS_PER_SEASON, np.int64)
    by_day[::7] = sizes
    first, n = np.concatenate([[0], np.cumsum(by_day)]).astype(np.int32), int(sizes.sum())
    number = np.arange(n, dtype=np.int32) + season * illness.WEEKS_PER_SEASON * illness.MOST_PER_SEASON
    return Stream(first, (number % N_CHILDREN).astype(np.int32), number, np.full(n, 720, np.int16))


def simulated(queue: Queue, n_weeks: int, seed: int) -> np.ndarray:
    """What the model's own week does with the batches: every figure of every week, shape (5, n_weeks)."""
    world, key = isolated_world(ALONE, seed, N_CHILDREN)
    only_centre(world, queue.capacity)
    counts = np.zeros((n_weeks + N_WEEKS_BEFORE + 1, 3), np.int64)
    stream = season_of(key, queue.batch, 0)
    with np.errstate(over="ignore"):
        for week in range(len(counts) - 1):
            if week and week % illness.WEEKS_PER_SEASON == 0:
                stream = season_of(key, queue.batch, week // illness.WEEKS_PER_SEASON)
            set_clock(world.clock, week, 0, 0, 0, 0, 1.0, 1.0, 1.0, world.tally, world.fund)
            run_week(world, stream, week, key)
            counts[week + 1] = world.tally[0].n_turned_away, world.tally[0].n_gave_up, world.tally[0].n_visits
    turned_away, given_up, seen = np.diff(counts, axis=0)[N_WEEKS_BEFORE:].T
    return figures(turned_away - given_up, given_up, seen)


def held_against(queue: Queue, law: tuple[np.ndarray, np.ndarray], weeks: np.ndarray) -> list[Check]:
    """Each figure of the simulated weeks against the law's."""
    checks = []
    question = "Does a full provider see, carry over and lose as its exact stationary law says?"
    because = f"batches of {queue.batch:g} a week, room for {queue.capacity:g} a day, {weeks.shape[1]:,} weeks"
    for (what, unit), mean, sd, values in zip(FIGURES.items(), *law, weeks, strict=True):
        error = float(sd) / math.sqrt(len(values))
        checks.append(within(f"queue, {queue.name}: {what}", question, float(mean), float(values.mean()), error, unit, because))
    return checks


def queue_checks(n_weeks: int = 20_000, seed: int = 1) -> list[Check]:
    """All cases of the weekly batch queue."""
    return [
        check
        for place, queue in enumerate(QUEUES)
        for check in held_against(queue, expected(queue), simulated(queue, n_weeks, seed + place))
    ]
