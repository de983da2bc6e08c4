"""Are the results of a small zone still those that were reviewed?"""

import json

import pytest

from tests.engine.golden import FILE, golden_run

pytestmark = pytest.mark.golden

RELATIVE = 1e-9  # sums of floats may differ in the last digits on another kind of processor; counts may not


def test_the_golden_run_gives_what_was_reviewed():
    reviewed, now = json.loads(FILE.read_text(encoding="utf-8")), golden_run()
    assert now.keys() == reviewed.keys()
    moved = [
        f"{run}: {name} was {was}, is {now[run].get(name)}"
        for run, figures in reviewed.items()
        for name, was in figures.items()
        if now[run].get(name) != (was if was is None or isinstance(was, int) else pytest.approx(was, rel=RELATIVE))
    ]
    assert not moved, "\n".join(moved)
    assert all(now[run].keys() == reviewed[run].keys() for run in reviewed), "an indicator came or went"
