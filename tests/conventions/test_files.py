"""Does each file ask one question, stay short, have its test, and name no machine?"""

import ast
import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.convention

ROOT = Path(__file__).resolve().parents[2]
FLOORS = [ROOT / name for name in ("agents", "model", "experiments", "dashboard", "terminal")]
DOORS = [ROOT / name for name in ("alliance.py", "app.py", "cli.py")]
CODE = sorted([*(path for floor in FLOORS for path in floor.rglob("*.py")), *(door for door in DOORS if door.exists())])
RULE_FILES = sorted(path for path in ROOT.glob("agents/*/*.py") if path.name not in ("__init__.py", "record.py"))
ASKING = sorted(path for floor in FLOORS[:2] for path in floor.rglob("*.py") if path.name != "__init__.py")

LONGEST_FILE = 300
LONGEST_OF_NINE_IN_TEN = 25

SKIPPED_FOLDERS = {".git", ".venv", ".hypothesis", "__pycache__", "build", "dist"}
SKIPPED_ENDS = ("cache", ".egg-info")
BINARY_SUFFIXES = {".pyc", ".png", ".jpg", ".gif", ".ico", ".woff2", ".parquet", ".npz", ".npy", ".gz", ".zip", ".pdf"}
# Written in two parts, so that this file does not name what it looks for.
MACHINE_PATHS = re.compile("/" + r"work(?![a-z])|/" + "tmp/venv|/" + r"home/\w|/" + r"Users/\w")
PACKAGE_HOSTS = re.compile(
    "py" + r"pi\.org|python" + r"hosted|np" + r"mjs\.(org|com)|ana" + r"conda\.org|--(extra-)?index" + "-url"
)
ADDRESS = re.compile("http" + r"s?://[^\s\"'`<>)]*")
# The machine itself, and names of XML vocabularies, which nobody fetches.
HARMLESS = re.compile("http" + r"s?://(127\.0\.0\.1|localhost|\[::1\]|www\.w3\.org/(2000/svg|1999/))")


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def texts() -> list[Path]:
    found = []
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        is_ours = SKIPPED_FOLDERS.isdisjoint(parts) and not any(part.endswith(SKIPPED_ENDS) for part in parts)
        if is_ours and path.suffix not in BINARY_SUFFIXES and path.is_file():
            found.append(path)
    return found


TEXTS = texts()


def lines_with(pattern: re.Pattern[str], path: Path) -> list[str]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        return []
    return [f"{relative(path)}:{number}: {line.strip()}" for number, line in enumerate(lines, 1) if pattern.search(line)]


def first_line(path: Path) -> str:
    return (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").split("\n")[0]


@pytest.mark.parametrize("path", RULE_FILES, ids=relative)
def test_a_decision_that_reads_numbers_declares_them_beside_it(path):
    reads = any(
        isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "k"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    )
    assert path.with_suffix(".toml").exists() is reads


@pytest.mark.parametrize("path", sorted(ROOT.glob("agents/*/*.toml")), ids=relative)
def test_no_numbers_without_a_decision(path):
    assert path.with_suffix(".py") in RULE_FILES


@pytest.mark.parametrize("path", RULE_FILES, ids=relative)
def test_a_decision_has_its_test(path):
    assert (ROOT / "tests" / "agents" / path.parent.name / f"test_{path.name}").exists()


@pytest.mark.parametrize("path", sorted(ROOT.glob("tests/agents/*/test_*.py")), ids=relative)
def test_no_test_without_its_decision(path):
    assert ROOT / "agents" / path.parent.name / path.name.removeprefix("test_") in RULE_FILES


@pytest.mark.parametrize("path", ASKING, ids=relative)
def test_a_file_asks_its_question_in_the_first_line(path):
    question = first_line(path)
    assert question.endswith("?") if path in RULE_FILES else "?" in question


@pytest.mark.parametrize("path", [path for path in CODE if path.name == "__init__.py"], ids=relative)
def test_a_folder_says_what_it_is(path):
    assert first_line(path)


def test_every_folder_with_code_is_a_package():
    folders = {path.parent for path in CODE if path.parent != ROOT}
    assert [relative(folder) for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []


def test_no_file_of_code_is_longer_than_three_hundred_lines():
    product = [path for path in TEXTS if not relative(path).startswith("benchmarks/")]  # the opponent is as long as it is
    checked = [path for path in product if path.suffix in (".py", ".vue", ".css", ".js")]
    lengths = {relative(path): len(path.read_text(encoding="utf-8").splitlines()) for path in checked}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_nine_of_ten_functions_are_shorter_than_twenty_five_lines():
    lengths = {
        f"{relative(path)}:{node.name}": node.end_lineno - node.lineno + 1
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    long = {name: length for name, length in lengths.items() if length >= LONGEST_OF_NINE_IN_TEN}
    share = len(long) / len(lengths)
    print(f"{len(long)} of {len(lengths)} functions have {LONGEST_OF_NINE_IN_TEN} lines or more ({share:.1%})")
    assert share <= 0.1, long


def test_no_file_names_a_machine_path():
    assert [line for path in TEXTS for line in lines_with(MACHINE_PATHS, path)] == []


def test_no_file_names_a_package_index():
    assert [line for path in TEXTS for line in lines_with(PACKAGE_HOSTS, path)] == []


def test_addresses_stand_in_declarations_and_documents_only():
    found = []
    for path in TEXTS:
        if path.suffix == ".md" or path.name == "LICENSE" or relative(path).startswith("docs/"):
            continue
        for line in lines_with(ADDRESS, path):
            is_declared = path.suffix == ".toml" and re.match(r"url\s*=", line.split(": ", 1)[1])
            if not is_declared and not all(HARMLESS.match(address) for address in ADDRESS.findall(line)):
                found.append(line)
    assert found == []


def test_the_search_finds_what_it_looks_for():
    assert MACHINE_PATHS.search("see /" + "work/main")
    assert not MACHINE_PATHS.search("dashboard/" + "worker.py")
    assert PACKAGE_HOSTS.search("py" + "pi.org/simple")
    assert ADDRESS.findall('url = "http' + 's://a.b/c"') == ["http" + "s://a.b/c"]
    assert HARMLESS.match("http" + "://127.0.0.1:8765/")
    assert not HARMLESS.match("http" + "s://cdn.example/x.js")
