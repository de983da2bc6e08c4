"""How does one source run both compiled and as plain Python?

`@compiled` marks a function of the engine. With numba it becomes machine code that releases the interpreter lock; with
NUMBA_DISABLE_JIT=1 (another process) it stays the Python that stands in the file, and gives the same bits.

A cache by function does not notice that a function in *another* file changed: a cached loop silently goes on with the old rule.
So the cache folder is named after a hash of every compiled source and of the versions that compile it.
"""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import llvmlite
import numba
import numpy as np

from agents.cache import MachineCode, Place, place_for

_ROOT = Path(__file__).resolve().parent.parent
_MARK = "agents.compiled"


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


IS_COMPILED = not numba.config.DISABLE_JIT
PLACE: Place | None = place_for(source_hash()) if IS_COMPILED else None


def compiled[F: Callable[..., Any]](function: F) -> F:
    """Compile a function of the engine (no-op with NUMBA_DISABLE_JIT=1); it runs without the interpreter lock.

    Arrays belong to the world, and no compiled function makes or keeps one: so reference counting is left out, which
    otherwise took four fifths of the time.
    """
    return _compiled(function)


def inlined[F: Callable[..., Any]](function: F) -> F:
    """Like `compiled`, and put into its caller: for functions of the hot loop that take the whole world and have one caller."""
    return _compiled(function, forceinline=True)


def _compiled(function: Any, **options: bool) -> Any:
    made = numba.njit(nogil=True, error_model="python", _nrt=False, **options)(function)
    if PLACE is not None:
        made._cache = MachineCode(function, PLACE.folder)
    return made


def is_engine_warm() -> bool:
    """[bool] Whether the machine code of this engine lies ready on disk, so that the first run need not compile."""
    return not IS_COMPILED or (PLACE is not None and PLACE.is_ready())
