"""Does a running server keep strangers out, let the page work, and tell nothing about anybody?"""

import asyncio
import contextlib
import http.client
import json
import re
import socket
import subprocess
import sys
import threading

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from benchmarks.visitor import DroppedError, Visitor, health
from dashboard.serving.messages import LONGEST_MESSAGE
from tests.patience import SECONDS
from tests.serving.conftest import Served, run_apart

HTTP = "http:" + "//"
pytestmark = pytest.mark.browser

SECURITY = {
    "content-security-policy", "cross-origin-opener-policy", "cross-origin-resource-policy", "permissions-policy",
    "referrer-policy", "x-content-type-options", "x-frame-options",
}  # fmt: skip


def ask(server: Served, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], str]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=SECONDS)
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    found = answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read().decode(errors="replace")
    connection.close()
    return found


async def arrived(address: str) -> Visitor:
    visitor = Visitor(address)
    await visitor.open()
    await visitor.first_picture()
    return visitor


async def ended(visitor: Visitor) -> bool:
    """Whether the server ends the connection; it is given time to."""
    try:
        async with asyncio.timeout(SECONDS):
            await visitor.ended.wait()
    except TimeoutError:
        return False
    return True


def test_every_answer_carries_the_headers_that_protect_its_reader(server):
    for path in ("/", "/health", "/resourcez", "/static/assets/style.css", "/nowhere"):
        _, headers, _ = ask(server, path)
        assert headers.keys() >= SECURITY, path
        assert "server" not in headers


def test_the_cookie_is_for_this_visit_only(server):
    _, headers, _ = ask(server, "/")
    assert re.fullmatch(r"solara-session-id=[0-9a-f-]{36}; Path=/; HttpOnly; SameSite=Lax", headers["set-cookie"])


def test_diagnostics_are_hidden_and_health_is_not(server):
    assert {ask(server, path)[0] for path in ("/resourcez", "/readyz", "/jupyter/api/kernels/1", "/_solara/cdn/nothing.js")} == {
        404
    }
    said = health(server.address)
    assert said.keys() == {"ok", "ails", "version", "sessions", "places", "place", "warm"}
    assert said["ok"] is True
    assert said["places"] == 20


def test_a_request_for_a_foreign_name_is_refused(server):
    assert ask(server, "/", Host="evil.example")[0] == 400
    assert ask(server, "/", Host="listed.example")[0] == 200


def test_proxy_headers_of_a_visitor_do_not_move_the_page_elsewhere(server):
    ask(server, "/", **{"X-Script-Name": "//evil.example", "X-Forwarded-Host": "evil.example"})
    assert "evil.example" not in ask(server, "/")[2]


@pytest.mark.parametrize("origin", [None, f"{HTTP}evil.example", "null"])
def test_a_websocket_of_no_or_a_foreign_origin_is_refused(server, origin):
    async def knock() -> int:
        with pytest.raises(InvalidStatus) as refused:
            await connect(Visitor(server.address).channel, origin=origin)
        return refused.value.response.status_code

    assert run_apart(knock()) == 403


def test_another_visitors_session_cannot_be_entered(server):
    async def steal() -> int:
        owner = await arrived(server.address)
        thief = Visitor(server.address)
        thief.kernel = owner.kernel
        with pytest.raises(InvalidStatus) as refused:
            await thief.open()
        await owner.close()
        return refused.value.response.status_code

    assert run_apart(steal()) == 403


@pytest.mark.parametrize(
    "content",
    [
        {"create_widget": ["numpy", "savez"], "props": {"file": "{file}"}, "id": "x"},
        {"update_ref": {"functionRef": "close"}, "prop": "layout", "id": "x"},
    ],
)
def test_a_message_that_would_run_something_ends_the_connection_and_runs_nothing(server, content, tmp_path):
    content = json.loads(json.dumps(content).replace("{file}", str(tmp_path / "written")))

    async def attack() -> bool:
        visitor = await arrived(server.address)
        data = {"method": "custom", "content": content}
        await visitor.say("comm_msg", {"comm_id": visitor.levers[0].widget, "data": data})
        is_ended = await ended(visitor)
        await visitor.close()
        return is_ended

    assert run_apart(attack())
    assert list(tmp_path.iterdir()) == []


def test_an_oversized_message_ends_its_own_connection_only(server):
    async def attack() -> tuple[bool, float]:
        honest, attacker = await arrived(server.address), await arrived(server.address)
        with contextlib.suppress(DroppedError):
            await attacker.say_raw(b"a" * (LONGEST_MESSAGE + 1))
        is_ended = await ended(attacker)
        seconds = await honest.move(honest.levers[0], 0.43)
        await honest.close()
        await attacker.close()
        return is_ended, seconds

    assert run_apart(attack())[0]


def test_two_visitors_get_their_own_pictures(server):
    async def move() -> list[set[float]]:
        both = [await arrived(server.address) for _ in range(2)]
        lever = both[0].levers[0]
        values = [lever.low + (lever.high - lever.low) * share for share in (0.31, 0.62)]
        for visitor in both:
            visitor.pictures.clear()
        await asyncio.gather(*(visitor.move(visitor.levers[0], value) for visitor, value in zip(both, values, strict=True)))
        seen = [{settings[lever.key] for settings, _ in visitor.pictures if settings} for visitor in both]
        for visitor in both:
            await visitor.close()
        return [found - {value} for found, value in zip(seen, values, strict=True)]

    assert run_apart(move()) == [set(), set()]


def test_a_page_that_closes_frees_its_place(server):
    async def come_and_go() -> None:
        visitor = await arrived(server.address)
        await visitor.close()

    before = health(server.address)["sessions"]
    run_apart(come_and_go())
    pause = threading.Event()
    for _ in range(200):  # the server ends a session a moment after its page has said good-bye
        if health(server.address)["sessions"] <= before:
            return
        pause.wait(0.1)
    raise AssertionError("the place is still taken")


def test_a_port_that_is_taken_is_said_in_one_line(server):
    command = [sys.executable, "-m", "dashboard.serving", "--port", str(server.port)]
    tried = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    assert tried.returncode == 2
    assert tried.stderr.count("\n") == 1
    assert tried.stderr.startswith("alliance: --port: 127.0.0.1:")


def test_a_client_that_sends_too_much_before_its_request_is_whole_is_refused(server):
    with socket.create_connection(("127.0.0.1", server.port), timeout=SECONDS) as client:
        client.sendall(b"GET / HTTP/1.1\r\n" + b"a: b\r\n" * 10_000)
        assert client.recv(100).startswith(b"HTTP/1.1 400")


def test_the_log_knows_nobody(server):
    ask(server, "/?hospital.accredit.pass_rate=0.4", Cookie="solara-session-id=somebody")
    ask(server, "/resourcez?who=somebody")
    written = server.log.read_text(encoding="utf-8").partition("\n")[2]  # the first line says where the server itself is
    assert "serving, at most 20 sessions" in written
    for trace in ("127.0.0.1", "somebody", "pass_rate", "solara-session-id"):
        assert trace not in written, written
