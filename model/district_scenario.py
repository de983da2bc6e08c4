"""Which district does a scenario name, and what may it then no longer set?

    [district]
    folder = "."

The folder lies in the scenario's own folder, like what it extends. What the files say, no scenario may say again.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from model.district import District
from model.district_check import load_district
from model.refusal import ScenarioError, phrase, shortened
from model.settings import flatten

TABLE, FOLDER = "district", "folder"
ALLOWED = phrase('allowed is folder = a folder of the scenario\'s own folder, such as "."')


def named_district(chain: Iterable[tuple[Path, Mapping[str, Any]]], folder: Path) -> District | None:
    """The district that the last of these files to name one names, None if none does; raises ScenarioError."""
    found: Path | None = None
    for file, tables in chain:
        if TABLE in tables:
            found = _folder_of(tables[TABLE], file, folder)
    return None if found is None else load_district(found)


def _folder_of(table: object, file: Path, folder: Path) -> Path:
    if not isinstance(table, Mapping):
        found = phrase("{key} is {value}", key=TABLE, value=shortened(table))
        raise ScenarioError(file.name, found, phrase("allowed is a table [{table}] with {key} = ...", table=TABLE, key=FOLDER))
    for key in table:
        if key != FOLDER:
            found = phrase("unknown key {key}", key=shortened(f"{TABLE}.{key}"))
            raise ScenarioError(file.name, found, phrase("the only known key is {key}", key=f"{TABLE}.{FOLDER}"))
    if FOLDER not in table:
        raise ScenarioError(file.name, phrase("{table} has no {key}", table=TABLE, key=FOLDER), ALLOWED)
    text = table[FOLDER]
    problem = None if isinstance(text, str) else phrase("is no text")
    if problem is None and not str(text).strip():
        problem = phrase("is empty")
    if problem is None and Path(str(text)).is_absolute():
        problem = phrase("is an absolute path")
    if problem is None:
        try:
            path = (file.parent / str(text)).resolve()
        except (OSError, ValueError, RuntimeError):
            path, problem = folder, phrase("is no path")
        if problem is None and path.is_relative_to(folder):
            return path
    values = {"key": f"{TABLE}.{FOLDER}", "value": shortened(text), "problem": problem or phrase("leaves the folder")}
    raise ScenarioError(file.name, phrase("{key} is {value}, which {problem}", **values), ALLOWED)


def check_left_to_files(settings: Iterable[str], district: District | None, where: str) -> None:
    """Refuse a setting of what the district's files say; raises ScenarioError."""
    of_files = () if district is None else district.keys_of_files()
    for key in settings:
        if key in of_files:
            found = phrase("{key} follows from the files of the district", key=key)
            raise ScenarioError(where, found, phrase("allowed is to change them, not this"))


def settings_after(
    chain: Iterable[tuple[Path, Mapping[str, Any]]], other_names: tuple[str, ...]
) -> Iterable[tuple[str, list[str]]]:
    """The settings of the file that first names a district and of those that extend it, by file."""
    is_named = False
    for file, tables in chain:
        is_named = is_named or TABLE in tables
        if is_named:
            yield file.name, list(flatten({name: value for name, value in tables.items() if name not in other_names}, file.name))
