"""With what, and when, was this made?

Versions of package, Python and libraries, and the date, in the metadata of every chunk and in sweep.toml. They answer questions of
people years later: no key, no column and no hash of results depends on them.
"""

from datetime import UTC, datetime
from functools import cache

NAME = "alliance"  # of the entry in a file's metadata


def made_now() -> dict[str, str]:
    """Versions by name, and when this is written."""
    return made_with() | {"written": now()}


@cache
def _versions() -> dict[str, str]:
    from experiments.record import package_version, versions

    return {"package": package_version(), **versions()}


def made_with() -> dict[str, str]:
    """Versions by name."""
    return dict(_versions())


def now() -> str:
    """The time in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
