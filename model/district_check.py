"""Do the files of a district say what a world can be built from, and if not, where not?

Every file is read as far as it can be, so that all mistakes are found at once: first the cells, then what the lines of a
file say together, last what the files say about each other.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from agents.centre.record import ALLIANCE_HOSPITAL, CENTRE, CLINIC, SITE_KINDS
from agents.units import FEN_PER_YUAN
from model.district import Community, District, Provider
from model.district_cells import CellError, Value, key_of, read_cell
from model.district_columns import COLUMNS, COMMUNITIES, PROVIDERS, TRAVEL, YES, Column
from model.district_file import LARGEST_FILE, Line, Source, fitting_lines, header_places, read_lines
from model.district_mistakes import Mistakes
from model.district_names import is_total
from model.district_sources import sources_of
from model.district_travel import read_travel
from model.parameters import declarations
from model.refusal import Phrase, number, phrase, shortened
from model.typed import typed

Row = tuple[int, dict[str, Value]]  # the line of the file, the values of its cells by column
Check = Callable[[str, int, dict[str, Value], Mistakes], None]
MOST_DOCTORS = 5_000
ALLOWED_FOLDER = phrase("allowed is a folder with communities.csv and providers.csv, see 'alliance new-district'")


def load_district(folder: Path, shown: str = "") -> District:
    """The district of a folder; raises DistrictError with all its mistakes, which names the folder as `shown`."""
    district, mistakes = check_district(folder)
    mistakes.refuse(typed(shown or _from_here(folder)))
    assert district is not None  # noqa: S101  (no mistake, so there is one)
    return district


def _from_here(folder: Path) -> str:
    """How a command line reaches a folder."""
    here = Path.cwd()
    return str(folder.relative_to(here)) if folder.is_relative_to(here) else str(folder)


def _is_folder(folder: Path) -> bool:
    try:
        return folder.is_dir()
    except OSError:  # a name that no file system takes
        return False


def check_district(folder: Path) -> tuple[District | None, Mistakes]:
    """The district of a folder, None if it has mistakes; and all of them."""
    mistakes = Mistakes()
    if not _is_folder(folder):
        mistakes.add(shortened(folder.name or str(folder)), 0, "", phrase("no such folder"), ALLOWED_FOLDER)
        return None, mistakes
    try:
        sources = sources_of(folder, mistakes)
    except OSError as error:
        found = phrase("cannot be read ({reason})", reason=error.strerror or "")
        mistakes.add(shortened(folder.name), 0, "", found, ALLOWED_FOLDER)
        return None, mistakes
    communities = _read_table(COMMUNITIES, _source(sources, folder, COMMUNITIES), _check_community, mistakes)
    providers = _read_table(PROVIDERS, _source(sources, folder, PROVIDERS), _check_provider, mistakes)
    if communities is not None:
        _check_children(_source(sources, folder, COMMUNITIES).name, communities, mistakes)
    if providers is not None:
        _check_kinds(_source(sources, folder, PROVIDERS).name, providers, mistakes)
    minutes = None
    if TRAVEL in sources and communities is not None and providers is not None:
        names = [[str(values["name"]) for _, values in rows] for rows in (communities, providers)]
        minutes = read_travel(sources[TRAVEL], names[0], names[1], mistakes)
    if mistakes.n or communities is None or providers is None:
        return None, mistakes
    return _district(communities, providers, minutes, mistakes.remarks), mistakes


def _source(sources: dict[str, Source], folder: Path, name: str) -> Source:
    """Where a table stands, or where it is missed."""
    return sources.get(name) or Source(name, folder / name)


def _read_table(table: str, source: Source, check: Check, mistakes: Mistakes) -> list[Row] | None:
    """The rows of a table, None unless every cell can be read."""
    n, columns, name = mistakes.n, COLUMNS[table], source.name
    lines = read_lines(source, LARGEST_FILE, tuple(column.name for column in columns), mistakes)
    places = header_places(lines, columns, name, mistakes) if lines else None
    if places is None:
        return None
    rows: list[Row] = []
    for line in fitting_lines(lines, name, mistakes):
        if _adds_up(line, places):
            said = "line {line} of {file}, {name}, adds up the others and was passed over"
            mistakes.remark(phrase(said, line=line.number, file=name, name=shortened(line.cells[places["name"]])))
            continue
        before, values = mistakes.n, _values(name, line, columns, places, mistakes)
        if mistakes.n == before:
            check(name, line.number, values, mistakes)
        rows.append((line.number, values))
    _check_repeated_names(name, rows, mistakes)
    if not rows and mistakes.n == n:
        allowed = (
            phrase("allowed is at least one community") if table == COMMUNITIES else phrase("allowed is at least one provider")
        )
        mistakes.add(name, 2, "name", phrase("has no line below the header"), allowed)
    return rows if mistakes.n == n else None


def _adds_up(line: Line, places: dict[str, int]) -> bool:
    """[bool] Whether a line is a total, which stands nowhere."""
    return is_total(line.cells[places["name"]]) and not any(line.cells[places[column]] for column in ("x_km", "y_km"))


def _values(name: str, line: Line, columns: tuple[Column, ...], places: dict[str, int], mistakes: Mistakes) -> dict[str, Value]:
    """What the cells of a line say, by column; a cell that cannot be read is noted and left out."""
    values = dict[str, Value]()
    for column in columns:
        try:
            values[column.name] = read_cell(column, line.cells[places[column.name]]) if column.name in places else None
        except CellError as error:
            mistakes.add(name, line.number, column.name, error.found, error.allowed)
    return values


def _check_repeated_names(name: str, rows: list[Row], mistakes: Mistakes) -> None:
    first: dict[str, int] = {}
    for line, values in rows:
        if "name" not in values:
            continue
        key = key_of(str(values["name"]))
        if key in first:
            found = phrase("is {value}, as in line {line}", value=shortened(values["name"]), line=first[key])
            mistakes.add(name, line, "name", found, phrase("allowed is each name once, capitals or not"))
        first.setdefault(key, line)


def _check_community(name: str, line: int, values: dict[str, Value], mistakes: Mistakes) -> None:
    if not _children_of(values):
        found = phrase("is 0, as the other two: nobody lives here")
        mistakes.add(name, line, "children_0_4", found, phrase("allowed is at least one child; else take the line out"))


def _children_of(values: dict[str, Value]) -> int:
    return sum(int(values[name] or 0) for name in ("children_0_4", "children_5_9", "children_10_14"))


def _check_provider(name: str, line: int, values: dict[str, Value], mistakes: Mistakes) -> None:
    kind = SITE_KINDS.index(str(values["kind"]))
    problems = _problems_of_hospital(values) if kind > CLINIC else _problems_of_doctors(values)
    for column, allowed in problems:
        mistakes.add(name, line, column, _at(values[column], kind), allowed)
    if kind != CENTRE and values["separate"] == YES:
        allowed = phrase("allowed is no: only a centre can be under separate revenue and expenditure")
        mistakes.add(name, line, "separate", _at(values["separate"], kind), allowed)


def _at(value: Value, kind: int) -> Phrase:
    """What stands in a line of a kind of provider."""
    name = SITE_KINDS[kind]
    return (
        phrase("is {value} at an {kind}", value=value, kind=name)
        if name[0] in "aeiou"
        else phrase("is {value} at a {kind}", value=value, kind=name)
    )


def _problems_of_hospital(values: dict[str, Value]) -> Iterator[tuple[str, Phrase]]:
    """Column and what is allowed, for each number that a hospital does not have."""
    if values["doctors"]:
        said = "allowed is 0: hospitals have no family doctors, and their capacity is a parameter (hospital.admit)"
        yield "doctors", phrase(said)
    for column in ("certified", "candidates"):
        if values[column]:
            yield column, phrase("allowed is 0: only family doctors of centres and clinics sit the examination")


def _problems_of_doctors(values: dict[str, Value]) -> Iterator[tuple[str, Phrase]]:
    """Column and what is allowed, for each number of doctors that cannot be."""
    doctors, certified = int(_number(values["doctors"])), int(_number(values["certified"]))
    candidates = doctors if values["candidates"] is None else int(_number(values["candidates"]))
    if not doctors:
        yield "doctors", phrase("allowed is from 1: without a doctor nobody is seen")
    elif candidates > doctors:
        yield "candidates", phrase("allowed are at most the {n} of column doctors, or nothing", n=doctors)
    elif certified > candidates:
        column = "doctors" if values["candidates"] is None else "candidates"
        yield "certified", phrase("allowed are at most the {n} of column {column}", n=candidates, column=column)


def _lines(rows: list[Row]) -> str:
    first, last = rows[0][0], rows[-1][0]
    return f"{first} to {last}" if last > first else str(first)


def _check_children(name: str, rows: list[Row], mistakes: Mistakes) -> None:
    declared, n = declarations()["population.n_children"], sum(_children_of(values) for _, values in rows)
    if not declared.low <= n <= declared.high:
        allowed = phrase("allowed are from {low} to {high}", low=number(declared.low), high=number(declared.high))
        mistakes.add(name, _lines(rows), "children_0_4", phrase("{n} children in all", n=number(n)), allowed)


def _check_kinds(name: str, rows: list[Row], mistakes: Mistakes) -> None:
    kinds = [str(values["kind"]) for _, values in rows]
    centre, alliance = SITE_KINDS[CENTRE], SITE_KINDS[ALLIANCE_HOSPITAL]
    one = phrase("allowed is exactly one {kind}", kind=alliance)
    if centre not in kinds:
        mistakes.add(
            name, _lines(rows), "kind", phrase("no {kind}", kind=centre), phrase("allowed is at least one {kind}", kind=centre)
        )
    if alliance not in kinds:
        mistakes.add(name, _lines(rows), "kind", phrase("no {kind}", kind=alliance), one)
    at = [line for (line, _), kind in zip(rows, kinds, strict=True) if kind == alliance]
    for line in at[1:]:
        mistakes.add(name, line, "kind", phrase("is a second {kind}, after line {line}", kind=alliance, line=at[0]), one)
    n_doctors = sum(int(values["doctors"] or 0) for _, values in rows)
    if n_doctors > MOST_DOCTORS:
        allowed = phrase("allowed are at most {n}", n=f"{MOST_DOCTORS:,}")
        mistakes.add(name, _lines(rows), "doctors", phrase("{n} doctors in all", n=f"{n_doctors:,}"), allowed)


def _district(communities: list[Row], providers: list[Row], minutes: list[list[float]] | None, remarks: list[Phrase]) -> District:
    """The district: providers by kind, minutes in their order."""
    listed = [_provider(row, values) for row, (_, values) in enumerate(providers)]
    by_kind = sorted(listed, key=lambda provider: provider.kind)
    matrix = None if minutes is None else tuple(tuple(line[provider.row] for provider in by_kind) for line in minutes)
    return District(tuple(_community(values) for _, values in communities), tuple(by_kind), matrix, tuple(remarks))


def _number(value: Value) -> float:
    return float(value or 0)


def _community(values: dict[str, Value]) -> Community:
    young, middle, old = (int(_number(values[f"children_{ages}"])) for ages in ("0_4", "5_9", "10_14"))
    income = _number(values["mean_income_yuan"])
    return Community(str(values["name"]), _number(values["x_km"]), _number(values["y_km"]), (young, middle, old), income)


def _provider(row: int, values: dict[str, Value]) -> Provider:
    doctors = int(_number(values["doctors"]))
    candidates = doctors if values["candidates"] is None else int(_number(values["candidates"]))
    return Provider(
        str(values["name"]), SITE_KINDS.index(str(values["kind"])), _number(values["x_km"]), _number(values["y_km"]), doctors,
        candidates, round(_number(values["fee_yuan"]) * FEN_PER_YUAN), int(_number(values["certified"])),
        int(values["separate"] == YES), row,
    )  # fmt: skip
