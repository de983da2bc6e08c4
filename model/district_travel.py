"""How long does one travel from each community to each provider, if the planner says so?

travel.csv is a matrix: a line for each community, a column for each provider, minutes from door to door. Both are found by
name, in any order; none may be missing.
"""

from pathlib import Path

from model.district_columns import COMMUNITIES, MINUTES, PROVIDERS, TRAVEL, CellError, read_cell
from model.district_file import LARGEST_MATRIX, Line, fitting_lines, n_cells_of, read_lines
from model.district_mistakes import Mistakes
from model.refusal import shortened
from model.settings import nearest_names

CORNER = "community"

Cell = tuple[int, str, str]  # line, column, what stands there


def read_travel(path: Path, communities: list[str], providers: list[str], mistakes: Mistakes) -> list[list[float]] | None:
    """Minutes in the order of the two lists of names, None if the matrix has a mistake; mistakes are noted."""
    n = mistakes.n
    lines = read_lines(path, LARGEST_MATRIX, mistakes)
    if not lines:
        return None
    top, header = lines[0].number, lines[0].cells[: n_cells_of(lines[0])]
    if header[0].lower() != CORNER:
        mistakes.add(TRAVEL, top, "1", f"is {shortened(header[0])}", f"allowed is {CORNER}, then the providers' names")
    named = [(top, str(place + 2), name) for place, name in enumerate(header[1:])]
    columns = _places(named, providers, PROVIDERS, mistakes)
    for name in _missing(providers, columns):
        mistakes.add(TRAVEL, top, name, "is missing", f"allowed is a column for every provider of {PROVIDERS}")
    if mistakes.n > n:
        return None
    body = list(fitting_lines(lines, TRAVEL, mistakes))
    rows = _places([(line.number, CORNER, line.cells[0]) for line in body], communities, COMMUNITIES, mistakes)
    for name in _missing(communities, rows) if mistakes.n == n else ():
        found, allowed = f"{shortened(name)} is missing", f"allowed is a line for every community of {COMMUNITIES}"
        mistakes.add(TRAVEL, body[-1].number + 1 if body else top + 1, CORNER, found, allowed)
    read = [_minutes(line, header, mistakes) for line in body]
    if mistakes.n > n:
        return None
    return [[read[rows[key]][columns[other]] for other in map(_key, providers)] for key in map(_key, communities)]


def _key(name: str) -> str:
    return name.casefold()


def _places(cells: list[Cell], names: list[str], source: str, mistakes: Mistakes) -> dict[str, int]:
    """Where each name stands [place]; what is no name of the source, or stands there twice, is noted."""
    known, found = {_key(name): name for name in names}, dict[str, int]()
    for place, (line, column, name) in enumerate(cells):
        if not name:
            mistakes.add(TRAVEL, line, column, "has no name", f"allowed is a name of {source}")
        elif _key(name) in found:
            mistakes.add(TRAVEL, line, column, f"{shortened(name)} stands there twice", "allowed is each name once")
        elif _key(name) not in known:
            nearest = shortened(nearest_names(name, names)[0])
            mistakes.add(TRAVEL, line, column, f"{shortened(name)} is no name of {source}", f"the nearest name is {nearest}")
        found.setdefault(_key(name), place)
    return found


def _missing(names: list[str], places: dict[str, int]) -> list[str]:
    return [name for name in names if _key(name) not in places]


def _minutes(line: Line, header: tuple[str, ...], mistakes: Mistakes) -> list[float]:
    """The minutes of one line, in the order of its columns; a cell that cannot be read is noted."""
    found = []
    for name, text in zip(header[1:], line.cells[1:], strict=True):
        try:
            found.append(float(read_cell(MINUTES, text) or 0.0))
        except CellError as error:
            mistakes.add(TRAVEL, line.number, name, error.found, error.allowed)
    return found
