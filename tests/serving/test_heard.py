"""Does a handler hear what it declared, and nothing else?"""

from collections.abc import Callable
from typing import Any, Literal, TypedDict

import pytest

from dashboard.heard import DEEPEST, Heard, fits, is_plain, payloads

pytestmark = pytest.mark.unit


class Move(TypedDict):
    key: str
    value: float


def nested(depth: int) -> list[Any]:
    return [nested(depth - 1)] if depth else []


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (object, None), (object, [1, {"a": "b"}]), (str, ""), (int, 3), (float, 3), (float, 0.5), (bool, True),
        (dict[str, str], {"a": "b"}), (dict[str, Any], {}), (list[int], [1]), (str | None, None), (Literal["csv"], "csv"),
        (Move, {"key": "a", "value": 1}),
    ],
)  # fmt: skip
def test_what_was_declared_is_heard(wanted: Any, said: object) -> None:
    heard: list[object] = []
    Heard(heard.append, wanted)(said)
    assert heard == [said]


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (str, None), (str, 5), (str, ["a"]), (int, True), (int, 0.5), (float, False), (float, "1"), (bool, 1),
        (dict[str, str], "a"), (dict[str, str], {"a": 1}), (dict[str, Any], []), (list[int], {"0": 1}), (list[int], ["1"]),
        (str | None, 1), (Literal["csv"], "exe"), (Move, {"key": "a"}), (Move, {"key": "a", "value": "1"}),
        (Move, {"key": "a", "value": 1, "more": 1}), (Move, [["key", "a"]]), (object, float("nan")), (object, float("-inf")),
        (object, 10**30), (object, ["\ud800"]), (object, {"\udfff": 1}), (object, nested(DEEPEST)),
        (object, b"bytes"),
    ],
)  # fmt: skip
def test_anything_else_is_not(wanted: Any, said: object) -> None:
    heard: list[object] = []
    Heard(heard.append, wanted)(said)
    assert heard == []


def test_what_is_nested_as_deep_as_our_pages_do_is_plain() -> None:
    assert is_plain(nested(DEEPEST - 1))
    assert fits([], object)


def test_the_payloads_are_read_from_the_declaration() -> None:
    def part(_rows: list[int], event_move: Callable[[Move], None], event_save: Callable[[str], None]) -> None: ...

    assert payloads(part) == {"event_move": Move, "event_save": str}


def test_the_same_handler_is_the_same_so_that_nothing_is_drawn_anew() -> None:
    assert Heard(print, str) == Heard(print, str)
    assert Heard(print, str) != Heard(print, int)
