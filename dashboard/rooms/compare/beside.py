"""Who stands beside whom?

Every kept policy is an *entry* with a letter; each scenario among them adds one more entry, its baseline, in which no lever is
moved. The reference is either a kept policy or, for each policy, the baseline of its own scenario.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.choice import Choice, Settings, refusal
from dashboard.session import Session
from dashboard.texts import Texts
from dashboard.told import scenario_title
from dashboard.worlds import Base

POPULATION = "population."


@dataclass(frozen=True, eq=False)
class Entry:
    """A policy in its scenario; `letter` is that of a kept policy and empty for a baseline, `n` counts either from 0."""

    name: str
    letter: str
    n: int
    base: Base
    settings: Settings = ()

    @property
    def is_baseline(self) -> bool:
        """[bool] Whether no lever is moved because this is a scenario's baseline."""
        return not self.letter

    @property
    def mark(self) -> tuple[str, Settings]:
        """Equal marks mean equal worlds."""
        return self.base.mark, self.settings

    @property
    def title(self) -> str:
        """The name behind its letter."""
        return f"{self.letter} · {self.name}" if self.letter else self.name


def entries(session: Session, texts: Texts) -> list[Entry]:
    """Return the baselines first, then the kept policies, each in the order in which they were kept."""
    kept = session.choice.kept
    scenarios = list(dict.fromkeys(one.scenario for one in kept))
    baselines = [
        Entry(_baseline_name(texts, session, scenario, len(scenarios)), "", n, session.base(scenario))
        for n, scenario in enumerate(scenarios)
    ]
    policies = [Entry(one.name, str(n + 1), n, session.base(one.scenario), one.settings) for n, one in enumerate(kept)]
    return baselines + [one for one in policies if not refusal(one.base.scenario, one.settings)]


def _baseline_name(texts: Texts, session: Session, scenario: str, n_scenarios: int) -> str:
    if n_scenarios == 1:
        return texts("compare.baseline")
    return texts("compare.baseline_of", scenario=scenario_title(texts, session, scenario))


def chosen(listed: Sequence[Entry], name: str) -> Entry | None:
    """Return the kept policy of this name; None for anything else that an address may say."""
    return next((one for one in listed if one.name == name and not one.is_baseline), None)


def reference_of(listed: Sequence[Entry], entry: Entry, reference: Entry | None) -> Entry | None:
    """Return what an entry is compared with, None if with nothing."""
    if reference is not None:
        return None if entry is reference else reference
    if entry.is_baseline:
        return None
    return next(one for one in listed if one.is_baseline and one.base.mark == entry.base.mark)


def have_the_same_children(first: Entry, second: Entry) -> bool:
    """[bool] Whether the same number of a world means the same children in both entries."""
    one, other = first.base.scenario, second.base.scenario
    if (one.district and one.district.fingerprint) != (other.district and other.district.fingerprint):
        return False
    return all(value == other.values.get(key) for key, value in one.values.items() if key.startswith(POPULATION))


def strangers(listed: Sequence[Entry], reference: Entry | None) -> list[Entry]:
    """Return the entries whose children are others than those they are compared with."""
    pairs = [(one, reference_of(listed, one, reference)) for one in listed]
    return [one for one, other in pairs if other is not None and not have_the_same_children(one, other)]


def asked(listed: Sequence[Entry], choice: Choice) -> tuple[tuple[tuple[str, Settings], ...], tuple[int, int]]:
    """Return what has to be simulated: equal answers mean equal numbers, whatever the policies are called."""
    return tuple(one.mark for one in listed), (choice.seed, choice.n_worlds)
