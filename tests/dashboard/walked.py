"""How does one walk through the rooms without a browser, and where does one look?"""

from __future__ import annotations

import logging
import math
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any, NamedTuple
from unittest.mock import patch

import solara

from dashboard import report, simulation, work, worker
from dashboard.choice import Choice, Kept, Settings
from dashboard.page import style
from dashboard.rooms import ROOMS, room
from dashboard.rooms.decide import charts, figures_table
from dashboard.rooms.sweeps.own import own_of
from dashboard.rooms.sweeps.small import Plan, run, sweep_of
from dashboard.session import Session
from dashboard.shell import Shell
from dashboard.texts import Texts
from dashboard.uploads import OWN
from dashboard.worlds import Base
from model.indicators import INDICATORS
from model.parameters import declarations
from tests.dashboard.faults import all_widgets, faults_of_text, faults_of_widget

PASS_RATE, REINVESTED = "hospital.accredit.pass_rate", "fund.surplus.reinvested_share"
MOST_FAULTS = 4
"""So many are told of one room in one state."""


class State(NamedTuple):
    """Where a visitor is: a scenario, the levers that differ from it, how many worlds."""

    base: Base
    settings: Settings = ()
    n_worlds: int = 1

    def __str__(self) -> str:
        moved = " ".join(f"{key}={value:g}" for key, value in self.settings)
        return f"{self.base.name} {moved or 'as it is'} ({self.n_worlds})"


class AtOnce:
    """Stands in for a thread: what it is given is done before `start` returns."""

    def __init__(self, target: Callable[..., None], args: tuple[Any, ...] = (), **_: object) -> None:
        self.target, self.args = target, args

    def start(self) -> None:
        """Do it."""
        self.target(*self.args)


class Errors(logging.Handler):
    """Every error that is logged."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it."""
        self.found.append(f"{record.getMessage()} {record.exc_info[1]!r}" if record.exc_info else record.getMessage())


@contextmanager
def at_once() -> Iterator[Errors]:
    """Work is done where it is asked for, and what is logged of it is kept."""
    threads = SimpleNamespace(Thread=AtOnce, Lock=threading.Lock)
    errors = Errors()
    logging.getLogger().addHandler(errors)
    try:
        with patch.object(work, "threading", threads), patch.object(worker, "threading", threads), \
             patch.object(simulation, "threading", threads):  # fmt: skip
            yield errors
    finally:
        logging.getLogger().removeHandler(errors)


@dataclass
class Visit:
    """One visitor in one state, whose worlds are there."""

    state: State
    language: str

    def __post_init__(self) -> None:
        base = self.state.base
        self.texts, self.session = Texts(self.language), Session(self.language)
        if base.name.startswith(OWN):
            self.session.uploads[base.name] = base
        self.session.change(Choice(base.name, self.state.settings, n_worlds=self.state.n_worlds))

    def faults(self, name: str, errors: Errors) -> list[str]:
        """What is wrong with a room; nothing if all is well."""
        errors.found.clear()
        self.session.room.set(name)
        try:
            found = [fault for look in looks(self, name) for fault in self._seen(name, look)]
            found += self._taken_away(name)
        except Exception as error:  # noqa: BLE001  a room that fails is what is looked for
            found = [f"fails: {type(error).__name__}: {error}"]
        problem = self.session.problem.value
        found += [f"problem: {problem}"] if problem == "simulation" else []
        return [
            f"{self.state}, {name}, {self.language}: {fault}"
            for fault in list(dict.fromkeys([*found, *errors.found]))[:MOST_FAULTS]
        ]

    def _seen(self, name: str, places: Mapping[str, str]) -> list[str]:
        """What is wrong with everything that the browser would be sent."""
        for place, value in places.items():
            self.session.place(place).set(value)
        before = set(all_widgets())
        _, rendered = solara.render(shown(self.session, name), handle_error=False)
        try:
            made = [widget for key, widget in all_widgets().items() if key not in before]
            return [f"{places or ''} {fault}" for widget in made for fault in faults_of_widget(widget)]
        finally:
            rendered.close()

    def _taken_away(self, name: str) -> list[str]:
        """What is wrong with what can be taken away from Decide: the report, every figure, every file."""
        whole = self.session.whole.value
        if name != "decide" or whole is None:
            return []
        said = [
            report.report_html(self.texts, self.session).replace(style(), ""),
            *map(str, figures_table.all_rows(self.texts, whole)),
        ]
        frames = [figures_table.frame(whole), *(charts.numbers_of(whole, one) for one in charts.CHARTS)]
        infinite = [
            f"{column} is infinite in a file" for one in frames for column in one if (one[column] == math.inf).to_numpy().any()
        ]
        return [
            *infinite,
            *(fault for text in said for fault in faults_of_text(re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL))),
        ]


@solara.component
def shown(session: Session, name: str) -> None:
    """The head of the page and a room."""
    with solara.Div():
        Shell(session)
        room(name)(session)


# --- where one looks in a room ---------------------------------------------------------------------------------------

Look = Mapping[str, str]
"""Places of a room, as an address names them."""

"""Places of a room, as an address names them."""


def looks(visit: Visit, name: str) -> list[Look]:
    """Where one looks: everywhere in a scenario as it is, in one or two places at the end of a lever."""
    if name == "compare":
        return looks_at_compare(visit)
    if name == "sweeps" and (visit.state.settings or visit.state.n_worlds == 1):
        return [{}]
    if name == "sweeps":
        run_a_sweep(visit)
    everywhere = EVERYWHERE.get(name, [{}])
    return everywhere if not visit.state.settings else everywhere[-2:]


EVERYWHERE: dict[str, list[Look]] = {
    "network": [
        {"network_node": ""}, {"network_node": "site-0"}, {"network_node": "site-999"}, {"network_node": "community-0"},
        {"network_world": "baseline", "network_week": "2017q1"}, {"network_world": "", "network_node": "doctor-0"},
    ],
    "children": [{"children_by": name} for name in ("untreated", "own", "paid", "alliance", "hospital", "")],
    "money": [
        {"money_year": "2017"}, {"money_year": "2021"}, {"money_kind": "severe_benefit", "money_side": "baseline"},
        {"money_year": "", "money_kind": "premium", "money_side": ""},
    ],
    "sweeps": [{"sweeps_figure": name} for name in (*INDICATORS, "")],
}  # fmt: skip
"""Places of the rooms: zone, places, neighbourhood, doctor; every measure; years and kinds of payment; every figure."""


def looks_at_compare(visit: Visit) -> list[Look]:
    """The policy and an empty one beside their baseline, then beside each other."""
    name, settings = visit.state.base.name, visit.state.settings
    visit.session.choice = replace(visit.session.choice, kept=(Kept("a", name, settings), Kept("b", name)))
    return [{}, {"compare_reference": "b"}]


def run_a_sweep(visit: Visit) -> None:
    """A sweep of the ends of two levers in two worlds."""
    vary = {key: (declarations()[key].low, declarations()[key].high) for key in (PASS_RATE, REINVESTED)}
    plan = Plan(visit.state.base, vary, {}, range(1, 3), "scenario.toml")
    own_of(visit.session).sweeps.set((sweep_of(plan, run(plan, lambda _: None, lambda: True), "mine-1"),))


def walk_state(state: State, language: str, errors: Errors) -> tuple[int, list[str]]:
    """Walk all rooms of a state; how many, and what is wrong."""
    visit = Visit(state, language)
    try:
        return len(ROOMS), [fault for name in ROOMS for fault in visit.faults(name, errors)]
    finally:
        visit.session.stop()
