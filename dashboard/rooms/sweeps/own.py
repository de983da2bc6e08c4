"""Which sweeps has this visitor run here?

They belong to the visit and go with it. A sweep goes on while the visitor looks at other rooms; leaving the page, the stop
button or another sweep ends it.
"""

from __future__ import annotations

from weakref import WeakKeyDictionary

import solara

from dashboard.rooms.sweeps.small import Plan, run, sweep_of
from dashboard.rooms.sweeps.sweep import Sweep
from dashboard.session import Session
from dashboard.work import Report, Work

MOST_KEPT = 6
NAME = "mine-"


class Own:
    """One visitor's sweeps and the one that is running."""

    def __init__(self) -> None:
        self.work: Work[str] = Work()
        self.sweeps: solara.Reactive[tuple[Sweep, ...]] = solara.reactive(())
        self._n_begun = 0

    def find(self, name: str) -> Sweep | None:
        """Return a sweep by its name."""
        return next((one for one in self.sweeps.value if one.name == name), None)

    def begin(self, session: Session, plan: Plan) -> None:
        """Run a sweep, then show it; the oldest beyond some is forgotten."""
        self._n_begun += 1
        name = f"{NAME}{self._n_begun}"

        def task(report: Report) -> str:
            table = run(plan, report, lambda: not session.is_stopped and self._is_wanted(name))
            self.sweeps.set((*self.sweeps.peek(), sweep_of(plan, table, name))[-MOST_KEPT:])
            session.place("sweeps_open").set(name)
            return name

        self.work.begin(task)

    def stop(self) -> None:
        """Stop what is running."""
        self._n_begun += 1
        self.work.stop()

    def _is_wanted(self, name: str) -> bool:
        return name == f"{NAME}{self._n_begun}"


_own: WeakKeyDictionary[Session, Own] = WeakKeyDictionary()


def own_of(session: Session) -> Own:
    """Return a visitor's sweeps."""
    return _own.setdefault(session, Own())
