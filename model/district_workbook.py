"""Which plain cells does a sheet of an .xlsx workbook hold?

A workbook is a zip of XML files, and both can be made to fill a memory: so every part is unpacked and measured here, only the
few that hold cells are handed on, and the places of the cells are looked at before the library (calamine) makes a table of
them. Formulas count with the value that was saved; macros, pictures and links are never looked at. Hidden sheets are not
read. An error of a formula stays an error, a date a date, so that both are refused where a number should stand.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from xml.etree import ElementTree

from model.district_columns import NO, YES
from model.district_mistakes import Mistakes
from model.district_names import table_of
from model.district_text import read_bytes
from model.refusal import Phrase, phrase

LARGEST_WORKBOOK = 4_000_000
LARGEST_PART = 30_000_000
LARGEST_IN_ALL = 60_000_000
MOST_PARTS = 500
MOST_ROWS, MOST_COLUMNS = 2_000, 1_200
SIGNIFICANT = 15  # digits, as a spreadsheet keeps them
MOST_DECIMALS = 9
PARTS = re.compile(r"(\[Content_Types\]|_rels/\.rels|xl/.*)\.(xml|rels)|_rels/\.rels", re.IGNORECASE)
SHEETS = re.compile(r"/?xl/worksheets/[^/]+\.xml", re.IGNORECASE)
PLACE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
ALLOWED = phrase("allowed is an .xlsx workbook without a password, or a table saved as 'CSV UTF-8'")

Parts = dict[str, bytes]


class WorkbookError(ValueError):
    """Why a file is no workbook that can be read here."""

    def __init__(self, found: Phrase, allowed: Phrase = ALLOWED) -> None:
        super().__init__(str(found))
        self.found, self.allowed = found, allowed


def sheet_rows(path: Path, name: str, sheet: str | None, mistakes: Mistakes) -> list[tuple[str, ...]] | None:
    """The rows of a sheet as texts (the only visible one if no name is given), None if there is none; the mistake is noted."""
    content = read_bytes(path, name, LARGEST_WORKBOOK, mistakes)
    if content is None:
        return None
    try:
        return _rows(unpacked(content), sheet)
    except WorkbookError as error:
        mistakes.add(name, 0, "", error.found, error.allowed)
        return None


def tables_of(path: Path) -> dict[str, str]:
    """The sheets that are called like a table of a district: table without ending, name of the sheet; none if it cannot be read."""
    try:
        content = read_bytes(path, path.name, LARGEST_WORKBOOK, Mistakes())
        names = [] if content is None else visible_sheets(unpacked(content))
    except WorkbookError:
        return {}
    found = {table_of(name): name for name in reversed(names)}
    return {table: name for table, name in found.items() if table is not None}


def unpacked(content: bytes) -> Parts:
    """The parts that hold cells, each and all of a bearable size; raises WorkbookError."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            listed = file.infolist()
            if len(listed) > MOST_PARTS or sum(one.file_size for one in listed) > LARGEST_IN_ALL:
                raise WorkbookError(phrase("unpacks to more than a table of this size needs"))
            if any(one.filename.lower() == "encryptedpackage" for one in listed):
                raise WorkbookError(phrase("has a password"))
            parts = {one.filename: _part(file, one) for one in listed if PARTS.fullmatch(one.filename)}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError, zlib_error()) as error:
        if isinstance(error, WorkbookError):
            raise
        raise WorkbookError(phrase("is no .xlsx workbook, or not a whole one")) from error
    for name, part in parts.items():
        _check_part(name, part)
    return parts


def zlib_error() -> type[Exception]:
    """What the standard library raises for a broken stream."""
    import zlib

    return zlib.error


def _part(file: zipfile.ZipFile, one: zipfile.ZipInfo) -> bytes:
    if one.file_size > LARGEST_PART:
        raise WorkbookError(phrase("unpacks to more than a table of this size needs"))
    with file.open(one) as part:
        return part.read(LARGEST_PART)


def _check_part(name: str, part: bytes) -> None:
    """Refuse entities, which a workbook never has, and cells that lie further out than any table; raises WorkbookError."""
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        raise WorkbookError(phrase("is no .xlsx workbook, or not a whole one"))
    if not SHEETS.fullmatch(name):
        return
    for row, column, _ in _cells(part):
        if row > MOST_ROWS or column > MOST_COLUMNS:
            found = phrase("has a cell in row {row}, column {column}", row=f"{row:,}", column=f"{column:,}")
            raise WorkbookError(
                found, phrase("allowed are {rows} rows and {columns} columns", rows=MOST_ROWS, columns=MOST_COLUMNS)
            )


