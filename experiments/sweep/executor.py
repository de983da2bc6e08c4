"""Who does the work?

Any `concurrent.futures.Executor`. Here are two in which the death of a worker costs the chunk that it held and nothing else, and
that work on after it: processes of this machine, and the workers of a Dask cluster. A process belongs to a lane of its own, an
executor of one worker: in a pool of several the death of one ends all.
"""

import multiprocessing
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from experiments.sweep.orphan import die_with_parent
from model.refusal import ScenarioError

DASK_SECONDS = 10
# By the server, for all workers; not what starts threads when it is imported, as pyarrow does.
LOADED_ONCE = ("concurrent.futures.process", "experiments.sweep.orphan", "numba", "psutil")


class Processes(Executor):
    """Worker processes, each in a lane of its own; a process that died is replaced by the next submission.

    They are started afresh by a small server process, not forked from this one, whose threads and locks would be copied.
    """

    def __init__(self, n_workers: int) -> None:
        has_server = "forkserver" in multiprocessing.get_all_start_methods()
        self._context = multiprocessing.get_context("forkserver" if has_server else "spawn")
        if has_server:
            self._context.set_forkserver_preload(list(LOADED_ONCE))
        self._lanes: list[ProcessPoolExecutor | None] = [None] * n_workers
        self._futures: list[Future[Any] | None] = [None] * n_workers

    def submit[**P, T](self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Give work to a lane that is free, or else to the first."""
        place = next((n for n, future in enumerate(self._futures) if future is None or future.done()), 0)
        before, lane = self._futures[place], self._lanes[place]
        if lane is not None and before is not None and before.done() and before.exception() is not None:
            lane.shutdown(wait=False)
            lane = None
        with _without_main():
            self._lanes[place] = lane = lane or self._new_lane()
            future = lane.submit(fn, *args, **kwargs)
        self._futures[place] = future
        return future

    def _new_lane(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(1, mp_context=self._context, initializer=die_with_parent)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the lanes."""
        for lane in filter(None, self._lanes):
            lane.shutdown(wait=wait, cancel_futures=cancel_futures)

    def kill(self) -> None:
        """End the processes at once, whatever they do."""
        for lane in filter(None, self._lanes):
            for process in list((lane._processes or {}).values()):
                process.kill()
        self.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _without_main() -> Iterator[None]:
    """Workers need nothing of the program that was started, and a script without a main guard must not run again in them."""
    main, sys.modules["__main__"] = sys.modules["__main__"], ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


@contextmanager
def processes(n_workers: int) -> Iterator[Processes]:
    """Workers on this machine; they are gone at the end, however it comes."""
    workers = Processes(n_workers)
    try:
        yield workers
        workers.shutdown()
    except BaseException:
        workers.kill()
        raise


def as_they_come[*A, T](function: Callable[[*A], T], tasks: Sequence[tuple[*A]], n_workers: int) -> Iterator[tuple[int, T]]:
    """Number and result of every task, as they come; each process holds one task, so that none waits behind another."""
    waiting = list(enumerate(tasks))[::-1]
    with processes(n_workers) as workers:
        held: dict[Future[T], int] = {}
        while waiting or held:
            while waiting and len(held) < n_workers:
                number, task = waiting.pop()
                held[workers.submit(function, *task)] = number
            for future in wait(held, return_when=FIRST_COMPLETED).done:
                yield held.pop(future), future.result()


@contextmanager
def dask(place: str) -> Iterator[tuple[Executor, int]]:
    """The workers of a Dask scheduler, and how many chunks keep them busy; raises ScenarioError if it cannot be reached."""
    try:
        from distributed import Client
    except ImportError as error:
        allowed = "allowed after: pip install 'alliance-simulator[cluster]'"
        raise ScenarioError("--on", "the package distributed is not installed", allowed) from error
    try:
        client = Client(f"tcp://{place}", timeout=DASK_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        found = f"no Dask scheduler answers at {place} within {DASK_SECONDS} s"
        raise ScenarioError("--on", found, "allowed is the address that 'dask scheduler' prints, as dask://HOST:PORT") from error
    with client:
        n_threads = sum(client.ncores().values())  # pyright: ignore[reportAttributeAccessIssue]
        if not n_threads:
            raise ScenarioError("--on", f"the scheduler at {place} has no workers", "allowed is one with workers: 'dask worker'")
        executor = client.get_executor(pure=False)
        try:
            yield executor, 2 * n_threads
        finally:
            executor.shutdown(wait=False)
