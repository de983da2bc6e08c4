"""Do the files of a district say what a world can be built from, and if not, where not?

Every file is read as far as it can be, so that all mistakes are found at once: first the cells, then what the lines of a
file say together, last what the files say about each other.
"""

from collections.abc import Callable, Iterator
from difflib import get_close_matches
from pathlib import Path

from agents.centre.record import ALLIANCE_HOSPITAL, CENTRE, CLINIC, SITE_KINDS
from agents.units import FEN_PER_YUAN
from model.district import Community, District, Provider
from model.district_columns import (
    COLUMNS,
    COMMUNITIES,
    PROVIDERS,
    TRAVEL,
    YES,
    CellError,
    Value,
    read_cell,
)
from model.district_file import LARGEST_FILE, fitting_lines, header_places, read_lines
from model.district_mistakes import Mistakes
from model.district_travel import read_travel
from model.parameters import declarations
from model.refusal import number, shortened

Row = tuple[int, dict[str, Value]]  # the line of the file, the values of its cells by column
MOST_DOCTORS = 5_000
FILES = (COMMUNITIES, PROVIDERS, TRAVEL)
TABLES, ALMOST = (".csv", ".tsv", ".txt", ".xls", ".xlsx", ".ods"), 0.75
ALLOWED_FOLDER = "allowed is a folder with communities.csv and providers.csv, see 'alliance new-district'"


def load_district(folder: Path, shown: str = "") -> District:
    """The district of a folder; raises ScenarioError with the first mistake and the number of the others."""
    district, mistakes = check_district(folder)
    mistakes.refuse(shown or folder.name)
    assert district is not None  # noqa: S101  (no mistake, so there is one)
    return district


def _is_folder(folder: Path) -> bool:
    try:
        return folder.is_dir()
    except OSError:  # a name that no file system takes
        return False


def check_district(folder: Path) -> tuple[District | None, Mistakes]:
    """The district of a folder, None if it has mistakes; and all of them."""
    mistakes = Mistakes()
    if not _is_folder(folder):
        mistakes.add(shortened(folder.name or str(folder)), 0, "", "no such folder", ALLOWED_FOLDER)
        return None, mistakes
    _check_names_of_files(folder, mistakes)
    communities = _read_table(folder, COMMUNITIES, _check_community, mistakes)
    providers = _read_table(folder, PROVIDERS, _check_provider, mistakes)
    if communities is not None:
        _check_children(communities, mistakes)
    if providers is not None:
        _check_kinds(providers, mistakes)
    minutes = None
    if (folder / TRAVEL).exists() and communities is not None and providers is not None:
        names = [[str(values["name"]) for _, values in rows] for rows in (communities, providers)]
        minutes = read_travel(folder / TRAVEL, names[0], names[1], mistakes)
    if mistakes.n or communities is None or providers is None:
        return None, mistakes
    return _district(communities, providers, minutes), mistakes


def _check_names_of_files(folder: Path, mistakes: Mistakes) -> None:
    """A table that is almost called as one of the three would be passed over without a word."""
    stems = {Path(name).stem: name for name in FILES}
    for path in sorted(folder.glob("*")):
        if path.name in FILES or path.suffix.lower() not in TABLES:
            continue
        if nearest := get_close_matches(path.stem.lower(), stems, n=1, cutoff=ALMOST):
            allowed = f"allowed are {', '.join(FILES)}; the nearest is {stems[nearest[0]]}"
            mistakes.add(shortened(path.name), 0, "", "is not read", allowed)


def _read_table(
    folder: Path, name: str, check: Callable[[int, dict[str, Value], Mistakes], None], mistakes: Mistakes
) -> list[Row] | None:
    """The rows of a table, None unless every cell can be read."""
    n, columns = mistakes.n, COLUMNS[name]
    lines = read_lines(folder / name, LARGEST_FILE, mistakes)
    places = header_places(lines, columns, name, mistakes) if lines else None
    if places is None:
        return None
    rows: list[Row] = []
    for line in fitting_lines(lines, name, mistakes):
        before, values = mistakes.n, dict[str, Value]()
        for column in columns:
            try:
                values[column.name] = read_cell(column, line.cells[places[column.name]]) if column.name in places else None
            except CellError as error:
                mistakes.add(name, line.number, column.name, error.found, error.allowed)
        if mistakes.n == before:
            check(line.number, values, mistakes)
        rows.append((line.number, values))
    _check_repeated_names(name, rows, mistakes)
    if not rows and mistakes.n == n:
        mistakes.add(name, 2, "name", "has no line below the header", f"allowed is at least one {_one_of(name)}")
    return rows if mistakes.n == n else None


def _one_of(name: str) -> str:
    return "community" if name == COMMUNITIES else "provider"


