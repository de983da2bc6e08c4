"""Does everybody who gets a place keep it, and nobody another's?"""

import pytest

from dashboard.serving.options import Options
from dashboard.serving.places import CROWDED, FULL, SOCKETS_OF_SESSION, Places, house_of

pytestmark = pytest.mark.unit

HERE, THERE = "192.0.2.7", "198.51.100.9"


def test_a_full_house_hands_out_no_page_and_opens_no_session():
    owners = {"k1": "ann"}
    places = Places(2, lambda: owners)
    assert places.why_no_page("bob", HERE) is None
    assert places.enter("k2", "bob", HERE)
    assert places.n_taken == 2
    assert places.why_no_page("cyd", HERE) == FULL
    assert not places.enter("k3", "cyd", HERE)
    places.leave("k2")
    assert places.enter("k3", "cyd", HERE)


def test_a_page_that_comes_back_finds_its_place():
    owners = {"k1": "ann"}
    places = Places(1, lambda: owners)
    assert places.why_no_page("ann", HERE) is None
    assert places.enter("k1", "ann", HERE)
    assert places.why_no_page("bob", HERE) == FULL


def test_a_session_belongs_to_its_visitor():
    places = Places(5, lambda: {"k1": "ann"})
    assert not places.enter("k1", "bob", HERE)
    assert places.enter("k1", "ann", HERE)


def test_a_session_has_few_websockets():
    places = Places(5, lambda: {"k1": "ann"})
    assert [places.enter("k1", "ann", HERE) for _ in range(SOCKETS_OF_SESSION + 1)] == [True] * SOCKETS_OF_SESSION + [False]
    places.leave("k1")
    assert places.enter("k1", "ann", HERE)


def test_a_page_whose_session_was_let_go_may_come_once_to_be_told():
    owners = {"k1": "ann"}
    places = Places(1, lambda: owners)
    places.let_go("k0")
    assert places.enter("k0", "old", HERE)
    places.leave("k0")
    assert not places.enter("k0", "old", HERE)


def test_sessions_whose_page_is_away_are_known():
    owners = {"k1": "ann", "k2": "bob"}
    places = Places(2, lambda: owners)
    assert places.enter("k1", "ann", HERE)
    assert places.without_page() == {"k2"}
    places.leave("k1")
    assert places.without_page() == {"k1", "k2"}


def test_one_address_does_not_take_all_places():
    owners: dict[str, str] = {}
    places = Places(4, lambda: owners, 2)
    assert places.enter("k1", "ann", HERE)
    assert places.enter("k2", "bob", HERE)
    owners.update(k1="ann", k2="bob")
    assert places.why_no_page(None, HERE) == CROWDED
    assert not places.enter("k3", "cyd", HERE)
    assert places.why_no_page(None, THERE) is None
    assert places.enter("k3", "cyd", THERE)


def test_who_comes_back_or_reloads_needs_no_second_place_at_a_crowded_address():
    owners = {"k1": "ann"}
    places = Places(4, lambda: owners, 1)
    assert places.enter("k1", "ann", HERE)
    places.leave("k1")
    assert places.enter("k1", "ann", HERE)
    assert places.why_no_page("ann", HERE) is None
    assert places.why_no_page("bob", HERE) == CROWDED


def test_an_address_is_forgotten_with_its_last_session():
    owners: dict[str, str] = {}
    places = Places(4, lambda: owners, 1)
    assert places.enter("k1", "ann", HERE)
    places.leave("k1")
    assert places.of_house(HERE) == set()
    assert places.enter("k2", "ann", HERE)


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("192.0.2.7", "192.0.2.7", True),
        ("192.0.2.7", "192.0.2.8", False),
        ("::ffff:192.0.2.7", "192.0.2.7", True),
        ("2001:db8:1:2::5", "2001:db8:1:2:a::9", True),
        ("2001:db8:1:2::5", "2001:db8:1:3::5", False),
    ],
)
def test_a_house_of_version_6_is_one_client(one, other, is_same):
    assert (house_of(one) == house_of(other)) is is_same


def test_an_address_has_half_of_the_places_unless_it_was_said_otherwise():
    assert [Options(sessions=n).sessions_of_address for n in (1, 2, 50)] == [1, 1, 25]
    assert Options(sessions=50, per_address=40).sessions_of_address == 40
    assert Options(sessions=50, per_address=90).sessions_of_address == 50
