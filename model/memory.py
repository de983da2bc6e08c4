"""How much memory does a world take, and how much may this process still take?

    needed = BYTES_OF_ENGINE + n_children x BYTES_PER_CHILD

Free is the least of what the system has free, what its control group leaves, and what the process itself is limited to.
"""

import sys
from pathlib import Path

BYTES_PER_CHILD = 1_900  # measured: rows, cases, stream and books of a child of the zone, checkpoint included
BYTES_OF_ENGINE = 420_000_000
UNKNOWN = 8_000_000_000  # where the system does not say
GROUPS = (("memory.max", "memory.current"), ("memory/memory.limit_in_bytes", "memory/memory.usage_in_bytes"))


def estimated_bytes(n_children: int) -> int:
    """Memory that a run of this population takes [bytes], before anything is allocated."""
    return BYTES_OF_ENGINE + n_children * BYTES_PER_CHILD


def available_bytes() -> int:
    """Memory that can be used without swapping or being stopped [bytes]; a guess where the system does not tell."""
    found = [free for free in (_free_on_machine(), *_free_in_groups(), _free_in_process()) if free is not None]
    return max(0, min(found, default=UNKNOWN))


def _whole_number(path: Path) -> int | None:
    try:
        return int(path.read_text(encoding="ascii").split()[0])
    except (OSError, ValueError, IndexError):
        return None


def _free_on_machine() -> int | None:
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
        kilobytes = dict(line.split(":", 1) for line in lines)["MemAvailable"]
        return int(kilobytes.split()[0]) * 1024
    except (OSError, ValueError, KeyError):
        return None


def _free_in_groups(root: Path = Path("/sys/fs/cgroup")) -> list[int]:
    pairs = [(root / limit, root / used) for limit, used in GROUPS]
    found = [(_whole_number(limit), _whole_number(used), _cached_files(used.with_name("memory.stat"))) for limit, used in pairs]
    return [limit - used + cached for limit, used, cached in found if limit is not None and used is not None]


def _cached_files(statistics: Path) -> int:
    """What a control group counts as used though it is given away as soon as anybody wants it [bytes]."""
    try:
        lines = dict(line.split(" ", 1) for line in statistics.read_text(encoding="ascii").splitlines())
        return int(lines["inactive_file"])
    except (OSError, ValueError, KeyError):
        return 0


def _free_in_process() -> int | None:
    if sys.platform == "win32":
        return None
    import resource

    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    pages = _whole_number(Path("/proc/self/statm"))
    return None if limit == resource.RLIM_INFINITY else limit - (pages or 0) * resource.getpagesize()
