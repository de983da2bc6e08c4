"""Where does machine code lie between runs, and for whom is it good?

A folder for each engine, named after all its sources; in it a file for each function, signature and processor, found by a hash of
the four. So it is good wherever a copy of the same sources lies: a clone, a wheel, a read-only cache that somebody else has filled.
numba's own cache goes by the path of the source and would compile each copy again.

What cannot be kept is no failure: then the engine compiles anew, and one line says so, once for a process and all that it starts.
"""

import hashlib
import json
import os
import pickle
import secrets
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numba
from numba.core import caching, compiler, registry, serialize

UNUSED_SECONDS = 30 * 24 * 3600
DIGEST_BYTES = hashlib.sha256().digest_size
SAID = "ALLIANCE_CACHE_SAID"  # in the environment, so that no process below says it again
ELSEWHERE = "ALLIANCE_CACHE=DIR names another folder"


def say_once(line: str) -> None:
    """One line on the error stream, once for a process and all that it starts."""
    if SAID not in os.environ:
        os.environ[SAID] = "1"
        with suppress(OSError, ValueError, AttributeError):  # it may be closed, full, or not there
            sys.stderr.write(f"alliance: {line}\n")


# -- the folder -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Place:
    """The folder of one engine, and why it cannot be written to, if so; it may be read all the same."""

    folder: Path
    problem: str = ""

    @property
    def _mark(self) -> Path:
        return self.folder / f"ready.{_hashed(sys.implementation.cache_tag, _processor())}"

    def mark_ready(self) -> None:
        """Leave word that everything is compiled for this processor and this Python; raises OSError."""
        found = {file.name: file.stat().st_size for file in self.folder.glob("*.code")}
        _write(self._mark, json.dumps(found).encode())

    def is_ready(self) -> bool:
        """[bool] Whether everything that was compiled for this processor and this Python still lies there, whole."""
        try:
            found = json.loads(self._mark.read_bytes())
            return all((self.folder / name).stat().st_size == size for name, size in found.items())
        except (OSError, ValueError, AttributeError):
            return False


def place_for(engine: str) -> Place | None:
    """Where the machine code of an engine is kept: the user's cache, or else a private temporary folder, or nowhere (None)."""
    usual = usual_home()
    place = _place(usual / engine) if usual else Place(Path(), "there is no home folder")
    if not place.problem or place.is_ready():
        return place
    why = f"{usual} cannot be written to ({place.problem})" if usual else place.problem
    private = private_home()
    instead = _place(private / engine) if private else None
    if private is None or instead is None or instead.problem:
        say_once(f"machine code cannot be kept, so the engine compiles anew each time: {why}; {ELSEWHERE}")
        return None
    say_once(f"machine code is kept in {private}: {why}; {ELSEWHERE}")
    return instead


def usual_home() -> Path | None:
    """The folder of all engines in the user's cache; ALLIANCE_CACHE moves it. None for a user without a home."""
    try:
        named = os.environ.get("ALLIANCE_CACHE") or os.environ.get("XDG_CACHE_HOME")
        home = Path(named).absolute() if named else Path.home() / ".cache"
    except (OSError, RuntimeError):  # a working folder that is gone; no HOME, and a user without a name
        return None
    return home / "alliance" if home.is_absolute() else None


def private_home() -> Path | None:
    """A folder among the temporary ones into which nobody else can put anything: what lies there is executed."""
    if not hasattr(os, "getuid"):
        return None
    try:
        folder = Path(tempfile.gettempdir()) / f"alliance-{os.getuid()}"
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)
        found = folder.lstat()
    except OSError:
        return None
    is_ours = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o077
    return folder if is_ours else None


def _place(folder: Path) -> Place:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
        os.utime(folder)  # in use
    except OSError as error:
        return Place(folder, error.strerror or "it is no folder")
    _prune(folder)
    return Place(folder)


def _prune(folder: Path) -> None:
    """Remove the machine code of engines that nobody used for a month."""
    with suppress(OSError):  # another process may prune, too
        for old in folder.parent.iterdir():
            if old != folder and time.time() - old.stat().st_mtime > UNUSED_SECONDS:
                shutil.rmtree(old, ignore_errors=True)


# -- the machine code of a function ---------------------------------------------------------------------------------


class MachineCode(caching.NullCache):
    """What numba asks for the machine code of one function, and gives it to."""

    lost = 0  # functions that could not be written, of this process

    def __init__(self, function: Callable[..., Any], folder: Path) -> None:
        self._function, self._folder = function, folder

    @property
    def cache_path(self) -> str:
        """The folder."""
        return str(self._folder)

    def load_overload(self, sig: object, target_context: Any) -> Any:
        """The compiled function, or None: it is not there, cannot be read, or was damaged, and is compiled and written anew."""
        target_context.refresh()
        try:
            content = self._file(sig).read_bytes()
        except OSError:
            return None
        digest, code = content[:DIGEST_BYTES], content[DIGEST_BYTES:]
        if hashlib.sha256(code).digest() != digest:
            return None
        return compiler.CompileResult._rebuild(target_context, *pickle.loads(code))  # noqa: S301  the user's own folder

    def save_overload(self, sig: object, data: Any) -> None:
        """Keep the compiled function."""
        if data.library.has_dynamic_globals or any(not one.can_cache for one in data.lifted):
            return
        try:
            file = self._file(sig)
        except OSError:  # the source is gone meanwhile: nobody could find its machine code again
            return
        code = serialize.dumps(data._reduce())
        try:
            _write(file, hashlib.sha256(code).digest() + code)
        except OSError as error:
            MachineCode.lost += 1
            say_once(f"machine code cannot be written to {self._folder} ({error.strerror}): the engine compiles anew; {ELSEWHERE}")

    def _file(self, sig: object) -> Path:
        name = f"{self._function.__module__}.{self._function.__qualname__}"
        source = _content(self._function.__code__.co_filename)
        return self._folder / f"{name}.{_hashed(sys.implementation.cache_tag, _processor(), source, name, str(sig))}.code"


@cache
def _processor() -> str:
    """What machine code is made for: system, processor and what it can do."""
    return repr(registry.cpu_target.target_context.codegen().magic_tuple())


@cache
def _content(file: str) -> str:
    """The text of a source: not all that is compiled belongs to the engine after whose sources the folder is named."""
    return Path(file).read_text(encoding="utf-8")


def _hashed(*parts: str | None) -> str:
    return hashlib.sha256(repr((numba.__version__, *parts)).encode()).hexdigest()[:20]


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, also where others write it at the same time; raises OSError."""
    part = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
