"""Is every bad option of `alliance serve` answered by one line, before a server is started?"""

import re

import pytest

from model.refusal import ScenarioError
from terminal import serve

HTTP = "http:" + "//"
HTTPS = "https:" + "//"
pytestmark = pytest.mark.unit


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    found: list[list[str]] = []
    monkeypatch.setattr(serve, "become_server", found.append)
    return found


def test_options_are_handed_on_as_the_server_wants_them(started):
    serve.serve("0.0.0.0", "8080", [f"{HTTPS.upper()}Name.example:443/", f"{HTTP}other.example:81"], "30", "20")  # noqa: S104
    assert started[0] == [
        *("--host", "0.0.0.0", "--port", "8080", "--origin", f"{HTTPS}name.example", "--origin", f"{HTTP}other.example:81"),  # noqa: S104
        *("--sessions", "30", "--idle-seconds", "1200"),
    ]


def test_what_stands_in_front_is_handed_on(started):
    serve.serve(per_address="30", proxy=["127.0.0.1", "fd00::/8"], below="alliance/")
    assert started[0][-8:] == ["--per-address", "30", "--proxy", "127.0.0.1/32", "--proxy", "fd00::/8", "--below", "/alliance"]


def test_without_options_only_this_machine_is_served(started):
    serve.serve()
    assert started[0][:2] == ["--host", "127.0.0.1"]


@pytest.mark.parametrize(
    ("option", "value"),
    [
        *(("host", host) for host in ("", "a b", "-h", f"{HTTP}a")),
        *(("port", port) for port in ("80", "x", "99999")),
        *(("sessions", number) for number in ("0", "1e3")),
        *(("idle", minutes) for minutes in ("0", "-5")),
        *(("per_address", number) for number in ("0", "x")),
        *(("proxy", [address]) for address in ("", "nginx", "10.0.0.1/8", "*")),
        *(("below", path) for path in ("/a b", "/../x", "/a?b", "/a//b", "https:" + "//a")),
        *(
            ("origin", [name])
            for name in ("", "a b", f"{HTTPS}a/path", "*", f"{HTTPS}a:port", f"{HTTPS}[::1", "ftp://a", f"{HTTPS}u@a")
        ),
    ],
)
def test_a_bad_option_is_refused_in_one_line(started, option, value):
    with pytest.raises(ScenarioError, match=re.escape("--" + option.replace("_", "-"))) as refused:
        serve.serve(**{option: value})
    assert "allowed" in str(refused.value)
    assert started == []
