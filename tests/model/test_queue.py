"""What waits for which day?"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.records import rows
from model.queue import close_case, take_case, take_due, wait_for
from model.world import (
    CASE,
    CLOCK,
    EVENT_ALARM,
    EVENT_APPOINTMENT,
    EVENT_VISIT,
    N_DUE_DAYS,
    SELF_LIMITING,
    SERIOUS,
)

TODAY = 1_000


class WaitingRoom:
    """Cases and days, as the world holds them."""

    def __init__(self, n: int = 8) -> None:
        self.cases = rows(CASE, n)
        self.clock = rows(CLOCK, 1)
        self.clock[0].n_free = n
        self.free = np.arange(n)[::-1].copy()
        self.first, self.last = np.full(N_DUE_DAYS, -1), np.full(N_DUE_DAYS, -1)

    def new(self, kind: int = SELF_LIMITING, alarm_day: int = 0) -> int:
        row = take_case(self.free, self.clock[0])
        self.cases[row].kind, self.cases[row].alarm_day = kind, alarm_day
        return row

    def wait(self, row: int, day: int, event: int = EVENT_VISIT, today: int = TODAY) -> None:
        wait_for(self.cases, self.first, self.last, row, today, day, event)

    def due(self, day: int) -> list[int]:
        found, row = [], take_due(self.first, self.last, day)
        while row >= 0:
            found.append(int(row))
            row = self.cases[row].next
        return found


@pytest.fixture
def room() -> WaitingRoom:
    return WaitingRoom()


@pytest.mark.unit
def test_first_come_first_served(room):
    rows_ = [room.new() for _ in range(4)]
    for row in (rows_[2], rows_[0], rows_[3]):
        room.wait(row, TODAY + 5)
    room.wait(rows_[1], TODAY + 6)
    assert room.due(TODAY + 5) == [rows_[2], rows_[0], rows_[3]]
    assert room.due(TODAY + 6) == [rows_[1]]


@pytest.mark.unit
def test_nobody_is_called_twice(room):
    room.wait(room.new(), TODAY + 1)
    assert len(room.due(TODAY + 1)) == 1
    assert room.due(TODAY + 1) == []
    assert room.due(TODAY + 1 + N_DUE_DAYS) == []


@pytest.mark.unit
def test_the_day_of_alarm_comes_before_a_later_appointment(room):
    row = room.new(SERIOUS, alarm_day=TODAY + 3)
    room.wait(row, TODAY + 10, EVENT_APPOINTMENT)
    assert room.due(TODAY + 10) == []
    assert room.due(TODAY + 3) == [row]
    assert room.cases[row].event == EVENT_ALARM


@pytest.mark.unit
def test_on_the_day_of_alarm_the_alarm_comes_first(room):
    row = room.new(SERIOUS, alarm_day=TODAY + 3)
    room.wait(row, TODAY + 3, EVENT_APPOINTMENT)
    assert room.due(TODAY + 3) == [row]
    assert room.cases[row].event == EVENT_ALARM


@pytest.mark.unit
def test_an_appointment_before_the_alarm_is_kept(room):
    row = room.new(SERIOUS, alarm_day=TODAY + 3)
    room.wait(row, TODAY + 2, EVENT_APPOINTMENT)
    assert room.due(TODAY + 2) == [row]
    assert room.cases[row].event == EVENT_APPOINTMENT


@pytest.mark.unit
def test_a_mild_illness_has_no_alarm(room):
    row = room.new(SELF_LIMITING, alarm_day=TODAY + 1)
    room.wait(row, TODAY + 4)
    assert room.due(TODAY + 4) == [row]
    assert room.cases[row].event == EVENT_VISIT


@pytest.mark.unit
def test_nothing_waits_for_today_or_for_yesterday(room):
    for day in (TODAY, TODAY - 7):
        row = room.new()
        room.wait(row, day)
        assert room.due(TODAY) == []
        assert room.due(TODAY + 1) == [row]
    overdue = room.new(SERIOUS, alarm_day=TODAY - 2)
    room.wait(overdue, TODAY + 9)
    assert room.due(TODAY + 1) == [overdue]
    assert room.cases[overdue].event == EVENT_ALARM


@pytest.mark.unit
def test_nothing_waits_longer_than_there_are_days(room):
    row = room.new()
    room.wait(row, TODAY + 10 * N_DUE_DAYS)
    assert room.due(TODAY + N_DUE_DAYS - 1) == [row]


@pytest.mark.unit
def test_more_illnesses_than_rows_are_refused(room):
    for _ in range(8):
        room.new()
    with pytest.raises(MemoryError, match="more illnesses"):
        room.new()


@pytest.mark.unit
def test_the_row_of_an_illness_that_is_over_is_used_again(room):
    taken = [room.new() for _ in range(8)]
    close_case(room.free, room.clock[0], taken[3])
    assert room.clock[0].n_free == 1
    assert room.new() == taken[3]


@pytest.mark.property
@given(st.lists(st.tuples(st.integers(-5, 400), st.sampled_from([SELF_LIMITING, SERIOUS]), st.integers(-5, 400)), max_size=40))
def test_everybody_who_waits_is_called_once_in_order_and_never_today(waits):
    room = WaitingRoom(40)
    expected: dict[int, list[int]] = {}
    for days, kind, alarm in waits:
        row = room.new(kind, TODAY + alarm)
        room.wait(row, TODAY + days)
        due = min(days, alarm) if kind == SERIOUS else days
        expected.setdefault(min(max(due, 1), N_DUE_DAYS - 1), []).append(row)
    assert room.due(TODAY) == []
    for days in range(1, N_DUE_DAYS):
        assert room.due(TODAY + days) == expected.get(days, [])
