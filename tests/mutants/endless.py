"""When has a mutant gone on for so long that it will never end?

A limit of time would kill a healthy mutant on a slow machine, so steps are counted. The rules as they stand take some half a
million in the small world and up to a million in a test file, on every machine; whoever takes `MOST_STEPS` is ended on the spot.
"""

import os
from typing import NoReturn

from tests.steps import Steps

MOST_STEPS = 20_000_000  # for each line of defence: some twenty times what any of them needs
EXIT_CODE = 77  # of a process that was ended here


def _end() -> NoReturn:
    os._exit(EXIT_CODE)  # no test could catch this


def guard() -> Steps:
    """Ends this process once the engine has taken too many steps since the last `begin`."""
    return Steps("agents", "model", most=MOST_STEPS, at_most=_end)
