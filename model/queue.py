"""What waits for which day?

Each day of the coming 256 has a list of cases, first come first served. A case waits for one event at a time: a visit, an
appointment, or the day of alarm of a serious illness, whichever comes first.
"""

from agents.compiled import compiled
from model.world import EVENT_ALARM, N_DUE_DAYS, SERIOUS


@compiled
def take_case(free_cases, clock):
    """A free row for a new case [row]; raises MemoryError when there is none."""
    if clock.n_free == 0:
        raise MemoryError("more illnesses are under way than there are rows for cases")
    clock.n_free -= 1
    return free_cases[clock.n_free]


@compiled
def close_case(free_cases, clock, case_row):
    """The illness is over: give its row back."""
    free_cases[clock.n_free] = case_row
    clock.n_free += 1


@compiled
def wait_for(cases, due_first, due_last, case_row, today, day, event):
    """Let a case wait for `event` on `day`, or for its day of alarm if that comes first; never for today."""
    case = cases[case_row]
    if case.kind == SERIOUS and case.alarm_day <= day:
        day, event = case.alarm_day, EVENT_ALARM
    day = min(max(day, today + 1), today + N_DUE_DAYS - 1)
    case.event = event
    case.next = -1
    slot = day % N_DUE_DAYS
    if due_first[slot] < 0:
        due_first[slot] = case_row
    else:
        cases[due_last[slot]].next = case_row
    due_last[slot] = case_row


@compiled
def take_due(due_first, due_last, day):
    """Detach the list of a day and return its first case [row], -1 if there is none."""
    slot = day % N_DUE_DAYS
    first = due_first[slot]
    due_first[slot] = -1
    due_last[slot] = -1
    return first
