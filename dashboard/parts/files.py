"""In which files can a visitor take numbers away?"""

from __future__ import annotations

import io
from collections.abc import Callable

import pandas as pd

from dashboard.session import Session
from experiments.spreadsheet import csv_bytes

CSV, PARQUET = "text/csv;charset=utf-8", "application/vnd.apache.parquet"


def csv(table: pd.DataFrame) -> bytes:
    """Return a table as CSV that spreadsheets read in any language."""
    return csv_bytes(table.to_csv(index=False))


def parquet(table: pd.DataFrame) -> bytes:
    """Return a table as Parquet."""
    buffer = io.BytesIO()
    table.to_parquet(buffer, index=False)
    return buffer.getvalue()


def hand_over(session: Session, name: str, make: Callable[[], pd.DataFrame], kind: object) -> None:
    """Hand a table to the browser; what is no kind of file does nothing."""
    if kind == "csv":
        session.hand_over(f"{name}.csv", csv(make()), CSV)
    elif kind == "parquet":
        session.hand_over(f"{name}.parquet", parquet(make()), PARQUET)
