"""Does a large array that nobody needs any more go back to the machine, whichever thread made it?"""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.unit

FORTY_MEGABYTES = """
import os, threading, numpy, psutil
from dashboard.serving import memory
memory.give_back()
kept = []
def run():
    arrays = [numpy.ones(5_000_000) for _ in range(4)]
    kept.append(numpy.ones(10))
    del arrays
for _ in range(8):
    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
print(psutil.Process().memory_info().rss)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only there the allocator can be told")
def test_threads_leave_nothing_large_behind() -> None:
    told = subprocess.run([sys.executable, "-c", FORTY_MEGABYTES], capture_output=True, text=True, check=True)
    assert int(told.stdout) < 200e6
