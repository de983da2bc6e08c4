"""Who is killed by which test?

A child is forked for each mutant, some at a time, each with a limit of steps (`endless`), so that a slow machine kills nobody.
The parent loads tests, rules and model once and never runs a world, so that nothing reckoned by the true rules is
remembered for the mutants. Before any mutant is tried all these tests must pass on the rules as they stand: a suite that
fails anyway would kill everything.
"""

import multiprocessing
import os
import tempfile
import traceback
from collections.abc import Callable, Iterable
from functools import partial
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, NamedTuple

from tests.mutants import endless, judge
from tests.mutants.mutate import ROOT, Mutant

BROKEN = "the tool is broken"
_FORK = multiprocessing.get_context("fork")


class Fate(NamedTuple):
    """What became of one mutant: `by` is the line of defence that killed it or 'alive', `test` what saw it."""

    mutant: Mutant
    by: str
    test: str


class _Trial(NamedTuple):
    process: Any
    answers: Connection
    mutant: Mutant


def preload() -> None:
    """Load once what every child needs, with the compiler off; no world is run here."""
    os.environ["NUMBA_DISABLE_JIT"] = "1"  # before anything imports numba

    import hypothesis

    import tests.engine.digest
    from model.parameters import declarations

    hypothesis.settings.register_profile(
        judge.PROFILE,
        deadline=None,
        derandomize=True,
        phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
        suppress_health_check=[hypothesis.HealthCheck.too_slow],  # of a busy machine
    )
    os.chdir(ROOT)
    declarations()
    assert tests.engine.digest.BUSY


def _die_with(mutant: Mutant, golden: dict[str, str], answers: Connection) -> None:
    judge.silence()
    try:
        _ask_defences(mutant, golden, answers)
    except Exception:  # noqa: BLE001 - a fault of this tool must not pass for a kill
        answers.send((BROKEN, traceback.format_exc()))


def _ask_defences(mutant: Mutant, golden: dict[str, str], answers: Connection) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / mutant.rule
        file.parent.mkdir(parents=True)
        file.write_text(mutant.source, encoding="utf-8")
        judge.exchange(mutant.rule, file)
        with endless.guard() as guard:
            for stage, test in judge.defences(mutant.rule, golden):
                guard.begin()
                answers.send((stage, test))
                if test:
                    return


def _answer(question: Callable[[], Any], answers: Connection) -> None:
    judge.silence()
    answers.send(question())


def _asked_apart(*questions: Callable[[], Any]) -> list[Any]:
    """Answers of children that run beside each other; raises EOFError where one dies without an answer."""
    asked = []
    for question in questions:
        mine, theirs = _FORK.Pipe(duplex=False)
        child = _FORK.Process(target=_answer, args=(question, theirs))
        child.start()
        theirs.close()
        asked.append((child, mine))
    answers = [mine.recv() for _, mine in asked]
    for child, _ in asked:
        child.join()
    return answers


def true_rules(rules: Iterable[str]) -> dict[str, str]:
    """Digest of the small world under the rules as they stand; raises RuntimeError if a test fails on them.

    Both are reckoned in children, so that the parent stays without a world.
    """
    files = sorted({file for rule in rules for file in (judge.own_test(rule), *judge.other_tests(rule))})
    golden, failing = _asked_apart(judge.golden_digest, partial(judge.failing_test, files))
    if failing:
        raise RuntimeError(f"a test fails without any mutant: {failing}")
    return golden


def _fate(trial: _Trial) -> Fate:
    """What a trial has come to: who died without a word was killed at the line that had not yet answered."""
    stages = [*judge.STAGES, judge.ALIVE]
    try:
        while trial.answers.poll():
            stage, test = trial.answers.recv()
            if stage == BROKEN:
                raise RuntimeError(f"{trial.mutant.id} was not tried: {test}")
            if test:
                return Fate(trial.mutant, stage, test)
            stages.remove(stage)
    except EOFError:
        pass
    if stages[0] == judge.ALIVE:
        return Fate(trial.mutant, judge.ALIVE, "")
    is_endless = trial.process.exitcode == endless.EXIT_CODE
    return Fate(trial.mutant, stages[0], "it never ends" if is_endless else "the process dies")


def _started(mutant: Mutant, golden: dict[str, str]) -> _Trial:
    mine, theirs = _FORK.Pipe(duplex=False)
    process = _FORK.Process(target=_die_with, args=(mutant, golden, theirs))
    process.start()
    theirs.close()
    return _Trial(process, mine, mutant)


def tried(mutants: Iterable[Mutant], golden: dict[str, str], workers: int, tell: Callable[[Fate], None]) -> list[Fate]:
    """The fate of every mutant, in their order."""
    waiting, running, fates = list(mutants)[::-1], [], {}
    order = [mutant.id for mutant in waiting[::-1]]
    while waiting or running:
        while waiting and len(running) < workers:
            running.append(_started(waiting.pop(), golden))
        ended = wait([trial.process.sentinel for trial in running])
        for trial in [trial for trial in running if trial.process.sentinel in ended]:
            trial.process.join()
            running.remove(trial)
            fates[trial.mutant.id] = _fate(trial)
            trial.answers.close()
            tell(fates[trial.mutant.id])
    return [fates[id_] for id_ in order]
