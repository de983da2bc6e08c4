"""Is this a small table of plain cells under the right header, and which cell stands where?

The csv module of the standard library reads it, since it knows lines. UTF-8, with or without the byte order mark that
spreadsheets write; commas; a header; as many cells in every line as in the header. Empty lines and columns at the end,
which spreadsheets leave behind, are passed over; one inside is a mistake.
"""

import csv
import io
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from model.district_columns import Column
from model.district_mistakes import Mistakes
from model.refusal import cut, shortened
from model.settings import nearest_names

MOST_LINES = 1_000
LARGEST_FILE = 1_000_000
LARGEST_MATRIX = 8_000_000
BYTES_LOOKED_AT = 65_536
LONGEST_REASON = 100
ALLOWED = "allowed is a table with commas between its cells, saved as 'CSV UTF-8'"
OTHER_DELIMITERS = {";": "semicolons", "\t": "tabs", "|": "bars"}
FIRST_BYTES = {
    b"PK\x03\x04": "a spreadsheet's own file", b"\xd0\xcf\x11\xe0": "a spreadsheet's own file", b"\xff\xfe": "UTF-16 text",
    b"\xfe\xff": "UTF-16 text", b"\x1f\x8b": "a compressed file",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One line below the header: its number in the file and its cells, without spaces around them."""

    number: int
    cells: tuple[str, ...]


def read_text(path: Path, largest: int, mistakes: Mistakes) -> str | None:
    """The text of a file, None if it is none; the mistake is noted."""
    name = path.name
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            mistakes.add(name, 0, "", f"is {'a folder' if stat.S_ISDIR(mode) else 'no ordinary file'}", ALLOWED)
            return None
        with path.open("rb") as file:
            content = file.read(largest + 1)
    except FileNotFoundError:
        mistakes.add(name, 0, "", "no such file in the district's folder", ALLOWED)
        return None
    except OSError as error:
        mistakes.add(name, 0, "", f"cannot be read ({error.strerror})", ALLOWED)
        return None
    if len(content) > largest:
        mistakes.add(name, 0, "", f"has more than {largest:,} bytes", f"allowed are at most {largest:,}")
        return None
    return _decoded(content, name, mistakes)


def _decoded(content: bytes, name: str, mistakes: Mistakes) -> str | None:
    for begin, kind in FIRST_BYTES.items():
        if content.startswith(begin):
            mistakes.add(name, 0, "", f"is {kind}", ALLOWED)
            return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        begin = content.rfind(b"\n", 0, error.start) + 1
        line, column = content.count(b"\n", 0, error.start) + 1, content.count(b",", begin, error.start) + 1
        mistakes.add(name, line, str(column), f"has the byte {content[error.start]:#04x}, which is not UTF-8", ALLOWED)
        return None


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
            mistakes.add(name, line, "", f"has a quotation mark that does not close ({reason})", 'allowed are pairs of "')
            return
        yield Line(line, tuple(cell.strip() for cell in cells))
        line = reader.line_num + 1


def read_lines(path: Path, largest: int, mistakes: Mistakes) -> list[Line]:
    """The header and the lines below it, nothing if the file is no table; mistakes are noted."""
    text = read_text(path, largest, mistakes)
    if text is None:
        return []
    n = mistakes.n
    lines = list(_records(text, path.name, mistakes))
    while lines and not any(lines[-1].cells):
        lines.pop()
    if not lines:
        if mistakes.n == n:
            mistakes.add(path.name, 1, "", "is empty", "allowed is a header and a line for each row of the table")
        return []
    if not _is_header(lines[0], path.name, mistakes):
        return []
    if len(lines) > MOST_LINES + 1:
        found = f"has {len(lines) - 1:,} lines below the header"
        mistakes.add(path.name, MOST_LINES + 2, "", found, f"allowed are at most {MOST_LINES:,}")
        return []
    return lines


def _is_header(header: Line, name: str, mistakes: Mistakes) -> bool:
    if not any(header.cells):
        mistakes.add(name, header.number, "", "is empty", "allowed is the header, with the names of the columns")
        return False
    first, *others = header.cells
    if others:
        return True
    for delimiter, names in OTHER_DELIMITERS.items():
        if delimiter in first:
            mistakes.add(name, header.number, "1", f"has {names} between its cells", ALLOWED)
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
            mistakes.add(name, line.number, "", "is empty", "allowed are lines with cells; take it out")
        elif len(cells) != n_cells:
            column = header[len(cells)] if len(cells) < n_cells else str(n_cells + 1)
            found = f"has {len(cells)} cell{'s' if len(cells) > 1 else ''}"
            mistakes.add(name, line.number, column, found, f"allowed are {n_cells}, as in the header")
        else:
            yield Line(line.number, cells)


def header_places(lines: list[Line], columns: tuple[Column, ...], name: str, mistakes: Mistakes) -> dict[str, int] | None:
    """Where each column stands [place], None if the header cannot be read; mistakes are noted."""
    header, n = lines[0], mistakes.n
    known = tuple(column.name for column in columns)
    places: dict[str, int] = {}
    for place, cell in enumerate(header.cells[: n_cells_of(header)]):
        column = cell.lower()
        if not column:
            mistakes.add(name, header.number, str(place + 1), "has no name", f"allowed are {', '.join(known)}")
        elif column in places:
            mistakes.add(name, header.number, column, "stands there twice", "allowed is each column once")
        elif column not in known:
            nearest = nearest_names(column, known)[0]
            mistakes.add(name, header.number, shortened(cell), "is unknown", f"the nearest known column is {nearest}")
        places.setdefault(column, place)
    for column in columns:
        if column.name not in places and not column.is_optional:
            found = f"is missing; its values are {column.allowed()}"
            mistakes.add(name, header.number, column.name, found, f"allowed are {', '.join(known)} in any order")
    return places if mistakes.n == n else None
