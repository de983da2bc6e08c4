"""How does a disk fail, at an operation that one chooses?

While a shim is in place every file operation of this process below one folder (whoever asks for it: store, pathlib, tempfile) is
counted, and the n-th of them goes wrong. What the system does otherwise is left alone.
"""

import builtins
import errno
import io
import os
from collections.abc import Callable
from typing import Any, Self
from unittest.mock import patch

KILLED = 9  # exit code of a process that a fault ends
ON_PATHS = ("open", "stat", "lstat", "listdir", "scandir", "mkdir", "rename", "replace", "unlink", "remove", "rmdir")
ERRORS = {"ENOSPC": errno.ENOSPC, "EIO": errno.EIO, "EACCES": errno.EACCES}
TRANSFERS = ("read", "write")

FAULTS = {
    **dict.fromkeys(ERRORS, "the operation answers with this error"),
    "EIO for ever": "this operation and all later ones",
    "ENOSPC for ever": "from this operation on nothing can be written",
    "kill before": "the process ends before the operation",
    "kill after": "the process ends after the operation",
    "short": "half of what was to be read or written, the rest when asked again",
    "short, then kill": "half of it, then the process ends",
    "short, then ENOSPC": "half of it, then nothing more can be written",
}
WRITES = ("write", "mkdir", "fsync", "create")


def is_for(fault: str, kind: str) -> bool:
    """[bool] Whether this fault can befall this kind of operation."""
    return kind in TRANSFERS if fault == "short" else kind == "write" if fault.startswith("short") else True


class Shim:
    """Counts operations below `root`; from the `at`-th on (the first is 1) the fault comes."""

    def __init__(self, root: str, fault: str = "", at: int = 0) -> None:
        self.root, self.fault, self.at = root, fault, at
        self.kinds: list[str] = []
        self._patches = [
            *(patch.object(os, name, self._on_path(name, getattr(os, name))) for name in ON_PATHS),
            patch.object(os, "fsync", self._on_descriptor(os.fsync)),
            patch.object(io, "open", self._open),
            patch.object(builtins, "open", self._open),
        ]

    def __enter__(self) -> Self:
        for one in self._patches:
            one.start()
        return self

    def __exit__(self, *_: object) -> None:
        for one in self._patches:
            one.stop()

    def _is_ours(self, path: Any) -> bool:
        try:
            return os.fspath(path).startswith(self.root)
        except TypeError:
            return False

    def do[T](self, kind: str, action: Callable[[], T], half: Callable[[], T] | None = None) -> T:
        """An operation, or what becomes of it."""
        self.kinds.append(kind)
        n, fault = len(self.kinds), self.fault
        if n == self.at and fault == "kill before":
            os._exit(KILLED)
        if n == self.at and fault.startswith("short") and half is not None:
            found = half()
            if fault == "short, then kill":
                os._exit(KILLED)
            return found
        if self._is_error(n, kind):
            number = ERRORS["ENOSPC" if "ENOSPC" in fault else fault.split()[0]]
            raise OSError(number, os.strerror(number))
        found = action()
        if n == self.at and fault == "kill after":
            os._exit(KILLED)
        return found

    def _is_error(self, n: int, kind: str) -> bool:
        if self.fault in ERRORS:
            return n == self.at
        later = self.fault.endswith("ENOSPC") and n > self.at
        return (self.fault == "EIO for ever" and n >= self.at) or (
            kind in WRITES and (later or (self.fault == "ENOSPC for ever" and n >= self.at))
        )

    def _on_path(self, name: str, plain: Callable[..., Any]) -> Callable[..., Any]:
        def call(path: Any = ".", *args: Any, **options: Any) -> Any:
            if not self._is_ours(path):
                return plain(path, *args, **options)
            return self.do(name, lambda: plain(path, *args, **options))

        return call

    def _on_descriptor(self, plain: Callable[[int], None]) -> Callable[[int], None]:
        return lambda descriptor: self.do("fsync", lambda: plain(descriptor))

    def _open(self, path: Any, mode: str = "r", *args: Any, **options: Any) -> Any:
        said = dict(zip(("buffering", "encoding", "errors", "newline"), args, strict=False)) | options
        if not self._is_ours(path) or "opener" in said:
            return PLAIN_OPEN(path, mode, **said)
        plain = mode.replace("b", "").replace("t", "")
        raw = self.do("open" if plain == "r" else "create", lambda: _Raw(self, path, plain))
        buffered = io.BufferedReader(raw) if plain == "r" else io.BufferedWriter(raw)
        return buffered if "b" in mode else io.TextIOWrapper(buffered, encoding=said.get("encoding"))


PLAIN_OPEN = io.open


class _Raw(io.FileIO):
    """A file whose reads and writes are operations."""

    def __init__(self, shim: Shim, path: Any, mode: str) -> None:
        super().__init__(path, mode)
        self._shim = shim

    def readinto(self, buffer: Any) -> int:
        view = memoryview(buffer).cast("B")
        return self._shim.do(
            "read", lambda: super(_Raw, self).readinto(view), lambda: super(_Raw, self).readinto(view[: len(view) // 2])
        )

    def readall(self) -> bytes:
        parts = []
        while part := self.read(1 << 20):
            parts.append(part)
        return b"".join(parts)

    def read(self, size: int | None = -1) -> bytes:
        size = os.fstat(self.fileno()).st_size if size is None or size < 0 else size
        left = max(1, (os.fstat(self.fileno()).st_size - self.tell()) // 2)
        return self._shim.do("read", lambda: super(_Raw, self).read(size) or b"", lambda: super(_Raw, self).read(left) or b"")

    def write(self, content: Any) -> int:
        view = memoryview(content).cast("B")
        return self._shim.do(
            "write",
            lambda: super(_Raw, self).write(view) or 0,
            lambda: super(_Raw, self).write(view[: max(1, len(view) // 2)]) or 0,
        )
