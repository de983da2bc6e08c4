"""May this visitor's own files be a scenario here?

The browser sends names and contents; only plain names that end in .toml, .csv or .xlsx are taken, two megabytes in all. They
are written into a private folder beside a copy of the Library, so that a scenario may extend one of it; everything is read
there, tables of a district included, and the folder is gone before anybody sees the result. Tables without a scenario are
a district under the case's rules. What a program puts beside a person's files is passed over.
"""

from __future__ import annotations

import base64
import binascii
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from dashboard import worlds
from dashboard.refused import looks_odd, mistakes_of
from dashboard.session import Session
from dashboard.worlds import CHILDREN, Base
from experiments.answers.readings import fingerprint_of
from experiments.district_template import BARE_SCENARIO, SCENARIO
from model.district_check import check_district
from model.district_mistakes import DistrictError
from model.district_names import table_of
from model.district_scenario import FOLDER, TABLE
from model.district_sources import is_of_a_person
from model.look import loaded
from model.refusal import LONGEST_LINE, ScenarioError, SeveralError, cut, phrase, printable, shortened
from model.scenario import Scenario
from model.scenario_file import read_toml

MOST_FILES = 20
MOST_BYTES = 2_000_000
MOST_CHILDREN = 100_000
"""A little more than the case has: all visitors share this machine's memory."""
MOST_UPLOADS = 5
"""In one visit: a district of two megabytes stays in memory until the visitor leaves."""

LONGEST_FOLDER = 200
WHERE = "upload"
OWN = "upload-"
LONGEST_NAME_OF_FILE = 255
"""A file's name [bytes], as file systems have it."""
NAME = re.compile(r"[^\W_][\w .()+-]{0,80}\.(?:toml|csv|xlsx)")
SCENARIO_ENDING, TABLE_ENDINGS = ".toml", (".csv", ".xlsx")
NOT_COPIED = shutil.ignore_patterns("posterior", "sweeps", ".*")
ALLOWED_NAMES = phrase("allowed are plain names that end in .toml, .csv or .xlsx")
ALLOWED_FILES = phrase("allowed are 1 to {files} files of {n} bytes in all", files=MOST_FILES, n=f"{MOST_BYTES:,}")
ALLOWED_DOT = phrase('allowed is "."')


class UploadError(SeveralError):
    """Everything that is wrong with a visitor's files, one by one, in one line; no path and no command line of this machine."""

    def __str__(self) -> str:
        """All mistakes, as far as a line has room."""
        listed = [f"{one.where()}: {one.found}; {one.allowed}" for one in mistakes_of(self)]
        return cut(printable(" | ".join(listed)), LONGEST_LINE)


def received(sent: object) -> dict[str, bytes]:
    """Return the files that a browser sent, by name; `sent` is a list of names with contents in base64. Raises ScenarioError."""
    if not isinstance(sent, list) or not 1 <= len(sent) <= MOST_FILES:
        found = phrase("{n} files", n=len(sent) if isinstance(sent, list) else 0)
        raise ScenarioError(WHERE, found, ALLOWED_FILES)
    files: dict[str, bytes] = {}
    n_left = MOST_BYTES
    for one in sent:
        if isinstance(one, Mapping) and isinstance(one.get("name"), str) and is_left_by_a_program(one["name"]):
            continue
        name, content = _received_one(one, n_left)
        if name in files:
            raise ScenarioError(WHERE, phrase("{name} is there twice", name=shortened(name)), phrase("allowed is each name once"))
        files[name] = content
        n_left -= len(content)
    return files


def is_left_by_a_program(name: str) -> bool:
    """[bool] Whether no person made a file of this name: macOS's ._x.csv, the lock ~$x.xlsx of an open spreadsheet."""
    return not is_of_a_person(name) and name.lower().startswith(("._", "~$", ".~lock", ".ds_store", "thumbs.db", "desktop.ini"))


def _received_one(one: object, n_left: int) -> tuple[str, bytes]:
    name, text = (one.get("name"), one.get("content")) if isinstance(one, Mapping) else (None, None)
    if not isinstance(name, str) or not isinstance(text, str):
        raise ScenarioError(WHERE, phrase("is no list of files"), ALLOWED_FILES)
    stem, dot, ending = unicodedata.normalize("NFC", name).rpartition(".")
    name = f"{stem}{dot}{ending.lower()}"
    if not NAME.fullmatch(name) or ".." in name or len(name.encode()) > LONGEST_NAME_OF_FILE:
        raise ScenarioError(WHERE, phrase("the name {name}", name=shortened(name)), ALLOWED_NAMES)
    if len(text) * 3 // 4 > n_left + 2:  # base64 is padded by at most two characters
        raise ScenarioError(WHERE, phrase("the files have more than {n} bytes", n=f"{MOST_BYTES:,}"), ALLOWED_FILES)
    try:
        return name, base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        found = phrase("{name} did not arrive whole", name=shortened(name))
        raise ScenarioError(WHERE, found, phrase("allowed is to choose it once more")) from error


