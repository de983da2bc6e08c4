"""Over which values does a calibration search?

A box: for each free parameter its declared range, or in one of the four readings a part of it. Inside, every parameter is
counted from -1 to 1 (in the logarithm where its scale says so), so that all have one length. Numbers: space.toml.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from model.parameters import declarations
from model.settings import Settings

FILE = Path(__file__).with_name("space.toml")
DIGITS = 6  # significant digits of a point's values: a file that quotes them gives the same bits


@dataclass(frozen=True)
class Free:
    """One free parameter. `story` is the reading that its extremes tell; own and others are its ranges there and elsewhere."""

    name: str
    because: str
    scale: str = "linear"
    story: str = ""
    is_driver: bool = False
    own: tuple[float, float] | None = None
    others: tuple[float, float] | None = None

    def range_in(self, story: str) -> tuple[float, float]:
        """The range in the reading of this letter; with no letter the declared one."""
        declared = declarations()[self.name]
        found = None if not story else self.own if self.story == story else self.others
        return found or (declared.low, declared.high)


@cache
def free_parameters() -> tuple[Free, ...]:
    """Every free parameter, in the order of the file."""
    return tuple(_free(name, table) for name, table in tomllib.loads(FILE.read_text(encoding="utf-8")).items())


def _free(name: str, table: dict[str, Any]) -> Free:
    texts = {key: table[key] for key in ("because", "scale", "story", "is_driver") if key in table}
    ends = {key: tuple(table[key]) for key in ("own", "others") if key in table}
    return replace(Free(name, **texts), **ends)


@dataclass(frozen=True)
class Space:
    """The box of one calibration; positions are arrays of shape (..., number of parameters) from -1 to 1."""

    frees: tuple[Free, ...]
    story: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The parameters, in order."""
        return tuple(free.name for free in self.frees)

    @property
    def ranges(self) -> np.ndarray:
        """Lower and upper ends, in the logarithm where that is the scale; shape (number of parameters, 2)."""
        return np.array([_scaled(free, free.range_in(self.story)) for free in self.frees])

    def point(self, position: np.ndarray) -> Settings:
        """The values at a position, rounded to so many digits."""
        low, high = self.ranges.T
        scaled = low + (np.clip(position, -1.0, 1.0) + 1.0) / 2.0 * (high - low)
        return {free.name: self._value(free, float(value)) for free, value in zip(self.frees, scaled, strict=True)}

    def _value(self, free: Free, scaled: float) -> float | int:
        low, high = free.range_in(self.story)
        value = float(np.exp(scaled)) if free.scale == "log" else scaled
        value = min(max(float(f"{value:.{DIGITS}g}"), low), high)
        return round(value) if declarations()[free.name].is_whole else value

    def position(self, point: Mapping[str, float]) -> np.ndarray:
        """Where in the box these values lie; beyond -1 and 1 outside of it."""
        low, high = self.ranges.T
        scaled = np.array([_scaled(free, (point[free.name],))[0] for free in self.frees])
        return 2.0 * (scaled - low) / (high - low) - 1.0

    def start(self) -> np.ndarray:
        """Where the declared values lie, or the nearest that the box allows; a reading's driver begins in the middle."""
        declared = self.position({name: declarations()[name].value for name in self.names})
        drives = np.array([free.is_driver and free.story == self.story for free in self.frees])
        return np.where(drives, 0.0, np.clip(declared, -1.0, 1.0))


def space_of(story: str = "") -> Space:
    """The box of a reading, or of the case itself."""
    return Space(free_parameters(), story)


def _scaled(free: Free, values: tuple[float, ...]) -> list[float]:
    return [float(np.log(value)) for value in values] if free.scale == "log" else [float(value) for value in values]
