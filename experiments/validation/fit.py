"""Does the model give what is known, over worlds that were not used in fitting?

    holds       the mean over seeds lies in the range of the sources; where there is none, within `MOST_TOLERANCES` tolerances
    distance    (mean - value) / sqrt(tolerance^2 + standard error^2), where a value and a tolerance are given

A target of calibration is *dependent*: that it is met shows only that the fit succeeded. A datum that is compared
after fitting is *independent*. Tolerances are standard deviations, so two of them are allowed; that of the visits is what a
reading may miss them by, so one.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import stdev
from typing import Any

import numpy as np

from experiments.interval import mean_and_half_width, student_t
from experiments.validation.check import Check, Verdict, with_unit
from model import calendar, indicators
from model.alliance import AllianceModel
from model.known import (
    BURN_IN,
    CALIBRATE,
    HISTORY,
    SHARE_IN_ZONE,
    VALIDATE,
    Known,
    data_for,
    declared_figures,
    found_by_model,
    part_of_known_visits,
)
from model.scenario import Scenario

FIRST_SEED, N_SEEDS = 4_001, 20  # calibration never uses seeds from here on
VISITS = "n_alliance_visits"
MOST_TOLERANCES, OF_VISITS = 2.0, 1.0
FORECAST_WEEKS = 52
NEXT_YEAR = "next_year"
FORECAST = ("n_alliance_visits", "share_referred", "n_accredited_doctors", "n_members", "n_missed_serious_per_1000_serious")
IMBALANCE = "ledger_imbalance_fen"

Figures = dict[str, Any]
"""Of one world: its seed, a hash of its results, whether the books balance, and figures by period."""


def figures_of(scenario: Scenario, seed: int) -> Figures:
    """Run one world to a year after history; what it gives in the burn-in year, in history and in the year after."""
    model = AllianceModel(scenario, seed).run_until(calendar.FIRST_POLICY_WEEK + FORECAST_WEEKS)
    weekly = model.weekly()
    wanted = {datum.pattern for use in (CALIBRATE, VALIDATE) for datum in data_for(use).values()} | {"n_children", *FORECAST}
    periods = {period: indicators.summary(weekly, period) for period in (BURN_IN, HISTORY)}
    periods[NEXT_YEAR] = indicators.over(weekly.iloc[calendar.FIRST_POLICY_WEEK :])
    chosen = {period: {name: float(value) for name, value in found.items() if name in wanted} for period, found in periods.items()}
    return {
        "seed": seed,
        "hash": model.result_hash(),
        "imbalance": float(np.abs(weekly[IMBALANCE].to_numpy()).max()),
        "figures": chosen,
    }


@dataclass(frozen=True)
class Comparison:
    """One datum beside the model: what is known, between what it holds, and the worlds' figures."""

    datum: Known
    value: float | None
    low: float
    high: float
    tolerance: float | None
    figures: tuple[float, ...]

    @property
    def mean(self) -> float:
        """The mean over the worlds; NaN if no world has a figure."""
        return mean_and_half_width(self.figures)[0]

    @property
    def half_width(self) -> float:
        """Half the 95 % interval of the mean."""
        return mean_and_half_width(self.figures)[1]

    @property
    def sd(self) -> float:
        """From world to world."""
        known = [value for value in self.figures if math.isfinite(value)]
        return stdev(known) if len(known) > 1 else math.nan

    @property
    def distance(self) -> float | None:
        """Of the mean from the value, in standard errors of both; None without value or tolerance."""
        if self.value is None or self.tolerance is None or not math.isfinite(self.half_width):
            return None
        n = sum(math.isfinite(value) for value in self.figures)
        return (self.mean - self.value) / math.hypot(self.tolerance, self.half_width / student_t(n - 1))

    @property
    def verdict(self) -> Verdict:
        """Whether the mean lies between the ends; open where the model has no such figure."""
        if math.isnan(self.mean):
            return "open"
        return "holds" if self.low <= self.mean <= self.high else "fails"


