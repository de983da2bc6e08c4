"""How do the browser tests get at a running dashboard, and other tests at a small world?"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import pytest

from benchmarks.visitor import served
from dashboard import worlds

N_CHILDREN = "4000"


@contextmanager
def small_worlds(n_children: int) -> Iterator[None]:
    """Every scenario has so few children, and in no later test."""
    worlds.base.cache_clear()
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("ALLIANCE_CHILDREN", str(n_children))
            yield
    finally:
        worlds.base.cache_clear()


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], str]]:
    """Serve an app file with a small population, and with no sweeps but its own; returns the address."""
    with ExitStack() as stack:

        def start(app: str) -> str:
            folder = tmp_path_factory.mktemp("server")
            said = {"ALLIANCE_CHILDREN": N_CHILDREN, "ALLIANCE_SWEEPS": str(folder / "sweeps")}
            address, _ = stack.enter_context(served("--app", app, log=folder / "log", **said))
            return f"{address}/"

        yield start


@pytest.fixture(scope="session")
def address(serve: Callable[[str], str]) -> str:
    """The address of the dashboard as anybody would start it."""
    return serve("app.py")
