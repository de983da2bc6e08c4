"""How far along is it? A bar on the terminal's error stream, and nothing where that is no terminal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn


@contextmanager
def progress(n_weeks: int) -> Iterator[Callable[[], None]]:
    """Give a function to be called after each simulated week."""
    from agents.compiled import is_engine_warm

    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:.0f} %"),
        TimeElapsedColumn(),
    )
    first = "loading the engine" if is_engine_warm() else "compiling the engine, about half a minute, once"
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(first, total=n_weeks)
        yield lambda: bar.update(task, advance=1, description="simulating")
