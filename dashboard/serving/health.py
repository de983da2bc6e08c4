"""Can pages be made here, now?

What a page needs is looked at each time somebody asks, and nothing is computed for it: the page itself is written from Solara's
templates and the app; each of its own files that it names lies where it is served from; a world can be computed (the first ones
were, or still are being); threads can be started; and there is memory for one more visitor. What ails is a list of words, empty
when all is well. A full house ails nothing: who is in has what was promised.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from enum import Enum, auto
from pathlib import Path
from typing import Protocol

from dashboard.serving.log import logger
from model.memory import available_bytes

FEWEST_BYTES = 150 * 1024 * 1024
"""A session and the world that it asks for, with something to spare [bytes]."""
FILE_OF_PAGE = re.compile(r"/_solara/cdn/([@\w./+-]+\.(?:js|css))")
SECONDS_FOR_A_THREAD = 5.0


class Warmth(Enum):
    """How far the first visitor's worlds are."""

    WARMING = auto()
    WARM = auto()
    FAILED = auto()


class Server(Protocol):
    """What is asked of Solara's server."""

    def front_page(self) -> str:
        """The page as it is served."""
        ...

    def cdn_folders(self) -> list[Path]:
        """Where the page's own files from packages lie."""
        ...

    def warmth(self) -> Warmth:
        """How far the first visitor's worlds are."""
        ...


class Health:
    """What ails a server, by the things that a page needs."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._told: tuple[str, ...] = ()

    def ails(self) -> list[str]:
        """Return a word for each thing that keeps pages from being made; what is new of it is logged."""
        needs: dict[str, Callable[[], bool]] = {
            "page": self._has_page, "engine": self._has_engine, "threads": has_threads, "memory": has_memory,
        }  # fmt: skip
        found = tuple(word for word, is_there in needs.items() if not is_there())
        if found != self._told:
            self._told = found
            logger.error("pages cannot be made: %s", ", ".join(found)) if found else logger.info("pages can be made again")
        return list(found)

    def _has_page(self) -> bool:
        """Whether the page can be written, and the files that it names are there."""
        try:
            page = self._server.front_page()
        except Exception:  # noqa: BLE001  whatever is wrong with a template or the app, there is no page
            return False
        named = set(FILE_OF_PAGE.findall(page))
        return bool(page) and all(any((folder / name).is_file() for folder in self._server.cdn_folders()) for name in named)

    def _has_engine(self) -> bool:
        return self._server.warmth() is not Warmth.FAILED


def has_threads() -> bool:
    """Whether a thread can be started and runs: each websocket and each run has one."""
    has_run = threading.Event()
    try:
        threading.Thread(target=has_run.set, daemon=True).start()
    except RuntimeError:  # the system allows no more
        return False
    return has_run.wait(SECONDS_FOR_A_THREAD)


def has_memory() -> bool:
    """Whether there is memory for one more visitor."""
    return available_bytes() >= FEWEST_BYTES
