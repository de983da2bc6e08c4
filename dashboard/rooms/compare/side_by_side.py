"""What becomes of several policies in the same worlds?

World by world: first every policy's years in one world, then in the next, so that what is known grows evenly and every difference
is one of pairs. Kept are the figures that are shown and thinned mean curves, nothing of the worlds themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from dashboard import worlds
from dashboard.band import mean_over
from dashboard.choice import Settings
from dashboard.picture import Outcome
from dashboard.rooms.compare.beside import Entry
from dashboard.rooms.decide.first_figures import WRITERS
from dashboard.shelf import Shelf
from dashboard.work import Report, somebody_waits
from experiments.interval import mean_and_half_width
from experiments.paired import Difference, difference
from model.calendar import HISTORY_WEEKS

FIGURES = tuple(WRITERS)
CURVES = (
    "share_referred", "n_missed_serious_per_1000_serious", "share_self_referred", "share_alliance_visits", "share_true_need",
    "fund_reserve_yuan",
)  # fmt: skip
WEEKS_SHOWN_BEFORE = 52
WEEKS_A_POINT = 4

Mark = tuple[str, Settings]
Asked = tuple[tuple[Mark, ...], tuple[int, int]]


@dataclass(frozen=True, eq=False)
class Together:
    """Several policies in the same worlds, as far as they are done: by mark, a row of figures for each seed."""

    n_wanted: int
    outcomes: Mapping[Mark, Sequence[Outcome]]
    curves: Mapping[Mark, Mapping[str, np.ndarray]] = field(default_factory=dict)
    weeks: Mapping[Mark, np.ndarray] = field(default_factory=dict)
    """The weeks of the curves' points, counted from the start of history."""

    @property
    def n_worlds(self) -> int:
        """How many worlds are done."""
        return min((len(rows) for rows in self.outcomes.values()), default=0)

    @property
    def is_settled(self) -> bool:
        """[bool] Whether words may be put to differences: no world is still to come."""
        return self.n_worlds >= self.n_wanted

    def has(self, entry: Entry) -> bool:
        """[bool] Whether this entry was simulated."""
        return entry.mark in self.outcomes

    def values(self, entry: Entry, figure: str) -> list[float]:
        """A figure in each world."""
        return [row[figure] for row in self.outcomes[entry.mark]]

    def mean(self, entry: Entry, figure: str) -> float:
        """The mean of a figure over the worlds in which it has a value."""
        return mean_and_half_width(self.values(entry, figure))[0]

    def difference(self, entry: Entry, reference: Entry, figure: str) -> Difference:
        """Entry minus reference, world by world, with its 95 % interval (not a number from a single world)."""
        return difference(figure, self.outcomes[reference.mark], self.outcomes[entry.mark])


_known: Shelf[Asked, Together] = Shelf(room=40)
"""Whole comparisons, some 0.2 MB each: who comes back to the room, or changes its language, finds them there."""


def known(asked: Asked) -> Together | None:
    """Return a comparison that was made before, or None."""
    return _known.peek(asked)


def simulate(listed: Sequence[Entry], seeds: range, report: Report, show: Callable[[Together], None]) -> Together:
    """Simulate all entries in all worlds; `show` is called with what is known after some of them. Raises NotWantedError."""
    by_base: dict[str, list[Entry]] = {}
    for entry in {one.mark: one for one in listed}.values():
        by_base.setdefault(entry.base.mark, []).append(entry)
    runs: dict[Mark, list[worlds.Run]] = {entry.mark: [] for entry in listed}
    pasts: dict[Mark, list[Mapping[str, np.ndarray]]] = {entry.mark: [] for entry in listed}
    n_runs, n_done = len(seeds) * len(runs), 0
    for seed in seeds:
        for group in by_base.values():
            base = group[0].base
            world = worlds.world(base, seed, worlds.unreported, somebody_waits(report), is_behind=True)
            for entry in group:
                runs[entry.mark].append(worlds.whole_run(world, entry.settings, somebody_waits(report)))
                pasts[entry.mark].append(past_of(world.baseline))
                n_done += 1
                report(n_done / n_runs)
        if seed - seeds.start + 1 in (1, 3, 5):
            show(gathered(runs, pasts, len(seeds)))
    whole = gathered(runs, pasts, len(seeds))
    _known.put((tuple(entry.mark for entry in listed), (seeds.start, len(seeds))), whole)
    return whole


def past_of(baseline: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Return the last weeks of history, which all policies of a world share."""
    return {name: baseline[name][HISTORY_WEEKS - WEEKS_SHOWN_BEFORE : HISTORY_WEEKS] for name in CURVES}


def gathered(
    runs: Mapping[Mark, Sequence[worlds.Run]], pasts: Mapping[Mark, Sequence[Mapping[str, np.ndarray]]], n_wanted: int
) -> Together:
    """Return what is kept of the runs: figures by world, curves as means over worlds, one point in four weeks."""
    outcomes, curves, weeks = {}, {}, {}
    for mark, of_mark in runs.items():
        outcomes[mark] = [{name: run.outcome[name] for name in FIGURES} for run in of_mark if run.outcome is not None]
        whole = {
            name: mean_over(
                [np.concatenate([past[name], run.curves[name]]) for past, run in zip(pasts[mark], of_mark, strict=True)]
            )
            for name in CURVES
        }
        n_weeks = len(whole[CURVES[0]])
        # The last week of history and the last week of all are among the points.
        points = np.union1d(
            np.arange(WEEKS_SHOWN_BEFORE % WEEKS_A_POINT - 1 + WEEKS_A_POINT, n_weeks, WEEKS_A_POINT), [n_weeks - 1]
        )
        curves[mark] = {name: values[points] for name, values in whole.items()}
        weeks[mark] = points + HISTORY_WEEKS - WEEKS_SHOWN_BEFORE
    return Together(n_wanted, outcomes, curves, weeks)
