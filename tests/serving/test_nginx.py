"""Does the configuration for nginx that we ship carry visitors to two processes, back to theirs, and on when one stops?"""

from __future__ import annotations

import contextlib
import http.client
import os
import shutil
import socket
import ssl
import subprocess
import threading
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from benchmarks.visitor import health, served
from tests.patience import SECONDS
from tests.serving.conftest import HTTPS, N_CHILDREN

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SHIPPED = Path(__file__).resolve().parents[2] / "docs" / "serving" / "nginx.conf"
CHOICE = "hospital.accredit.pass_rate=0.6"
AROUND = """
daemon off; pid {folder}/pid; error_log stderr warn; {user}
events {{ worker_connections 512; }}
http {{
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/a; uwsgi_temp_path {folder}/b;
  scgi_temp_path {folder}/c; include {folder}/alliance.conf;
}}
"""
CERTIFICATE = ("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=alliance.example")


class Front(NamedTuple):
    """nginx as it runs: the address that visitors call, and the port without https that sends them there."""

    address: str
    plain_port: int


def installed(name: str) -> str:
    """Where a program is; without it the test fails in CI and is skipped elsewhere."""
    path = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if path is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"{name} is not installed")
    return path


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@contextlib.contextmanager
def nginx(folder: Path, ports: tuple[int, int], plain: int, secure: int, below: str = "") -> Iterator[Front]:
    """The shipped configuration with other ports and a certificate of its own."""
    program = installed("nginx")
    key, chain = folder / "key.pem", folder / "fullchain.pem"
    subprocess.run([installed("openssl"), *CERTIFICATE, "-keyout", key, "-out", chain], check=True, capture_output=True)
    said = SHIPPED.read_text(encoding="utf-8")
    changes = {
        "127.0.0.1:8801": f"127.0.0.1:{ports[0]}",
        "127.0.0.1:8802": f"127.0.0.1:{ports[1]}",
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{secure} ssl http2;",
        "/etc/ssl/alliance": str(folder),
        "location / {": f"location {below}/ {{",
    }
    for found, put in changes.items():
        assert found in said, found
        said = said.replace(found, put)
    (folder / "alliance.conf").write_text(said, encoding="utf-8")
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder, user=user), encoding="utf-8")
    command = [program, "-p", str(folder), "-c", str(folder / "nginx.conf")]
    subprocess.run([*command, "-t"], check=True, capture_output=True)
    running = subprocess.Popen(command)
    try:
        wait_until(lambda: is_open(secure))
        yield Front(f"{HTTPS}127.0.0.1:{secure}{below}", plain)
    finally:
        running.terminate()
        running.wait(20)


def is_open(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=5):
        return True
    return False


def wait_until(is_so: Callable[[], bool]) -> None:
    pause = threading.Event()
    for _ in range(10 * SECONDS):
        if is_so():
            return
        pause.wait(0.1)
    raise AssertionError("it never came to be so")


def options(secure: int, *more: str) -> tuple[str, ...]:
    return ("--sessions", "10", "--origin", f"{HTTPS}127.0.0.1:{secure}", "--proxy", "127.0.0.1", *more)


def open_page(browser: Browser, address: str, query: str = "") -> tuple[BrowserContext, Page]:
    context = browser.new_context(ignore_https_errors=True, locale="en-GB")
    page = context.new_page()
    page.goto(f"{address}/?lang=en&{query}")
    expect(page.locator(".chart canvas").first).to_be_visible()
    return context, page


def value_of(page: Page) -> str | None:
    return page.get_by_role("slider").first.get_attribute("aria-valuetext")