def scenario_of(files: Mapping[str, bytes]) -> Scenario:
    """Return the scenario of a visitor's files; nothing of them stays on disk. Raises UploadError."""
    try:
        scenario = _scenario_of(_with_scenario(files))
    except ScenarioError as error:
        raise UploadError((error,)) from error
    return scenario


def _with_scenario(files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """The files, with a scenario of a few lines if there are only the tables of a district."""
    if any(name.endswith(SCENARIO_ENDING) and not _is_of_library(name, files[name]) for name in files):
        return files
    if any(name.endswith(".xlsx") or table_of(Path(name).stem) is not None for name in files):
        return {**files, SCENARIO: BARE_SCENARIO.encode()}
    return files


def _is_of_library(name: str, content: bytes) -> bool:
    """[bool] Whether a file is one of the Library as it is, such as the case in a template: it is there anyway."""
    path = worlds.SCENARIOS / name
    return path.is_file() and path.read_bytes() == content


def _scenario_of(files: Mapping[str, bytes]) -> Scenario:
    named = [name for name in files if name.endswith(SCENARIO_ENDING) and not _is_of_library(name, files[name])]
    if len(named) != 1:
        found = phrase("{n} scenario files", n=len(named)) if named else phrase("no scenario file")
        raise ScenarioError(WHERE, found, phrase("allowed is one .toml, with the tables of its district if it has one"))
    with tempfile.TemporaryDirectory(prefix="alliance-upload-") as scratch:
        folder = Path(scratch).resolve() / "scenarios"
        shutil.copytree(worlds.SCENARIOS, folder, ignore=NOT_COPIED)
        path = folder / named[0]
        path.write_bytes(files[named[0]])
        place = _put_tables(path, {name: content for name, content in files.items() if name.endswith(TABLE_ENDINGS)})
        try:
            scenario = loaded(path)
        except OSError as error:  # a name that is too long for this system
            found = phrase("names a path that cannot be read ({reason})", reason=error.strerror or "")
            raise ScenarioError(path.name, found, ALLOWED_DOT) from error
        except DistrictError:
            raise
        except ScenarioError as error:
            raise _and_of_tables(error, place) from error
    n_children = int(scenario.values[CHILDREN])
    if n_children > MOST_CHILDREN:
        said = "allowed are {n} here, where visitors share a machine; 'alliance run' on your own takes more"
        found = phrase("has {n} children", n=f"{n_children:,}")
        raise ScenarioError(named[0], found, phrase(said, n=f"{MOST_CHILDREN:,}"))
    return scenario


def _and_of_tables(error: ScenarioError, place: Path | None) -> ScenarioError:
    """What is wrong with a scenario, and with its tables, which were not looked at any more."""
    if place is None:
        return error
    _, mistakes = check_district(place)
    if not mistakes.found:
        return error
    return SeveralError((error, DistrictError(tuple(mistakes.found), mistakes.n, "")))


def _put_tables(path: Path, tables: Mapping[str, bytes]) -> Path | None:
    """Write the tables where the scenario looks for its district, and return where; raises ScenarioError if it looks for none."""
    if not tables:
        return None
    said = read_toml(path).get(TABLE)
    if said is None:
        none, n = "comes with {n} tables but names no district", len(tables)
        found = phrase("comes with 1 table but names no district") if n == 1 else phrase(none, n=n)
        raise ScenarioError(path.name, found, phrase('allowed is a table [{table}] with {key} = "."', table=TABLE, key=FOLDER))
    text = said.get(FOLDER) if isinstance(said, Mapping) else None
    if not isinstance(text, str) or "\0" in text or len(text) > LONGEST_FOLDER:
        return None  # the loader says what is wrong with it
    folder = (path.parent / text).resolve()
    if not folder.is_relative_to(path.parent):
        return None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in tables.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        found = phrase("{key} is {value}, which cannot be a folder", key=f"{TABLE}.{FOLDER}", value=shortened(text))
        raise ScenarioError(path.name, found, ALLOWED_DOT) from error
    return folder


def base_of_upload(scenario: Scenario) -> Base:
    """Return a visitor's scenario as it is run here, under a name that says what it holds."""
    return worlds.base_of(f"{OWN}{fingerprint_of(scenario)}", scenario)


def take(session: Session, sent: object) -> Base:
    """Open what a visitor sent in Decide; raises ScenarioError."""
    base = base_of_upload(scenario_of(received(sent)))
    n_before = sum(name.startswith(OWN) for name in session.uploads)
    if base.name not in session.uploads and n_before >= MOST_UPLOADS:
        allowed = phrase("allowed are {n} in one visit; reload the page to begin anew", n=MOST_UPLOADS)
        raise ScenarioError(WHERE, phrase("{n} scenarios of your own are there", n=n_before), allowed)
    session.upload(base)
    session.notices.set(tuple(("look", {"said": said}) for said in looks_odd(base.scenario)))
    return base
