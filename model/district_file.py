"""Is this a small table of plain cells under the right header, and which cell stands where?

The csv module of the standard library reads text, since it knows lines; a sheet of a workbook is read by
model/district_workbook.py. Commas; a header; as many cells in every line as in the header. Empty lines and columns at the
end, which spreadsheets leave behind, are passed over, as is a line `sep=,` and a title above the header; an empty line
inside is a mistake.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from model.district_columns import Column
from model.district_mistakes import Mistakes
from model.district_names import column_of, is_degrees
from model.district_text import ALLOWED, LARGEST_FILE, read_text
from model.refusal import Phrase, cut, phrase, shortened
from model.settings import nearest_names

MOST_LINES = 1_000
LARGEST_MATRIX = 8_000_000
LONGEST_REASON = 100
MOST_TITLES = 3
OTHER_DELIMITERS = {
    ";": phrase("has semicolons between its cells"), "\t": phrase("has tabs between its cells"),
    "|": phrase("has bars between its cells"), "，": phrase("has full-width commas between its cells"),
    "；": phrase("has full-width semicolons between its cells"), "、": phrase("has enumeration commas between its cells"),
}  # fmt: skip
DEGREES = phrase(
    "allowed are km from any origin, no degrees: y_km = 111.3 x (latitude - a middle one), "
    "x_km = 111.3 x cos(latitude) x (longitude - a middle one)"
)

__all__ = ["LARGEST_FILE", "LARGEST_MATRIX", "Line", "Source", "fitting_lines", "header_places", "n_cells_of", "read_lines"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a table stands: a file, or a sheet of a workbook; `name` is what mistakes call it."""

    name: str
    path: Path
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line below the header: its number in the file and its cells, without spaces around them."""

    number: int
    cells: tuple[str, ...]


def _records(text: str, name: str, mistakes: Mistakes) -> Iterator[Line]:
    """Every record with the line on which it begins; a broken quotation ends the file, and is noted."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            reason = cut(str(error), LONGEST_REASON)
            found = phrase("has a quotation mark that does not close ({reason})", reason=reason)
            mistakes.add(name, line, "", found, phrase('allowed are pairs of "'))
            return
        yield Line(line, tuple(cell.strip().strip("\ufeff\u200b") for cell in cells))
        line = reader.line_num + 1


def _all_lines(source: Source, largest: int, mistakes: Mistakes) -> list[Line] | None:
    """Every line of a table, None if it cannot be read; the mistake is noted."""
    if source.path.suffix.lower() == ".xlsx":
        from model.district_workbook import sheet_rows

        rows = sheet_rows(source.path, source.name, source.sheet, mistakes)
        return None if rows is None else [Line(i + 1, row) for i, row in enumerate(rows)]
    text = read_text(source.path, source.name, largest, mistakes)
    return None if text is None else list(_records(text, source.name, mistakes))


def read_lines(source: Source, largest: int, known: tuple[str, ...], mistakes: Mistakes) -> list[Line]:
    """The header and the lines below it, nothing if the file is no table; mistakes are noted.

    `known` are names of which a header holds one: what stands above it is passed over.
    """
    name, n = source.name, mistakes.n
    lines = _all_lines(source, largest, mistakes)
    if lines is None:
        return []
    while lines and not any(lines[-1].cells):
        lines.pop()
    lines = _from_header(lines, known, name, mistakes)
    if not lines:
        if mistakes.n == n:
            allowed = phrase("allowed is a header and a line for each row of the table")
            mistakes.add(name, 1, "", phrase("is empty"), allowed)
        return []
    if not _is_header(lines[0], name, mistakes):
        return []
    if len(lines) > MOST_LINES + 1:
        found = phrase("has {n} lines below the header", n=f"{len(lines) - 1:,}")
        mistakes.add(name, MOST_LINES + 2, "", found, phrase("allowed are at most {n}", n=f"{MOST_LINES:,}"))
        return []
    return lines


