"""How long will a sweep take, how much memory and how much disk?

    seconds = start + (seeds' pasts + runs) / workers,  bytes on disk = chunks x what a file has anyway + runs x what a row adds

A probe runs one seed and one point for a second or two and reads off what a week costs; longer worlds are extended from it. It
is an estimate: machines are shared, later weeks and other points cost more or less, memory is that of a known world of this size.
"""

import time
from dataclasses import dataclass
from pathlib import Path

from experiments.sweep.carry_out import most_children
from experiments.sweep.chunk import Chunks, Run, usual_size
from experiments.sweep.design import Design
from experiments.sweep.key import engine_of_this_process
from experiments.sweep.ledger import Ledger
from experiments.sweep.listeners import Listeners
from experiments.sweep.means import Means
from experiments.sweep.row import OK, Row, parquet_of, table_of, weekly_of
from model.alliance import AllianceModel
from model.memory import available_bytes, estimated_bytes

SILENT = Listeners()
SECONDS_OF_PROBE = 1.5  # for the past, and again for a run
SECONDS_TO_START = 4.0  # workers come up, load the machine code, and the results are read through at the end
BYTES_OF_FIGURE = 7.2  # of a float in a chunk, measured


@dataclass(frozen=True)
class Probe:
    """What one seed and one point cost."""

    past_seconds: float
    run_seconds: float
    file_bytes: int
    row_bytes: float
    weekly_bytes: float


@dataclass(frozen=True)
class Estimate:
    """What lies ahead."""

    n_runs: int
    n_found: int
    n_pasts: int
    n_chunks: int
    seconds: float
    memory_bytes: int
    free_bytes: int
    disk_bytes: float
    probe: Probe


def estimate(design: Design, means: Means, folder: Path | None, listeners: Listeners = SILENT) -> Estimate:
    """What a sweep will take, of which nothing is done but a probe; runs that a folder has already count as found.

    Nothing is written or moved. Raises ScenarioError if the folder cannot be read.
    """
    engine = engine_of_this_process()
    ledger = Ledger(folder, engine, design.frame.is_weekly, listeners.say) if folder is not None else None
    done = set(ledger.news()) if ledger else set[str]()
    chunks = Chunks(design, engine, means.chunk_size or usual_size(design), means.shard, listeners.named)
    n_runs = n_missing = n_chunks = n_pasts = 0
    for chunk in chunks:
        rest = chunk.without(done) if done else chunk
        n_runs, n_missing, n_chunks = n_runs + len(chunk.runs), n_missing + len(rest.runs), n_chunks + bool(rest.runs)
        n_pasts += len({run.seed for run in rest.runs}) if design.frame.n_shared_weeks else 0
    listeners.stage("timing a run")
    probe = probe_of(design)
    work = n_pasts * probe.past_seconds + n_missing * probe.run_seconds
    seconds = SECONDS_TO_START + work / min(means.n_workers, n_chunks) if n_missing else 0.0
    disk = n_chunks * probe.file_bytes + n_missing * (probe.row_bytes + probe.weekly_bytes)
    memory = means.n_workers * estimated_bytes(most_children(design))
    return Estimate(n_runs, n_runs - n_missing, n_pasts, n_chunks, seconds, memory, available_bytes(), disk, probe)


def probe_of(design: Design) -> Probe:
    """Measure one seed and one point, for a second or two each."""
    from experiments.run import warm_engine

    warm_engine()
    frame, run = design.frame, Run("0" * 20, design.seeds[0], design.points[0])
    began = time.perf_counter()
    model = AllianceModel(frame.scenario_at(run.point), run.seed)
    built = time.perf_counter() - began
    past = _extended(model, frame.n_shared_weeks)
    began = time.perf_counter()
    model = AllianceModel.from_checkpoint(model.checkpoint())
    copied = time.perf_counter() - began
    own = _extended(model, frame.n_weeks_in_all - frame.n_shared_weeks)
    began = time.perf_counter()
    weekly, figures, result = model.weekly(), model.indicators(frame.period), model.result_hash()
    row = Row(run, OK, 0.0, "alliance run " + "x" * 120, "", result, figures)
    one = parquet_of(table_of([row], tuple(design.vary), "0" * 16, frame.values_without()))
    counted = time.perf_counter() - began
    curves = [len(parquet_of(weekly_of(run, weekly.iloc[:n]))) for n in (1, len(weekly))] if frame.is_weekly else [0, 0]
    shares_past = frame.n_shared_weeks > 0
    return Probe(
        past_seconds=built + past if shares_past else 0.0,
        run_seconds=own + counted + (copied if shares_past else built),
        file_bytes=len(one) + curves[0],
        row_bytes=BYTES_OF_FIGURE * len(figures),
        weekly_bytes=(curves[1] - curves[0]) / max(1, len(weekly) - 1) * frame.n_weeks,
    )


def _extended(model: AllianceModel, n_weeks: int) -> float:
    """Seconds that so many weeks take, from as many of them as the probe has time for."""
    if not n_weeks:
        return 0.0
    began, first = time.perf_counter(), model.week
    while model.week < first + n_weeks and (time.perf_counter() - began < SECONDS_OF_PROBE or model.week == first):
        model.step()
    return (time.perf_counter() - began) * n_weeks / (model.week - first)
