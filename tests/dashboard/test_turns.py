"""Does whoever holds a slider come first?"""

import itertools
import threading

import pytest

from dashboard.turns import Turns
from tests.patience import SECONDS

pytestmark = pytest.mark.unit


def started(turns: Turns, name: str, told: list[str], *, is_behind: bool, ticket: int | None = None) -> threading.Thread:
    def run() -> None:
        with turns.turn(is_behind=is_behind, ticket=ticket):
            told.append(name)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return thread


def until_waiting(turns: Turns, n_waiting: int = 1) -> None:
    gate, tries = threading.Event(), itertools.count()
    while turns.n_waiting < n_waiting:
        assert not gate.wait(0.001)
        assert next(tries) < 1_000 * SECONDS


def test_a_run_in_front_comes_before_one_behind_that_waited_longer() -> None:
    turns, told = Turns(1), list[str]()
    with turns.turn(is_behind=False):
        behind = started(turns, "behind", told, is_behind=True)
        front = started(turns, "front", told, is_behind=False)
        until_waiting(turns)
        assert told == []
    front.join(SECONDS)
    behind.join(SECONDS)
    assert told == ["front", "behind"]
    assert not turns.is_crowded


def test_in_front_whoever_waits_longest_comes_first_and_a_ticket_keeps_a_place() -> None:
    turns, told = Turns(1), list[str]()
    early = turns.ticket()
    with turns.turn(is_behind=False):
        waiting = []
        for n, (name, ticket) in enumerate([("second", None), ("third", None), ("fourth", None), ("first", early)], start=1):
            waiting.append(started(turns, name, told, is_behind=False, ticket=ticket))
            until_waiting(turns, n)
    for thread in waiting:
        thread.join(SECONDS)
    assert told == ["first", "second", "third", "fourth"]


def test_runs_behind_leave_one_core_free() -> None:
    turns, told = Turns(2), list[str]()
    with turns.turn(is_behind=True):
        behind = started(turns, "behind", told, is_behind=True)
        front = started(turns, "front", told, is_behind=False)
        front.join(SECONDS)
        assert told == ["front"]
    behind.join(SECONDS)
    assert told == ["front", "behind"]


def test_a_turn_is_given_back_when_a_run_fails() -> None:
    turns = Turns(1)
    with pytest.raises(RuntimeError), turns.turn(is_behind=True):
        raise RuntimeError("made to fail")
    with turns.turn(is_behind=True):
        pass


def test_there_are_as_many_seats_behind_as_cores_and_nobody_waits_for_what_nobody_wants() -> None:
    turns = Turns(1)
    with turns.seat(lambda: True) as is_free:
        assert is_free
        with turns.seat(lambda: False) as is_second:
            assert not is_second
    with turns.seat(lambda: True) as is_free:
        assert is_free
