"""Is machine code that was damaged, or that somebody else could have put there, never run?"""

import sys
from pathlib import Path

import numba
import pytest

from agents import cache
from agents.cache import MachineCode, Place

pytestmark = pytest.mark.unit

needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="only there folders have owners")


def twice(x):
    return x + x


def answer(folder: Path) -> float:
    """What a new process would compute with this cache."""
    made = numba.njit(twice)
    made._cache = MachineCode(twice, folder)
    return made(1.5)


def damaged(content: bytes) -> list[bytes]:
    """Nothing, a half, one flipped bit at the beginning, in the middle and at the end, something else."""
    flipped = [content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :] for at in (0, len(content) // 2, len(content) - 1)]
    return [b"", content[: len(content) // 2], *flipped, b"no machine code" * 9]


def test_damaged_machine_code_is_compiled_and_written_anew(tmp_path):
    assert answer(tmp_path) == 3.0
    (file,) = tmp_path.glob("*.code")
    for content in damaged(file.read_bytes()):
        file.write_bytes(content)
        assert answer(tmp_path) == 3.0
        rewritten = file.read_bytes()
        assert rewritten != content
        assert cache.hashlib.sha256(rewritten[cache.DIGEST_BYTES :]).digest() == rewritten[: cache.DIGEST_BYTES]
    assert [path.name for path in tmp_path.iterdir()] == [file.name], "nothing half-written stays"


def test_a_folder_is_ready_only_while_every_file_is_whole(tmp_path):
    answer(tmp_path)
    place = Place(tmp_path)
    assert not place.is_ready()
    place.mark_ready()
    assert place.is_ready()
    (file,) = tmp_path.glob("*.code")
    file.write_bytes(file.read_bytes()[:-1])
    assert not place.is_ready()
    file.unlink()
    assert not place.is_ready()


def test_a_cache_that_cannot_be_written_is_said_once_and_nothing_fails(tmp_path, monkeypatch, capfd):
    monkeypatch.delenv(cache.SAID, raising=False)
    folder = tmp_path / "a file"
    folder.write_text("in the way")
    assert answer(folder) == 3.0
    assert answer(folder) == 3.0
    (line,) = capfd.readouterr().err.splitlines()
    assert line.startswith("alliance: machine code cannot be written to ")


@needs_posix
def test_a_private_folder_is_ours_alone_or_not_used(tmp_path, monkeypatch):
    monkeypatch.setattr(cache.tempfile, "gettempdir", lambda: str(tmp_path))
    folder = cache.private_home()
    assert folder is not None
    assert folder.stat().st_mode & 0o777 == 0o700
    folder.chmod(0o755)
    assert cache.private_home() is None, "others can look into it"
    folder.rmdir()
    (tmp_path / "theirs").mkdir(mode=0o700)
    folder.symlink_to(tmp_path / "theirs")
    assert cache.private_home() is None, "it leads elsewhere"
    folder.unlink()
    folder.mkdir(mode=0o700)
    monkeypatch.setattr(cache.os, "getuid", lambda: folder.stat().st_uid + 1)
    (tmp_path / f"alliance-{folder.stat().st_uid + 1}").mkdir(mode=0o700)
    assert cache.private_home() is None, "it belongs to somebody else"
