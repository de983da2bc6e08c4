"""Are worlds that nobody uses any more let go before they fill the memory?"""

import gc
import weakref

import pytest

from model import leftovers
from model.leftovers import Leftovers

pytestmark = pytest.mark.unit


class Tied:
    """Like a Mesa model: it refers to what refers to it."""

    def __init__(self) -> None:
        self.agent = self


@pytest.fixture
def unwatched():
    """The collector looks only when it is told to."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def test_worlds_that_are_done_with_never_hold_more_than_the_limit(unwatched):
    n_children = leftovers.MOST_BYTES // leftovers.BYTES_PER_CHILD // 4
    watching, gone = Leftovers(), []
    for _ in range(20):
        model = Tied()
        watching.watch(model, n_children)
        gone.append(weakref.ref(model))
    assert sum(one() is not None for one in gone) <= 5


def test_worlds_in_use_stay_and_the_collector_is_not_told_again_for_each(unwatched, monkeypatch):
    n_children = leftovers.MOST_BYTES // leftovers.BYTES_PER_CHILD // 4
    watching, looks = Leftovers(), []
    monkeypatch.setattr(leftovers.gc, "collect", lambda: looks.append(1))
    models = [Tied() for _ in range(20)]
    for model in models:
        watching.watch(model, n_children)
    assert len(looks) == 4
