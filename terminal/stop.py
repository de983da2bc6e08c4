"""What happens when work is stopped? Nothing is lost, and one line says how to go on.

Ctrl-C, the end that a batch system announces (SIGTERM) and a terminal that is closed (SIGHUP) are the same: one line, code 130.
"""

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

STOPPED = 130
SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")
APART_SECONDS = 1.0  # what comes sooner is the same wish: it must not interrupt the cleaning up


class StoppedError(Exception):
    """Ctrl-C, said in one line: what is kept, and how to go on."""


class Interrupt(KeyboardInterrupt):
    """A signal was heard. Not the plain KeyboardInterrupt: after one that passed an exec, Python ends itself by SIGINT."""


class Ear:
    """What hears the signals of a process: the first interrupts the work, hasty ones after it nothing."""

    def __init__(self) -> None:
        self._heard: float | None = None
        self.is_deaf = False  # the last line is being said

    @property
    def has_heard(self) -> bool:
        """[bool] Whether the work is to stop; whatever error it ends with then comes of that."""
        return self._heard is not None

    def __call__(self, _number: int, _frame: FrameType | None) -> None:
        """Raise KeyboardInterrupt, wherever the main thread is."""
        now = time.monotonic()
        if self.is_deaf or (self._heard is not None and now - self._heard < APART_SECONDS):
            return
        self._heard = now
        raise Interrupt


@contextmanager
def listening(*, is_program: bool = False) -> Iterator[Ear]:
    """Within it the signals stop the work, but for those that somebody above lets pass (nohup, a job in the background).

    A program that was stopped is about to end, and stays deaf until then.
    """
    ear = Ear()
    if threading.current_thread() is not threading.main_thread():
        yield ear
        return
    known = [getattr(signal, name) for name in SIGNALS if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in known}
    heeded = {number: old for number, old in before.items() if old not in (signal.SIG_IGN, None)}
    for number in heeded:
        signal.signal(number, ear)
    try:
        yield ear
    finally:
        ear.is_deaf = True
        for number, old in heeded.items():
            signal.signal(number, signal.SIG_IGN if is_program and ear.has_heard else old)


@contextmanager
def stoppable(kept: str) -> Iterator[None]:
    """What is said when this work is stopped; raises StoppedError, which says what is `kept`."""
    try:
        yield
    except KeyboardInterrupt:
        raise StoppedError(f"stopped; {kept}") from None
