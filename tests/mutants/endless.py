"""When has a mutant gone on for so long that it will never end?

A limit of time would kill a healthy mutant on a slow machine. So steps are counted, not seconds: the interpreter reports every jump of
the engine's byte code, and a loop jumps back each time round. The rules as they stand make some half a million jumps in
the small world and up to a million in a test file, on every machine; whoever makes `MOST_JUMPS` is ended on the spot.
"""

import os
import sys
from collections.abc import Iterator
from types import CodeType, FunctionType

MOST_JUMPS = 20_000_000  # for each line of defence: some twenty times what any of them needs
EXIT_CODE = 77  # of a process that was ended here
TOOL = 3  # of the interpreter's six places for tools, one that is not reserved
ENGINE = ("agents", "model")


def _codes_within(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes_within(constant)


def _codes_of_engine() -> Iterator[CodeType]:
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in ENGINE:
            for function in vars(module).values():
                if isinstance(function, FunctionType) and function.__module__ == name:
                    yield from _codes_within(function.__code__)


class Guard:
    """Ends this process once the engine's loaded code has jumped too often since the last `begin`; made once in a process."""

    def __init__(self) -> None:
        self.n_left = MOST_JUMPS
        jump = sys.monitoring.events.JUMP
        sys.monitoring.use_tool_id(TOOL, "mutants that never end")
        sys.monitoring.register_callback(TOOL, jump, self._jumped)
        for code in set(_codes_of_engine()):
            sys.monitoring.set_local_events(TOOL, code, jump)

    def begin(self) -> None:
        """A new line of defence has all jumps before it."""
        self.n_left = MOST_JUMPS

    def _jumped(self, _code: CodeType, _offset: int, _destination: int) -> None:
        self.n_left -= 1
        if self.n_left < 0:
            os._exit(EXIT_CODE)  # no test could catch this