def test_visitors_keep_their_process_and_find_the_other_when_theirs_stops(browser: Browser, tmp_path: Path) -> None:
    plain, secure = free_port(), free_port()
    with (
        served(*options(secure), log=tmp_path / "one", ALLIANCE_CHILDREN=N_CHILDREN) as (one, first),
        served(*options(secure), log=tmp_path / "two", ALLIANCE_CHILDREN=N_CHILDREN) as (two, _),
        nginx(tmp_path, (port_of(one), port_of(two)), plain, secure) as front,
    ):
        is_sent_to_https(front)
        homes: dict[str, tuple[BrowserContext, Page]] = {}
        for _ in range(12):  # by chance: a visitor's cookie says to which process he belongs
            before = health(one)["sessions"]
            context, page = open_page(browser, front.address, CHOICE)
            homes.setdefault(one if health(one)["sessions"] > before else two, (context, page))
            if len(homes) == 2:
                break
        stays, moves = homes[two][1], homes[one][1]
        cookie = homes[one][0].cookies()[0]
        assert cookie.get("secure")
        assert cookie.get("httpOnly")
        chosen = value_of(moves)
        moves.reload()
        expect(moves.locator(".chart canvas").first).to_be_visible()
        assert value_of(moves) == chosen

        first.terminate()
        first.wait(30)
        press_and_see(stays)
        expect(moves.get_by_text("Your session has ended")).to_be_visible(timeout=120_000)
        moves.get_by_role("button", name="Reload the page").click()
        expect(moves.locator(".chart canvas").first).to_be_visible()
        assert value_of(moves) == chosen
        press_and_see(moves)
        assert "Traceback" not in (tmp_path / "one").read_text() + (tmp_path / "two").read_text()
        for context, _page in homes.values():
            context.close()


def port_of(address: str) -> int:
    return int(address.rpartition(":")[2])


def is_sent_to_https(front: Front) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", front.plain_port, timeout=SECONDS)
    connection.request("GET", "/decide?seed=3")
    answer = connection.getresponse()
    location = answer.getheader("location") or ""
    answer.read()
    connection.close()
    assert answer.status == 301
    assert location.startswith(HTTPS)
    assert location.endswith("/decide?seed=3")
    context = ssl._create_unverified_context()  # noqa: S323  its own certificate
    with urllib.request.urlopen(f"{front.address}/health", context=context, timeout=SECONDS) as healthy:  # noqa: S310
        assert healthy.headers["strict-transport-security"]


def press_and_see(page: Page) -> None:
    """Move a slider and see the address follow: the message went to the session and its answer came back."""
    before, slider = page.url, page.get_by_role("slider").first
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url(lambda url: url != before)


def test_below_a_path_everything_works(browser: Browser, tmp_path: Path) -> None:
    plain, secure = free_port(), free_port()
    with (
        served(*options(secure, "--below", "/alliance"), log=tmp_path / "log", ALLIANCE_CHILDREN=N_CHILDREN) as (one, _),
        nginx(tmp_path, (port_of(one), port_of(one)), plain, secure, "/alliance") as front,
    ):
        context = browser.new_context(ignore_https_errors=True, locale="en-GB", accept_downloads=True)
        page, outside, failed = context.new_page(), [], []
        page.on("request", lambda asked: outside.append(asked.url) if not is_below(asked.url, front.address) else None)
        page.on("response", lambda answer: failed.append(answer.url) if answer.status >= 400 else None)
        page.on("websocket", lambda channel: outside.append(channel.url) if "/alliance/jupyter/" not in channel.url else None)
        page.goto(front.address)  # without the last slash
        expect(page.locator(".chart canvas").first).to_be_visible()
        assert page.url.startswith(f"{front.address}/")
        press_and_see(page)
        page.get_by_role("link", name="Library").click()
        page.wait_for_url(f"{front.address}/library*")
        page.go_back()
        expect(page.locator(".chart canvas").first).to_be_visible()
        doors = page.locator("nav a")
        hrefs = {doors.nth(n).get_attribute("href") for n in range(doors.count())}
        assert {href for href in hrefs if not (href or "").startswith("/alliance/")} == set()
        page.goto(f"{front.address}/money?lang=en")
        expect(page.get_by_role("heading", name="Money").first).to_be_visible()
        with page.expect_download() as download:
            page.get_by_role("button", name="CSV").first.click()
        assert download.value.suggested_filename.endswith(".csv")
        assert [cookie.get("path") for cookie in context.cookies()] == ["/alliance/"]
        assert outside == []
        assert failed == []
        context.close()


def is_below(url: str, address: str) -> bool:
    return url.startswith((f"{address}/", "blob:", "data:")) or url == address