def compared(datum: Known, worlds: Sequence[Figures]) -> Comparison:
    """A datum beside the worlds' figures, in the datum's unit and for their number of children."""
    found = tuple(_figure(datum, world["figures"][datum.period]) for world in worlds)
    scale = 1.0
    if datum.use == CALIBRATE and datum.pattern == VISITS:
        n_children = worlds[0]["figures"][datum.period]["n_children"]
        scale = part_of_known_visits(n_children)
    value = None if datum.value is None else scale * datum.value
    tolerance = None if datum.tolerance is None else scale * datum.tolerance
    low, high = datum.low, datum.high
    if low is None or high is None:
        step = (OF_VISITS if datum.pattern == VISITS else MOST_TOLERANCES) * (tolerance or 0.0)
        low, high = (value or 0.0) - step, (value or 0.0) + step
    return Comparison(datum, value, low, high, tolerance, found)


def _figure(datum: Known, figures: dict[str, float]) -> float:
    return found_by_model(datum, figures) if datum.pattern in figures else math.nan


def comparisons(worlds: Sequence[Figures]) -> list[Comparison]:
    """Every datum that calibrates, then every datum that validates."""
    return [compared(datum, worlds) for use in (CALIBRATE, VALIDATE) for datum in data_for(use).values()]


def fit_checks(name: str, worlds: Sequence[Figures]) -> list[Check]:
    """What is known against the worlds of one scenario."""
    return [_check(name, comparison, worlds) for comparison in comparisons(worlds)]


def _check(name: str, found: Comparison, worlds: Sequence[Figures]) -> Check:
    datum = found.datum
    kind = "a target of calibration (dependent)" if datum.use == CALIBRATE else "compared after fitting (independent)"
    told = "no world counted anybody" if math.isnan(found.mean) else told_figures(found, len(worlds))
    return Check(
        "external", f"{name}: {datum.name}", f"{datum.meaning}; {kind}", _expected(found), told, found.distance, found.verdict,
        " ".join(f"{text[0].upper()}{text[1:].rstrip('.')}." for text in _reasons(found) if text),
    )  # fmt: skip


def _expected(found: Comparison) -> str:
    ends = f"{shown(found.low)} to {shown(found.high)}"
    return with_unit(ends if found.value is None else f"{shown(found.value)} ({ends})", found.datum.unit)


def told_figures(found: Comparison, n_worlds: int) -> str:
    """Mean, 95 % interval of the mean, and spread from world to world."""
    if math.isnan(found.half_width):
        return with_unit(shown(found.mean), found.datum.unit) + f", one world of {n_worlds}"
    ends = f"95 % {shown(found.mean - found.half_width)} to {shown(found.mean + found.half_width)}"
    return with_unit(shown(found.mean), found.datum.unit) + f" ({ends}; sd {shown(found.sd)} over {n_worlds} seeds)"


def _reasons(found: Comparison) -> Iterable[str]:
    datum, edge = found.datum, (found.mean - found.half_width, found.mean + found.half_width)
    if found.verdict == "holds" and not (found.low <= edge[0] and edge[1] <= found.high):
        yield "the interval of the mean reaches beyond the range: more seeds may decide otherwise"
    if datum.pattern == VISITS and datum.use == CALIBRATE and found.value:
        share = (declared_figures()[SHARE_IN_ZONE].value or 1.0) * found.mean / found.value
        yield f"what was found is {share:.2f} of all visits that the source counted (it may have counted beyond the zone)"
    if datum.use == CALIBRATE:
        yield datum.tolerance_because
    else:
        yield f"it says {datum.says}; it cannot {datum.cannot}"
    yield f"source: {datum.source or 'assumed'}{f' {datum.url}' if datum.url else ''}"


def books_checks(name: str, worlds: Sequence[Figures], again: Figures) -> list[Check]:
    """Whether every world's books balance, and whether the same seed gives the same bits."""
    worst, n_weeks = max(world["imbalance"] for world in worlds), calendar.FIRST_POLICY_WEEK + FORECAST_WEEKS
    same = again["hash"] == worlds[0]["hash"]
    return [
        Check(
            "verification", f"{name}: the books balance", f"Do all postings of {len(worlds)} worlds over {n_weeks} weeks balance?",
            "0 fen", f"at most {worst:g} fen in a week", None, "holds" if worst == 0.0 else "fails",
        ),
        Check(
            "verification", f"{name}: same seed, same bits", "Does another process give the same results for the same seed?",
            worlds[0]["hash"], again["hash"], None, "holds" if same else "fails",
        ),
    ]  # fmt: skip


def shown(value: float) -> str:
    """A figure as people read it."""
    return f"{value:,.0f}" if abs(value) >= 1_000 else f"{value:.4g}"
