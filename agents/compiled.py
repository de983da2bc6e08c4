"""How does one source run both compiled and as plain Python?

`@compiled` marks a function of the engine. With numba it becomes machine code that releases the interpreter lock; with
NUMBA_DISABLE_JIT=1 (another process) it stays the Python that stands in the file, and gives the same bits.

numba's cache on disk does not notice that a function in *another* file changed: a cached loop silently goes on with
the old rule. So the cache folder is named after a hash of every compiled source and of the versions that compile it.
"""

import hashlib
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import llvmlite
import numba
import numpy as np

_ROOT = Path(__file__).resolve().parent.parent
_MARK = "agents.compiled"
_UNUSED_SECONDS = 30 * 24 * 3600


def compiled_sources(root: Path = _ROOT) -> list[Path]:
    """Every file whose functions are compiled: those that import this module, and this module itself."""
    files = sorted([*root.glob("agents/**/*.py"), *root.glob("model/*.py")])
    return [file for file in files if _MARK in file.read_text(encoding="utf-8") or file.name in _CONSTANT_FILES]


_CONSTANT_FILES = ("compiled.py", "units.py", "records.py", "record.py")


def source_hash(root: Path = _ROOT) -> str:
    """Hash of the compiled sources and of the compiler [hex]: two engines with one hash are the same engine."""
    digest = hashlib.sha256(f"{numba.__version__} {llvmlite.__version__} {np.__version__}".encode())
    digest.update(os.environ.get("NUMBA_BOUNDSCHECK", "").encode())
    for file in compiled_sources(root):
        digest.update(file.relative_to(root).as_posix().encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def cache_folder() -> Path:
    """Where machine code is kept between runs; ALLIANCE_CACHE moves it."""
    home = os.environ.get("ALLIANCE_CACHE") or os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(home) / "alliance" / source_hash()


def _prune(folder: Path) -> None:
    """Remove the machine code of engines that nobody used for a month."""
    for old in folder.parent.iterdir():
        if old != folder and time.time() - old.stat().st_mtime > _UNUSED_SECONDS:
            shutil.rmtree(old, ignore_errors=True)


def _use_cache() -> bool:
    if not IS_COMPILED:
        return False
    folder = cache_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        os.utime(folder)  # in use
        _prune(folder)
    except OSError:  # a read-only home: compile each time rather than fail
        return False
    numba.config.CACHE_DIR = str(folder)
    return True


IS_COMPILED = not numba.config.DISABLE_JIT
_CACHE = _use_cache()


def compiled[F: Callable[..., Any]](function: F) -> F:
    """Compile a function of the engine (no-op with NUMBA_DISABLE_JIT=1); it runs without the interpreter lock.

    Arrays belong to the world, and no compiled function makes or keeps one: so reference counting is left out, which
    otherwise took four fifths of the time.
    """
    return numba.njit(nogil=True, cache=_CACHE, error_model="python", _nrt=False)(function)


def inlined[F: Callable[..., Any]](function: F) -> F:
    """Like `compiled`, and put into its caller: for functions of the hot loop that take the whole world and have one caller."""
    return numba.njit(nogil=True, cache=_CACHE, error_model="python", _nrt=False, forceinline=True)(function)


READY = "ready"  # a file that `model.warm` leaves in the cache folder when everything is compiled


def is_engine_warm() -> bool:
    """[bool] Whether the machine code of this engine lies ready on disk, so that the first run need not compile."""
    return not IS_COMPILED or (cache_folder() / READY).exists()
