"""When does a worker end with the process that asked for its work?

At once, however that process ended: its end closes a pipe, and a thread of the worker waits for that. This file imports nothing of
the project, so that a worker which is still coming up listens already.
"""

import os
import signal
import threading
from multiprocessing import connection, parent_process

ORPHANED = 4  # exit code


def die_with_parent() -> None:
    """Begin to wait for the end of the process that started this one; leave Ctrl-C to that process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_wait_for_end, args=(parent.sentinel,), name="parent", daemon=True).start()


def _wait_for_end(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(ORPHANED)
