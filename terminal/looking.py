"""Looking closely: compare two scenarios, tell the story of one child, draw the network."""

from collections.abc import Callable

COMMANDS: dict[str, Callable[..., None]] = {}
