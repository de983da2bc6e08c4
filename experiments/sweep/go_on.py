"""How does what is missing get done, whoever dies on the way?

Chunks are given out, a few at a time. A chunk whose worker died is looked up in the folder: what it wrote before stands. The rest
comes again in halves, so that a run that kills its worker is soon alone; alone it is tried three times, then recorded as
`killed`. Whoever kills workers from outside hits this run and that, and none of them three times alone.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait

from experiments.sweep.chunk import Chunk, Run
from experiments.sweep.files import KEPT
from experiments.sweep.ledger import Ledger
from experiments.sweep.row import KILLED
from experiments.sweep.work import Done, Order, Page, run_chunk
from model.refusal import ScenarioError

MOST_DEATHS = 3  # of workers, by one run that they had alone
MOST_DEATHS_IN_A_ROW = 20  # for each worker, with nothing done between: then it is not the runs

Work = Callable[[Order, Chunk], Done]


class Round:
    """One pass over the chunks that are missing."""

    def __init__(
        self,
        executor: Executor,
        n_slots: int,
        order: Order,
        ledger: Ledger,
        on_done: Callable[[Sequence[str]], None],
        work: Work = run_chunk,
    ) -> None:
        self._executor, self._n_slots, self._order, self._ledger = executor, n_slots, order, ledger
        self._on_done, self._work = on_done, work
        self._again: deque[Chunk] = deque()
        self._left_behind: dict[str, str] = {}
        self._deaths: Counter[str] = Counter()
        self._n_in_a_row = 0

    def do(self, chunks: Iterator[Chunk]) -> None:
        """Have all chunks done; raises ScenarioError when nothing can be kept, or workers only die."""
        given: dict[Future[Done], Chunk] = {}
        while True:
            while len(given) < self._n_slots and (chunk := self._again.popleft() if self._again else next(chunks, None)):
                given[self._submit(chunk)] = chunk
            if not given:
                return
            for future in wait(given, return_when=FIRST_COMPLETED).done:
                self._take(future, given.pop(future))

    def _submit(self, chunk: Chunk) -> Future[Done]:
        try:
            return self._executor.submit(self._work, self._order, chunk)
        except Exception as error:
            raise self._stopped(f"there are no workers any more, {type(error).__name__}") from error

    def _take(self, future: Future[Done], chunk: Chunk) -> None:
        if future.cancelled() or future.exception() is not None:
            self._n_in_a_row += 1
            if self._n_in_a_row > MOST_DEATHS_IN_A_ROW * self._n_slots:
                raise self._stopped(f"{self._n_in_a_row} workers died one after the other")
            self._do_again(chunk)
            return
        done = future.result()
        if done.problem:
            raise self._stopped(done.problem)
        self._report(done.statuses)

    def _do_again(self, chunk: Chunk) -> None:
        """The worker of a chunk died: take what it left behind, and have the rest done again."""
        self._left_behind |= self._ledger.news()
        rest = chunk.without(self._left_behind)
        if len(rest.runs) < len(chunk.runs):
            self._report([self._left_behind[run.key] for run in chunk.runs if run.key in self._left_behind])
            self._again.extend([rest] if rest.runs else [])
        elif len(rest.runs) > 1:
            self._again.extend(rest.halves())
        else:
            self._do_alone_again(*rest.runs)

    def _do_alone_again(self, run: Run) -> None:
        self._deaths[run.key] += 1
        if self._deaths[run.key] < MOST_DEATHS:
            self._again.append(Chunk((run,)))
            return
        try:
            Page(self._order, self._ledger).give_up([run], KILLED, f"its worker died {MOST_DEATHS} times while it ran alone")
        except ScenarioError as error:
            raise self._stopped(str(error.__cause__ or error)) from error
        self._report([KILLED])

    def _report(self, statuses: Sequence[str]) -> None:
        self._n_in_a_row = 0
        self._on_done(statuses)

    def _stopped(self, problem: str) -> ScenarioError:
        return ScenarioError(f"--out {self._order.folder}", f"cannot go on ({problem})", KEPT)
