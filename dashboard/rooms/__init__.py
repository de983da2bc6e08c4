"""Which rooms does the dashboard have, in which order?

A room is a folder with a component `Room(session)` in `room.py`, its texts and its style. Its name is a path of the page's
address. Nothing else knows how many rooms there are.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import solara

    from dashboard.session import Session

FOLDER = Path(__file__).parent
ORDER = ("decide", "compare", "network", "children", "money", "library", "sweeps", "learn", "about")
ROOMS = tuple(name for name in ORDER if (FOLDER / name / "room.py").is_file())
FIRST = "decide"


def room(name: str) -> Callable[[Session], solara.Element]:
    """Return a room's component."""
    return import_module(f"dashboard.rooms.{name}.room").Room