def _cells(part: bytes) -> Iterator[tuple[int, int, str]]:
    """Row, column (from 1) and kind of every cell of a sheet's XML; raises WorkbookError."""
    row = column = 0
    try:
        for event, element in ElementTree.iterparse(io.BytesIO(part), events=("start", "end")):  # noqa: S314  without entities
            tag = element.tag.rpartition("}")[2]
            if event == "end":
                element.clear()
            elif tag == "row":
                row, column = _whole(element.get("r"), row + 1), 0
            elif tag == "c":
                row, column = _place(element.get("r"), row, column + 1)
                yield row, column, element.get("t", "")
    except ElementTree.ParseError as error:
        raise WorkbookError(phrase("is no .xlsx workbook, or not a whole one")) from error


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 9 else otherwise


def _place(text: str | None, row: int, column: int) -> tuple[int, int]:
    """The row and column that a cell's name says, B7; those given if it says none."""
    found = PLACE.fullmatch(text or "")
    if found is None:
        return row, column
    letters = 0
    for letter in found[1].upper():
        letters = letters * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), letters


def visible_sheets(parts: Parts) -> list[str]:
    """The names of the visible sheets of cells, in their order; raises WorkbookError."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    return [
        sheet.name
        for sheet in _opened(parts).sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
    ]


def _opened(parts: Parts):
    """The workbook as the library knows it; raises WorkbookError."""
    from python_calamine import CalamineWorkbook

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        for name, part in parts.items():
            file.writestr(name, part)
    packed.seek(0)
    return _by_library(lambda: CalamineWorkbook.from_filelike(packed))


def _by_library(do):
    """What the library answers; raises WorkbookError for whatever stops it, a panic of its compiled half among it."""
    try:
        return do()
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:
        raise WorkbookError(phrase("is no .xlsx workbook, or not a whole one")) from error


def _rows(parts: Parts, sheet: str | None) -> list[tuple[str, ...]]:
    if sheet is None:
        names = visible_sheets(parts)
        if len(names) != 1:
            found = phrase("has {n} visible sheets: {names}", n=len(names), names=", ".join(names[:5]))
            raise WorkbookError(found, phrase("allowed is one, or one that is called like the table"))
        sheet = names[0]
    cells = _by_library(lambda: _opened(parts).get_sheet_by_name(sheet).to_python(skip_empty_area=False))
    rows = [[_text(cell) for cell in row] for row in cells]
    for row, column in _errors(parts, sheet):
        if row <= len(rows) and column <= len(rows[row - 1]):
            rows[row - 1][column - 1] = "#VALUE!"
    return [tuple(row) for row in rows]


def _errors(parts: Parts, sheet: str) -> list[tuple[int, int]]:
    """Row and column of the cells that hold an error, which the library gives as nothing."""
    part = parts.get(_file_of(parts, sheet), b"")
    return [(row, column) for row, column, kind in _cells(part) if kind == "e"] if part else []


def _file_of(parts: Parts, sheet: str) -> str:
    """The part in which a sheet stands."""
    try:
        book = ElementTree.fromstring(parts["xl/workbook.xml"])  # noqa: S314  without entities
        relations = ElementTree.fromstring(parts["xl/_rels/workbook.xml.rels"])  # noqa: S314
    except (KeyError, ElementTree.ParseError):
        return ""
    targets = {one.get("Id"): one.get("Target", "") for one in relations}
    for one in book.iter():
        if one.tag.endswith("}sheet") and one.get("name") == sheet:
            key = next((value for name, value in one.attrib.items() if name.endswith("}id")), "")
            target = targets.get(key, "")
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return ""


def _text(cell: object) -> str:
    """A cell as a plain text: numbers without an exponent, yes and no, days as such."""
    if isinstance(cell, bool):
        return YES if cell else NO
    if isinstance(cell, int | float):
        return plain_number(float(cell))
    if isinstance(cell, datetime | date | time | timedelta):
        return str(cell)
    return str(cell).strip()


def plain_number(value: float) -> str:
    """A number as a spreadsheet shows it in full: 15 digits, none behind the ninth after the point."""
    text = f"{float(f'{value:.{SIGNIFICANT}g}'):.{MOST_DECIMALS}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
