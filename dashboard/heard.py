"""What of a page's message does a handler get to hear?

What a component declares of an event, `event_move: Callable[[Move], None]`, is what its handler is called with, and nothing else:
a payload of another kind, forged or broken, is not heard. So a handler reads what it was promised without looking twice. Whatever
is declared, numbers are finite and as browsers hold them exactly, texts can be written, and nothing is nested without end.
"""

from __future__ import annotations

import logging
import math
import types
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

import solara

logger = logging.getLogger(__name__)

EVENT = "event_"
LARGEST_NUMBER = 2**53
"""A browser holds no larger whole number exactly."""
DEEPEST = 8
Declared = Callable[..., None]


@dataclass(frozen=True)
class Heard:
    """A handler that hears only what it declared; equal to another of the same handler, so that nothing is drawn anew for it."""

    handle: Callable[[Any], object]
    wanted: Any

    def __call__(self, payload: object, _buffers: object = None) -> None:
        """Handle a payload, or leave it."""
        if is_plain(payload) and fits(payload, self.wanted):
            self.handle(payload)
        else:
            logger.debug("an event was not heard")


def component_vue(path: str, **options: Any) -> Callable[[Declared], Callable[..., solara.Element]]:
    """Declare a component with a Vue template, as `solara.component_vue` does, whose handlers hear what they declare."""

    def declared(function: Declared) -> Callable[..., solara.Element]:
        make, wanted = solara.component_vue(path, **options)(function), payloads(function)

        @wraps(function)
        def element(*given: Any, **named: Any) -> solara.Element:
            heard = {name: Heard(handle, wanted[name]) for name, handle in named.items() if name in wanted}
            return make(*given, **named | heard)

        return element

    return declared


def payloads(function: Declared) -> dict[str, Any]:
    """Return for each event of a component what its handler is called with."""
    said = {name: annotation for name, annotation in function.__annotations__.items() if name.startswith(EVENT)}
    hints = get_type_hints(types.SimpleNamespace(__annotations__=said), globalns=function.__globals__)
    return {name: get_args(handler)[0][0] for name, handler in hints.items()}


def is_plain(value: object, depth: int = 0) -> bool:
    """[bool] Whether a value is made of finite numbers, texts, yes and no, in lists and tables that are not nested too deep."""
    if isinstance(value, str):
        return _can_be_written(value)
    if isinstance(value, int | float):
        return math.isfinite(value) and abs(value) <= LARGEST_NUMBER
    if isinstance(value, dict | list) and depth < DEEPEST:
        inner = (*value, *value.values()) if isinstance(value, dict) else value
        return all(is_plain(one, depth + 1) for one in inner)
    return value is None


def _can_be_written(text: str) -> bool:
    """A half of a pair of code units, which JSON can say, is no letter."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def fits(value: object, wanted: Any) -> bool:
    """[bool] Whether a value from a browser is of a declared kind."""
    if wanted in (object, Any):
        return True
    if is_typeddict(wanted):
        return _has_fields(value, wanted)
    kind, inner = get_origin(wanted), get_args(wanted)
    if kind in (Union, types.UnionType):
        return any(fits(value, one) for one in inner)
    if kind in (dict, list):
        return isinstance(value, kind) and all(fits(one, inner[-1]) for one in _held(value))
    return value in inner if kind is Literal else _is_simple(value, wanted)


def _held(value: Any) -> Iterable[object]:
    return value.values() if isinstance(value, dict) else value


def _is_simple(value: object, wanted: type) -> bool:
    """A yes is no number, though Python counts it as one; a whole number may stand for any."""
    if isinstance(value, bool):
        return wanted is bool
    return isinstance(value, int | float if wanted is float else wanted)


def _has_fields(value: object, wanted: Any) -> bool:
    if not isinstance(value, dict) or not value.keys() >= wanted.__required_keys__:
        return False
    fields = get_type_hints(wanted)
    return all(name in fields and fits(one, fields[name]) for name, one in value.items())
