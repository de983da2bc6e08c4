"""Does everybody who gets a place keep it, and nobody another's?"""

import pytest

from dashboard.serving.places import SOCKETS_OF_SESSION, Places

pytestmark = pytest.mark.unit


def test_a_full_house_hands_out_no_page_and_opens_no_session():
    owners = {"k1": "ann"}
    places = Places(2, lambda: owners)
    assert places.has_page_for("bob")
    assert places.enter("k2", "bob")
    assert places.n_taken == 2
    assert not places.has_page_for("cyd")
    assert not places.enter("k3", "cyd")
    places.leave("k2")
    assert places.enter("k3", "cyd")


def test_a_page_that_comes_back_finds_its_place():
    owners = {"k1": "ann"}
    places = Places(1, lambda: owners)
    assert places.has_page_for("ann")
    assert places.enter("k1", "ann")
    assert not places.has_page_for("bob")


def test_a_session_belongs_to_its_visitor():
    places = Places(5, lambda: {"k1": "ann"})
    assert not places.enter("k1", "bob")
    assert places.enter("k1", "ann")


def test_a_session_has_few_websockets():
    places = Places(5, lambda: {"k1": "ann"})
    assert [places.enter("k1", "ann") for _ in range(SOCKETS_OF_SESSION + 1)] == [True] * SOCKETS_OF_SESSION + [False]
    places.leave("k1")
    assert places.enter("k1", "ann")


def test_a_page_whose_session_was_let_go_may_come_once_to_be_told():
    owners = {"k1": "ann"}
    places = Places(1, lambda: owners)
    places.let_go("k0")
    assert places.enter("k0", "old")
    places.leave("k0")
    assert not places.enter("k0", "old")


def test_sessions_whose_page_is_away_are_known():
    owners = {"k1": "ann", "k2": "bob"}
    places = Places(2, lambda: owners)
    assert places.enter("k1", "ann")
    assert places.without_page() == {"k2"}
    places.leave("k1")
    assert places.without_page() == {"k1", "k2"}
