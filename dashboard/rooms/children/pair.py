"""Which two worlds are compared, and from which week on may they differ?

Either the rules of the scenario against the visitor's policy, from the first policy year on; or a world that never had an
alliance against one that has it, from the start of the case on. The children and their luck are the same in both.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from dashboard import worlds
from dashboard.choice import Choice, Settings, with_policy
from dashboard.worlds import NO_ALLIANCE, Base, IsWanted
from model.alliance import AllianceModel
from model.calendar import FIRST_HISTORY_WEEK, FIRST_POLICY_WEEK

POLICY, ALLIANCE = "policy", "alliance"
KINDS = (POLICY, ALLIANCE)


@dataclass(frozen=True, eq=False)
class Pair:
    """Two worlds of one seed; `first` is what the other is compared with."""

    kind: str
    base: Base
    seed: int
    settings: Settings = ()

    @property
    def key(self) -> tuple[str, str, int, Settings]:
        """Equal for pairs that come out equal."""
        return self.kind, self.base.mark, self.seed, self.settings

    @property
    def start_week(self) -> int:
        """The week in which the two may begin to differ."""
        return FIRST_POLICY_WEEK if self.kind == POLICY else FIRST_HISTORY_WEEK

    @contextmanager
    def models(self, is_wanted: IsWanted) -> Iterator[tuple[AllianceModel, AllianceModel]]:
        """Lend both worlds at the start week; raises NotWantedError."""
        with ExitStack() as stack:
            if self.kind == POLICY:
                shared = worlds.world(self.base, self.seed, worlds.unreported, is_wanted, is_behind=True)
                both = (worlds.policy_model(shared, levers) for levers in ((), self.settings))
            else:
                scenario = self.base.scenario
                ways = scenario.with_settings(NO_ALLIANCE), with_policy(scenario, self.settings)
                both = (AllianceModel(way, self.seed) for way in ways)
            one, other = [stack.enter_context(worlds.lent(model)) for model in both]
            for model in (one, other):
                worlds.walk(model, self.start_week, is_wanted)
            yield one, other


def kind_wanted(choice: Choice, place: str) -> str:
    """Return what is compared: without a moved lever there is only the alliance itself to ask about."""
    return place if place in KINDS and (choice.settings or place == ALLIANCE) else POLICY if choice.settings else ALLIANCE
