"""How far is the sweep, and how long will it take?

A bar on the terminal's error stream; where that is no terminal (the log of a job), a line at every tenth of the runs.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from experiments.sweep.listeners import Listeners

N_LINES = 10
FEWEST_TO_NAME = 10_000  # fewer are named in no time


@contextmanager
def progress() -> Iterator[Listeners]:
    """Listeners that show it."""
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("runs"), TimeElapsedColumn(),
        TextColumn("left"), TimeRemainingColumn(elapsed_when_finished=False),
    )  # fmt: skip
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("looking into the folder", total=None)
        tenths, is_named = 0, False

        def name(n_named: int, n_runs: int) -> None:
            nonlocal is_named
            bar.update(task, completed=n_named, total=n_runs, description="naming")
            if not is_named and n_runs >= FEWEST_TO_NAME:
                is_named = True
                print(f"alliance: naming {n_runs:,} runs ...", file=sys.stderr, flush=True)  # noqa: T201

        def show(n_done: int, n_runs: int, n_failed: int) -> None:
            nonlocal tenths
            failed = f", {n_failed:,} failed" if n_failed else ""
            bar.update(task, completed=n_done, total=n_runs, description=f"simulating{failed}")
            if not console.is_terminal and N_LINES * n_done // n_runs > tenths:
                tenths = N_LINES * n_done // n_runs
                print(f"alliance: {n_done:,} of {n_runs:,} runs done{failed}", file=sys.stderr)  # noqa: T201

        yield Listeners(
            say=lambda line: bar.console.print(f"alliance: {line}", markup=False, highlight=False, soft_wrap=True),
            stage=lambda text: bar.update(task, description=text),
            named=name,
            runs=show,
        )
