"""What does the model say beforehand, so that somebody can hold it against what comes?

    of a single world: mean +- t x sd x sqrt(1 + 1 / n)

All known figures end with 2020, so none is left that lies after the fit, and nothing here can hold or fail yet. What can be done
honestly is to write forecasts down now, with their interval, and to name the data that would decide. The interval covers luck
and the reading; the real district had its own luck, and its policy need not have stayed as it was.
"""

import math
from collections.abc import Mapping, Sequence
from statistics import fmean, stdev

from experiments.interval import student_t
from experiments.validation.check import Check, still_open, with_unit
from experiments.validation.fit import FORECAST, NEXT_YEAR, Figures, shown
from model.indicators import INDICATORS

WANTED = (
    (
        "a year after the fit",
        "Are visits and recorded referrals of 2021 those that the model gives after a fit to the end of 2020?",
        "the alliance's visits, recorded referrals and doctors by year; one total is published, so no year can be held back",
    ),
    (
        "a dated change of policy",
        "Does the model foretell what a real change of pass rate, pay or contracts did?",
        "a change with its date, and counts before and after it, best with places that it did not reach",
    ),
    (
        "enrolment and renewal",
        "Are membership and renewal those that the model gives?",
        "the plan's members by year; neither premium nor enrolment was published",
    ),
    (
        "misses behind the rate",
        "Which of the four readings is true?",
        "serious cases among children whom alliance doctors did not send, by chart review or linked admissions",
    ),
)


def forecast_checks(name: str, worlds: Sequence[Figures]) -> list[Check]:
    """Forecasts of the year after history under one scenario, open until somebody counts."""
    return [_forecast(name, indicator, worlds) for indicator in FORECAST]


def _forecast(name: str, indicator: str, worlds: Sequence[Figures]) -> Check:
    unit = INDICATORS[indicator].unit
    values = [world["figures"][NEXT_YEAR].get(indicator, math.nan) for world in worlds]
    low, high = of_one_world([value for value in values if math.isfinite(value)])
    said = "nobody counted" if math.isnan(low) else with_unit(f"{shown(low)} to {shown(high)}", unit)
    return Check(
        "predictive", f"{name}: {indicator} of 2021", f"{INDICATORS[indicator].definition}, in the first year after history",
        "nobody has published it", f"forecast, 95 % of worlds: {said}", None, "open",
        "Written down for later; luck only, and if policy stays as the scenario has it.",
    )  # fmt: skip


def of_one_world(values: Sequence[float]) -> tuple[float, float]:
    """Between what the figure of a further world lies with 95 %; not below zero where no world is."""
    if len(values) < 2:
        return (values[0], values[0]) if values else (math.nan, math.nan)
    middle, reach = fmean(values), student_t(len(values) - 1) * stdev(values) * math.sqrt(1 + 1 / len(values))
    low = middle - reach
    return (max(low, 0.0) if min(values) >= 0.0 else low), middle + reach


def wanted_checks() -> list[Check]:
    """Which predictions could be tested, and what datum each needs."""
    return [
        still_open(f"prediction: {name}", question, "a datum that the fit did not see", f"Needed: {needed}.", "predictive")
        for name, question, needed in WANTED
    ]


def all_forecasts(found: Mapping[str, Sequence[Figures]]) -> list[Check]:
    """What is needed, then the forecasts of every scenario."""
    return wanted_checks() + [check for name, worlds in found.items() for check in forecast_checks(name, worlds)]
