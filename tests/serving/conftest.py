"""How do the tests get at a hardened server?"""

import asyncio
import subprocess
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from benchmarks.visitor import served

HTTPS = "https:" + "//"
N_CHILDREN = "2000"


class Served(NamedTuple):
    """A running server: where it is, what it is, what it wrote."""

    address: str
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def port(self) -> int:
        return int(self.address.rpartition(":")[2])


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The dashboard for twenty, as `alliance serve` starts it."""
    log = tmp_path_factory.mktemp("serving") / "log"
    with served("--sessions", "20", "--origin", f"{HTTPS}listed.example", log=log, ALLIANCE_CHILDREN=N_CHILDREN) as (
        address,
        process,
    ):
        yield Served(address, process, log)


@pytest.fixture(scope="session")
def small_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The dashboard for one, who is let go after eight idle seconds."""
    log = tmp_path_factory.mktemp("serving") / "log"
    with served("--sessions", "1", "--idle-seconds", "8", log=log, ALLIANCE_CHILDREN=N_CHILDREN) as (address, process):
        yield Served(address, process, log)


def run_apart[Result](task: Coroutine[Any, Any, Result]) -> Result:
    """Run a task in a thread of its own: where a browser is open, this thread has a loop that runs already."""
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, task).result()
