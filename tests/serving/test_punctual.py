"""Is a client cut off that takes too long to ask, to say the rest, or to take the answer?"""

import contextlib
import socket
import threading
from collections.abc import Iterator

import pytest
import uvicorn

from dashboard.serving import punctual
from dashboard.serving.punctual import PunctualProtocol

pytestmark = pytest.mark.browser

SHORT, PATIENT = 0.3, 30.0
GREETING = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
LARGE = 40 * 1024 * 1024


async def answering(scope, receive, send):
    """A small answer, or one too large for any buffer, after the whole request has come."""
    while (await receive()).get("more_body"):
        pass
    body = b"a" * (LARGE if scope["path"] == "/large" else 2)
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", str(len(body)).encode())]})
    for at in range(0, len(body), 65_536):
        await send({"type": "http.response.body", "body": body[at : at + 65_536], "more_body": at + 65_536 < len(body)})


@pytest.fixture
def port(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    for name in ("REQUEST_SECONDS", "ANSWER_SECONDS", "NEXT_SECONDS"):
        monkeypatch.setattr(punctual, name, getattr(request, "param", SHORT))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        config = uvicorn.Config(answering, http=PunctualProtocol, ws="none", lifespan="off", log_config=None)
        server = uvicorn.Server(config)
        running = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        running.start()
        yield listener.getsockname()[1]
        server.should_exit = True
        running.join(30)


def n_bytes_until_cut_off(client: socket.socket) -> int:
    """How much had been sent when the other side lost its patience."""
    n_bytes = 0
    with contextlib.suppress(ConnectionResetError):
        while piece := client.recv(65_536):
            n_bytes += len(piece)
    return n_bytes


def is_cut_off(client: socket.socket) -> bool:
    """Whether the other side ends the connection; the test's own patience is long."""
    client.settimeout(30)
    try:
        return client.recv(65_536) == b""
    except ConnectionResetError:
        return True


@pytest.mark.parametrize("start", [b"", b"GET / HTTP/1.1\r\nHost:", b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nab"])
def test_a_request_that_does_not_come_whole_is_cut_off(port, start):
    with socket.create_connection(("127.0.0.1", port)) as client:
        client.sendall(start)
        assert is_cut_off(client)


def test_an_answer_that_is_not_taken_is_cut_off(port):
    with socket.create_connection(("127.0.0.1", port)) as client:
        client.sendall(GREETING.replace(b"/ ", b"/large "))
        client.settimeout(30)
        threading.Event().wait(4 * SHORT)
        assert n_bytes_until_cut_off(client) < LARGE


@pytest.mark.parametrize("port", [PATIENT], indirect=True)
def test_who_asks_and_takes_is_served_again_on_the_same_connection(port):
    with socket.create_connection(("127.0.0.1", port)) as client:
        client.settimeout(30)
        for _ in range(3):
            client.sendall(GREETING)
            taken = b""
            while not taken.endswith(b"aa"):
                taken += client.recv(65_536)
            assert b"200 OK" in taken
