"""Does everything that names a version name the same one?"""

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

import cli
from dashboard.rooms.about.citation import facts
from experiments.record import engine_version, package_version

pytestmark = pytest.mark.convention

ROOT = Path(__file__).resolve().parents[2]
DECLARED = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
HEADING = re.compile(r"^## (.*)$", re.MULTILINE)
ENTRY = re.compile(r"(\d+)\.(\d+)\.(\d+) \((\d{4}-\d\d-\d\d)\)")


def entries() -> list[tuple[tuple[int, ...], date]]:
    """Version and date of each entry of the changelog, in its order."""
    headings = HEADING.findall((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    matches = [ENTRY.fullmatch(heading) for heading in headings]
    wrong = [heading for heading, match in zip(headings, matches, strict=True) if match is None]
    assert not wrong, f"headings of CHANGELOG.md that are not 'version (date)': {wrong}"
    return [(tuple(int(part) for part in match.groups()[:3]), date.fromisoformat(match[4])) for match in matches if match]


def test_citation_changelog_package_and_engine_have_the_version_of_pyproject(capfd):
    version, released = entries()[0]
    assert ".".join(map(str, version)) == DECLARED
    assert package_version() == DECLARED
    assert engine_version().startswith(f"{DECLARED}+")
    assert facts()["version"] == DECLARED
    assert facts()["date-released"] == released.isoformat()
    assert cli.main(["--version"]) == 0
    assert capfd.readouterr().out == f"alliance {engine_version()}\n"


def test_every_version_has_one_entry_the_newest_first():
    listed = entries()
    assert len({version for version, _ in listed}) == len(listed)
    assert listed == sorted(listed, reverse=True)


def test_no_source_names_a_version_of_its_own():
    named = re.compile(r"^(?:__version__|VERSION)\s*=", re.MULTILINE)
    folders = ("agents", "model", "experiments", "dashboard", "terminal")
    files = [*ROOT.glob("*.py"), *(file for folder in folders for file in (ROOT / folder).rglob("*.py"))]
    assert len(files) > 100
    assert [file.name for file in files if named.search(file.read_text(encoding="utf-8"))] == []
