"""Is every way out of every condition in a rule taken by a row worked by hand?

`coverage` counts a branch where a line has two next lines: an if, a loop. A rule's conditional expressions, its `and` and
its `or` decide inside one line and are invisible to it. Here every conditional jump of a rule's byte code counts as two
branches, and the interpreter itself reports which were taken while the tier `unit` of tests/agents runs with the compiler
off: `python -m tests.mutants.branches`. Below `LEAST_SHARE` it ends with 1. Under `coverage run` one run counts both ways.
"""

import dis
import os
import sys
from pathlib import Path
from types import CodeType, FunctionType
from typing import NamedTuple, Self

import pytest

from tests.mutants.judge import module_of
from tests.mutants.mutate import ROOT, RULE_FILES

LEAST_SHARE = 0.95
TOOL = 4  # of the interpreter's six places for tools, one that is not reserved
JUMPS = {"POP_JUMP_IF_FALSE", "POP_JUMP_IF_TRUE", "POP_JUMP_IF_NONE", "POP_JUMP_IF_NOT_NONE", "FOR_ITER"}
ARGUMENTS = [
    *("-q", "-m", "unit", "-p", "no:cacheprovider", "-p", "no:xdist"),
    *("-W", "ignore::pytest.PytestAssertRewriteWarning"),
]


class Jump(NamedTuple):
    """One conditional jump of a rule, which goes one of two ways."""

    code: CodeType
    offset: int
    line: int


def jumps_of(code: CodeType) -> list[Jump]:
    """The conditional jumps of one function, in the order of its byte code."""
    return [
        Jump(code, instruction.offset, instruction.positions.lineno or 0)
        for instruction in dis.get_instructions(code)
        if instruction.opname in JUMPS and instruction.positions
    ]


def codes_of(path: Path) -> list[CodeType]:
    """The code of every function of a rule file; raises AssertionError where a compiler stands between."""
    module = module_of(path.relative_to(ROOT).as_posix())
    functions = [f for f in vars(module).values() if isinstance(f, FunctionType) and f.__module__ == module.__name__]
    assert functions, f"{path.name} has no function that is plain Python"
    return [function.__code__ for function in functions]


class Watch:
    """Remembers for each conditional jump where it went, while the tests run."""

    def __init__(self, codes: list[CodeType]) -> None:
        self.ways: dict[tuple[CodeType, int], set[int]] = {}
        self.codes = codes

    def _went(self, code: CodeType, offset: int, destination: int) -> None:
        self.ways.setdefault((code, offset), set()).add(destination)

    def __enter__(self) -> Self:
        sys.monitoring.use_tool_id(TOOL, "branches of rules")
        sys.monitoring.register_callback(TOOL, sys.monitoring.events.BRANCH, self._went)
        for code in self.codes:
            sys.monitoring.set_local_events(TOOL, code, sys.monitoring.events.BRANCH)
        return self

    def __exit__(self, *_: object) -> None:
        for code in self.codes:
            sys.monitoring.set_local_events(TOOL, code, 0)
        sys.monitoring.free_tool_id(TOOL)

    def n_ways(self, jump: Jump) -> int:
        """How many of the two ways were taken."""
        return min(2, len(self.ways.get((jump.code, jump.offset), ())))


def main() -> None:
    """Run the tests of the rules, print a line for each rule with a branch, end with 1 below the least share."""
    os.environ["NUMBA_DISABLE_JIT"] = "1"  # before the first rule imports numba
    codes = {path: codes_of(path) for path in RULE_FILES}
    with Watch([code for of_file in codes.values() for code in of_file]) as watch:
        if outcome := pytest.main([*ARGUMENTS, str(ROOT / "tests/agents")]):
            sys.exit(int(outcome))
    n_taken = n_all = 0
    for path, of_file in codes.items():
        jumps = [jump for code in of_file for jump in jumps_of(code)]
        taken = sum(watch.n_ways(jump) for jump in jumps)
        missing = sorted({jump.line for jump in jumps if watch.n_ways(jump) < 2})
        if jumps:
            print(f"{path.relative_to(ROOT).as_posix():40} {taken:3} of {2 * len(jumps):3} branches", *missing)
        n_taken, n_all = n_taken + taken, n_all + 2 * len(jumps)
    print(f"{n_taken} of {n_all} branches of {len(codes)} rule files taken with the compiler off: {n_taken / n_all:.1%}")
    sys.exit(n_taken < LEAST_SHARE * n_all)


if __name__ == "__main__":
    main()
