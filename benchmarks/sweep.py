"""What does a sweep cost beside the runs themselves, and how does it compare with `mesa.batch_run`?

2,000 small runs (200 points x 10 seeds, 200 children, to the end of the policy years) of the same model in the same process order:

1. the bare loop: one process, each seed's past once, every point from its checkpoint; indicators and hash, nothing kept
2. `alliance sweep` with one worker and with two: everything included, from starting workers to reading all files through
3. `mesa.batch_run` with two processes, each run from its first day (it cannot share a past), and the sweep with `--from start`,
   which does not share one either

Overhead is the time of one worker over that of the bare loop, a run. Memory is that of the workers after each chunk.

    python benchmarks/sweep.py [--runs 2000] [--batch-runs 400] [--children 200]
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))

from mesa.batchrunner import batch_run  # noqa: E402

from benchmarks.sweep_model import RATE, SHARE, BatchModel  # noqa: E402
from experiments.run import warm_engine  # noqa: E402
from experiments.sweep import go_on  # noqa: E402
from experiments.sweep.carry_out import Course, Listeners, carry_out  # noqa: E402
from experiments.sweep.design import Design  # noqa: E402
from experiments.sweep.means import Means  # noqa: E402
from experiments.sweep.read import read_design, said_in_options  # noqa: E402
from model.alliance import AllianceModel  # noqa: E402
from model.indicators import summary  # noqa: E402

MOST_OVERHEAD_MS = 5.0
MOST_GROWTH = 1.05
SEEDS = 10


def design_of(n_runs: int, n_children: int, start: str = "2020-12-28") -> Design:
    """So many runs: points of two levers times ten seeds."""
    n_rates = max(2, n_runs // SEEDS // 10)
    vary = [f"{RATE}=0.05:0.5:{n_rates}", f"{SHARE}=0:1:10"]
    said = said_in_options({"seeds": str(max(1, n_runs // n_rates // 10)), "children": str(n_children), "from": start})
    return read_design(str(ROOT / "scenarios/huaxi.toml"), vary, said)[0]


def bare_loop(design: Design) -> tuple[float, set[str]]:
    """Seconds of the runs alone, and their hashes."""
    frame, hashes = design.frame, set()
    warm_engine()
    began = time.perf_counter()
    for seed in design.seeds:
        past = AllianceModel(frame.scenario, seed).run_until(frame.n_shared_weeks).checkpoint()
        for point in design.points:
            model = AllianceModel.from_checkpoint(past, frame.scenario_at(point)).run_until(frame.n_weeks_in_all)
            summary(model.weekly(), frame.period)
            hashes.add(model.result_hash())
    return time.perf_counter() - began, hashes


def swept(design: Design, n_workers: int) -> tuple[float, Course, list[tuple[int, int]]]:
    """Seconds of a sweep, how it went, and (process, memory) after each chunk."""
    memory: list[tuple[int, int]] = []
    take = go_on.Round._take

    def taking(self: go_on.Round, future: object, chunk: object) -> None:
        done = future.result()  # type: ignore[attr-defined]
        memory.append((done.pid, done.rss_bytes))
        take(self, future, chunk)  # type: ignore[arg-type]

    go_on.Round._take = taking
    try:
        with tempfile.TemporaryDirectory() as folder:
            began = time.perf_counter()
            course = carry_out(design, "scenarios/huaxi.toml", Path(folder), Means(n_workers=n_workers), Listeners())
            return time.perf_counter() - began, course, memory
    finally:
        go_on.Round._take = take


def batch(design: Design, n_children: int, n_processes: int) -> tuple[float, int, set[str]]:
    """Seconds of `mesa.batch_run`, its number of runs, and their hashes."""
    parameters = {"pass_rate": design.vary[RATE], "reinvested_share": design.vary[SHARE], "n_children": n_children,
                  "n_weeks": design.frame.n_weeks_in_all}  # fmt: skip
    began = time.perf_counter()
    found = batch_run(BatchModel, parameters, number_processes=n_processes, max_steps=design.frame.n_weeks_in_all,
                      display_progress=False, rng=list(design.seeds))  # fmt: skip
    return time.perf_counter() - began, len(found), {row["result_hash"] for row in found}


def growth_of(memory: Sequence[tuple[int, int]]) -> list[tuple[float, float]]:
    """Each process's memory over its second tenth of chunks and over its last [MB]."""
    found = []
    for pid in {pid for pid, _ in memory}:
        own = [taken / 1e6 for process, taken in memory if process == pid]
        tenth = max(1, len(own) // 10)
        found.append((statistics.median(own[tenth : 2 * tenth] or own), statistics.median(own[-tenth:])))
    return found


def line(name: str, n_runs: int, seconds: float, note: str = "") -> None:
    """One row of the table."""
    print(f"{name:46} {n_runs:6,} {seconds:8.1f} {n_runs / seconds:8.1f} {os.getloadavg()[0]:6.1f}  {note}", flush=True)


def _compare(n_runs: int, n_children: int, n_turns: int, seconds_per_run: float) -> None:
    """The same runs by batch_run and by the sweep, in turns."""
    design, without_past = (design_of(n_runs, n_children, start) for start in ("2020-12-28", "start"))
    times: list[tuple[float, float, float]] = []
    for _ in range(n_turns):
        seconds, n_batch, hashes = batch(design, n_children, 2)
        shared, course, _ = swept(design, 2)
        assert n_batch == design.n_runs
        assert set(course.rows["result_hash"].to_pylist()) == hashes
        times.append((seconds, shared, swept(without_past, 2)[0]))
    of_batch, shared, alone = (statistics.median(column) for column in zip(*times, strict=True))
    line("mesa.batch_run, 2 processes", design.n_runs, of_batch)
    line("alliance sweep, 2 workers, the same runs", design.n_runs, shared, f"{of_batch / shared:.1f} times as fast")
    line("the same, --from start: no shared past", design.n_runs, alone, f"{of_batch / alone:.1f} times as fast")
    per_run = of_batch / design.n_runs
    print(f"the long sweep of 2 workers above ran {per_run / seconds_per_run:.1f} times as many runs a second as batch_run here")


def main() -> int:
    """Print the table; 1 if a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=2_000)
    parser.add_argument("--batch-runs", type=int, default=400)
    parser.add_argument("--children", type=int, default=200)
    parser.add_argument("--turns", type=int, default=3, help="of batch_run and the sweep, one after the other; medians are shown")
    asked = parser.parse_args()
    design = design_of(asked.runs, asked.children)
    print(f"{'':46} {'runs':>6} {'s':>8} {'runs/s':>8} {'load':>6}")
    bare, hashes = bare_loop(design)
    line("bare loop, one process", design.n_runs, bare)
    one, course, memory = swept(design, 1)
    overhead = (one - bare) / design.n_runs * 1e3
    line("alliance sweep, 1 worker", design.n_runs, one, f"overhead {overhead:.2f} ms a run, all included")
    assert set(course.rows["result_hash"].to_pylist()) == hashes
    two, course, memory_of_two = swept(design, 2)
    line("alliance sweep, 2 workers", design.n_runs, two, f"two-core efficiency {one / two / 2:.0%}")
    assert set(course.rows["result_hash"].to_pylist()) == hashes
    _compare(asked.batch_runs, asked.children, asked.turns, two / design.n_runs)
    growths = growth_of([*memory, *memory_of_two])
    print("memory of a worker after its second tenth of chunks and its last: "
          + "; ".join(f"{first:.0f} MB, {last:.0f} MB" for first, last in growths))  # fmt: skip
    is_flat = all(last <= MOST_GROWTH * first for first, last in growths)
    print(f"overhead at most {MOST_OVERHEAD_MS:g} ms: {'kept' if overhead < MOST_OVERHEAD_MS else 'MISSED'}; "
          f"memory flat within {MOST_GROWTH - 1:.0%}: {'kept' if is_flat else 'MISSED'}")  # fmt: skip
    return int(overhead >= MOST_OVERHEAD_MS or not is_flat)


if __name__ == "__main__":
    sys.exit(main())