def _check_repeated_names(name: str, rows: list[Row], mistakes: Mistakes) -> None:
    first: dict[str, int] = {}
    for line, values in rows:
        if "name" not in values:
            continue
        key = str(values["name"]).casefold()
        if key in first:
            found = f"is {shortened(values['name'])}, as in line {first[key]}"
            mistakes.add(name, line, "name", found, "allowed is each name once, capitals or not")
        first.setdefault(key, line)


def _check_community(line: int, values: dict[str, Value], mistakes: Mistakes) -> None:
    if not _children_of(values):
        found = "is 0, as the other two: nobody lives here"
        mistakes.add(COMMUNITIES, line, "children_0_4", found, "allowed is at least one child; else take the line out")


def _children_of(values: dict[str, Value]) -> int:
    return sum(int(values[name] or 0) for name in ("children_0_4", "children_5_9", "children_10_14"))


def _check_provider(line: int, values: dict[str, Value], mistakes: Mistakes) -> None:
    kind = SITE_KINDS.index(str(values["kind"]))
    place = f"at {'an' if SITE_KINDS[kind][0] in 'aeiou' else 'a'} {SITE_KINDS[kind]}"
    problems = _problems_of_hospital(values) if kind > CLINIC else _problems_of_doctors(values)
    for column, allowed in problems:
        mistakes.add(PROVIDERS, line, column, f"is {values[column]} {place}", allowed)
    if kind != CENTRE and values["separate"] == YES:
        allowed = "allowed is no: only a centre can be under separate revenue and expenditure"
        mistakes.add(PROVIDERS, line, "separate", f"is {values['separate']} {place}", allowed)


def _problems_of_hospital(values: dict[str, Value]) -> Iterator[tuple[str, str]]:
    """Column and what is allowed, for each number that a hospital does not have."""
    if values["doctors"]:
        yield "doctors", "allowed is 0: hospitals have no family doctors, and their capacity is a parameter (hospital.admit)"
    for column in ("certified", "candidates"):
        if values[column]:
            yield column, "allowed is 0: only family doctors of centres and clinics sit the examination"


def _problems_of_doctors(values: dict[str, Value]) -> Iterator[tuple[str, str]]:
    """Column and what is allowed, for each number of doctors that cannot be."""
    doctors, certified = int(_number(values["doctors"])), int(_number(values["certified"]))
    candidates = doctors if values["candidates"] is None else int(_number(values["candidates"]))
    if not doctors:
        yield "doctors", "allowed is from 1: without a doctor nobody is seen"
    elif candidates > doctors:
        yield "candidates", f"allowed are at most the {doctors} of column doctors, or nothing"
    elif certified > candidates:
        column = "doctors" if values["candidates"] is None else "candidates"
        yield "certified", f"allowed are at most the {candidates} of column {column}"


def _lines(rows: list[Row]) -> str:
    first, last = rows[0][0], rows[-1][0]
    return f"{first} to {last}" if last > first else str(first)


def _check_children(rows: list[Row], mistakes: Mistakes) -> None:
    declared, n = declarations()["population.n_children"], sum(_children_of(values) for _, values in rows)
    if not declared.low <= n <= declared.high:
        found = f"{number(n)} children in all"
        allowed = f"allowed are from {number(declared.low)} to {number(declared.high)}"
        mistakes.add(COMMUNITIES, _lines(rows), "children_0_4", found, allowed)


def _check_kinds(rows: list[Row], mistakes: Mistakes) -> None:
    kinds = [str(values["kind"]) for _, values in rows]
    centre, alliance = SITE_KINDS[CENTRE], SITE_KINDS[ALLIANCE_HOSPITAL]
    if centre not in kinds:
        mistakes.add(PROVIDERS, _lines(rows), "kind", f"no {centre}", f"allowed is at least one {centre}")
    if alliance not in kinds:
        mistakes.add(PROVIDERS, _lines(rows), "kind", f"no {alliance}", f"allowed is exactly one {alliance}")
    at = [line for (line, _), kind in zip(rows, kinds, strict=True) if kind == alliance]
    for line in at[1:]:
        mistakes.add(PROVIDERS, line, "kind", f"is a second {alliance}, after line {at[0]}", f"allowed is exactly one {alliance}")
    n_doctors = sum(int(values["doctors"] or 0) for _, values in rows)
    if n_doctors > MOST_DOCTORS:
        mistakes.add(PROVIDERS, _lines(rows), "doctors", f"{n_doctors:,} doctors in all", f"allowed are at most {MOST_DOCTORS:,}")


def _district(communities: list[Row], providers: list[Row], minutes: list[list[float]] | None) -> District:
    """The district: providers by kind, minutes in their order."""
    listed = [_provider(row, values) for row, (_, values) in enumerate(providers)]
    by_kind = sorted(listed, key=lambda provider: provider.kind)
    matrix = None if minutes is None else tuple(tuple(line[provider.row] for provider in by_kind) for line in minutes)
    return District(tuple(_community(values) for _, values in communities), tuple(by_kind), matrix)


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
