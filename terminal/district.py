"""A planner's own district: a template, its mistakes, its map."""

from collections.abc import Callable

COMMANDS: dict[str, Callable[..., None]] = {}
