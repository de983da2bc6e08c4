"""Does the money room take only what is on offer, from the address and from the page?"""

from collections.abc import Iterator

import pytest

from dashboard import worlds
from dashboard.choice import Choice
from dashboard.rooms.money import places
from dashboard.rooms.money.books import Books, books_of
from dashboard.session import Session
from model import ledger
from tests.dashboard.conftest import small_worlds

pytestmark = pytest.mark.unit

MOVED = (("fund.pay.yuan_per_avoided_referral", 200.0),)


@pytest.fixture(scope="module")
def books() -> Iterator[Books]:
    with small_worlds(1000):
        yield books_of(worlds.base(), 1, ())


@pytest.fixture
def session() -> Session:
    return Session("en")


@pytest.mark.parametrize("text", ["", "1e9", "-1", "2016", "2026", "99999999999", "٢٠٢٠", "<b>", "2021.0"])
def test_a_year_that_is_none_shows_the_last(session: Session, books: Books, text: str) -> None:
    session.place("money_year").set(text)
    assert places.year(session, books) == 2025


def test_a_week_of_another_year_or_without_payments_is_not_looked_into(session: Session, books: Books) -> None:
    session.place("money_kind").set("incentive")
    for week in (*books.weeks(2020)[:2], *books.weeks(2021)[:2], 10**6):
        session.place("money_week").set(str(week))
        assert places.drill(session, books, 2021) == places.Drill(ledger.INCENTIVE, None)
    session.place("money_kind").set("own_payment")
    session.place("money_week").set(str(books.weeks(2021)[3]))
    assert places.drill(session, books, 2021) == places.Drill(ledger.OWN_PAYMENT, books.weeks(2021)[3])
    session.place("money_kind").set("__class__")
    assert places.drill(session, books, 2021) == places.Drill(None, None)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("year", "1999"), ("year", None), ("year", {"a": 1}), ("year", True), ("world", "11"), ("world", []), ("side", "both"),
        ("kind", "bribe"), ("kind", ["premium"]), ("week", "-3"), ("week", 10**9), ("__init__", "2021"), (None, None), ({}, "2021"),
    ],
)  # fmt: skip
def test_what_no_control_could_send_changes_nothing(session: Session, books: Books, name: object, value: object) -> None:
    places.take(session, name, value, books)
    assert all(session.place(f"money_{one}").value == "" for one in ("year", "world", "side", "kind", "week"))


def test_another_year_or_kind_forgets_the_week(session: Session, books: Books) -> None:
    places.take(session, "kind", "premium", books)
    for name, value in (("year", "2022"), ("kind", "own_payment")):
        places.take(session, "week", str(books.weeks(2022)[4]), books)
        assert session.place("money_week").value
        places.take(session, name, value, books)
        assert session.place("money_week").value == ""


def test_the_usual_choice_leaves_no_trace_in_the_address(session: Session, books: Books) -> None:
    for name, value in (
        ("year", "2021"),
        ("year", "2025"),
        ("world", "3"),
        ("world", "1"),
        ("side", "baseline"),
        ("side", "policy"),
    ):
        places.take(session, name, value, books)
    assert all(value == "" for value in session.visit_now().places.values())


def test_a_world_beyond_the_choice_is_the_first(session: Session) -> None:
    session.choice = Choice(seed=5, n_worlds=3, settings=MOVED)
    for text, seed in (("7", 7), ("8", 5), ("4", 5), ("x", 5)):
        session.place("money_world").set(text)
        assert places.seed(session) == seed


def test_without_a_moved_lever_the_side_is_the_baseline(session: Session) -> None:
    assert not places.is_policy(session)
    session.choice = Choice(settings=MOVED)
    assert places.is_policy(session)
    session.place("money_side").set("baseline")
    assert not places.is_policy(session)
