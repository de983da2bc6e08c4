"""Is nothing of a visitor in the log?"""

import logging

import pytest

from dashboard.serving.log import FAILURES_A_MINUTE, Calm, Discreet, Refusals, swept

pytestmark = pytest.mark.unit


def record(text: str, created: float = 0.0) -> logging.LogRecord:
    made = logging.LogRecord("a", logging.ERROR, "a.py", 1, text, (), None)
    made.created = created
    return made


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("10.20.30.40:5123 - GET", "[address] - GET"),
        ("from 2001:db8::ff00:42:8329 came", "from [address] came"),
        ("GET /decide?hospital.accredit.pass_rate=0.4&seed=3 done", "GET /decide?[query] done"),
        ("kernel 5b0e0a1c-1234-4000-8000-0123456789ab", "kernel [session]"),
        ("at 12:30:05 version 0.1.0", "at 12:30:05 version 0.1.0"),
    ],
)
def test_what_points_to_a_person_is_swept_away(written, left):
    assert swept(written) == left


def test_a_traceback_is_swept_as_well():
    assert Discreet("%(message)s").format(record("lost 10.20.30.40")) == "lost [address]"


def test_a_flood_of_failures_is_cut_to_some_lines_a_minute():
    calm = Calm()
    written = [calm.filter(record("a", created=100.0)) for _ in range(FAILURES_A_MINUTE + 5)]
    assert sum(written) == FAILURES_A_MINUTE
    assert calm.filter(record("a", created=161.0))


def test_refusals_are_counted_by_kind(caplog):
    refusals = Refusals()
    refusals.tell()
    for reason in ("hidden", "foreign origin", "hidden"):
        refusals.add(reason)
    with caplog.at_level(logging.WARNING, logger="alliance.serving"):
        refusals.tell()
        refusals.tell()
    assert [line.getMessage() for line in caplog.records] == ["refused: foreign origin 1, hidden 2"]
