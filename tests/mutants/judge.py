"""What happens to one mutant? Runs in a forked child, which dies with it.

The mutated file stands in a temporary folder, never in the checkout. With the compiler off a rule is the Python function that
the whole model calls, so its code object is exchanged: whoever imported the rule, before or after, runs the mutant.
Three lines of defence, each asked only if the one before let the mutant live: the rule's own tests; other quick tests that
reach rules; a small world in which every rule has work to do, whose state and ledger must keep every bit.
"""

import importlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FunctionType, ModuleType

import pytest

from tests.mutants.mutate import ROOT

OWN, OTHER, GOLDEN, ALIVE = "own tests", "other tests", "golden run", "alive"
BY_ROW = "row "  # before the name of a test of the tier `unit`
STAGES = (OWN, OTHER, GOLDEN)
THROUGH_THE_MODEL = ("tests/model/test_severe.py", "tests/model/test_queue.py")
N_CHILDREN, N_WEEKS = 300, 230  # the first closing under the policy is week 213
PROFILE = "mutants"
PYTEST_ARGUMENTS = (
    *("-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", f"--hypothesis-profile={PROFILE}"),
    *("-W", "ignore::pytest.PytestAssertRewriteWarning"),  # the parent has loaded hypothesis already
)


class _FirstFailure:
    """A pytest plugin that remembers which test failed first."""

    def __init__(self) -> None:
        self.name = ""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and not self.name:
            self.name = (BY_ROW if "unit" in report.keywords else "") + report.nodeid.rsplit("::", 1)[-1]


def module_of(rule: str) -> ModuleType:
    """The module of a rule file, by its path in the project."""
    return importlib.import_module(rule.removesuffix(".py").replace("/", "."))


def exchange(rule: str, file: Path) -> None:
    """Put the code of the mutated file into the rule's functions; raises AssertionError where a compiler stands between."""
    module, mutated = module_of(rule), {"__name__": "mutant"}
    exec(compile(file.read_bytes(), str(file), "exec"), mutated)  # noqa: S102 - that is what a mutant is for
    own = {name: f for name, f in vars(module).items() if isinstance(f, FunctionType) and f.__module__ == module.__name__}
    assert own, f"{rule} has no function that is plain Python: start with NUMBA_DISABLE_JIT=1"
    for name, function in own.items():
        function.__code__ = mutated[name].__code__


def own_test(rule: str) -> str:
    """The test file that the project's conventions demand for this rule."""
    _, actor, file = rule.split("/")
    return f"tests/agents/{actor}/test_{file}"


def other_tests(rule: str) -> list[str]:
    """Test files of other rules that name this one, and two that reach rules through the model."""
    name = rule.removesuffix(".py").replace("/", ".")
    files = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("tests/agents/*/test_*.py"))
    named = [file for file in files if file != own_test(rule) and name in (ROOT / file).read_text(encoding="utf-8")]
    return [*named, *THROUGH_THE_MODEL]


def failing_test(files: list[str]) -> str:
    """The first test that fails, '' if none does; raises RuntimeError where pytest itself is at fault."""
    watch = _FirstFailure()
    code = pytest.main([*PYTEST_ARGUMENTS, *files], plugins=[watch])
    if code == pytest.ExitCode.OK:
        return ""
    if code not in (pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.INTERRUPTED):
        raise RuntimeError(f"pytest ended with {code!r} on {files}")
    return watch.name or "a file cannot be collected"


def golden_digest() -> dict[str, str]:
    """Every state column and the ledger of the small world."""
    from tests.engine.digest import run

    return run(N_CHILDREN, N_WEEKS, is_busy=True)


def silence() -> None:
    """Nobody reads what a dying mutant says."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
        os.dup2(nowhere, stream.fileno())


def defences(rule: str, golden: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Each line of defence in turn, and what killed the mutant there ('' if nothing did)."""
    yield OWN, failing_test([own_test(rule)])
    yield OTHER, failing_test(other_tests(rule))
    try:
        digest = golden_digest()
    except Exception as error:  # noqa: BLE001 - any crash shows the mutant
        yield GOLDEN, f"the world ends with {type(error).__name__}"
    else:
        moved = sorted(name for name in golden if digest.get(name) != golden[name])
        yield GOLDEN, f"{len(moved)} of {len(golden)} digests move" if moved else ""
