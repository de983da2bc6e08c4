"""How many steps does a piece of Python take, on any machine?

Seconds differ from machine to machine and from minute to minute. So the interpreter itself reports every jump in the
byte code of some packages: a loop jumps back each time round, and one inside another shows as such.
"""

import sys
from collections.abc import Callable, Iterator
from types import CodeType, FunctionType
from typing import NoReturn, Self

TOOL = 3  # of the interpreter's six places for tools, one that is not reserved


def _codes_within(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes_within(constant)


def codes_of(packages: tuple[str, ...]) -> set[CodeType]:
    """The code of every function of the loaded modules of these packages."""
    return {
        code
        for name, module in list(sys.modules.items())
        if name.partition(".")[0] in packages
        for function in vars(module).values()
        if isinstance(function, FunctionType) and function.__module__ == name
        for code in _codes_within(function.__code__)
    }


class Steps:
    """Counts jumps in these packages while it is entered; beyond `most` it calls `at_most`, which must not return."""

    def __init__(self, *packages: str, most: int, at_most: Callable[[], NoReturn]) -> None:
        self.n, self.most, self.at_most = 0, most, at_most
        self.codes = codes_of(packages)

    def begin(self) -> None:
        """Count from zero."""
        self.n = 0

    def _jumped(self, _code: CodeType, _offset: int, _destination: int) -> None:
        self.n += 1
        if self.n > self.most:
            self.at_most()

    def __enter__(self) -> Self:
        sys.monitoring.use_tool_id(TOOL, "steps")
        sys.monitoring.register_callback(TOOL, sys.monitoring.events.JUMP, self._jumped)
        for code in self.codes:
            sys.monitoring.set_local_events(TOOL, code, sys.monitoring.events.JUMP)
        return self

    def __exit__(self, *_: object) -> None:
        for code in self.codes:
            sys.monitoring.set_local_events(TOOL, code, 0)
        sys.monitoring.register_callback(TOOL, sys.monitoring.events.JUMP, None)
        sys.monitoring.free_tool_id(TOOL)
