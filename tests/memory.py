"""Does a process of the tests stay small enough for a laptop?

Each worker tells at its end how much memory it held at most, and the run says so, with a word where that passes `MOST_MEGABYTES`.
What a file of tests has left behind is collected when the file is done.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import psutil
import pytest

from dashboard.serving import memory

if TYPE_CHECKING:
    from _pytest.terminal import TerminalReporter

MOST_MEGABYTES = 1000
HELD = pytest.StashKey[dict[str, int]]()

memory.give_back()


def peak_megabytes() -> int:
    """The most that this process has held [MB]."""
    if sys.platform == "win32":
        return psutil.Process().memory_info().peak_wset // 1_000_000
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // (1_000_000 if sys.platform == "darwin" else 1_000)


@pytest.fixture(scope="module", autouse=True)
def _leftovers_are_collected() -> Iterator[None]:
    yield
    gc.collect()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker tells its controller how much it has held."""
    held = session.config.stash.setdefault(HELD, {})
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["peak_megabytes"] = peak_megabytes()
        return
    session.config.stash[HELD] = held or {"this process": peak_megabytes()}


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Keep what a worker told."""
    told = getattr(node, "workeroutput", {}).get("peak_megabytes")
    if told is not None:
        node.config.stash.setdefault(HELD, {})[node.gateway.id] = told


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Say it in one line."""
    held = terminalreporter.config.stash.get(HELD, {})
    said = ", ".join(f"{name} {n:,} MB" for name, n in sorted(held.items()))
    verdict = f"; more than {MOST_MEGABYTES:,} MB" if held and max(held.values()) > MOST_MEGABYTES else ""
    terminalreporter.write_line(f"Most memory held: {said}{verdict}")
