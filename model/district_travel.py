"""How long does one travel from each community to each provider, if the planner says so?

travel.csv is a matrix: a line for each community, a column for each provider, minutes from door to door. Both are found by
name, in any order; none may be missing.
"""

from model.district_cells import CellError, cleaned, key_of, read_cell
from model.district_columns import COMMUNITIES, MINUTES, PROVIDERS
from model.district_file import LARGEST_MATRIX, Line, Source, fitting_lines, n_cells_of, read_lines
from model.district_mistakes import Mistakes
from model.district_names import word_of
from model.refusal import Phrase, phrase, shortened
from model.settings import nearest_names

CORNER = "community"

Cell = tuple[int, str, str]  # line, column, what stands there


def read_travel(source: Source, communities: list[str], providers: list[str], mistakes: Mistakes) -> list[list[float]] | None:
    """Minutes in the order of the two lists of names, None if the matrix has a mistake; mistakes are noted."""
    n, file = mistakes.n, source.name
    lines = read_lines(source, LARGEST_MATRIX, (CORNER,), mistakes)
    if not lines:
        return None
    top, header = lines[0].number, lines[0].cells[: n_cells_of(lines[0])]
    if word_of(header[0], (CORNER,)) is None:
        allowed = phrase("allowed is {corner}, then the providers' names", corner=CORNER)
        mistakes.add(file, top, "1", phrase("is {value}", value=shortened(header[0])), allowed)
    named = [(top, str(place + 2), cleaned(name)) for place, name in enumerate(header[1:])]
    columns = _places(file, named, providers, PROVIDERS, mistakes)
    for name in _missing(providers, columns):
        allowed = phrase("allowed is a column for every provider of {file}", file=PROVIDERS)
        mistakes.add(file, top, name, phrase("is missing"), allowed)
    if mistakes.n > n:
        return None
    body = list(fitting_lines(lines, file, mistakes))
    rows = _places(file, [(line.number, CORNER, cleaned(line.cells[0])) for line in body], communities, COMMUNITIES, mistakes)
    for name in _missing(communities, rows) if mistakes.n == n else ():
        allowed = phrase("allowed is a line for every community of {file}", file=COMMUNITIES)
        last = body[-1].number + 1 if body else top + 1
        mistakes.add(file, last, CORNER, phrase("{value} is missing", value=shortened(name)), allowed)
    read = [_minutes(file, line, header, mistakes) for line in body]
    if mistakes.n > n:
        return None
    return [[read[rows[key]][columns[other]] for other in map(key_of, providers)] for key in map(key_of, communities)]


def _places(file: str, cells: list[Cell], names: list[str], source: str, mistakes: Mistakes) -> dict[str, int]:
    """Where each name stands [place]; what is no name of the source, or stands there twice, is noted."""
    known, found = {key_of(name): name for name in names}, dict[str, int]()
    for place, (line, column, name) in enumerate(cells):
        key = key_of(name)
        if not name:
            mistakes.add(file, line, column, phrase("has no name"), phrase("allowed is a name of {file}", file=source))
        elif key in found:
            said = phrase("{value} stands there twice", value=shortened(name))
            mistakes.add(file, line, column, said, phrase("allowed is each name once"))
        elif key not in known:
            said = phrase("{value} is no name of {file}", value=shortened(name), file=source)
            mistakes.add(file, line, column, said, _instead_of(name, names, source))
        found.setdefault(key, place)
    return found


def _instead_of(name: str, names: list[str], source: str) -> Phrase:
    """What is allowed in the place of a name that nobody has: the nearest, if one is near."""
    if near := nearest_names(name, names):
        return phrase("the nearest name is {name}", name=shortened(near[0]))
    return phrase("allowed is a name of {file}", file=source)


def _missing(names: list[str], places: dict[str, int]) -> list[str]:
    return [name for name in names if key_of(name) not in places]


def _minutes(file: str, line: Line, header: tuple[str, ...], mistakes: Mistakes) -> list[float]:
    """The minutes of one line, in the order of its columns; a cell that cannot be read is noted."""
    found = []
    for name, text in zip(header[1:], line.cells[1:], strict=True):
        try:
            found.append(float(read_cell(MINUTES, text) or 0.0))
        except CellError as error:
            mistakes.add(file, line.number, name, error.found, error.allowed)
    return found
