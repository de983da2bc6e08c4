"""Does memory that is done with go back to the machine?

Runs in many threads take and leave arrays of tens of megabytes. The C library's allocator would keep a heap for each thread and
learn to keep such arrays in it, so that the server only ever grew. Told so, it maps each large array by itself and unmaps it.
"""

from __future__ import annotations

import ctypes
import sys

M_MMAP_THRESHOLD, M_ARENA_MAX = -3, -8  # the names that glibc's mallopt has for them
LARGE_BYTES, MOST_HEAPS = 1 << 20, 2


def give_back() -> None:
    """Have large arrays mapped by themselves; does nothing where the C library cannot be told."""
    if not sys.platform.startswith("linux"):
        return
    try:
        tell = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError):
        return
    tell(M_MMAP_THRESHOLD, LARGE_BYTES)
    tell(M_ARENA_MAX, MOST_HEAPS)
