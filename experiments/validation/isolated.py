"""How is one component set apart from the rest of the world?

A small world with the declared numbers, except those that would let another component speak: these are set beyond their
ranges where it needs that (everybody seeks care, nobody is sent on). A scenario built here never passes the door that
refuses such numbers, and is for checks only.
"""

import numpy as np

from model import parameters
from model.alliance import AllianceModel
from model.parameters import defaults
from model.scenario import Scenario
from model.settings import Settings
from model.world import World


def beyond_ranges(scenario: Scenario, settings: Settings) -> Scenario:
    """The same scenario with other values from the start, whatever their ranges are."""
    return Scenario(
        scenario.name, scenario.values | settings, policy_years=scenario.policy_years, changes=scenario.changes,
        district=scenario.district,
    )  # fmt: skip


def isolated_world(settings: Settings, seed: int, n_children: int = 200) -> tuple[World, np.uint64]:
    """The world on its first day under declared numbers and `settings`, and the key of its dice."""
    values = defaults() | {"population.n_children": n_children} | settings
    model = AllianceModel(Scenario("isolated", values), seed)
    return model.world, model.seed_key


def numbers(settings: Settings | None = None) -> np.record:
    """The declared numbers, some of them set anew, as the rules read them."""
    return parameters.record(defaults() | (settings or {}))[0]
