"""What does a run leave behind in the table?

One row: key, engine, seed, the varied values, status, error, the command that repeats it, the hash of its results, seconds (its
own, without the past that it shares), then every indicator of the period. What has no value is empty; in a row that failed every
indicator is. Rows are kept as Parquet: a hash of its runs stands in the file's name and a hash of its content in the file, so that
one which is torn, altered or somebody else's is known as such before any of it is read. Files of version 0.1 hold no hash of their
content: their pages have checksums, their columns are compared, and more cannot be known of them.
"""

import io
import json
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from experiments.sweep.chunk import Run
from experiments.sweep.files import content_of
from experiments.sweep.key import UNSEALED, chunk_name, is_sealed
from experiments.sweep.made import NAME, made_now
from experiments.sweep.seal import TornError, check_seal, sealed
from model.indicators import FIRST, INDICATORS
from model.parameters import declarations
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
    """The table as a file's content: sealed, and with what and when it was made."""
    floats = [column.name for column in table.schema if pa.types.is_floating(column.type)]
    texts = [column.name for column in table.schema if pa.types.is_string(column.type)]
    buffer = io.BytesIO()
    with pq.ParquetWriter(
        buffer, table.schema, compression="zstd", use_dictionary=texts, use_byte_stream_split=floats,  # pyright: ignore[reportArgumentType]
        write_statistics=False, write_page_checksum=True, store_schema=False,
    ) as writer:  # fmt: skip
        writer.write_table(table)
        writer.add_key_value_metadata({NAME: json.dumps(made_now())})
    return sealed(buffer.getvalue())


def read_rows(path: Path, columns: Sequence[str] | None = None, *, is_own: bool = True) -> pa.Table | None:
    """The rows of a chunk's file, or some columns of them; None if it is gone.

    Rows of this process's own engine must have the columns that it writes. Raises TornError if the file is not what its name
    says, ScenarioError if it cannot be read.
    """
    table = table_in(path)
    if table is None:
        return None
    if is_own and not has_our_columns(table.schema):
        raise TornError("does not have the columns of a sweep")
    keys = _keys_of(table)
    if path.name not in (chunk_name(keys), chunk_name(keys, UNSEALED)):
        raise TornError("does not hold the runs that its name says")
    return table if columns is None else table.select(columns)


def check_curves(path: Path, keys: Collection[str]) -> bool:
    """[bool] Whether the curves of these runs are there; raises TornError if it is other curves, ScenarioError as above."""
    table = table_in(path)
    if table is not None and set(_keys_of(table)) != set(keys):
        raise TornError("does not hold the curves of the runs that its name says")
    return table is not None


def has_our_columns(schema: pa.Schema) -> bool:
    """[bool] Whether these are the columns of a sweep over any parameters, with their types."""
    others = {*LEADING, *OUTCOME, *NAMES}
    varied = [name for name in schema.names if name not in others]
    return all(name in declarations() for name in varied) and schema.equals(schema_of(varied))


def _keys_of(table: pa.Table) -> list[str]:
    if "key" not in table.column_names or table.schema.field("key").type != pa.string():
        raise TornError("has no keys of runs")
    return table["key"].to_pylist()


def table_in(path: Path) -> pa.Table | None:
    """The table of a file, None if it is gone; raises TornError if it is not whole, ScenarioError if it cannot be read."""
    content = content_of(path)
    if content is None:
        return None
    if is_sealed(path.name):
        check_seal(content)
    try:
        with pq.ParquetFile(pa.BufferReader(content), page_checksum_verification=True) as file:
            return file.read(use_threads=False).replace_schema_metadata(None)
    except Exception as error:  # a parser answers odd bytes with whatever it likes: UnicodeDecodeError, OverflowError, ...
        raise TornError("is torn, or no table of a sweep") from error
