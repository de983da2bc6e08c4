"""How are results put into a folder so that nothing half-written remains?

Every file is written whole under another name and brought to the disk; only then are all of them renamed, one by one,
and a rename happens at once or not at all. Other files of the folder are left alone.

The other name says who writes: .NAME.HOST.PID.START-TOKEN.part. What a process that was killed had begun can so be told from what
a living one writes, also where pids come again (START is when the process began, in seconds).
"""

import contextlib
import os
import secrets
import socket
import tempfile
from collections.abc import Mapping
from pathlib import Path

import psutil

from model.refusal import ScenarioError, shortened

WEEKLY, RECORD = "weekly.parquet", "run.json"
PART = ".part"
ALLOWED = "allowed is a folder that can be written to, or the name of a new one"
MOST_SECONDS_APART = 2  # between two readings of when a process began


def check_folder(folder: Path) -> None:
    """Refuse a folder into which no results can be written, before anything is simulated; raises ScenarioError."""
    try:
        problem = _problem(folder)
    except OSError as error:
        problem = f"cannot be looked at ({error.strerror})"
    except ValueError as error:
        problem = f"is no path ({error.__class__.__name__})"
    if problem:
        raise ScenarioError(f"--out {shortened(str(folder))}", problem, ALLOWED)


def _problem(folder: Path) -> str:
    there = next(path for path in (folder, *folder.absolute().parents) if os.path.lexists(path))
    if not there.is_dir():
        return "is no folder" if there == folder else "lies below what is no folder"
    try:
        with tempfile.TemporaryFile(dir=there):
            pass
    except OSError as error:
        return f"cannot be written to ({error.strerror})"
    taken = [name for name in (WEEKLY, RECORD) if (folder / name).is_dir()]
    return f"holds a folder named {taken[0]}" if taken else ""


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write all files or none; raises ScenarioError."""
    made: list[Path] = []
    writer = _writer()
    parts = {folder / f".{name}.{writer}{PART}": folder / name for name in files}
    try:
        made += [path for path in (folder, *folder.absolute().parents) if not path.exists()]
        folder.mkdir(parents=True, exist_ok=True)
        for part, path in parts.items():
            _write(part, files[path.name])
        for part, path in parts.items():
            part.replace(path)
        for changed in {folder, *(new.parent for new in made)}:
            _flush(changed)
    except BaseException as error:
        _clear(list(parts), made)
        if isinstance(error, OSError):
            where = f"--out {shortened(str(folder))}"
            raise ScenarioError(where, f"cannot be written ({error.strerror})", ALLOWED) from error
        raise


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _flush(folder: Path) -> None:
    """Bring the new names to the disk, where the system lets a folder be opened."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _clear(parts: list[Path], made: list[Path]) -> None:
    """Remove what was begun, and the folders that were made for it, as far as the disk lets one."""
    for part in parts:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    for folder in made:
        with contextlib.suppress(OSError):  # somebody else has put something into it, or it was never made
            folder.rmdir()


def _writer() -> str:
    """Who writes: this process of this machine, since when, and a token for each time."""
    return f"{_host()}.{os.getpid()}.{_start_of(os.getpid())}-{secrets.token_hex(4)}"


def _host() -> str:
    return socket.gethostname().replace(".", "-")  # workers of several machines may share the folder


def _start_of(pid: int) -> int | None:
    """When a process of this machine began [s]; None if there is none of that number."""
    try:
        return int(psutil.Process(pid).create_time())
    except psutil.NoSuchProcess:
        return None
    except psutil.AccessDenied:
        return 0  # it lives: its beginning is not known


def is_left_behind(name: str) -> bool:
    """[bool] Whether a file of this name was begun on this machine by a process that is no more."""
    fields = name.rsplit(".", 4)
    if not name.startswith(".") or not name.endswith(PART) or len(fields) < 5:
        return False
    _, host, pid, token, _ = fields
    if host != _host() or not pid.isdecimal():
        return False
    began, start = _start_of(int(pid)), token.partition("-")[0]
    if began is None:
        return True
    is_known = "-" in token and start.isdecimal() and began > 0
    return is_known and abs(began - int(start)) > MOST_SECONDS_APART
