"""What is known so far of what a visitor asked for?

Simulation runs off the page's thread and hands back a growing `Picture`: first one pair of worlds, year by year; then further
pairs, which narrow the band; as soon as something else is asked for, they give way.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import solara

from dashboard import worlds
from dashboard.band import Picture
from dashboard.choice import Choice, refusal
from dashboard.picture import Outcome
from dashboard.worker import Worker
from dashboard.worlds import Base, Baseline, NotWantedError, Run, World
from model.refusal import ScenarioError

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Stage:
    """What keeps the page from showing the world that is asked for, or 'ready'; `done` is a share [0 to 1]."""

    name: str
    done: float = 0.0


READY = Stage("ready")


class Simulation:
    """One visitor's simulations, one after the other; `find` returns a scenario as it is run, by its name."""

    def __init__(self, find: Callable[[str], Base]) -> None:
        self.stage = solara.reactive(Stage("loading"))
        self.picture: solara.Reactive[Picture | None] = solara.reactive(None)
        self.whole: solara.Reactive[Picture | None] = solara.reactive(None)
        self.without_alliance: solara.Reactive[tuple[str, dict[int, Outcome]]] = solara.reactive(("", {}))
        self.problem: solara.Reactive[str | None] = solara.reactive(None)
        self._find = find
        self._n_pictures = 0
        self._comparing: str | None = None
        self._ticket: int | None = None
        self._worker = Worker(self._simulate)

    def ask(self, choice: Choice) -> None:
        """Have a choice simulated next."""
        if not self.is_stopped:
            worlds.look(self, self._looked_at(choice))
        self._worker.ask(choice)

    def _looked_at(self, choice: Choice) -> Iterator[tuple[Base, range]]:
        """The worlds of the choice, and of the kept policies that are compared with it, as far as there are such scenarios."""
        for name in {choice.scenario, *(one.scenario for one in choice.kept)}:
            with contextlib.suppress(ScenarioError):
                yield self._find(name), choice.seeds

    def stop(self) -> None:
        """End the work; nothing is shown afterwards."""
        self._worker.stop()
        worlds.leave(self)

    @property
    def is_stopped(self) -> bool:
        """[bool] Whether the visitor has left."""
        return self._worker.is_stopped

    def _simulate(self, choice: Choice) -> None:
        try:
            self._draw(choice)
        except NotWantedError:
            return
        except Exception:
            logger.exception("The simulation of %s failed", choice.asks_for)
            if not self.is_stopped:
                self.stage.set(READY)
                self.problem.set("simulation")

    def _draw(self, choice: Choice) -> None:
        base = self._find(choice.scenario)
        if refusal(base.scenario, choice.settings):
            self.stage.set(READY)
            self.problem.set("refused")
            return
        first = worlds.world(base, choice.seed, self._report, lambda: not self.is_stopped)
        known = self._known(base, choice, first)
        self._n_pictures += 1
        policies: list[Run] = []
        # A run that is given up when its turn comes leaves its place in the line to what is wanted by then.
        self._ticket = worlds.turns.ticket() if self._ticket is None else self._ticket
        for run in worlds.policy_run(first, choice.settings, lambda: not self._is_elsewhere(choice), ticket=self._ticket):
            self._ticket = None
            policies = [run] if run.outcome is not None else []
            self._show(Picture(self._n_pictures, choice, base, known, policies, None if policies else run))
        self._compare(base, choice)
        for seed in choice.seeds[1:]:
            shared = worlds.world(base, seed, worlds.unreported, lambda: not self._gives_way(), is_behind=True)
            known[len(policies) : len(policies) + 1] = [shared.seen]
            policies.append(worlds.whole_run(shared, choice.settings, lambda: not self._gives_way()))
            self._show(Picture(self._n_pictures, choice, base, list(known), list(policies)))

    def _known(self, base: Base, choice: Choice, first: World) -> list[Baseline]:
        """The worlds whose baselines are there already, the wanted ones in a row: the grey line is their mean."""
        known = [first.seen]
        for seed in choice.seeds[1:]:
            if not worlds.is_warm(base, seed):
                break
            known.append(worlds.world(base, seed, worlds.unreported).seen)
        return known

    def _gives_way(self) -> bool:
        """Whether anything else is asked for, or nobody looks any more."""
        return self.is_stopped or self._worker.waiting is not None

    def _is_elsewhere(self, choice: Choice) -> bool:
        """Whether this first run is of no use any more.

        Another world is asked for; or another lever while others wait: with room to spare a first run is finished, so that
        a drag shows many.
        """
        waiting = self._worker.waiting
        if waiting is None or self.is_stopped:
            return self.is_stopped
        return worlds.turns.is_crowded or (waiting.seed, waiting.scenario) != (choice.seed, choice.scenario)

    def _show(self, picture: Picture) -> None:
        if self.is_stopped:
            return
        self.stage.set(READY)
        self.picture.set(picture)
        if picture.is_whole:
            self.whole.set(picture)

    def _report(self, name: str, done: float) -> None:
        if not self.is_stopped:
            self.stage.set(Stage(name, done))

    def _compare(self, base: Base, choice: Choice) -> None:
        """Have the worlds without an alliance computed beside the session's runs, once for each."""
        mark, known = self.without_alliance.peek()
        if mark == base.mark and all(seed in known for seed in choice.seeds):
            return
        wanted = f"{base.mark}/{choice.seed}/{choice.n_worlds}"
        if wanted != self._comparing:
            self._comparing = wanted
            threading.Thread(target=self._compute_comparison, args=(base, choice, wanted), daemon=True).start()

    def _compute_comparison(self, base: Base, choice: Choice, wanted: str) -> None:
        for seed in choice.seeds:
            try:
                found = worlds.without_alliance(base, seed, lambda: not self.is_stopped and self._comparing == wanted)
            except NotWantedError:
                return
            except Exception:
                logger.exception("The world without an alliance failed for seed %s", seed)
                return
            mark, known = self.without_alliance.peek()
            self.without_alliance.set((base.mark, {**(known if mark == base.mark else {}), seed: found}))


def result_mark(picture: Picture) -> str:
    """Return a mark of the policy's results in all its worlds: equal marks mean equal results, to the last bit."""
    return hashlib.sha256("".join(run.result_hash for run in picture.policies).encode()).hexdigest()[:16]
