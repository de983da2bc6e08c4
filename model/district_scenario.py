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
from model.refusal import ScenarioError, shortened
from model.settings import flatten

TABLE, FOLDER = "district", "folder"
ALLOWED = 'allowed is folder = a folder of the scenario\'s own folder, such as "."'


def named_district(chain: Iterable[tuple[Path, Mapping[str, Any]]], folder: Path) -> District | None:
    """The district that the last of these files to name one names, None if none does; raises ScenarioError."""
    found: Path | None = None
    for file, tables in chain:
        if TABLE in tables:
            found = _folder_of(tables[TABLE], file, folder)
    return None if found is None else load_district(found)


def _folder_of(table: object, file: Path, folder: Path) -> Path:
    if not isinstance(table, Mapping):
        raise ScenarioError(file.name, f"{TABLE} is {shortened(table)}", f"allowed is a table [{TABLE}] with {FOLDER} = ...")
    for key in table:
        if key != FOLDER:
            raise ScenarioError(file.name, f"unknown key {shortened(f'{TABLE}.{key}')}", f"the only known key is {TABLE}.{FOLDER}")
    if FOLDER not in table:
        raise ScenarioError(file.name, f"{TABLE} has no {FOLDER}", ALLOWED)
    text = table[FOLDER]
    problem = "" if isinstance(text, str) else "is no text"
    if not problem and not str(text).strip():
        problem = "is empty"
    if not problem and Path(str(text)).is_absolute():
        problem = "is an absolute path"
    if not problem:
        try:
            path = (file.parent / str(text)).resolve()
        except (OSError, ValueError, RuntimeError):
            path, problem = folder, "is no path"
        if not problem and path.is_relative_to(folder):
            return path
    raise ScenarioError(file.name, f"{TABLE}.{FOLDER} is {shortened(text)}, which {problem or 'leaves the folder'}", ALLOWED)


def check_left_to_files(settings: Iterable[str], district: District | None, where: str) -> None:
    """Refuse a setting of what the district's files say; raises ScenarioError."""
    of_files = () if district is None else district.keys_of_files()
    for key in settings:
        if key in of_files:
            raise ScenarioError(where, f"{key} follows from the files of the district", "allowed is to change them, not this")


def settings_after(
    chain: Iterable[tuple[Path, Mapping[str, Any]]], other_names: tuple[str, ...]
) -> Iterable[tuple[str, list[str]]]:
    """The settings of the file that first names a district and of those that extend it, by file."""
    is_named = False
    for file, tables in chain:
        is_named = is_named or TABLE in tables
        if is_named:
            yield file.name, list(flatten({name: value for name, value in tables.items() if name not in other_names}, file.name))
