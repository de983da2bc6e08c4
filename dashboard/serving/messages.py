"""Could the page have sent this message?

A page speaks to its session in the messages of notebooks, and what handles them does more than a page needs: one kind of
message imports any Python module by name and calls what is in it, another makes objects of any kind, another writes any
field of any object. So only the messages of our page pass, by name and by shape; with any other the connection ends.
Values inside a message are the page's own business: Solara hands them to the handler that the page declared.
"""

from __future__ import annotations

import json
import re
import struct
from typing import Any

LONGEST_MESSAGE = 3 * 1024 * 1024
"""A message, or a piece of an uploaded file [bytes]."""

MOST_PIECES = 16
LONGEST_NAME = 128
TARGETS = ("solara.control", "jupyter.widget.control")
CONTROLS = ("run", "app-status")
PLAIN = ("kernel_info_request", "comm_info_request", "shutdown_request")
EVENT = re.compile(r"[A-Za-z_][\w.:-]{0,63}\Z")
SEALED = frozenset({"children", "components", "events", "layout", "style", "template", "v_slots"})
"""Fields of a widget that only the server writes, as are all that begin with an underscore."""

MARK = "Traceback (most recent call last)"
LAST_WORDS = "Something went wrong here. Please reload the page. · 此处出错了，请重新载入页面。"


def is_allowed(message: str | bytes) -> bool:
    """Whether the page could have sent it."""
    try:
        read: Any = json.loads(message) if isinstance(message, str) else json.loads(_text_of(message))
    except (ValueError, RecursionError, struct.error):
        return False
    if not isinstance(read, dict) or read.get("channel") not in ("shell", "control"):
        return False
    header, content = read.get("header"), read.get("content")
    if not isinstance(header, dict) or not isinstance(content, dict) or not _are_names(header.values()):
        return False
    kind = header.get("msg_type")
    if kind in PLAIN:
        return "msg_id" in header
    return "msg_id" in header and _is_name(content.get("comm_id")) and _is_comm_message(kind, content)


def _text_of(message: bytes) -> bytes:
    """The first piece of a message in pieces: their number, where each begins, the pieces."""
    (n_pieces,) = struct.unpack("!I", message[:4])
    if not 1 <= n_pieces <= MOST_PIECES:
        raise ValueError("too many pieces")
    begins = [*struct.unpack(f"!{n_pieces}I", message[4 : 4 * (n_pieces + 1)]), len(message)]
    if begins[0] != 4 * (n_pieces + 1) or begins != sorted(begins):
        raise ValueError("pieces in disorder")
    return message[begins[0] : begins[1]]


def _is_name(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= LONGEST_NAME


def _are_names(values: Any) -> bool:
    return all(isinstance(value, str) and len(value) <= LONGEST_NAME for value in values)


def _is_comm_message(kind: object, content: dict[str, Any]) -> bool:
    said = content.get("data", {})
    if not isinstance(said, dict):
        return False
    if kind == "comm_open":
        return content.get("target_name") in TARGETS
    if kind == "comm_msg":
        return _is_said_by_page(said)
    return kind == "comm_close"


def _is_said_by_page(said: dict[str, Any]) -> bool:
    method = said.get("method")
    if method == "custom":
        inner = said.get("content")
        return isinstance(inner, dict) and inner.keys() <= {"event", "data"} and _is_event(inner.get("event"))
    if method == "update":
        state = said.get("state")
        return isinstance(state, dict) and not any(name in SEALED or name.startswith("_") for name in state)
    if method == "run":
        return _is_first_run(said.get("args"))
    return method in ("request_state", "request_states", "app-status")


def _is_event(name: object) -> bool:
    return isinstance(name, str) and bool(EVENT.match(name))


def _is_first_run(wanted: object) -> bool:
    if not isinstance(wanted, dict):
        return False
    is_ours = wanted.get("appName") in (None, "", "__default__")
    return is_ours and isinstance(wanted.get("path", ""), str) and isinstance(wanted.get("themes", {}), dict)


def without_traceback(message: str) -> str:
    """The message to a browser with plain words in place of what a failure would show of the program."""
    return json.dumps(_cleaned(json.loads(message))) if MARK in message else message


def _cleaned(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _cleaned(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_cleaned(inner) for inner in value]
    return LAST_WORDS if isinstance(value, str) and MARK in value else value
