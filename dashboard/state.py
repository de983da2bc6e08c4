"""What has this visitor chosen, and what is known so far?

One `Session` belongs to one visitor: nothing of it stands in a module. Moves go to the session's worker, which
simulates off the page's thread and hands back a growing `Picture`.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass

import solara

from dashboard import worlds
from dashboard.picture import Curves, Outcome, Picture
from dashboard.worker import Worker
from model.calendar import HISTORY_WEEKS

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Wish:
    """What a visitor wants simulated: a world and the settings that differ from the baseline."""

    seed: int
    settings: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class Stage:
    """What keeps the page from showing the world that is asked for, or 'ready'; `done` is a share [0 to 1]."""

    name: str
    done: float = 0.0


READY = Stage("ready")


class Session:
    """One visitor's choices and results, from opening the page to closing it."""

    def __init__(self, language: str) -> None:
        self.language = solara.reactive(language)
        self.stage = solara.reactive(Stage("loading"))
        self.picture: solara.Reactive[Picture | None] = solara.reactive(None)
        self.whole: solara.Reactive[Picture | None] = solara.reactive(None)
        self.without_alliance: solara.Reactive[tuple[int, Outcome] | None] = solara.reactive(None)
        self.problem: solara.Reactive[str | None] = solara.reactive(None)
        self.wish = Wish(seed=1)
        self._n_runs = 0
        self._worker = Worker(self._simulate)

    def start(self) -> None:
        """Ask for the first picture."""
        self._worker.ask(self.wish)

    def stop(self) -> None:
        """End the session's work; nothing is shown afterwards."""
        self._worker.stop()

    def move(self, key: str, value: float) -> None:
        """Take a slider's value, kept within the declared range; the default counts as unchanged."""
        declared = worlds.scenario("huaxi").parameter(key)
        settings = dict(self.wish.settings)
        settings[key] = min(max(float(value), declared.low), declared.high)
        if settings[key] == declared.value:
            del settings[key]
        self._ask(Wish(self.wish.seed, tuple(sorted(settings.items()))))

    def enter_world(self, seed: object) -> None:
        """Take another seed, or say in plain words which seeds there are."""
        if isinstance(seed, int) and 1 <= seed <= worlds.HIGHEST_SEED:
            self._ask(Wish(seed, self.wish.settings))
        else:
            self.problem.set("seed")

    def _ask(self, wish: Wish) -> None:
        self.problem.set(None)
        self.wish = wish
        self._worker.ask(wish)

    def _simulate(self, wish: Wish) -> None:
        try:
            self._draw(wish)
        except Exception:
            logger.exception("The simulation of %s failed", wish)
            if not self._worker.is_stopped:
                self.stage.set(READY)
                self.problem.set("simulation")

    def _draw(self, wish: Wish) -> None:
        shared = worlds.world(wish.seed, self._report)
        self._n_runs += 1
        settings = dict(wish.settings)
        if not settings:
            policy = {name: values[HISTORY_WEEKS:] for name, values in shared.baseline.items()}
            self._show(wish, shared, policy, shared.baseline_outcome)
        else:
            for policy, outcome in worlds.policy_run(wish.seed, settings, shared):
                if self._gives_way(wish):
                    return
                self._show(wish, shared, policy, outcome)
        self._compare(wish.seed)

    def _gives_way(self, wish: Wish) -> bool:
        """Whether another world is asked for, or nobody looks any more: then this run's curves are of no use."""
        waiting = self._worker.waiting
        return self._worker.is_stopped or (waiting is not None and waiting.seed != wish.seed)

    def _show(self, wish: Wish, shared: worlds.World, policy: Curves, outcome: Outcome | None) -> None:
        if self._worker.is_stopped:
            return
        picture = Picture(self._n_runs, wish.seed, dict(wish.settings), shared.baseline, shared.baseline_outcome, policy, outcome)
        self.stage.set(READY)
        self.picture.set(picture)
        if picture.is_whole:
            self.whole.set(picture)

    def _report(self, name: str, done: float) -> None:
        if not self._worker.is_stopped:
            self.stage.set(Stage(name, done))

    def _compare(self, seed: int) -> None:
        """Have the world without an alliance computed beside the session's runs, once for each seed."""
        known = self.without_alliance.peek()
        if known is None or known[0] != seed:
            threading.Thread(target=self._compute_comparison, args=(seed,), daemon=True).start()

    def _compute_comparison(self, seed: int) -> None:
        try:
            found = worlds.without_alliance(seed)
        except Exception:
            logger.exception("The world without an alliance failed for seed %s", seed)
            return
        if not self._worker.is_stopped and seed == self.wish.seed:
            self.without_alliance.set((seed, found))
