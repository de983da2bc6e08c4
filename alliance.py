"""The door for a notebook: load a scenario, run it, compare two, trace one child, sweep many; answers are pandas frames.

    import alliance

    huaxi = alliance.load("scenarios/huaxi.toml")
    found = alliance.run(huaxi, seeds=5, period="policy")
    found.indicators                       # a row a seed, a column an indicator
    found.weekly                           # a row a seed and week
    alliance.compare(huaxi, "scenarios/no_alliance.toml", seeds=10)

What runs here is what runs at the terminal, to the last bit: `found.result_hashes` are those of `alliance run`. Nothing
is printed, nothing is written unless a folder is named, and bad input raises `ScenarioError`, whose text says what was
found, where, and what is allowed. The first run of an engine compiles it, about half a minute, once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from experiments import request as asked
from experiments.request import MOST_WEEKS, Request
from model import calendar
from model.asked import scenario_asked
from model.look import loaded
from model.refusal import ScenarioError, shortened
from model.scenario import Scenario

if TYPE_CHECKING:
    from experiments.trace.against import Parting
    from experiments.trace.story import Story

__all__ = [
    "Found", "Scenario", "ScenarioError", "answer", "compare", "indicators", "load", "parameters", "parting", "picks",
    "run", "sweep", "trace",
]  # fmt: skip

ScenarioOrPath = Scenario | str | Path
Seeds = int | Iterable[int]


def load(
    path: str | Path, settings: Mapping[str, float | int] | None = None, from_date: date | str | None = None,
    *, children: int | None = None,
) -> Scenario:  # fmt: skip
    """Load a scenario file with everything it extends, and set parameters of it.

    `settings` maps keys such as "fund.surplus.reinvested_share" to values, from the start or from `from_date` (a date or
    "2021-01-04"); `children` is the size of the zone [persons], places in proportion. Raises ScenarioError for a file
    that is not there, an unknown key, a value out of its range, a date outside the run.
    """
    return scenario_asked(path, settings, from_date, children)


@dataclass(frozen=True)
class Found:
    """What came of one scenario: frames over seeds. `period` is what the indicators cover."""

    scenario: Scenario
    period: str
    indicators: pd.DataFrame
    """A row a seed, a column an indicator; units and definitions stand in `alliance.indicators()`."""
    weekly: pd.DataFrame
    """A row a seed and week: seed, week_start, period, then every indicator of that week."""
    result_hashes: pd.Series
    """By seed: equal hashes mean equal results, to the last bit; they are those that the terminal prints."""

    def summary(self) -> pd.DataFrame:
        """Mean and half width of the 95 % interval of each indicator (Student's t over the seeds; luck only), with unit."""
        from experiments.interval import mean_and_half_width

        both = {name: mean_and_half_width(self.indicators[name]) for name in self.indicators}
        frame = pd.DataFrame.from_dict(both, orient="index", columns=["mean", "half_width_95"]).rename_axis("indicator")
        return frame.join(indicators()[["unit", "definition"]])


def run(scenario: ScenarioOrPath, *, seeds: Seeds = 1, weeks: int | None = None, period: str = "history") -> Found:
    """Run a scenario (or a file) for some seeds, one world after the other.

    `seeds` is how many (1, 2, ...) or which ones; `weeks` are simulated after the burn-in year [weeks], 161 of them history,
    the rest policy years (left out: to the scenario's own end); indicators cover `period`: "history", "policy", "case"
    (both) or "burn_in". A world of 90,000 children takes about a second. Raises ScenarioError.
    """
    from experiments.run import run_world, warm_engine

    request = _request(scenario, seeds, weeks, period)
    warm_engine()
    runs = [run_world(request, seed, lambda: None) for seed in request.seeds]
    index = pd.Index(list(request.seeds), name="seed")
    weekly = pd.concat([one.weekly.assign(seed=one.seed) for one in runs], ignore_index=True)
    return Found(
        scenario=request.scenario,
        period=period,
        indicators=pd.DataFrame([one.indicators for one in runs], index=index),
        weekly=weekly.loc[:, ["seed", *runs[0].weekly.columns]],
        result_hashes=pd.Series([one.result_hash for one in runs], index=index, name="result_hash"),
    )


def compare(
    first: ScenarioOrPath, second: ScenarioOrPath, *, seeds: Seeds = 20, weeks: int | None = None, period: str = "policy"
) -> pd.DataFrame:
    """Run two scenarios on the same children with the same luck; what differs is caused by the scenarios.

    A row for each indicator: `first` and `second` (means over the seeds), `difference` (second minus first, seed by seed)
    with its 95 % interval `low` to `high`, `n_seeds` that have a value, `verdict` ("higher", "lower", "not
    distinguishable", "the same in every seed", "not known"), `unit`, `subject`, `can_hide` (what to read beside a figure
    that looks like success), `definition`. The frame's `attrs["inputs"]` lists every parameter that differs, with both
    values and the date. Seeds, weeks and period as in `run`. Raises ScenarioError.
    """
    from experiments.compare import compare as compare_worlds

    one, other = (_request(scenario, seeds, weeks, period) for scenario in (first, second))
    n_weeks = min(one.n_weeks, other.n_weeks)
    found = compare_worlds(replace(one, n_weeks=n_weeks), replace(other, n_weeks=n_weeks))
    frame = found.frame()
    frame.attrs["inputs"] = [(one.name, one.when, one.first, one.second) for one in found.inputs]
    return frame


def answer(
    settings: Mapping[str, float | int], from_date: date | str | None = None, *, seeds: int = 20, children: int | None = None,
    workers: int = 2,
) -> pd.DataFrame:  # fmt: skip
    """Run a policy under all four readings of the known figures: a row an indicator, with the verdict and each reading's interval.

    Read `verdict`, `readings_say`, `A`, `A_low`, `A_high` and so on to `D_high`. Raises ScenarioError.
    """
    from experiments.answers import answer as under_all_four

    return under_all_four(settings, from_date, seeds=seeds, children=children, workers=workers)


def trace(
    scenario: ScenarioOrPath, *, child: int | None = None, doctor: int | None = None, site: int | None = None, seed: int = 1,
    weeks: int | None = None,
) -> Story:  # fmt: skip
    """The story of one child, doctor or place, by replay; print it, or read `.chapters` for every rule's numbers.

    Each chapter has a `day`, `words` (sentences) and `calls` (what was decided: inputs, parameters read, dice, result).
    Raises ScenarioError if not exactly one agent is named, or if there is none of that number.
    """
    from experiments.run import warm_engine
    from experiments.trace.story import trace as trace_agent

    given = {kind: row for kind, row in (("child", child), ("doctor", doctor), ("site", site)) if row is not None}
    if len(given) != 1:
        found = f"{len(given)} agents are named" if given else "no agent is named"
        raise ScenarioError("trace", found, "allowed is one of child=, doctor=, site=")
    request = _request(scenario, [seed], weeks, "burn_in")
    warm_engine()
    (kind, row), *_ = given.items()
    return trace_agent(request.scenario, kind, row, seed=seed, n_weeks=request.n_weeks_in_all)


def picks(scenario: ScenarioOrPath, *, seed: int = 1, weeks: int | None = None) -> pd.DataFrame:
    """Children whose stories are worth reading: a row a child, with why, illnesses, visits, misses, own payments [yuan].

    Raises ScenarioError.
    """
    from experiments.run import warm_engine
    from experiments.trace.pick import picks as picked

    request = _request(scenario, [seed], weeks, "burn_in")
    warm_engine()
    found = picked(request.scenario, seed, request.n_weeks_in_all)
    return pd.DataFrame([{"kind": kind} | vars(pick) for kind, listed in found.items() for pick in listed])


def parting(first: Story, second: Story) -> Parting | None:
    """Where two stories of the same agent part, and by which rule, with both sets of numbers; None if they never do.

    Read `.day`, `.rule`, `.numbers` (name: the two values) and `.sentences()`.
    """
    from experiments.trace.against import parting as part

    return part(first, second)


def sweep(
    scenario: ScenarioOrPath, vary: Mapping[str, Iterable[float]] | None = None, *, seeds: Seeds = 1, workers: int = 2,
    out: str | Path | None = None, **options: Any,
) -> pd.DataFrame:  # fmt: skip
    """Run every combination of the varied values for every seed: a row a run, as `alliance sweep` keeps them.

    `vary` maps keys to the values to try, in force from the policy years on (`from_date="start"`: from the first day);
    `seeds` is how many or which ones.
    `out` is a folder that keeps every run: a sweep that was stopped goes on, a run that was done is found. Further options
    are those of `experiments.sweep.sweep`: first_seed, from_date, weeks, children, period, weekly, on, timeout. A run that
    fails is a row whose status is not "ok". Raises ScenarioError.
    """
    from experiments.sweep import sweep as sweep_worlds

    return sweep_worlds(scenario, vary, seeds=seeds, workers=workers, out=out, **options)


def indicators() -> pd.DataFrame:
    """Every indicator with unit, definition, kind (count, stock or ratio) and subject."""
    from experiments.subjects import subject_of
    from model.indicators import INDICATORS

    rows = {
        name: {"unit": one.unit, "definition": one.definition, "kind": one.kind, "subject": subject_of(name)}
        for name, one in INDICATORS.items()
    }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("indicator")


def parameters(scenario: ScenarioOrPath | None = None) -> pd.DataFrame:
    """Every parameter: value (declared, or that of a scenario at its start), range, unit, kind, role, meaning, source."""
    from model.parameters import declarations

    values = None if scenario is None else _scenario(scenario).values
    rows = {
        name: {
            "value": one.value if values is None else values[name], "low": one.low, "high": one.high, "unit": one.unit,
            "kind": one.kind, "role": one.role, "meaning": one.meaning, "source": one.source or one.because,
        }
        for name, one in declarations().items()
    }  # fmt: skip
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("parameter")


# -- what is asked for, checked as the terminal checks it ------------------------------------------------------------


def _scenario(scenario: ScenarioOrPath) -> Scenario:
    return scenario if isinstance(scenario, Scenario) else loaded(scenario)


def _request(scenario: ScenarioOrPath, seeds: Seeds, weeks: int | None, period: str) -> Request:
    world = _scenario(scenario)
    n_weeks = calendar.end_of_policy(world.policy_years) - calendar.BURN_IN_WEEKS if weeks is None else weeks
    asked.check_period(period, asked.whole_number("weeks", str(n_weeks), 1, MOST_WEEKS), "period")
    return Request(world, _seeds(seeds), n_weeks, period)


def _seeds(seeds: Seeds) -> Sequence[int]:
    if isinstance(seeds, int):
        return range(1, 1 + asked.whole_number("seeds", str(seeds), 1, asked.MOST_SEEDS))
    listed = [asked.whole_number("seeds", str(seed), 0, asked.LARGEST_SEED) for seed in seeds]
    if not listed or len(set(listed)) != len(listed):
        raise ScenarioError("seeds", shortened(listed), "allowed is a number of seeds, or different seeds")
    return listed
