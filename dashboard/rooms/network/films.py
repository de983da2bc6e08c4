"""Which films of the provider network are there already?

A film of the history serves every policy; both kinds are kept for a few worlds, for all visitors.
"""

from __future__ import annotations

from collections.abc import Callable

from dashboard import worlds
from dashboard.choice import Settings
from dashboard.rooms.network.camera import Camera
from dashboard.rooms.network.film import Film, joined
from dashboard.shelf import Shelf
from dashboard.worlds import Base
from model.alliance import AllianceModel
from model.calendar import FIRST_HISTORY_WEEK, FIRST_POLICY_WEEK

_pasts: Shelf[tuple[str, int], Film] = Shelf(room=6)
_films: Shelf[tuple[str, int, Settings], Film] = Shelf(room=12)


def past_of(base: Base, seed: int, report: Callable[[float], None]) -> Film:
    """Return the film of the history; it is the same for every policy. Raises NotWantedError."""
    return _pasts.get((base.mark, seed), lambda: _shoot_past(base, seed, report))


def film_of(base: Base, seed: int, settings: Settings, report: Callable[[float], None]) -> Film:
    """Return the film of history and policy years under these levers; raises NotWantedError."""
    return _films.get((base.mark, seed, settings), lambda: _shoot(base, seed, settings, report))


def _shoot_past(base: Base, seed: int, report: Callable[[float], None]) -> Film:
    with worlds.lent(AllianceModel(base.scenario, seed=seed)) as model:
        worlds.walk(model, FIRST_HISTORY_WEEK, report=lambda done: report(done / 5))
        return Camera(model).roll(FIRST_POLICY_WEEK, lambda done: report(0.2 + 0.8 * done))


def _shoot(base: Base, seed: int, settings: Settings, report: Callable[[float], None]) -> Film:
    past = past_of(base, seed, lambda done: report(done / 2))
    shared = worlds.world(base, seed, lambda *_: report(0.5), is_behind=True)
    with worlds.lent(worlds.policy_model(shared, settings)) as model:
        return joined(past, Camera(model).roll(base.last_week, lambda done: report(0.5 + 0.5 * done)))
