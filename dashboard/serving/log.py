"""What is written down of what happens, and of whom nothing?

Counts and kinds: sessions that come and go, requests that were refused, failures with their place in the program. No
address of a visitor, no query (it holds what a visitor chose), no cookie, no name of a session: uvicorn's own log of
requests is off, and what other libraries write is swept before it is written.
"""

from __future__ import annotations

import logging
import re
import sys
from collections import Counter

logger = logging.getLogger("alliance.serving")

SWEPT = (
    (re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?"), "[address]"),
    (re.compile(r"(?<![\w:])(?:[0-9a-fA-F]{0,4}:){3,7}[0-9a-fA-F]{1,4}\b"), "[address]"),
    (re.compile(r"\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b"), "[session]"),
    (re.compile(r"\?[\w.%\-]+=[^\s'\"]*"), "?[query]"),
)
FAILURES_A_MINUTE = 30
SECONDS_OF_MINUTE = 60.0
QUIET = ("uvicorn", "uvicorn.error", "uvicorn.access", "websockets", "asyncio", "solara")


class Discreet(logging.Formatter):
    """Time, grade and text, without anything that points to a person."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line as it is written."""
        return swept(super().format(record))


def swept(text: str) -> str:
    """Return the text without addresses, names of sessions and queries."""
    for pattern, word in SWEPT:
        text = pattern.sub(word, text)
    return text


def begin() -> None:
    """Write to the error stream, ours from 'info' on and everybody else's from 'error' on."""
    handler = logging.StreamHandler(sys.stderr)
    formatter = Discreet("{asctime} {levelname} {message}", style="{", datefmt="%Y-%m-%dT%H:%M:%S%z")
    handler.setFormatter(formatter)
    handler.addFilter(Calm())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logger.setLevel(logging.INFO)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.ERROR)


class Calm(logging.Filter):
    """So many lines a minute: who provokes failures shall not fill the disk with them."""

    def __init__(self) -> None:
        super().__init__()
        self._minute, self._n = 0.0, 0

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the line is written."""
        if record.created - self._minute >= SECONDS_OF_MINUTE:
            self._minute, self._n = record.created, 0
        self._n += 1
        return self._n <= FAILURES_A_MINUTE


class Refusals:
    """How often what was refused since the last line about it: a flood of them is one line a minute."""

    def __init__(self) -> None:
        self._n = Counter[str]()

    def add(self, reason: str) -> None:
        """Count one more."""
        self._n[reason] += 1

    def tell(self) -> None:
        """Write them down and begin anew."""
        if self._n:
            logger.warning("refused: %s", ", ".join(f"{reason} {n}" for reason, n in sorted(self._n.items())))
        self._n.clear()
