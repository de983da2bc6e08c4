"""Does every command do its work, or say in one line why not, in surroundings that nobody prepared for it?"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.foreign.commands import ASKED, ENDS_PROCESS, IS_TIMED, REFUSED, ROOT, words_of
from tests.foreign.surroundings import SURROUNDINGS, Surrounding

pytestmark = pytest.mark.case

ASK = ROOT / "tests" / "foreign" / "ask.py"
TIMES = re.compile(r"[\d.,]+ (s|ms)\b|simulated in.*? s\.")
LINE = re.compile(r"alliance: .*[^ ]")
AS_NOBODY = "setpriv --inh-caps=-all --bounding-set=-all"  # root without its powers: a folder that is read-only is so for it, too


@dataclass(frozen=True)
class Answer:
    """What a command came to."""

    code: int | str
    out: str
    err: str


@pytest.fixture(scope="session")
def setting(tmp_path_factory, warm, kept, busy_port, request):
    """Gives a function that asks all commands in a surrounding."""

    def ask(surrounding: Surrounding, commands=tuple(ASKED)) -> dict[str, Answer]:
        tmp = tmp_path_factory.mktemp("surrounding")
        out = tmp / "out"
        shutil.copytree(kept, out)
        (tmp / "asked.json").write_text(json.dumps([words_of(name, out, busy_port) for name in commands]))
        python, environment = started(surrounding, tmp, warm, request)
        words = [python, str(ASK), str(tmp / "asked.json"), str(tmp / "answers.json"), surrounding.streams]
        subprocess.run(["sh", "-c", script(surrounding, tmp, words)], env=environment, check=True, timeout=3000)
        codes = json.loads((tmp / "answers.json").read_text())
        return {name: answer_of(tmp, out, name, code) for name, code in codes.items()}

    return ask


def answer_of(tmp: Path, out: Path, name: str, code: int | str) -> Answer:
    texts = []
    for stream in ("out", "err"):
        file = tmp / f"answers.json.{name}.{stream}"
        text = file.read_bytes().decode("utf-8", "replace") if file.exists() else ""
        texts.append(text.replace(str(out), "OUT").replace(out.name, "OUT"))
    return Answer(code, *texts)


def started(surrounding: Surrounding, tmp: Path, warm: Path, request: pytest.FixtureRequest) -> tuple[str, dict[str, str]]:
    """Python and environment."""
    private = tmp / "private"
    if "{private}" in str(dict(surrounding.env)):
        here = private / f"alliance-{os.getuid()}"
        here.mkdir(parents=True, mode=0o700)
        shutil.copytree(warm, here / warm.name)
    environment = os.environ | {"ALLIANCE_CACHE": str(warm.parent.parent), "COLUMNS": "132"}
    for name, value in surrounding.env.items():
        environment.pop(name, None)
        if value is not None:
            environment[name] = value.format(private=private, tmp=tmp)
    paths = [str(tmp / "startup")] if surrounding.startup else []
    if surrounding.startup:
        (tmp / "startup").mkdir()
        (tmp / "startup" / "sitecustomize.py").write_text(surrounding.startup)
    python = str(request.getfixturevalue("wheel")) if surrounding.place == "wheel" else sys.executable
    place = {"sources": [str(ROOT)], "clone": [], "wheel": []}[surrounding.place]
    place = [str(request.getfixturevalue("clone"))] if surrounding.place == "clone" else place
    environment["PYTHONPATH"] = os.pathsep.join([*paths, *place])
    return python, environment


def script(surrounding: Surrounding, tmp: Path, words: list[str]) -> str:
    """What a shell does."""
    here = tmp / (surrounding.cwd if surrounding.cwd not in ("here", "removed") else "here")
    here.mkdir()
    first = [f"cd {shlex.quote(str(here))}"]
    if surrounding.cwd == "removed":
        first.append(f"rmdir {shlex.quote(str(here))}")
    start = shlex.join(words)
    if surrounding.before == "readonly":
        here.chmod(0o555)
        start = f"{AS_NOBODY} {start}" if os.getuid() == 0 else start
    elif surrounding.before:
        first.append(surrounding.before)
    return " && ".join([*first, f"exec {start}"])


def test_every_command_is_asked():
    import typer

    from terminal.commands import app

    assert set(ASKED) == set(typer.main.get_command(app).commands)


@pytest.fixture(scope="session")
def plain(setting):
    """What is answered where everything is as it should be."""
    return setting(SURROUNDINGS[0])


@pytest.mark.slow
@pytest.mark.parametrize("surrounding", SURROUNDINGS, ids=lambda one: one.name)
def test_every_command_in_every_surrounding(surrounding, setting, plain, warm):
    before = sorted(file.name for file in warm.iterdir())
    found = setting(surrounding)
    problems = [problem for name in ASKED for problem in wrong(surrounding, name, found[name], plain[name])]
    said = sum(answer.err.count(surrounding.said) for answer in found.values()) if surrounding.said else 1
    assert problems == []
    assert said == 1, "it is said once"
    assert sorted(file.name for file in warm.iterdir()) == before, "nothing was compiled anew"


@pytest.mark.parametrize("name", ["output-full", "dumb-20-columns", "ascii"])
def test_a_light_command_in_some_surroundings(name, setting):
    surrounding = next(one for one in SURROUNDINGS if one.name == name)
    usual, found = (setting(one, ("scenarios",))["scenarios"] for one in (SURROUNDINGS[0], surrounding))
    assert list(wrong(surrounding, "scenarios", found, usual)) == []


def wrong(surrounding: Surrounding, name: str, found: Answer, plain: Answer):
    """What is not as it should be, one text for each thing."""
    if plain.code != REFUSED.get(name, 0):
        yield f"{name}: plainly it ends with {plain.code}: {plain.err}"
    allowed = {plain.code or int(surrounding.cannot_print)} | ({1, 2} if surrounding.may_refuse else set())
    is_without_tests = surrounding.place == "wheel" and name == "odd"  # what it compares, a wheel does not carry
    allowed = {2} if surrounding.is_refused or is_without_tests else allowed
    if found.code not in allowed:
        yield f"{name}: ends with {found.code}, not {allowed}: {found.err}"
    lines = found.err.splitlines()
    yield from (f"{name}: says {line!r}" for line in lines if not LINE.fullmatch(line))
    n_more = (
        bool(surrounding.said)
        + (surrounding.cannot_print and surrounding.streams != "left")
        + (surrounding.may_refuse or surrounding.is_refused or is_without_tests)
    )
    if len(lines) > len(plain.err.splitlines()) + n_more:
        yield f"{name}: too many lines: {found.err}"
    if surrounding.cannot_print or name in IS_TIMED or found.code != plain.code:
        return
    is_same = told(found.out) == told(plain.out)
    has_other_paths = surrounding.place != "sources" and name == "scenarios"
    if surrounding.says_the_same and not has_other_paths and name not in ENDS_PROCESS and not is_same:
        yield f"{name}: other words than plainly: {found.out!r} and {plain.out!r}"
    if missing := Counter(digits(plain.out)) - Counter(digits(found.out)):
        yield f"{name}: digits are missing: {missing}"


def told(text: str) -> str:
    """Words without the time that they took and without the folder in which paths are relative."""
    return re.sub(r"\S*scenarios/", "scenarios/", re.sub(r"\s+|[─┃│━]+", " ", TIMES.sub("", text)))


def digits(text: str) -> str:
    """All digits of a text without times."""
    return "".join(one for one in TIMES.sub("", " ".join(text.split())) if one.isdigit())
