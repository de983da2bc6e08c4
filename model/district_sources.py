"""Where in a planner's folder does each table of the district stand?

A file communities.csv or communities.xlsx, capitals or not, the Chinese names too; else a sheet of that name in a workbook of
the folder. What no person put there is passed over without a word: names that begin with a dot (macOS writes ._communities.csv
beside a table on a USB stick), the locks of an open spreadsheet (~$...), backups, what Windows keeps of a folder. A file
that is almost called like a table, and would be passed over, is a mistake.
"""

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

from model.district_columns import FILES
from model.district_file import Source
from model.district_mistakes import Mistakes
from model.district_names import table_of
from model.refusal import phrase, shortened

ENDINGS = (".csv", ".xlsx")
TABLES, ALMOST = (".csv", ".tsv", ".txt", ".xls", ".xlsx", ".xlsm", ".xlsb", ".ods", ".numbers"), 0.75
MOST_WORKBOOKS = 5
STEMS = {Path(name).stem: name for name in FILES}


def is_of_a_person(name: str) -> bool:
    """[bool] Whether a person put a file of this name there, and no program for itself."""
    return (
        not name.startswith((".", "~$", "~", "__MACOSX"))
        and not name.endswith("~")
        and name.lower() not in ("thumbs.db", "desktop.ini")
    )


def sources_of(folder: Path, mistakes: Mistakes) -> dict[str, Source]:
    """The place of each table by its English name, as far as there is one; what is there twice or misnamed is noted."""
    paths = [path for path in sorted(folder.iterdir()) if is_of_a_person(path.name)]
    named: dict[str, list[Path]] = {name: [] for name in FILES}
    for path in paths:
        if path.suffix.lower() not in TABLES:
            continue
        table = table_of(path.stem)
        if table is not None and path.suffix.lower() in ENDINGS:
            named[f"{table}.csv"].append(path)
        elif near := _almost(path, table):
            allowed = phrase("allowed are {names}; the nearest is {name}", names=", ".join(FILES), name=STEMS[near])
            mistakes.add(shortened(path.name), 0, "", phrase("is not read"), allowed)
    found = {name: _one_of(name, there, mistakes) for name, there in named.items() if there}
    return found | {name: source for name, source in _in_workbooks(paths, found).items() if name not in found}


def _almost(path: Path, table: str | None) -> str:
    """The table that a file's name means, if it is spelt almost like one or has an ending that cannot be read."""
    if table is not None:
        return table
    near = get_close_matches(path.stem.lower(), STEMS, n=1, cutoff=ALMOST)
    return near[0] if near else ""


def _one_of(name: str, paths: Sequence[Path], mistakes: Mistakes) -> Source:
    exact = [path for path in paths if path.name == name]
    if len(paths) > 1:
        there = ", ".join(path.name for path in paths)
        mistakes.add(
            name,
            0,
            "",
            phrase("is there as {names}", names=shortened(there)),
            phrase("allowed is one of them; take the others out"),
        )
    path = (exact or list(paths))[0]
    if path.suffix.lower() != ".xlsx":
        return Source(path.name, path)
    from model.district_workbook import tables_of

    return Source(path.name, path, tables_of(path).get(Path(name).stem))


def _in_workbooks(paths: Sequence[Path], found: dict[str, Source]) -> dict[str, Source]:
    """The tables that stand in a sheet of their name, of the first workbook that has it; looked for if one of two is missing."""
    workbooks = [path for path in paths if path.suffix.lower() == ".xlsx" and table_of(path.stem) is None]
    if not workbooks or (FILES[0] in found and FILES[1] in found):
        return {}
    from model.district_workbook import tables_of

    sheets: dict[str, Source] = {}
    for path in workbooks[:MOST_WORKBOOKS]:
        for table, sheet in tables_of(path).items():
            sheets.setdefault(f"{table}.csv", Source(f"{path.name} [{sheet}]", path, sheet))
    return sheets