def _from_header(lines: list[Line], known: tuple[str, ...], name: str, mistakes: Mistakes) -> list[Line]:
    """The lines without `sep=,` and without titles above the header; that a title was passed over is noted."""
    if lines and lines[0].cells and lines[0].cells[0].lower().strip('"').startswith("sep=") and not any(lines[0].cells[2:]):
        lines = lines[1:]
    for place, line in enumerate(lines[: MOST_TITLES + 1]):
        if any(column_of(cell, {})[0] in known for cell in line.cells):
            for title in lines[:place]:
                said = phrase("line {line} of {file}, {title} above the header, was passed over", line=title.number, file=name,
                              title=shortened(next(filter(None, title.cells))))  # fmt: skip
                mistakes.remark(said)
            return lines[place:]
        if sum(map(bool, line.cells)) != 1 or any(mark in "".join(line.cells) for mark in OTHER_DELIMITERS):
            break
    return lines


def _is_header(header: Line, name: str, mistakes: Mistakes) -> bool:
    if not any(header.cells):
        allowed = phrase("allowed is the header, with the names of the columns")
        mistakes.add(name, header.number, "", phrase("is empty"), allowed)
        return False
    first, *others = filter(None, header.cells)
    if others:
        return True
    for delimiter, found in OTHER_DELIMITERS.items():
        if delimiter in first:
            mistakes.add(name, header.number, "1", found, ALLOWED)
            return False
    return True


def n_cells_of(header: Line) -> int:
    """How many cells a line has: those up to the last column with a name."""
    return max(i + 1 for i, cell in enumerate(header.cells) if cell)


def fitting_lines(lines: list[Line], name: str, mistakes: Mistakes) -> Iterator[Line]:
    """The lines below the header with as many cells as it has; the others are noted."""
    header, n_cells = lines[0].cells, n_cells_of(lines[0])
    for line in lines[1:]:
        cells = line.cells
        while len(cells) > n_cells and not cells[-1]:
            cells = cells[:-1]
        if not any(cells):
            mistakes.add(name, line.number, "", phrase("is empty"), phrase("allowed are lines with cells; take it out"))
        elif len(cells) != n_cells:
            column = header[len(cells)] if len(cells) < n_cells else str(n_cells + 1)
            found = phrase("has 1 cell") if len(cells) == 1 else phrase("has {n} cells", n=len(cells))
            mistakes.add(name, line.number, column, found, phrase("allowed are {n}, as in the header", n=n_cells))
        else:
            yield Line(line.number, cells)


def header_places(lines: list[Line], columns: tuple[Column, ...], name: str, mistakes: Mistakes) -> dict[str, int] | None:
    """Where each column stands [place], None if the header cannot be read; mistakes are noted."""
    header, n = lines[0], mistakes.n
    units = {column.name: column.unit for column in columns}
    known = ", ".join(units)
    places: dict[str, int] = {}
    for place, cell in enumerate(header.cells[: n_cells_of(header)]):
        column, wrong_unit = column_of(cell, units)
        if not column:
            mistakes.add(name, header.number, str(place + 1), phrase("has no name"), phrase("allowed are {names}", names=known))
        elif wrong_unit is not None:
            mistakes.add(name, header.number, shortened(cell), wrong_unit, phrase("allowed is the column's own unit, or none"))
        elif column in places:
            mistakes.add(name, header.number, column, phrase("stands there twice"), phrase("allowed is each column once"))
        elif column not in units:
            mistakes.add(name, header.number, shortened(cell), phrase("is unknown"), _instead_of(cell, tuple(units)))
        places.setdefault(column, place)
    for column in columns:
        if column.name not in places and not column.is_optional:
            found = phrase("is missing; its values are {column}", column=column.allowed())
            mistakes.add(name, header.number, column.name, found, phrase("allowed are {names} in any order", names=known))
    return places if mistakes.n == n else None


def _instead_of(cell: str, known: tuple[str, ...]) -> Phrase:
    """What is allowed in the place of an unknown column: what it seems to be, the nearest, or all of them."""
    if is_degrees(cell):
        return DEGREES
    if near := nearest_names(cell.lower(), known):
        return phrase("the nearest known column is {name}", name=near[0])
    return phrase("allowed are {names}", names=", ".join(known))
