"""Does memory that is done with go back to the machine?

Runs in many threads take and leave arrays of tens of megabytes. The C library's allocator would keep a heap for each thread and
learn to keep such arrays in it, so that the server only ever grew. Told so, it maps each large array by itself and unmaps it.
"""

from __future__ import annotations

import ctypes
import gc
import sys

import anyio.to_thread

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


async def tidy() -> None:
    """Let go what those who have left leave lying about, and give the memory back.

    A thread that served a page and waits for the next keeps the session that it served; asking for a thread dismisses those
    that have waited for some seconds. What refers to itself in a circle waits for the collector, which counts objects, not bytes.
    """
    await anyio.to_thread.run_sync(_collect)


def _collect() -> None:
    gc.collect()
    if sys.platform.startswith("linux"):
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # another C library than glibc has none
        if trim is not None:
            trim(0)
