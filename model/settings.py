"""Is this value allowed for this parameter, and this date for this change?

A closed list of keys: what is not declared is refused with the nearest known name, what is out of its range with the
range. `fund.surplus` is a group of keys, not a key. Some numbers only shape the beginning of the world, and no date can
change them.
"""

import math
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from difflib import get_close_matches
from functools import cache
from typing import Any

from model import calendar
from model.parameters import Parameter, declarations
from model.refusal import LONGEST_VALUE, ScenarioError, number, shortened
from model.renamed import by_todays_keys, old_groups, renamed, todays_key

Settings = dict[str, float | int]
Changes = tuple[tuple[date, Settings], ...]

MOST_NAMES_LISTED = 4
OF_THE_BEGINNING = frozenset({
    "doctor.learn.beta_shape", "doctor.learn.initial_belief", "doctor.learn.mean_skill",
    "doctor.learn.private_skill_gap", "doctor.refer.caution", "doctor.refer.caution_spread",
    "fund.plan.expected_benefit_yuan", "hospital.accredit.relative_speed_private", "illness.frailty_cv",
    "illness.severe_per_child_year", "prices.alliance_hospital_yuan", "prices.centre_yuan", "prices.clinic_yuan",
    "prices.maternal_yuan", "prices.other_hospital_yuan", "resident.trust.initial_spread",
})  # fmt: skip


@cache
def groups() -> frozenset[str]:
    """Every proper beginning of a key: `fund`, `fund.surplus`."""
    split = [key.split(".") for key in declarations()]
    return frozenset(".".join(parts[:n]) for parts in split for n in range(1, len(parts)))


def is_of_the_beginning(key: str) -> bool:
    """[bool] Whether the number only shapes the world's first day, so that no later date can change it."""
    return key.startswith("population.") or key in OF_THE_BEGINNING


def nearest_names(name: str, known: Iterable[str], n: int = 1) -> list[str]:
    """The known names that look most like this one, the nearest first."""
    return get_close_matches(name[:LONGEST_VALUE], list(known), n=n, cutoff=0.0)


def declared(key: str, where: str) -> Parameter:
    """The declaration of a key; raises ScenarioError with the nearest known name."""
    known = declarations()
    if key in known:
        return known[key]
    if key in groups():
        members = [name for name in known if name.startswith(f"{key}.")]
        listed = ", ".join(members[:MOST_NAMES_LISTED]) + (", ..." if len(members) > MOST_NAMES_LISTED else "")
        raise ScenarioError(where, f"{key} is a group of settings, not a setting", f"allowed are {listed}")
    if todays_key(key, where) != key:
        raise ScenarioError(where, f"{key} is an old name", f"it is called {renamed()[key]} today")
    nearest = nearest_names(key, known)[0]
    raise ScenarioError(where, f"unknown key {shortened(key)}", f"the nearest known key is {nearest}")


def allowed_for(parameter: Parameter) -> str:
    """What is allowed, in words."""
    if parameter.unit == "flag":
        return "allowed is 0 or 1"
    unit = "" if parameter.unit == "1" else f" {parameter.unit}"
    kind = "a whole number" if parameter.is_whole else "a number"
    return f"allowed is {kind} from {number(parameter.low)} to {number(parameter.high)}{unit}"


def checked_value(key: str, value: object, where: str) -> float | int:
    """The value if it is allowed for this key; raises ScenarioError."""
    parameter = declared(key, where)
    if isinstance(value, bool) and parameter.unit == "flag":
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ScenarioError(where, f"{key} is {shortened(value)}, which is not a number", allowed_for(parameter))
    problem = _problem(parameter, value)
    if problem:
        raise ScenarioError(where, f"{key} is {shortened(value)}, {problem}", allowed_for(parameter))
    return int(value) if parameter.is_whole else float(value)


def _problem(parameter: Parameter, value: float) -> str:
    if isinstance(value, float) and not math.isfinite(value):
        return "which is not finite"
    if not parameter.low <= value <= parameter.high:
        return "out of range"
    return "which is not whole" if parameter.is_whole and value != int(value) else ""


def check_date(day: object, where: str, key: str) -> date:
    """The date if it lies within the run; raises ScenarioError."""
    first, last = calendar.CASE_START, calendar.week(calendar.LAST_WEEK - 1).start
    if isinstance(day, datetime) or not isinstance(day, date) or not first <= day <= last:
        allowed = f"allowed is a date from {first} to {last}, without quotes or time"
        raise ScenarioError(where, f"{key} is {shortened(day)}", allowed)
    return day


def check_datable(settings: Iterable[str], where: str) -> None:
    """Refuse a date for numbers that only shape the world's first day; raises ScenarioError."""
    for key in settings:
        if is_of_the_beginning(key):
            allowed = "allowed is one value from the start, and none from a date"
            raise ScenarioError(where, f"{key} shapes the world's first day", allowed)


def flatten(tables: Mapping[str, Any], where: str, prefix: str = "") -> dict[str, Any]:
    """Dotted keys of nested tables; raises ScenarioError for a table that is no group of settings."""
    found: dict[str, Any] = {}
    for name, value in tables.items():
        key = f"{prefix}{name}"
        if "." in name:
            raise ScenarioError(where, f"{shortened(name)} has dots inside quotes", "allowed are names without quotes")
        if not isinstance(value, Mapping):
            found[key] = value
        elif key in groups() or key in old_groups():
            found |= flatten(value, where, f"{key}.")
        else:
            raise ScenarioError(where, f"{declared(key, where).name} is a table", f"allowed is {key} = a number")
    return found


def checked_settings(tables: Mapping[str, Any], where: str, other_names: tuple[str, ...]) -> Settings:
    """Checked settings of nested tables, `other_names` left out; raises ScenarioError."""
    for name in tables:
        if name not in groups() and name not in old_groups() and name not in other_names and "." not in name:
            nearest = nearest_names(name, [*other_names, *groups(), *declarations()])[0]
            raise ScenarioError(where, f"unknown key {shortened(name)}", f"the nearest known name is {nearest}")
    flat = by_todays_keys(flatten({name: value for name, value in tables.items() if name not in other_names}, where), where)
    return {key: checked_value(key, value, where) for key, value in flat.items()}


def read_settings(texts: Iterable[str], where: str) -> Settings:
    """Settings written as KEY=VALUE; raises ScenarioError."""
    found: Settings = {}
    for text in texts:
        key, equals, value = text.partition("=")
        key = todays_key(key.strip(), where)
        if not equals or not key:
            raise ScenarioError(where, shortened(text), "allowed is KEY=VALUE, such as fund.surplus.reinvested_share=0.8")
        if key in found:
            raise ScenarioError(where, f"{key} is given twice", "allowed is one value for each key")
        found[key] = checked_value(key, _read_number(value.strip()), where)
    return found


def _read_number(text: str) -> object:
    if text in ("true", "false"):
        return text == "true"
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text
