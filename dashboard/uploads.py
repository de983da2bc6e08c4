"""May this visitor's own files be a scenario here?

The browser sends names and contents; only plain names that end in .toml or .csv are taken, two megabytes in all. They are
written into a private folder beside a copy of the Library, so that a scenario may extend one of it; everything is read
there, tables of a district included, and the folder is gone before anybody sees the result.
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
from dashboard.session import Session
from dashboard.worlds import CHILDREN, Base
from experiments.answers.readings import fingerprint_of
from model.district_scenario import FOLDER, TABLE
from model.refusal import ScenarioError, shortened
from model.scenario import Scenario, load_scenario
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
NAME = re.compile(r"[^\W_][\w .()+-]{0,80}\.(?:toml|csv)")
SCENARIO_ENDING, TABLE_ENDING = ".toml", ".csv"
NOT_COPIED = shutil.ignore_patterns("posterior", "sweeps", ".*")
ALLOWED_NAMES = "allowed are plain names that end in .toml or .csv"
ALLOWED_FILES = f"allowed are 1 to {MOST_FILES} files of {MOST_BYTES:,} bytes in all"


def received(sent: object) -> dict[str, bytes]:
    """Return the files that a browser sent, by name; `sent` is a list of names with contents in base64. Raises ScenarioError."""
    if not isinstance(sent, list) or not 1 <= len(sent) <= MOST_FILES:
        raise ScenarioError(WHERE, f"{len(sent) if isinstance(sent, list) else 0} files", ALLOWED_FILES)
    files: dict[str, bytes] = {}
    n_left = MOST_BYTES
    for one in sent:
        name, content = _received_one(one, n_left)
        if name in files:
            raise ScenarioError(WHERE, f"{shortened(name)} is there twice", "allowed is each name once")
        files[name] = content
        n_left -= len(content)
    return files


def _received_one(one: object, n_left: int) -> tuple[str, bytes]:
    name, text = (one.get("name"), one.get("content")) if isinstance(one, Mapping) else (None, None)
    if not isinstance(name, str) or not isinstance(text, str):
        raise ScenarioError(WHERE, "is no list of files", ALLOWED_FILES)
    stem, dot, ending = unicodedata.normalize("NFC", name).rpartition(".")
    name = f"{stem}{dot}{ending.lower()}"
    if not NAME.fullmatch(name) or ".." in name or len(name.encode()) > LONGEST_NAME_OF_FILE:
        raise ScenarioError(WHERE, f"the name {shortened(name)}", ALLOWED_NAMES)
    if len(text) * 3 // 4 > n_left + 2:  # base64 is padded by at most two characters
        raise ScenarioError(WHERE, f"the files have more than {MOST_BYTES:,} bytes", ALLOWED_FILES)
    try:
        return name, base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ScenarioError(WHERE, f"{shortened(name)} did not arrive whole", "allowed is to choose it once more") from error


def scenario_of(files: Mapping[str, bytes]) -> Scenario:
    """Return the scenario of a visitor's files; nothing of them stays on disk. Raises ScenarioError."""
    named = [name for name in files if name.endswith(SCENARIO_ENDING)]
    if len(named) != 1:
        found = f"{len(named)} scenario files" if named else "no scenario file"
        raise ScenarioError(WHERE, found, "allowed is one .toml, with the .csv tables of its district if it has one")
    with tempfile.TemporaryDirectory(prefix="alliance-upload-") as scratch:
        folder = Path(scratch).resolve() / "scenarios"
        shutil.copytree(worlds.SCENARIOS, folder, ignore=NOT_COPIED)
        path = folder / named[0]
        path.write_bytes(files[named[0]])
        _put_tables(path, {name: content for name, content in files.items() if name.endswith(TABLE_ENDING)})
        try:
            scenario = load_scenario(path)
        except OSError as error:  # a name that is too long for this system
            raise ScenarioError(path.name, f"names a path that cannot be read ({error.strerror})", 'allowed is "."') from error
    n_children = int(scenario.values[CHILDREN])
    if n_children > MOST_CHILDREN:
        allowed = f"allowed are {MOST_CHILDREN:,} here, where visitors share a machine; 'alliance run' on your own takes more"
        raise ScenarioError(named[0], f"has {n_children:,} children", allowed)
    return scenario


def _put_tables(path: Path, tables: Mapping[str, bytes]) -> None:
    """Write the tables where the scenario looks for its district; raises ScenarioError if it looks for none."""
    if not tables:
        return
    said = read_toml(path).get(TABLE)
    if said is None:
        found = f"comes with {len(tables)} table{'s' if len(tables) > 1 else ''} but names no district"
        raise ScenarioError(path.name, found, f'allowed is a table [{TABLE}] with {FOLDER} = "."')
    text = said.get(FOLDER) if isinstance(said, Mapping) else None
    if not isinstance(text, str) or "\0" in text or len(text) > LONGEST_FOLDER:
        return  # the loader says what is wrong with it
    folder = (path.parent / text).resolve()
    if not folder.is_relative_to(path.parent):
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in tables.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        found = f"{TABLE}.{FOLDER} is {shortened(text)}, which cannot be a folder"
        raise ScenarioError(path.name, found, 'allowed is "."') from error


def base_of_upload(scenario: Scenario) -> Base:
    """Return a visitor's scenario as it is run here, under a name that says what it holds."""
    return worlds.base_of(f"{OWN}{fingerprint_of(scenario)}", scenario)


def take(session: Session, sent: object) -> Base:
    """Open what a visitor sent in Decide; raises ScenarioError."""
    base = base_of_upload(scenario_of(received(sent)))
    n_before = sum(name.startswith(OWN) for name in session.uploads)
    if base.name not in session.uploads and n_before >= MOST_UPLOADS:
        allowed = f"allowed are {MOST_UPLOADS} in one visit; reload the page to begin anew"
        raise ScenarioError(WHERE, f"{n_before} scenarios of your own are there", allowed)
    session.upload(base)
    return base
