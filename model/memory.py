"""How much memory is free on this machine?"""

from pathlib import Path

UNKNOWN = 8_000_000_000  # where the system does not say


def available_bytes() -> int:
    """Memory that can be used without swapping [bytes]; a guess where the system does not tell."""
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    except OSError:
        return UNKNOWN
    kilobytes = dict(line.split(":") for line in lines).get("MemAvailable", "")
    return int(kilobytes.split()[0]) * 1024 if kilobytes else UNKNOWN
