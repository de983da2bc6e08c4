"""What does this visitor look at, and what is known so far?

One `Session` belongs to one visitor: nothing of it stands in a module. Moves go to the session's simulation, which hands back
a growing `Picture`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import solara

from dashboard import address, worlds
from dashboard.address import Visit
from dashboard.band import Picture
from dashboard.choice import CASE, HIGHEST_SEED, MOST_KEPT, NUMBERS_OF_WORLDS, Choice, Kept, Settings
from dashboard.figures import has_value
from dashboard.simulation import Simulation, result_mark
from dashboard.worlds import Base
from experiments.record import engine_version
from model.scenario import Scenario

MOST_STEPS_BACK = 100
REMEMBERED = ("share_referred", "n_missed_serious_per_1000_serious", "fund_reserve_yuan")
"""Figures that a shared link carries, so that another version can say what became different."""


@dataclass(frozen=True)
class Parcel:
    """A file handed to the visitor's browser; `number` tells two of them apart."""

    number: int
    name: str
    content: bytes
    kind: str


class Session:
    """One visitor's choices and results, from opening the page to closing it."""

    def __init__(self, language: str, path: str = "/", query: str = "") -> None:
        self.uploads: dict[str, Base] = {}
        visit = address.read(path, query, self.find)
        self.language = solara.reactive(visit.language or language)
        self.room = solara.reactive(visit.room)
        self.notices = solara.reactive(visit.notices)
        self.link = visit.link
        self._simulation = simulation = Simulation(self.base)
        self.stage, self.picture, self.whole = simulation.stage, simulation.picture, simulation.whole
        self.without_alliance, self.problem = simulation.without_alliance, simulation.problem
        self.parcel: solara.Reactive[Parcel | None] = solara.reactive(None)
        self.revision = solara.reactive(0)
        """Counts the changes of the choice that no slider made: sliders then take their places anew."""
        self.steps: solara.Reactive[tuple[tuple[Choice, ...], tuple[Choice, ...]]] = solara.reactive(((), ()))
        """What can be undone and what can be done again, the next of each last."""
        self.asked = solara.reactive(visit.choice)
        """What is chosen, for parts of the page that follow every move; `choice` is the same for all others."""
        self._settled = self.linked = visit.choice
        self._places: dict[str, solara.Reactive[str]] = {}
        self._moves = solara.reactive(0)
        for name, value in visit.places.items():
            self.place(name).set(value)

    @property
    def choice(self) -> Choice:
        """What is chosen now."""
        return self.asked.peek()

    @choice.setter
    def choice(self, choice: Choice) -> None:
        self.asked.set(choice)

    # --- scenarios ---------------------------------------------------------------------------------------------

    def base(self, name: str | None = None) -> Base:
        """Return a scenario as it is run: that of the choice, or one named; raises ScenarioError."""
        wanted = name or self.choice.scenario
        return self.uploads.get(wanted) or worlds.base(wanted)

    def find(self, name: str) -> Scenario:
        """Return a scenario by its name; raises ScenarioError."""
        return self.base(name).scenario

    # --- what is shown ---------------------------------------------------------------------------------------------

    def is_of_another_world(self, picture: Picture | None) -> bool:
        """[bool] Whether a picture is of another scenario or seed than those chosen."""
        return picture is not None and picture.world != (self.base().mark, self.choice.seed)

    def is_of_another_policy(self, picture: Picture | None) -> bool:
        """[bool] Whether a picture is of another world, or of other levers in this one."""
        return picture is not None and (self.is_of_another_world(picture) or picture.choice.settings != self.choice.settings)

    @property
    def whole_of_this_world(self) -> Picture | None:
        """The last whole picture if it is of the chosen world; its levers may be those of some moves ago."""
        whole = self.whole.value
        return None if self.is_of_another_world(whole) else whole

    @property
    def whole_of_this_policy(self) -> Picture | None:
        """The last whole picture if it is of exactly what is chosen."""
        whole = self.whole.value
        return None if self.is_of_another_policy(whole) else whole

    # --- places and the address --------------------------------------------------------------------------------

    def place(self, name: str) -> solara.Reactive[str]:
        """Return a room's own choice, kept in the address: `name` begins with the room's and an underscore; '' is the usual one."""
        if name not in self._places:
            self._places[name] = solara.reactive("")
            self._places[name].subscribe(lambda _: self._moves.set(self._moves.peek() + 1))
        return self._places[name]

    def visit_now(self, *, is_shared: bool = False) -> Visit:
        """Return where the visitor is; a shared link also carries engine and result."""
        self._moves.value  # noqa: B018  the address follows places that nobody had asked for yet
        places = {name: place.value for name, place in self._places.items()}
        visit = Visit(self.room.value, self.language.value, self._shared_choice(), places)
        return replace(visit, link=self._mark()) if is_shared else visit

    def _shared_choice(self) -> Choice:
        """An uploaded scenario is no part of an address: who opens the link has it not."""
        choice = self.choice
        kept = tuple(one for one in choice.kept if one.scenario not in self.uploads)
        return replace(choice, scenario=CASE if choice.scenario in self.uploads else choice.scenario, kept=kept)

    def _mark(self) -> address.Link:
        picture = self.whole.value
        if picture is None or picture.choice.asks_for != self.choice.asks_for or not picture.is_complete:
            return address.Link(engine_version())
        was = {name: value for name in REMEMBERED if has_value(value := picture.policy(name))}
        return address.Link(engine_version(), result_mark(picture), was)

    def dismiss(self) -> None:
        """Take away what was said of the address."""
        self.link = address.Link()
        self.notices.set(())

    def go(self, room: str, **places: str) -> None:
        """Enter a room, with some of its own choices made."""
        for name, value in places.items():
            self.place(name).set(value)
        self.room.set(room)

    def visit(self, path: str, query: str) -> None:
        """Go where an address says: the browser's back and forward."""
        visit = address.read(path, query, self.find)
        self.notices.set(visit.notices)
        if visit.language:
            self.language.set(visit.language)
        for name in self._places.keys() | visit.places.keys():
            self.place(name).set(visit.places.get(name, ""))
        self.room.set(visit.room)
        if (choice := self._choice_of(visit)) != self.choice:
            self.change(choice)

    def _choice_of(self, visit: Visit) -> Choice:
        """An address knows nothing of uploads: what it cannot say stays as it is."""
        said, shared, own = visit.choice, self._shared_choice(), self.choice
        scenario = own.scenario if said.scenario == shared.scenario else said.scenario
        return replace(said, scenario=scenario, kept=own.kept if said.kept == shared.kept else said.kept)

    # --- choices -----------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Ask for the first picture."""
        self._simulation.ask(self.choice)

    def stop(self) -> None:
        """End the session's work; nothing is shown afterwards."""
        self._simulation.stop()

    @property
    def is_stopped(self) -> bool:
        """[bool] Whether the visitor has left."""
        return self._simulation.is_stopped

    def move(self, key: str, value: float) -> None:
        """Take a slider's value, kept within the declared range; the scenario's own value counts as unchanged."""
        self._ask(self.choice.with_setting(key, value, self.base().scenario))

    def settle(self) -> None:
        """Make what was moved so far one step that can be undone: the slider was let go."""
        if self.choice != self._settled:
            past, _ = self.steps.value
            self.steps.set(((*past, self._settled)[-MOST_STEPS_BACK:], ()))
            self._settled = self.choice

    def change(self, choice: Choice) -> None:
        """Take another choice as one step."""
        self.settle()
        self._ask(choice)
        self.settle()
        self.revision.set(self.revision.value + 1)

    def undo(self) -> None:
        """Take the last step back."""
        self.settle()
        past, coming = self.steps.value
        if past:
            self._step_to(past[-1], (past[:-1], (*coming, self.choice)))

    def redo(self) -> None:
        """Take the step that was undone last."""
        past, coming = self.steps.value
        if coming:
            self._step_to(coming[-1], ((*past, self.choice), coming[:-1]))

    def _step_to(self, choice: Choice, steps: tuple[tuple[Choice, ...], tuple[Choice, ...]]) -> None:
        self._settled = choice
        self._ask(choice)
        self.steps.set(steps)
        self.revision.set(self.revision.value + 1)

    def reset(self) -> None:
        """Put every lever back to the scenario's value."""
        self.change(replace(self.choice, settings=()))

    def open(self, scenario: str, settings: Settings = (), room: str = "decide") -> None:
        """Take a scenario, and levers that differ from it, and show them in a room; raises ScenarioError."""
        self.base(scenario)
        self.change(replace(self.choice, scenario=scenario, settings=tuple(sorted(settings))))
        self.room.set(room)

    def upload(self, base: Base) -> None:
        """Take a visitor's own scenario, for this visit only, and open it."""
        self.uploads[base.name] = base
        self.open(base.name)

    def keep(self, name: str) -> None:
        """Keep the policy under a name, to be compared; another of that name makes room, and the oldest beyond six."""
        others = [one for one in self.choice.kept if one.name != name]
        kept = [*others, Kept(name, self.choice.scenario, self.choice.settings)]
        self.change(replace(self.choice, kept=tuple(kept[-MOST_KEPT:])))

    def enter_world(self, seed: object) -> None:
        """Take another seed, or say in plain words which seeds there are."""
        if isinstance(seed, int) and 1 <= seed <= HIGHEST_SEED:
            self.change(replace(self.choice, seed=seed))
        else:
            self.problem.set("seed")

    def take_worlds(self, n_worlds: object) -> None:
        """Take another number of worlds; what is none of the numbers on offer changes nothing."""
        if isinstance(n_worlds, int) and n_worlds in NUMBERS_OF_WORLDS:
            self.change(replace(self.choice, n_worlds=n_worlds))

    def hand_over(self, name: str, content: bytes, kind: str) -> None:
        """Have the browser save a file; `kind` is its media type."""
        before = self.parcel.value
        self.parcel.set(Parcel(before.number + 1 if before else 1, name, content, kind))

    def _ask(self, choice: Choice) -> None:
        self.problem.set(None)
        asks_anew = choice.asks_for != self.choice.asks_for
        self.choice = choice
        if asks_anew:
            self._simulation.ask(choice)
