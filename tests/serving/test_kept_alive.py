"""Is nothing left of visitors who have left?"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.case, pytest.mark.slow]

ROOT = Path(__file__).resolve().parents[2]


def test_visit_after_visit_no_more_is_alive_than_the_last_thread_holds() -> None:
    """The thread that served the last visitor holds on to him until it serves the next or is dismissed."""
    command = [sys.executable, "-m", "tests.serving.kept_alive"]
    surroundings = os.environ | {"ALLIANCE_CHILDREN": "2000", "PYTHONPATH": str(ROOT)}
    told = subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, text=True, check=True)
    found = json.loads(told.stdout.splitlines()[-1])
    assert len(found) == 3
    for alive in found:
        assert max(alive.values()) <= 1, found
