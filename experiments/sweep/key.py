"""Under which name is a run known, wherever and whenever it was done?

    key = hash(engine, every parameter's value from each week on, weeks, period, seed)

A content address: the same question has the same key in any sweep, so what was run before is found and not run again. Another
engine (rules, declared numbers, the libraries that compile and count, the kind of processor) gives other keys.
"""

import hashlib
import json
import platform
import re
from collections.abc import Iterable
from functools import cache

from experiments.sweep.design import Frame
from model.parameters import model_hash
from model.settings import Settings

LENGTH = 20  # hex digits: among a million runs two share a name with probability 4e-13
SEALED, UNSEALED = ".sealed.parquet", ".parquet"  # how files end that hold their own hash, and those of version 0.1
MARKED = re.compile(r'"\\u0000([^"]+)"')  # a mark of a value that varies, as JSON has it


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:LENGTH]


@cache
def engine_of_this_process() -> str:
    """The engine that this process runs [hex]; sources are read once, as they are when it starts."""
    from agents.compiled import source_hash  # loads the compiler

    return _hashed(f"{model_hash()} {source_hash()} {platform.machine()}")[:16]


class Questions:
    """What is asked at each point of a frame, whatever the seed: a call gives the hash of a point's question [hex].

    The question is a text of some ten thousand letters that is the same for all points but for the values that vary: it is
    written once, and what stands before the first of them is hashed once.
    """

    def __init__(self, frame: Frame, keys: Iterable[str], engine: str) -> None:
        segments = [[week, sorted(values.items())] for week, values in frame.marked_segments(keys)]
        text = json.dumps([engine, segments, frame.n_weeks, frame.period])
        begin, *rest = MARKED.split(text)
        self._begun = hashlib.sha256(begin.encode())
        self._rest = list(zip(rest[::2], rest[1::2], strict=True))

    def __call__(self, point: Settings) -> str:
        """The hash of what is asked at a point [hex]."""
        digest = self._begun.copy()
        digest.update("".join([json.dumps(point[key]) + text for key, text in self._rest]).encode())
        return digest.hexdigest()[:LENGTH]


def question_of(frame: Frame, point: Settings, engine: str) -> str:
    """What is asked at a point, whatever the seed [hex]."""
    return Questions(frame, point, engine)(point)


def run_key(question: str, seed: int) -> str:
    """The key of a run [hex]."""
    return _hashed(f"{question} {seed}")


def past_key(frame: Frame, engine: str) -> str:
    """What all points of a frame share before its date, whatever the seed [hex]."""
    week = frame.n_shared_weeks
    segments = [[start, sorted(values.items())] for start, values in frame.scenario.segments_until(week)]
    return _hashed(json.dumps([engine, segments, week]))


def chunk_name(keys: Iterable[str], end: str = SEALED) -> str:
    """The name of the file that holds just these runs."""
    return f"chunk-{_hashed(' '.join(sorted(keys)))}{end}"


def is_chunk(name: str) -> bool:
    """[bool] Whether a file of this name holds runs or their curves."""
    return name.startswith("chunk-") and name.endswith(UNSEALED)


def is_sealed(name: str) -> bool:
    """[bool] Whether a file of this name holds its own hash."""
    return name.endswith(SEALED)
