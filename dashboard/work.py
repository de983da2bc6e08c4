"""What takes longer than a breath, shows how far it is, and can be stopped?

A `Work` belongs to one visitor and does one task at a time, in a thread of its own. The task is called with `report`: it
says how far it is, a share [0 to 1], and raises `NotWantedError` as soon as nobody waits any more.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

import solara

from dashboard.worlds import IsWanted, NotWantedError
from model.refusal import ScenarioError

logger = logging.getLogger(__name__)

Report = Callable[[float], None]


@dataclass(frozen=True, eq=False)
class State[Result]:
    """How far a work is: 'idle', 'running', 'done', 'stopped', 'refused' (`problem` says why, in one line) or 'failed'."""

    name: str = "idle"
    done: float = 0.0
    result: Result | None = None
    problem: str = ""


class Work[Result]:
    """One task at a time; `state` is reactive. The result of the last task stays while the next one runs."""

    def __init__(self) -> None:
        self.state: solara.Reactive[State[Result]] = solara.reactive(State())
        self._n_begun = 0

    def begin(self, task: Callable[[Report], Result]) -> None:
        """Do a task; one that still runs is stopped."""
        self._n_begun += 1
        self.state.set(State("running", 0.0, self.state.peek().result))
        threading.Thread(target=self._do, args=(task, self._n_begun), name="work", daemon=True).start()

    def stop(self) -> None:
        """Stop what runs; what was known before stays."""
        self._n_begun += 1
        if self.state.peek().name == "running":
            self.state.set(State("stopped", 0.0, self.state.peek().result))

    def _do(self, task: Callable[[Report], Result], number: int) -> None:
        def report(done: float) -> None:
            if number != self._n_begun:
                raise NotWantedError
            before = self.state.peek()
            if done - before.done >= 0.01 or done >= 1:
                self.state.set(State("running", done, before.result))

        try:
            found = State("done", 1.0, task(report))
        except NotWantedError:
            return
        except ScenarioError as error:
            found = State("refused", 0.0, self.state.peek().result, str(error))
        except Exception:
            logger.exception("A work failed")
            found = State("failed", 0.0, self.state.peek().result)
        if number == self._n_begun:
            self.state.set(found)


def somebody_waits(report: Report) -> IsWanted:
    """Return the question whether anybody still waits for a task; asking it raises NotWantedError when nobody does."""

    def asks() -> bool:
        report(0.0)  # less than is done already, so that nothing is shown
        return True

    return asks


def use_work() -> Work:
    """Return a component's own work; it stops when the visitor leaves the room."""
    work = solara.use_memo(Work, [])
    solara.use_effect(lambda: work.stop, [])
    return work
