"""Are foreign pages, foreign names and closed doors told apart from our own page's requests?"""

from pathlib import Path

import pytest

from dashboard.serving.door import Knock, is_our_host, is_our_origin, refusal
from dashboard.serving.options import Options

HTTP = "http:" + "//"
HTTPS = "https:" + "//"
pytestmark = pytest.mark.unit

OPTIONS = Options(origins=(f"{HTTPS}listed.example",))
CHANNEL = "/jupyter/api/kernels/5b0e0a1c-0000-4000-8000-000000000001/channels"
CLOSING = "/_solara/api/close/5b0e0a1c-0000-4000-8000-000000000001"
HOST = {"host": "127.0.0.1:8765"}


def asked(path: str, method: str = "GET", **said: object) -> int | None:
    knock = Knock(False, method, path, str(said.get("query", "")), HOST | said.get("headers", {}), bool(said.get("has_body")))
    found = refusal(knock, OPTIONS, [Path(__file__).parent])
    return found.status if found else None


def websocket(origin: str | None, path: str = CHANNEL, query: str = "session_id=5b0e") -> int | None:
    headers = HOST if origin is None else HOST | {"origin": origin}
    found = refusal(Knock(True, "GET", path, query, headers), OPTIONS, [])
    return found.status if found else None


@pytest.mark.parametrize("path", ["/", "/decide", "/health", "/static/assets/style.css", "/_solara/cdn/test_door.py"])
def test_the_page_and_its_files_are_served(path):
    assert asked(path) is None


@pytest.mark.parametrize(
    "path",
    [
        "/resourcez", "/readyz", "/jupyter/api/kernels/1", "/jupyter/nbextensions/other/main.js", "/_solara/api/evict/1",
        "/_solara/cdn/a.js", "/_solara/auth/login", "/static/nbextensions/a", "/static/../app.py", "/\x00", "/a\\b",
        f"{HTTP}evil.example/", "/" + "a" * 300, "/_solara/cdn/" + "aaa/" * 150,
    ],
)  # fmt: skip
def test_everything_else_is_hidden(path):
    assert asked(path) == 404


def test_nothing_is_taken_from_a_visitor_but_the_word_that_a_page_closes():
    assert asked("/", "POST") == 405
    assert asked("/", has_body=True) == 413
    assert asked(CLOSING, "POST", query="session_id=1", headers={"origin": "http://127.0.0.1:8765"}) is None
    assert asked(CLOSING, "POST", query="session_id=1", headers={"origin": f"{HTTP}evil.example"}) == 404
    assert asked(CLOSING, "POST", query="", headers={"origin": "http://127.0.0.1:8765"}) == 404
    assert asked("/", query="a" * 9_000) == 414


def test_a_websocket_opens_for_our_own_page_only():
    assert websocket("http://127.0.0.1:8765") is None
    assert websocket(f"{HTTPS}listed.example") is None
    foreign = [
        None,
        "",
        "null",
        f"{HTTP}evil.example",
        "http://127.0.0.1:8766",
        "http://127.0.0.1:8765.evil.example",
        f"{HTTPS}listed.example.org",
    ]
    assert {websocket(origin) for origin in foreign} == {403}


def test_a_websocket_names_its_session_and_its_page():
    ours = "http://127.0.0.1:8765"
    assert websocket(ours, path="/jupyter/api/kernels/../channels") == 404
    assert websocket(ours, path="/other") == 404
    assert websocket(ours, query="") == 404
    assert websocket(ours, query="session_id=a b") == 404
    assert websocket(ours, query="session_id=a&session_id=b") == 404


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8765", "localhost", "[::1]:8765", "192.168.7.5:8765", "listed.example", "LISTED.example:443"]
)
def test_the_server_answers_to_numbers_and_to_its_own_names(host):
    assert is_our_host(host, OPTIONS)


@pytest.mark.parametrize(
    "host", ["", "evil.example", "evil.example:8765", "a@127.0.0.1", "127.0.0.1/a", "[::1", "localhost:port", "127.0.0.1.evil"]
)
def test_the_server_answers_to_no_other_name(host):
    assert not is_our_host(host, OPTIONS)


def test_an_origin_is_compared_whole():
    assert is_our_origin({"origin": f"{HTTPS}listed.example", "host": "other"}, OPTIONS)
    assert not is_our_origin({"origin": f"{HTTPS}listed.example:444", "host": "other"}, OPTIONS)
