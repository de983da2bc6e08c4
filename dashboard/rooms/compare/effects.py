"""Which of a policy's levers does it?

    alone     baseline with this lever  minus  baseline
    last      whole policy              minus  the policy without this lever
    whole     whole policy              minus  baseline
    together  whole                     minus  the sum of all `alone`

World by world, so each has its 95 % interval. A lever whose two effects differ acts through others. What is left when the
effects of each lever alone are added up is what the levers do only together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard import worlds
from dashboard.choice import Settings, refusal
from dashboard.picture import Outcome
from dashboard.rooms.compare.beside import Entry
from dashboard.rooms.compare.side_by_side import FIGURES
from dashboard.shelf import Shelf
from dashboard.work import Report, somebody_waits
from experiments.paired import Difference, difference, difference_of

MOST_LEVERS = 12

Asked = tuple[str, Settings, int, int]


@dataclass(frozen=True, eq=False)
class Effects:
    """A policy, its levers alone and the policy without each of them: a row of figures for each world."""

    asked: Asked
    settings: Settings
    outcomes: Mapping[Settings, Sequence[Outcome]]

    def whole(self, figure: str) -> Difference:
        """What the policy does."""
        return difference(figure, self.outcomes[()], self.outcomes[self.settings])

    def alone(self, key: str, figure: str) -> Difference | None:
        """What a lever does by itself; None where no world can have it alone."""
        rows = self.outcomes.get(only(self.settings, key))
        return difference(figure, self.outcomes[()], rows) if rows is not None else None

    def last(self, key: str, figure: str) -> Difference | None:
        """What a lever adds to all the others; None where no world can have the others without it."""
        rows = self.outcomes.get(without(self.settings, key))
        return difference(figure, rows, self.outcomes[self.settings]) if rows is not None else None

    def sum_of_alone(self, figure: str) -> Difference | None:
        """What the effects of each lever alone add up to; None where one is missing."""
        sums = self._sums(figure)
        return difference_of(figure, sums) if sums is not None else None

    def together(self, figure: str) -> Difference | None:
        """What the levers do only together; None where the effect of one alone is missing."""
        sums = self._sums(figure)
        if sums is None:
            return None
        whole = zip(self.outcomes[self.settings], self.outcomes[()], strict=True)
        return difference_of(figure, [one[figure] - other[figure] - part for (one, other), part in zip(whole, sums, strict=True)])

    def _sums(self, figure: str) -> list[float] | None:
        alone = [self.outcomes.get(only(self.settings, key)) for key, _ in self.settings]
        if any(rows is None for rows in alone):
            return None
        pairs = [zip(rows, self.outcomes[()], strict=True) for rows in alone if rows is not None]
        apart = [[one[figure] - other[figure] for one, other in rows] for rows in pairs]
        return [sum(of_world) for of_world in zip(*apart, strict=True)]


def only(settings: Settings, key: str) -> Settings:
    """Return this lever of a policy and no other."""
    return tuple(one for one in settings if one[0] == key)


def without(settings: Settings, key: str) -> Settings:
    """Return a policy without one of its levers."""
    return tuple(one for one in settings if one[0] != key)


def variants(entry: Entry) -> list[Settings]:
    """Return everything that has to be simulated, each once: what contradicts itself is left out."""
    keys = [key for key, _ in entry.settings]
    wanted = [(), entry.settings, *(only(entry.settings, key) for key in keys), *(without(entry.settings, key) for key in keys)]
    return [one for one in dict.fromkeys(wanted) if not refusal(entry.base.scenario, one)]


_known: Shelf[Asked, Effects] = Shelf(room=60)


def asked_of(entry: Entry, seeds: range) -> Asked:
    """Return what has to be simulated: equal answers mean equal numbers."""
    return entry.base.mark, entry.settings, seeds.start, len(seeds)


def known(asked: Asked) -> Effects | None:
    """Return what was computed before, or None."""
    return _known.peek(asked)


def simulate(entry: Entry, seeds: range, report: Report) -> Effects:
    """Simulate a policy, its levers alone and the policy without each; raises NotWantedError."""
    asked, wanted = asked_of(entry, seeds), variants(entry)
    outcomes: dict[Settings, list[Outcome]] = {one: [] for one in wanted}
    n_done, n_runs = 0, len(wanted) * len(seeds)
    for seed in seeds:
        world = worlds.world(entry.base, seed, worlds.unreported, somebody_waits(report), is_behind=True)
        for settings in wanted:
            run = worlds.whole_run(world, settings, somebody_waits(report))
            if run.outcome is not None:
                outcomes[settings].append({name: run.outcome[name] for name in FIGURES})
            n_done += 1
            report(n_done / n_runs)
    found = Effects(asked, entry.settings, outcomes)
    _known.put(asked, found)
    return found
