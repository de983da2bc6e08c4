"""Many runs: sweep, plan a sweep, query what it wrote."""

from collections.abc import Callable

COMMANDS: dict[str, Callable[..., None]] = {}
