"""What does a sweep ask of its folder's files, and what is said when that fails?

What is not there is an answer: nothing. Whatever else goes wrong (a disk that breaks, a file that may not be read) is one line that
names the file, and stops the sweep: such a file may be whole, so it is neither moved nor done again.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from model.refusal import ScenarioError, shortened

KEPT = "what is finished is kept: the same command goes on"
ALLOWED = f"allowed is a folder whose files can be read and moved; {KEPT}"

Stamp = tuple[int, int, int]


@contextmanager
def in_one_line(path: Path, what: str) -> Iterator[None]:
    """Whatever the system answers is raised as a ScenarioError: this path cannot be ...; what is not there stays as it is."""
    try:
        yield
    except (FileNotFoundError, NotADirectoryError):
        raise
    except OSError as error:
        raise ScenarioError(shortened(str(path)), f"cannot be {what} ({error.strerror})", ALLOWED) from error


def content_of(path: Path) -> bytes | None:
    """What a file holds, None if it is not there; raises ScenarioError."""
    try:
        with in_one_line(path, "read"):
            return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def stamp_of(path: Path) -> Stamp | None:
    """What changes when a file is replaced, None if it is not there; raises ScenarioError."""
    try:
        with in_one_line(path, "looked at"):
            found = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def is_there(path: Path) -> bool:
    """[bool] Whether there is such a file or folder; raises ScenarioError."""
    return stamp_of(path) is not None


def paths_in(folder: Path) -> list[Path]:
    """What lies in a folder, in the order of names, nothing if it is not there; raises ScenarioError."""
    try:
        with in_one_line(folder, "looked into"):
            return [folder / name for name in sorted(os.listdir(folder))]  # noqa: PTH208  (glob passes over what it may not read)
    except (FileNotFoundError, NotADirectoryError):
        return []


def remove(path: Path) -> None:
    """Remove a file, if it is there; raises ScenarioError."""
    with in_one_line(path, "removed"):
        path.unlink(missing_ok=True)


def move(path: Path, folder: Path) -> bool:
    """Move a file into a folder, under a name that is free there; False if it is gone; raises ScenarioError."""
    with in_one_line(folder, "made"):
        folder.mkdir(parents=True, exist_ok=True)
    taken = {there.name for there in paths_in(folder)}
    names = (f"{path.name}.{n}" if n else path.name for n in range(len(taken) + 1))
    free = next(name for name in names if name not in taken)
    try:
        with in_one_line(path, "moved"):
            path.replace(folder / free)
    except FileNotFoundError:
        return False  # another sweep was faster
    return True
