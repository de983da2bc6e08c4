"""What do all surroundings share? A warm cache, what the longer commands had done before, a wheel and a clone."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import cli
from agents import compiled
from model.warm import compile_apart
from tests.foreign.commands import ROOT, words_of

COPIED = ("agents", "model", "experiments", "terminal", "scenarios", "dashboard", "docs", "tests")
LEFT = shutil.ignore_patterns("__pycache__", ".*cache")


@pytest.fixture(scope="session")
def warm() -> Path:
    """The folder of this engine's machine code, warm."""
    compile_apart()
    assert compiled.PLACE is not None, "the machine that tests can keep machine code"
    assert compiled.PLACE.is_ready()
    return compiled.PLACE.folder


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory, warm: Path) -> Path:
    """A folder with a finished sweep and a district."""
    out = tmp_path_factory.mktemp("kept")
    assert cli.main(words_of("sweep", out, 0)) == 0
    assert cli.main(["new-district", str(out / "district")]) == 0
    return out


@pytest.fixture(scope="session")
def busy_port() -> Iterator[int]:
    """A port on which somebody else listens."""
    with socket.create_server(("127.0.0.1", 0)) as there:
        yield there.getsockname()[1]


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment into which the wheel was installed, and nothing of the sources; the libraries are this one's."""
    here = tmp_path_factory.mktemp("wheel")
    source = here / "source"
    copy_sources(source)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    environment = os.environ | {"PIP_NO_INDEX": "1"}
    build = [*pip, "wheel", str(source), "--no-deps", "--no-build-isolation", "--wheel-dir", str(here)]
    subprocess.run(build, check=True, env=environment, capture_output=True)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(here / "venv")], check=True)
    python = here / "venv" / "bin" / "python"
    installed = next((here / "venv").glob("lib/python*/site-packages"))
    libraries = next(path for path in sys.path if path.endswith("site-packages"))
    (installed / "libraries.pth").write_text(libraries)  # whose own .pth files, that of the sources among them, are not read
    install = [*pip, "--python", str(python), "install", "--no-deps", str(next(here.glob("*.whl")))]
    subprocess.run(install, check=True, env=environment, capture_output=True)
    shutil.rmtree(source)
    return python


@pytest.fixture(scope="session")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Another copy of the sources."""
    copy = tmp_path_factory.mktemp("clone") / "copy"
    copy_sources(copy)
    return copy


def copy_sources(to: Path) -> None:
    """What git would bring."""
    for name in COPIED:
        shutil.copytree(ROOT / name, to / name, ignore=LEFT)
    for file in ROOT.glob("*.*"):
        if file.is_file() and not file.name.startswith("."):
            shutil.copy2(file, to / file.name)
    shutil.copy2(ROOT / "LICENSE", to / "LICENSE")
