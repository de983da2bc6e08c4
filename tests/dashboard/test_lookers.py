"""Are worlds let go when nobody looks at them any more, and kept while somebody does?"""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from dataclasses import replace

import pytest

from dashboard import worlds
from dashboard.lookers import Lookers
from dashboard.shelf import Shelf
from tests.dashboard.conftest import small_worlds

pytestmark = pytest.mark.unit

FAR = 77
"""A seed that no newcomer looks at."""


class Visitor:
    """Somebody who looks."""


def test_what_is_looked_at_is_what_everybody_looks_at() -> None:
    ann, bob, lookers = Visitor(), Visitor(), Lookers[str]()
    lookers.look(ann, ["a", "b"])
    lookers.look(bob, ["b", "c"])
    assert lookers.all_keys() == {"a", "b", "c"}
    lookers.look(bob, ["d"])
    assert lookers.all_keys() == {"a", "b", "d"}
    lookers.leave(ann)
    lookers.leave(ann)
    assert lookers.all_keys() == {"d"}


def test_who_is_gone_without_a_word_looks_at_nothing() -> None:
    ann, lookers = Visitor(), Lookers[str]()
    lookers.look(ann, ["a"])
    del ann
    gc.collect()
    assert lookers.all_keys() == frozenset()


def test_a_shelf_keeps_what_it_is_told_to_keep() -> None:
    shelf = Shelf[str, int](room=5)
    for number, name in enumerate("abc"):
        shelf.put(name, number)
    shelf.keep(lambda name: name == "b")
    assert [shelf.peek(name) for name in "abc"] == [None, 1, None]


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Iterator[Shelf[tuple[str, int], worlds.World]]:
    with small_worlds(1000):
        empty = Shelf[tuple[str, int], worlds.World](room=5)
        monkeypatch.setattr(worlds, "_worlds", empty)
        yield empty


def test_a_world_is_gone_when_the_last_who_looked_at_it_has_left(shelf: Shelf[tuple[str, int], worlds.World]) -> None:
    ann, bob, base = Visitor(), Visitor(), worlds.base()
    for who in (ann, bob):
        worlds.look(who, [(base, [1, FAR])])
    first = worlds.world(base, 1, worlds.unreported)
    far = worlds.World(base, FAR, first.baseline, first.baseline_outcome, first.baseline_hash, replace(first.checkpoint, seed=FAR))
    shelf.put((base.mark, FAR), far)
    kept, seen = weakref.ref(far), far.seen
    del far
    worlds.leave(ann)
    assert kept() is not None
    worlds.look(bob, [(base, [1])])
    gc.collect()
    assert kept() is None, "a picture that still shows the world keeps what is seen of it, not the world"
    assert seen.baseline is first.baseline
    worlds.leave(bob)
    assert worlds.is_warm(base, 1), "what a newcomer looks at first is always there"
