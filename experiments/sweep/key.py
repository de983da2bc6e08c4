"""Under which name is a run known, wherever and whenever it was done?

    key = hash(engine, every parameter's value from each week on, weeks, period, seed)

A content address: the same question has the same key in any sweep, so what was run before is found and not run again. Another
engine (rules, declared numbers, the libraries that compile and count, the kind of processor) gives other keys.
"""

import hashlib
import json
import platform
from collections.abc import Iterable
from functools import cache

from experiments.sweep.design import Frame
from model.parameters import model_hash
from model.settings import Settings

LENGTH = 20  # hex digits: among a million runs two share a name with probability 4e-13


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:LENGTH]


@cache
def engine_of_this_process() -> str:
    """The engine that this process runs [hex]; sources are read once, as they are when it starts."""
    from agents.compiled import source_hash  # loads the compiler

    return _hashed(f"{model_hash()} {source_hash()} {platform.machine()}")[:16]


def question_of(frame: Frame, point: Settings, engine: str) -> str:
    """What is asked at a point, whatever the seed [hex]."""
    segments = [[week, sorted(values.items())] for week, values in frame.scenario_at(point).segments()]
    return _hashed(json.dumps([engine, segments, frame.n_weeks, frame.period]))


def run_key(question: str, seed: int) -> str:
    """The key of a run [hex]."""
    return _hashed(f"{question} {seed}")


def past_key(frame: Frame, engine: str) -> str:
    """What all points of a frame share before its date, whatever the seed [hex]."""
    week = frame.n_shared_weeks
    segments = [[start, sorted(values.items())] for start, values in frame.scenario.segments_until(week)]
    return _hashed(json.dumps([engine, segments, week]))


def chunk_name(keys: Iterable[str]) -> str:
    """The name of the file that holds just these runs."""
    return f"chunk-{_hashed(' '.join(sorted(keys)))}.parquet"
