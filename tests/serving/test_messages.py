"""Do the messages of our page pass, and none of those that make the libraries below do what they are told?"""

import json
import struct
from typing import Any

import pytest

from dashboard.serving.messages import LAST_WORDS, is_allowed, without_traceback

pytestmark = pytest.mark.unit

HEADER = {"date": "2021-01-01T00:00:00Z", "msg_id": "1", "session": "2", "username": "", "version": "5.2"}


def message(kind: str, content: object, **other: object) -> str:
    whole: dict[str, Any] = {"buffers": [], "channel": "shell", "content": content, "header": HEADER | {"msg_type": kind}}
    return json.dumps(whole | {"metadata": {}, "parent_header": {}} | other)


def said(data: object) -> str:
    return message("comm_msg", {"comm_id": "a", "data": data})


def custom(content: object) -> str:
    return said({"method": "custom", "content": content})


@pytest.mark.parametrize(
    "ours",
    [
        message("kernel_info_request", {}),
        message("comm_open", {"comm_id": "a", "target_name": "solara.control", "data": {}}),
        message("comm_close", {"comm_id": "a"}),
        said({"method": "run", "args": {"path": "/?seed=3", "dark": False, "themes": {}, "appName": None}}),
        said({"method": "app-status"}),
        said({"method": "update", "state": {"location": "/decide"}, "buffer_paths": []}),
        said({"method": "request_state"}),
        custom({"event": "event_move", "data": {"key": "hospital.accredit.pass_rate", "value": 0.4}}),
        custom({"event": "click.stop", "data": None}),
    ],
)
def test_what_our_page_says_passes(ours):
    assert is_allowed(ours)


@pytest.mark.parametrize(
    "foreign",
    [
        custom({"create_widget": ["numpy", "savez"], "props": {"file": "a"}, "id": "x"}),
        custom({"event": "move", "data": 1, "create_widget": ["subprocess", "Popen"], "props": {}, "id": "x"}),
        custom({"update_ref": {"functionRef": "close"}, "prop": "layout", "id": "x"}),
        custom({"destroy_widget": "x"}),
        custom({"event": "a b", "data": 1}),
        custom({"event": 5}),
        custom({"data": 5}),
        custom("move"),
        said({"method": "update", "state": {"template": "<script>"}}),
        said({"method": "update", "state": {"_model_name": "a"}}),
        said({"method": "update", "state": {"location": 5}}),
        said({"method": "update", "state": {"location": "/", "groups": []}}),
        said({"method": "update", "state": {"location": "/"}, "buffer_paths": [["location"]]}),
        said({"method": "update"}),
        said({"method": "run", "args": {"path": "/", "themes": {"light": 5}}}),
        said({"method": "run", "args": {"path": "/", "dark": "yes"}}),
        message("comm_open", {"comm_id": "a", "target_name": "solara.control", "data": {"state": {}}}),
        message("comm_msg", {"comm_id": "a", "data": {"method": "request_state"}}, metadata=[]),
        message("comm_msg", {"comm_id": "a", "data": {"method": "request_state"}}, metadata={"version": 1}),
        message("comm_msg", {"comm_id": "a", "data": {"method": "request_state"}}, parent_header=None),
        message("comm_msg", {"comm_id": "a", "data": {"method": "request_state"}}, buffers=5),
        custom({"event": "move", "data": float("nan")}),
        custom({"event": "move", "data": float("-inf")}),
        custom({"event": "move", "data": 7}).replace("7", "1e999"),
        said({"method": "reload"}),
        said({"method": "evict"}),
        said({"method": "run", "args": {"path": "/", "appName": "os"}}),
        said({"method": "run", "args": {"path": 5}}),
        said([]),
        message("comm_open", {"comm_id": "a", "target_name": "jupyter.widget", "data": {}}),
        message("comm_open", {"comm_id": "", "target_name": "solara.control", "data": {}}),
        message("execute_request", {"code": "1"}),
        message("kernel_info_request", []),
        message("kernel_info_request", {}, channel="iopub"),
        message("kernel_info_request", {}, header=HEADER | {"msg_type": "kernel_info_request", "date": {}}),
    ],
)
def test_what_no_page_of_ours_says_does_not_pass(foreign):
    assert not is_allowed(foreign)


@pytest.mark.parametrize(
    "noise", ["", "[]", "5", "null", "[" * 100_000, '{"header": ' + "9" * 5_000 + "}", "\ud800", b"", b"\x00", b"\xff" * 40]
)
def test_noise_does_not_pass(noise):
    assert not is_allowed(noise)


def in_pieces(*pieces: bytes) -> bytes:
    begins = [4 * (len(pieces) + 1)]
    for piece in pieces[:-1]:
        begins.append(begins[-1] + len(piece))
    return struct.pack(f"!{len(pieces) + 1}I", len(pieces), *begins) + b"".join(pieces)


def test_a_message_in_pieces_is_judged_by_its_first():
    upload = custom({"event": "upload", "data": {"id": 1}}).encode()
    assert is_allowed(in_pieces(upload, b"file"))
    assert not is_allowed(in_pieces(custom({"create_widget": ["os", "x"]}).encode(), b"file"))
    assert not is_allowed(struct.pack("!I", 2**31) + upload)
    assert not is_allowed(struct.pack("!III", 2, 400, 12) + upload)


def test_no_traceback_goes_to_a_browser():
    shown = json.dumps(
        {"content": {"data": {"state": {"value": "<pre>Traceback (most recent call last):\n  File</pre>", "n": [1]}}}}
    )
    sent = json.loads(without_traceback(shown))
    assert sent["content"]["data"]["state"] == {"value": LAST_WORDS, "n": [1]}
    assert without_traceback('{"a": 1}') == '{"a": 1}'
