"""In which files can a visitor take numbers away?"""

from __future__ import annotations

import io

import pandas as pd

CSV, PARQUET = "text/csv;charset=utf-8", "application/vnd.apache.parquet"


def csv(table: pd.DataFrame) -> bytes:
    """Return a table as CSV that spreadsheets read in any language."""
    return ("\ufeff" + table.to_csv(index=False)).encode("utf-8")


def parquet(table: pd.DataFrame) -> bytes:
    """Return a table as Parquet."""
    buffer = io.BytesIO()
    table.to_parquet(buffer, index=False)
    return buffer.getvalue()
