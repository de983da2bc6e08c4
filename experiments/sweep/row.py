"""What does a run leave behind in the table?

One row: key, engine, seed, the varied values, status, error, the command that repeats it, the hash of its results, seconds (its
own, without the past that it shares), then every indicator of the period. What has no value is empty; in a row that failed every
indicator is. Rows are kept as Parquet: a hash stands in the file's name and a checksum before every page, so that a file which is
torn, altered or somebody else's is known as such.
"""

import io
import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from experiments.sweep.chunk import Run
from experiments.sweep.key import chunk_name
from model.indicators import FIRST, INDICATORS
from model.settings import Settings, declared

if TYPE_CHECKING:
    import pandas as pd

OK, RAISED, TIMEOUT, MEMORY, KILLED = "ok", "raised", "timeout", "memory", "killed"
STATUSES = (OK, RAISED, TIMEOUT, MEMORY, KILLED)
LEADING = {"key": pa.string(), "engine": pa.string(), "seed": pa.int64()}
OUTCOME = {"status": pa.string(), "error": pa.string(), "command": pa.string(), "result_hash": pa.string(), "seconds": pa.float64()}
NAMES = tuple(dict.fromkeys((*FIRST, *INDICATORS)))  # indicators, the most asked for first


@dataclass(frozen=True)
class Row:
    """One run that was done, or the record of why it was not."""

    run: Run
    status: str
    seconds: float
    command: str
    error: str = ""
    result_hash: str = ""
    indicators: Mapping[str, float] = field(default_factory=dict)


class TornError(Exception):
    """A file that is not what its name says."""


def parameter_type(key: str) -> pa.DataType:
    """How a parameter's values are kept."""
    return pa.int64() if declared(key, "--vary").is_whole else pa.float64()


def schema_of(varied: Sequence[str]) -> pa.Schema:
    """The columns of a sweep's table."""
    parameters = {key: parameter_type(key) for key in varied}
    return pa.schema(LEADING | parameters | OUTCOME | dict.fromkeys(NAMES, pa.float64()))


def table_of(rows: Sequence[Row], varied: Sequence[str], engine: str, base: Settings) -> pa.Table:
    """The rows as a table; `base` has the values of parameters that a point leaves alone."""
    columns: dict[str, list[Any]] = {
        "key": [row.run.key for row in rows],
        "engine": [engine] * len(rows),
        "seed": [row.run.seed for row in rows],
    }
    columns |= {key: [row.run.point.get(key, base[key]) for row in rows] for key in varied}
    columns |= {name: [getattr(row, name) for row in rows] for name in OUTCOME}
    columns |= {name: [_known(row.indicators.get(name)) for row in rows] for name in NAMES}
    return pa.table(columns, schema_of(varied))


def _known(value: float | None) -> float | None:
    return None if value is None or math.isnan(value) else float(value)


def weekly_of(run: Run, weekly: "pd.DataFrame") -> pa.Table:
    """The weekly curves of one run."""
    table = pa.Table.from_pandas(weekly.reset_index(drop=True), preserve_index=False)
    return table.add_column(0, "key", pa.array([run.key] * len(table), pa.string()))


def parquet_of(table: pa.Table) -> bytes:
    """The table as a file's content."""
    floats = [column.name for column in table.schema if pa.types.is_floating(column.type)]
    texts = [column.name for column in table.schema if pa.types.is_string(column.type)]
    buffer = io.BytesIO()
    pq.write_table(
        table, buffer, compression="zstd", use_dictionary=texts, use_byte_stream_split=floats,  # pyright: ignore[reportArgumentType]
        write_statistics=False, write_page_checksum=True, store_schema=False,
    )  # fmt: skip
    return buffer.getvalue()


def read_rows(path: Path, columns: Sequence[str] | None = None) -> pa.Table:
    """The rows of a chunk's file, or some columns of them; raises TornError if it is not whole, FileNotFoundError if it is gone."""
    with _opened(path) as file:
        table = file.read(columns, use_threads=False)
        if "key" not in table.column_names or chunk_name(table["key"].to_pylist()) != path.name:
            raise TornError("does not hold the runs that its name says")
        return table


def check_table(path: Path, *, is_through: bool) -> None:
    """Look at a file's end, or read it through; raises TornError if it is not whole, FileNotFoundError if it is gone."""
    with _opened(path) as file:
        if is_through:
            file.read(use_threads=False)


def n_rows_of(path: Path) -> int:
    """How many rows a file has; 0 if it is not whole."""
    try:
        with _opened(path) as file:
            return file.metadata.num_rows
    except (TornError, FileNotFoundError):
        return 0


@contextmanager
def _opened(path: Path) -> Iterator[pq.ParquetFile]:
    try:
        with pq.ParquetFile(path, page_checksum_verification=True) as file:
            yield file
    except FileNotFoundError:
        raise
    except (OSError, pa.ArrowException) as error:
        raise TornError("is torn, or no table of a sweep") from error
