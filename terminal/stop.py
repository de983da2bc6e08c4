"""What happens when long work is stopped? Nothing is lost, and one line says how to go on."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager


class StoppedError(Exception):
    """Ctrl-C, said in one line: what is kept, and how to go on."""


@contextmanager
def stoppable(kept: str) -> Iterator[None]:
    """Ctrl-C, and the end that a batch system announces, stop the work; raises StoppedError, which says what is `kept`."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    except KeyboardInterrupt:
        raise StoppedError(f"stopped; {kept}") from None
    finally:
        signal.signal(signal.SIGTERM, before)
