"""Which four stories are told of the same referral rate? Numbers of the box: space.toml; texts: readings.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("readings.toml")


@dataclass(frozen=True)
class Reading:
    """One story: its letter, the name of its scenario file, and what it says."""

    letter: str
    name: str
    title: str
    question: str
    because: str
    zh: Mapping[str, str]
    """The same texts in Chinese."""


@cache
def readings() -> tuple[Reading, ...]:
    """The four readings, A to D."""
    return tuple(Reading(letter, **table) for letter, table in tomllib.loads(FILE.read_text(encoding="utf-8")).items())
