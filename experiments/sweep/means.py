"""With what is a sweep carried out? Workers, chunks, limits: nothing of it changes a result."""

import re
from concurrent.futures import Executor
from dataclasses import dataclass

from experiments.request import whole_number
from model.refusal import ScenarioError, shortened

MOST_WORKERS = 1_024
MOST_RUNS_OF_CHUNK = 200
MOST_SHARDS = 100_000
LONGEST_SECONDS, MOST_SECONDS = 3_600, 30 * 24 * 3_600
FEWEST_MEGABYTES, MOST_MEGABYTES = 100, 10_000_000
BYTES_PER_MEGABYTE = 1_000_000
DASK = re.compile(r"dask://(?P<place>(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\]):(?P<port>\d{1,5}))")


@dataclass(frozen=True)
class Means:
    """Workers of this machine, or the HOST:PORT of a Dask scheduler, or an executor of one's own that has so many workers.

    None leaves a choice to the sweep.
    """

    n_workers: int = 2
    dask: str | None = None
    shard: tuple[int, int] = (1, 1)
    chunk_size: int | None = None
    longest_seconds: float = LONGEST_SECONDS
    most_bytes: int | None = None
    is_failed_again: bool = False
    executor: Executor | None = None


def read_means(
    *,
    workers: str = "2",
    on: str | None = None,
    shard: str = "1/1",
    chunk: str | None = None,
    timeout: str = str(LONGEST_SECONDS),
    memory: str | None = None,
    again: bool = False,
    dashes: str = "--",
) -> Means:
    """The means that a command line names; raises ScenarioError."""
    size = None if chunk is None else whole_number(f"{dashes}chunk", chunk, 1, MOST_RUNS_OF_CHUNK)
    megabytes = None if memory is None else whole_number(f"{dashes}memory", memory, FEWEST_MEGABYTES, MOST_MEGABYTES)
    return Means(
        n_workers=whole_number(f"{dashes}workers", workers, 1, MOST_WORKERS),
        dask=None if on is None else _dask_place(f"{dashes}on", on),
        shard=_shard(f"{dashes}shard", shard),
        chunk_size=size,
        longest_seconds=whole_number(f"{dashes}timeout", timeout, 1, MOST_SECONDS),
        most_bytes=None if megabytes is None else megabytes * BYTES_PER_MEGABYTE,
        is_failed_again=again,
    )


def _shard(where: str, text: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{1,6})/(\d{1,6})", text)
    i, n = (int(found[1]), int(found[2])) if found else (0, 0)
    if not 1 <= i <= n <= MOST_SHARDS:
        allowed = f"allowed is I/N, the I-th of N parts: 1/3, 2/3, 3/3, with N to {MOST_SHARDS:,}"
        raise ScenarioError(where, shortened(text), allowed)
    return i, n


def _dask_place(where: str, address: str) -> str:
    found = DASK.fullmatch(address)
    if not found or not 1 <= int(found["port"]) <= 65_535:
        raise ScenarioError(where, shortened(address), "allowed is dask://HOST:PORT, such as dask://127.0.0.1:8786")
    return found["place"]
