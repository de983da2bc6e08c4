"""How do the browser tests get at a running dashboard?"""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
N_CHILDREN = "4000"
LONGEST_START = 60.0


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_until_served(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + LONGEST_START
    while True:
        assert server.poll() is None, "the dashboard's server ended by itself"
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310  our own loopback address
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            assert time.monotonic() < deadline, "the dashboard's server did not start"
            time.sleep(0.1)


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], str]]:
    """Serve an app file with a small population on a free loopback port; returns the address."""
    servers: list[subprocess.Popen[bytes]] = []

    def start(app: str) -> str:
        port = free_port()
        environment = os.environ | {"ALLIANCE_CHILDREN": N_CHILDREN, "PYTHONPATH": str(ROOT)}
        with (tmp_path_factory.mktemp("server") / "log").open("wb") as log:
            server = subprocess.Popen(
                [sys.executable, "-m", "dashboard.serving", "--port", str(port), "--app", app],
                cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT,
            )  # fmt: skip
        servers.append(server)
        wait_until_served(f"http://127.0.0.1:{port}/health", server)
        return f"http://127.0.0.1:{port}/"

    yield start
    for server in servers:
        server.terminate()
        server.wait(30)


@pytest.fixture(scope="session")
def address(serve: Callable[[str], str]) -> str:
    """The address of the dashboard as anybody would start it."""
    return serve("app.py")
