"""The dashboard on a machine so slow that only the case's first world is ever there, until a file says go."""

import os
import time
from pathlib import Path

from dashboard import worlds
from dashboard.page import Layout, Page, routes

GO = Path(os.environ["ALLIANCE_TEST_GO"])
at_once = worlds.world


def world(
    of: worlds.Base, seed: int, report: worlds.Report, is_wanted: worlds.IsWanted = lambda: True, **how: bool
) -> worlds.World:
    """A world as always, when its time has come."""
    while not (GO.exists() or (of.mark, seed) == (worlds.base().mark, 1)):
        if not is_wanted():
            raise worlds.NotWantedError
        time.sleep(0.02)
    return at_once(of, seed, report, is_wanted, **how)


worlds.world = world

__all__ = ["Layout", "Page", "routes"]
