"""Is the server's health true: false as soon as one thing that a page needs is missing?"""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from dashboard.serving import answers, health
from dashboard.serving.health import Health, Warmth

pytestmark = pytest.mark.unit

FILE = "@someone/app@1.0.0/dist/app.min.js"


class Server:
    """A server whose page names one file."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.warm = folder, Warmth.WARMING
        (folder / FILE).parent.mkdir(parents=True)
        (folder / FILE).write_text("1")

    def front_page(self) -> str:
        return f'<script src="/alliance/_solara/cdn/{FILE}"></script>'

    def cdn_folders(self) -> list[Path]:
        return [self.folder]

    def warmth(self) -> Warmth:
        return self.warm


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Server:
    monkeypatch.setattr(health, "available_bytes", lambda: 10**12)
    return Server(tmp_path)


def test_a_server_that_still_computes_its_first_worlds_is_well(server: Server) -> None:
    assert Health(server).ails() == []


def test_a_page_that_cannot_be_written_ails(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> str:
        raise RuntimeError("no template")

    monkeypatch.setattr(server, "front_page", broken)
    assert Health(server).ails() == ["page"]


def test_a_file_of_the_page_that_is_gone_ails(server: Server) -> None:
    (server.folder / FILE).unlink()
    assert Health(server).ails() == ["page"]


def test_worlds_that_cannot_be_computed_ail(server: Server) -> None:
    server.warm = Warmth.FAILED
    assert Health(server).ails() == ["engine"]


def test_threads_that_cannot_be_started_ail(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refused)
    assert Health(server).ails() == ["threads"]


def test_too_little_memory_ails_and_it_ends_when_there_is_some(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Health(server)
    monkeypatch.setattr(health, "available_bytes", lambda: health.FEWEST_BYTES - 1)
    assert asked.ails() == ["memory"]
    monkeypatch.setattr(health, "available_bytes", lambda: health.FEWEST_BYTES)
    assert asked.ails() == []


def test_what_ails_is_said_by_the_status_too() -> None:
    assert answers.healthy({"ok": True}).status_code == 200
    assert answers.healthy({"ok": False, "ails": ["memory"]}).status_code == 503
