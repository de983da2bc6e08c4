"""How does the template look as a workbook? A sheet for each table, and one that explains every column.

The names of the sheets and columns are those that the reader knows, in either language, so that the file can be filled in and
sent back as it is.
"""

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from experiments.district_template import chinese, column_texts, readme, template_tables
from model.district_cells import PLAIN
from model.district_columns import COLUMNS
from model.district_names import CHINESE_TABLES

NARROW, WIDE = 14, 60
HEADS = ("Table", "Column", "What it is", "Allowed", "What it moves")
MADE = datetime(2020, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""The date in the file, so that equal templates are equal bytes."""


def template_workbook(language: str = "en") -> bytes:
    """The template as an .xlsx file."""
    import xlsxwriter

    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"created": MADE})
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        for name, rows in template_tables(language).items():
            _table(book.add_worksheet(name), rows, bold)
        heads = HEADS if language == "en" else chinese()["heads"]
        _explanation(book.add_worksheet("README" if language == "en" else "说明"), language, heads, bold, wrapped)
    return file.getvalue()


def _table(sheet: Any, rows: list[list[str]], bold: Any) -> None:
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if row and PLAIN.fullmatch(cell):
                sheet.write_number(row, column, float(cell))
            else:
                sheet.write_string(row, column, cell, None if row else bold)
    sheet.set_column(0, 0, 2 * NARROW)
    sheet.set_column(1, len(rows[0]) - 1, NARROW)
    sheet.freeze_panes(1, 1)


def _explanation(sheet: Any, language: str, heads: tuple[str, ...], bold: Any, wrapped: Any) -> None:
    sheet.write_row(0, 0, heads, bold)
    row = 1
    for table, columns in COLUMNS.items():
        stem = Path(table).stem
        for column in columns:
            shown = stem if language == "en" else CHINESE_TABLES[stem]
            sheet.write_row(row, 0, (shown, *column_texts(table, column, language)), wrapped)
            row += 1
    sheet.set_column(0, 1, NARROW + 6)
    sheet.set_column(2, 4, WIDE)
    for line in readme(language).splitlines():
        row += 1
        sheet.write_string(row, 0, line)
