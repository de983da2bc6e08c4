"""What becomes of what is printed where it cannot be written: no such character, a closed pipe, a full device, no stream at all?

Nothing stops the work, and no result is lost: what a stream cannot take is let go, and the command ends with a line and a code.
A character that the encoding does not know is written in other ones, or as its number.
"""

import codecs
import errno
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

IN_PLAIN_LETTERS = {"±": "+/-", "–": "-", "—": "-", "…": "...", "≤": "<=", "≥": ">=", "→": "->", "×": "x", "²": "^2", "•": "*"}
HANDLER = "alliance.plain"
STREAMS = (0, 1, 2)


def _in_plain_letters(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    characters = error.object[error.start : error.end]
    return "".join(IN_PLAIN_LETTERS.get(one) or ascii(one)[1:-1] for one in characters), error.end


codecs.register_error(HANDLER, _in_plain_letters)


class Sink(io.RawIOBase):
    """What stands below a text stream: takes everything, and remembers why something could not be written."""

    def __init__(self, stream: TextIO | None) -> None:
        self._stream = stream
        self.error = None if stream else OSError(errno.EBADF, "it is closed")

    def writable(self) -> bool:
        """[bool] Always."""
        return True

    def isatty(self) -> bool:
        """[bool] Whether a terminal is at the end."""
        return self._stream is not None and self._stream.isatty()

    def fileno(self) -> int:
        """The number of the file at the end."""
        if self._stream is None:
            raise io.UnsupportedOperation("fileno")
        return self._stream.fileno()

    def write(self, data, /) -> int:
        """Write, or let go."""
        if self._stream is not None and self.error is None:
            try:
                self._stream.buffer.write(data)
                self._stream.buffer.flush()
            except (OSError, ValueError) as error:
                self.error = error if isinstance(error, OSError) else OSError(errno.EBADF, "it is closed")
        return len(data)


@contextmanager
def printing() -> Iterator[Sink]:
    """Within it both streams take everything; gives what stands below standard output."""
    _fill_closed_numbers()
    before = sys.stdout, sys.stderr
    out, err = Sink(sys.stdout), Sink(sys.stderr)
    sys.stdout, sys.stderr = _text(sys.stdout, out), _text(sys.stderr, err)
    try:
        yield out
    finally:
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):
                stream.flush()
        sys.stdout, sys.stderr = before
        for stream, sink in zip(before, (out, err), strict=True):
            if stream is not None and sink.error is not None:
                _silence(stream)


def _text(stream: TextIO | None, sink: Sink) -> TextIO:
    if stream is None:
        return io.TextIOWrapper(io.BufferedWriter(sink), "utf-8", HANDLER, write_through=True)
    if not hasattr(stream, "buffer"):  # a notebook's, or a test's
        return stream
    stream.flush()
    is_line_by_line = stream.isatty() or stream is sys.stderr
    return io.TextIOWrapper(io.BufferedWriter(sink), stream.encoding, HANDLER, line_buffering=is_line_by_line)


def _silence(stream: TextIO) -> None:
    """Nothing more can be said there, not even on exit."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _fill_closed_numbers() -> None:
    """Keep the numbers of closed streams from the next files that are opened: what is printed would end in those."""
    for number in STREAMS:
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)  # it gets the lowest number that is free
