"""How are results put into a folder so that nothing half-written remains?

Every file is written whole under another name and brought to the disk; only then are all of them renamed, one by one,
and a rename happens at once or not at all. Other files of the folder are left alone.
"""

import os
import secrets
import socket
import tempfile
from collections.abc import Mapping
from pathlib import Path

from model.refusal import ScenarioError, shortened

WEEKLY, RECORD = "weekly.parquet", "run.json"
PART = ".part"
ALLOWED = "allowed is a folder that can be written to, or the name of a new one"


def check_folder(folder: Path) -> None:
    """Refuse a folder into which no results can be written, before anything is simulated; raises ScenarioError."""
    try:
        problem = _problem(folder)
    except (OSError, ValueError) as error:
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
    made = [path for path in (folder, *folder.absolute().parents) if not path.exists()]
    host = socket.gethostname().replace(".", "-")  # workers of several machines may share the folder
    writer = f"{host}.{os.getpid()}.{secrets.token_hex(4)}"
    parts = {folder / f".{name}.{writer}{PART}": folder / name for name in files}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for part, path in parts.items():
            _write(part, files[path.name])
        for part, path in parts.items():
            part.replace(path)
        _flush(folder)
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
    """Remove what was begun, and the folders that were made for it."""
    for part in parts:
        part.unlink(missing_ok=True)
    for folder in made:
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
