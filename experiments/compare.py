"""What difference does one scenario make against another, seed by seed?

Both scenarios run with the same seeds, so both are the same children with the same luck. As far as they say the same, a seed's
past is run once and both go on from its checkpoint. A difference is second minus first, taken seed by seed; its 95 %
interval is that of the paired differences.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from threading import Event
from typing import Any

import pandas as pd

from experiments import paired
from experiments.inputs import OtherInput, common_weeks, other_inputs
from experiments.interval import mean_and_half_width
from experiments.report import three_digits, times_of
from experiments.request import Request
from experiments.run import warm_engine
from experiments.subjects import can_hide, subject_of
from model.alliance import AllianceModel
from model.indicators import INDICATORS

N_AT_ONCE = 2  # worlds; the engine lets others run while it computes
SAME, ALIKE, HIGHER, LOWER, NOT_KNOWN = "the same in every seed", "not distinguishable", "higher", "lower", "not known"


@dataclass(frozen=True)
class Pair:
    """One seed under both scenarios."""

    seed: int
    first: dict[str, float]
    second: dict[str, float]
    hashes: tuple[str, str]


@dataclass(frozen=True)
class Comparison:
    """Two requests that differ in their scenario only, and what came of both."""

    first: Request
    second: Request
    pairs: list[Pair]
    shared_weeks: int

    @cached_property
    def inputs(self) -> list[OtherInput]:
        """Every parameter that differs."""
        return other_inputs(self.first.scenario, self.second.scenario)

    @cached_property
    def differences(self) -> dict[str, paired.Difference]:
        """The paired difference of each indicator."""
        one, other = [pair.first for pair in self.pairs], [pair.second for pair in self.pairs]
        return {name: paired.difference(name, one, other) for name in INDICATORS}

    def known(self, name: str) -> tuple[list[float], list[float]]:
        """Values of both sides in the seeds in which both have one; each side's own where no seed has both."""
        pairs = [(pair.first[name], pair.second[name]) for pair in self.pairs]
        both = [pair for pair in pairs if all(math.isfinite(value) for value in pair)]
        first, second = zip(*(both or pairs), strict=True)
        return list(first), list(second)

    def verdict(self, name: str) -> str:
        """What the difference comes to, in words."""
        if self.always_same(name):
            return SAME
        found = self.differences[name]
        if math.isnan(found.mean):
            return NOT_KNOWN
        if three_digits(found.mean * times_of(name)) == "0":
            return ALIKE  # whatever the interval says, nobody would see a difference
        return {1: HIGHER, -1: LOWER, 0: ALIKE}[found.sign]

    def always_same(self, name: str) -> bool:
        """[bool] Whether no seed shows any difference."""
        values = [(pair.first[name], pair.second[name]) for pair in self.pairs]
        return all(a == b or (math.isnan(a) and math.isnan(b)) for a, b in values)

    def frame(self) -> pd.DataFrame:
        """A row for each indicator: means, difference, interval, verdict, unit, subject, definition, what it can hide."""
        rows = {name: self._row(name) for name in INDICATORS}
        return pd.DataFrame.from_dict(rows, orient="index").rename_axis("indicator")

    def _row(self, name: str) -> dict[str, Any]:
        found = self.differences[name]
        means = [mean_and_half_width(side)[0] for side in self.known(name)]
        return {
            "first": means[0], "second": means[1], "difference": found.mean, "low": found.low, "high": found.high,
            "n_seeds": self.n_known(name), "verdict": self.verdict(name), "unit": INDICATORS[name].unit,
            "subject": subject_of(name), "can_hide": can_hide(name), "definition": INDICATORS[name].definition,
        }  # fmt: skip

    def n_known(self, name: str) -> int:
        """Seeds in which both sides have a value."""
        return sum(math.isfinite(pair.second[name] - pair.first[name]) for pair in self.pairs)

    def by_seed(self) -> pd.DataFrame:
        """A row for each seed and indicator: first, second, difference."""
        rows = [
            {"seed": pair.seed, "indicator": name, "first": pair.first[name], "second": pair.second[name],
             "difference": pair.second[name] - pair.first[name]}
            for pair in self.pairs
            for name in INDICATORS
        ]  # fmt: skip
        return pd.DataFrame(rows)


def compare(first: Request, second: Request, on_week: Callable[[], None] = lambda: None) -> Comparison:
    """Run both scenarios for every seed, two worlds at a time; `on_week` is called after each simulated week."""
    shared = min(common_weeks(first.scenario, second.scenario), first.n_weeks_in_all)
    warm_engine()
    stop = Event()

    def run(seed: int) -> Pair:
        return _run_pair(first, second, seed, shared, _until_stopped(on_week, stop))

    with ThreadPoolExecutor(N_AT_ONCE) as pool:
        try:
            pairs = list(pool.map(run, first.seeds))
        except BaseException:
            stop.set()
            pool.shutdown(wait=True, cancel_futures=True)
            raise
    return Comparison(first, second, pairs, shared)


def n_weeks_to_run(first: Request, second: Request) -> int:
    """Weeks that a comparison simulates, what is shared counted once [weeks]."""
    shared = min(common_weeks(first.scenario, second.scenario), first.n_weeks_in_all)
    return len(first.seeds) * (2 * first.n_weeks_in_all - shared)


class StoppedError(Exception):
    """Another thread was stopped; this world need not go on."""


def _until_stopped(on_week: Callable[[], None], stop: Event) -> Callable[[], None]:
    def checked() -> None:
        if stop.is_set():
            raise StoppedError
        on_week()

    return checked


def _run_pair(first: Request, second: Request, seed: int, shared: int, on_week: Callable[[], None]) -> Pair:
    scenarios = (first.scenario, second.scenario)
    if shared == 0:
        models = [AllianceModel(scenario, seed) for scenario in scenarios]
    else:
        past = _run(AllianceModel(first.scenario, seed), shared, on_week).checkpoint()
        models = [AllianceModel.from_checkpoint(past, scenario) for scenario in scenarios]
    found = [_run(model, first.n_weeks_in_all, on_week) for model in models]
    indicators = [model.indicators(first.period) for model in found]
    return Pair(seed, indicators[0], indicators[1], (found[0].result_hash(), found[1].result_hash()))


def _run(model: AllianceModel, until: int, on_week: Callable[[], None]) -> AllianceModel:
    while model.week < until:
        model.step()
        on_week()
    return model
