"""Which runs go wrong on purpose?

What the workers of a test do in place of `run_chunk`: one run, that of seed 2 in the middle of the larger rate, has a mishap.
"""

import os
import signal
import time
from unittest.mock import patch

from experiments.sweep import work
from experiments.sweep.watch import SECONDS_BETWEEN_LOOKS

PLAIN = work.simulate


def is_odd(run: work.Run) -> bool:
    return run.seed == 2 and run.point == {"hospital.accredit.pass_rate": 0.5, "fund.surplus.reinvested_share": 0.5}


def _with(mishap, order, chunk):
    def simulate(frame, past, run):
        if is_odd(run):
            mishap()
        return PLAIN(frame, past, run)

    with patch.object(work, "simulate", simulate):
        return work.run_chunk(order, chunk)


def _raise() -> None:
    raise ValueError("a rule divided\nby zero")


def _hang() -> None:
    while True:
        time.sleep(0.01)


def _outgrow() -> None:
    hoard = []
    while True:
        hoard.append(b"x" * 10_000_000)
        time.sleep(0.001)


def _linger() -> None:
    time.sleep(5 * SECONDS_BETWEEN_LOOKS)


def raising(order, chunk):
    return _with(_raise, order, chunk)


def hanging(order, chunk):
    return _with(_hang, order, chunk)


def lingering(order, chunk):
    return _with(_linger, order, chunk)


def outgrowing(order, chunk):
    return _with(_outgrow, order, chunk)


def killing(order, chunk):
    return _with(lambda: os.kill(os.getpid(), signal.SIGKILL), order, chunk)
