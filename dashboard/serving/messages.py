"""Could the page have sent this message?

A page speaks to its session in the messages of notebooks, and what handles them does more than a page needs: one kind of
message imports any Python module by name and calls what is in it, another makes objects of any kind, another writes any
field of any object. So only the messages of our page pass, by name and by shape; with any other the connection ends.
What an event brings along is judged where it is handled (dashboard/heard.py).
"""

from __future__ import annotations

import json
import math
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
PLACE = "location"
MARK = "Traceback (most recent call last)"
LAST_WORDS = "Something went wrong here. Please reload the page. · 此处出错了，请重新载入页面。"


def is_allowed(message: str | bytes) -> bool:
    """Whether the page could have sent it."""
    try:
        text = message if isinstance(message, str) else _text_of(message)
        read: Any = json.loads(text, parse_constant=_no_number, parse_float=_finite)
    except (ValueError, RecursionError, struct.error):
        return False
    if not isinstance(read, dict) or read.get("channel") not in ("shell", "control") or not _has_envelope(read):
        return False
    header, content = read["header"], read["content"]
    kind = header.get("msg_type")
    if kind in PLAIN:
        return "msg_id" in header
    return "msg_id" in header and _is_name(content.get("comm_id")) and _is_comm_message(kind, content)


def _no_number(name: str) -> float:
    """NaN and Infinity, which Python reads and no browser writes."""
    raise ValueError(name)


def _finite(text: str) -> float:
    number = float(text)
    return number if math.isfinite(number) else _no_number(text)


def _has_envelope(read: dict[str, Any]) -> bool:
    """Whether everything is there that the library below takes from a message without looking."""
    parts = [read.get(name) for name in ("header", "content", "metadata", "parent_header")]
    is_whole = all(isinstance(part, dict) for part in parts) and read.get("buffers", []) == []
    return is_whole and _are_names(read["header"].values()) and _are_names(read["metadata"].values())


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
        return content.get("target_name") in TARGETS and said == {}
    if kind == "comm_msg":
        return _is_said_by_page(said)
    return kind == "comm_close"


def _is_said_by_page(said: dict[str, Any]) -> bool:
    method = said.get("method")
    if method == "custom":
        inner = said.get("content")
        return isinstance(inner, dict) and inner.keys() <= {"event", "data"} and _is_event(inner.get("event"))
    if method == "update":
        return said.get("buffer_paths", []) == [] and _is_new_place(said.get("state"))
    if method == "run":
        return _is_first_run(said.get("args"))
    return method in ("request_state", "request_states", "app-status")


def _is_event(name: object) -> bool:
    return isinstance(name, str) and bool(EVENT.match(name))


def _is_first_run(wanted: object) -> bool:
    if not isinstance(wanted, dict):
        return False
    is_ours = wanted.get("appName") in (None, "", "__default__") and wanted.get("themes", {}) == {}
    return is_ours and isinstance(wanted.get("path", ""), str) and isinstance(wanted.get("dark", False), bool)


def _is_new_place(state: object) -> bool:
    """The address is the one thing that a page writes by itself: everything else is an event."""
    return isinstance(state, dict) and state.keys() == {PLACE} and isinstance(state[PLACE], str)


def without_traceback(message: str) -> str:
    """The message to a browser with plain words in place of what a failure would show of the program."""
    return json.dumps(_cleaned(json.loads(message))) if MARK in message else message


def _cleaned(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _cleaned(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_cleaned(inner) for inner in value]
    return LAST_WORDS if isinstance(value, str) and MARK in value else value
