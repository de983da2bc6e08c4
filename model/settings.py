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
from model.refusal import LONGEST_VALUE, MOST_ERRORS, Phrase, ScenarioError, number, phrase, refuse_all, shortened
from model.renamed import by_todays_keys, old_groups, todays_key

Settings = dict[str, float | int]
Changes = tuple[tuple[date, Settings], ...]

MOST_NAMES_LISTED = 4
PER_CENT = 100
ALIKE, ENDS_ALIKE = 0.6, 0.75
"""How much of two names, or of their last parts, is the same before one is offered for the other [1]: below, nothing is near."""
ANY_KEY = phrase("allowed are the keys that docs/parameters.md lists")
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
    """The known names that look like this one, the nearest first; none where none does."""
    name, listed = name[:LONGEST_VALUE], list(known)
    if near := get_close_matches(name, listed, n=n, cutoff=ALIKE):
        return near
    by_end: dict[str, list[str]] = {}
    for key in listed:
        by_end.setdefault(key.rpartition(".")[2], []).append(key)
    ends = get_close_matches(name.rpartition(".")[2], by_end, n=n, cutoff=ENDS_ALIKE)
    return [key for end in ends for key in by_end[end]][:n]


def declared(key: str, where: str) -> Parameter:
    """The declaration of a key; raises ScenarioError with the nearest known name."""
    known = declarations()
    if key in known:
        return known[key]
    if key in groups():
        members = [name for name in known if name.startswith(f"{key}.")]
        listed = ", ".join(members[:MOST_NAMES_LISTED]) + (", ..." if len(members) > MOST_NAMES_LISTED else "")
        found = phrase("{key} is a group of settings, not a setting", key=key)
        raise ScenarioError(where, found, phrase("allowed are {names}", names=listed))
    today = todays_key(key, where)
    if today != key:
        raise ScenarioError(where, phrase("{key} is an old name", key=key), phrase("it is called {name} today", name=today))
    near = nearest_names(key, known)
    allowed = phrase("the nearest known key is {name}", name=near[0]) if near else ANY_KEY
    raise ScenarioError(where, phrase("unknown key {key}", key=shortened(key)), allowed)


def allowed_for(parameter: Parameter, value: object = None) -> Phrase:
    """What is allowed, in words; with a hint where the value looks like a share in per cent."""
    if parameter.unit == "flag":
        return phrase("allowed is 0 or 1")
    values: dict[str, object] = {"low": number(parameter.low), "high": number(parameter.high)}
    if parameter.unit != "1":
        values["unit"] = Phrase(parameter.unit)
        if parameter.is_whole:
            return phrase("allowed is a whole number from {low} to {high} {unit}", **values)
        return phrase("allowed is a number from {low} to {high} {unit}", **values)
    if parameter.is_whole:
        return phrase("allowed is a whole number from {low} to {high}", **values)
    share = value / PER_CENT if isinstance(value, int | float) and 1 < value <= PER_CENT else None
    if share is not None and parameter.low <= share <= parameter.high <= 1:
        said = "allowed is a number from {low} to {high}: {value} % is written {share}"
        return phrase(said, value=number(share * PER_CENT), share=number(share), **values)
    return phrase("allowed is a number from {low} to {high}", **values)


def checked_value(key: str, value: object, where: str) -> float | int:
    """The value if it is allowed for this key; raises ScenarioError."""
    parameter = declared(key, where)
    if isinstance(value, bool) and parameter.unit == "flag":
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        found = phrase("{key} is {value}, which is not a number", key=key, value=shortened(value))
        raise ScenarioError(where, found, allowed_for(parameter))
    problem = _problem(parameter, value)
    if problem is not None:
        found = phrase("{key} is {value}, {problem}", key=key, value=shortened(value), problem=problem)
        raise ScenarioError(where, found, allowed_for(parameter, value))
    return int(value) if parameter.is_whole else float(value)


def _problem(parameter: Parameter, value: float) -> Phrase | None:
    if isinstance(value, float) and not math.isfinite(value):
        return phrase("which is not finite")
    if not parameter.low <= value <= parameter.high:
        return phrase("out of range")
    return phrase("which is not whole") if parameter.is_whole and value != int(value) else None


def check_date(day: object, where: str, key: str) -> date:
    """The date if it lies within the run; raises ScenarioError."""
    first, last = calendar.CASE_START, calendar.week(calendar.LAST_WEEK - 1).start
    if isinstance(day, datetime) or not isinstance(day, date) or not first <= day <= last:
        allowed = phrase("allowed is a date from {first} to {last}, without quotes or time", first=first, last=last)
        raise ScenarioError(where, phrase("{key} is {value}", key=key, value=shortened(day)), allowed)
    return day


def check_datable(settings: Iterable[str], where: str) -> None:
    """Refuse a date for numbers that only shape the world's first day; raises ScenarioError."""
    for key in settings:
        if is_of_the_beginning(key):
            allowed = phrase("allowed is one value from the start, and none from a date")
            raise ScenarioError(where, phrase("{key} shapes the world's first day", key=key), allowed)


def flatten(tables: Mapping[str, Any], where: str, prefix: str = "") -> dict[str, Any]:
    """Dotted keys of nested tables; raises ScenarioError for a table that is no group of settings."""
    found: dict[str, Any] = {}
    for name, value in tables.items():
        key = f"{prefix}{name}"
        if "." in name:
            dotted = phrase("{name} has dots inside quotes", name=shortened(name))
            raise ScenarioError(where, dotted, phrase("allowed are names without quotes"))
        if not isinstance(value, Mapping):
            found[key] = value
        elif key in groups() or key in old_groups():
            found |= flatten(value, where, f"{key}.")
        else:
            table = phrase("{key} is a table", key=declared(key, where).name)
            raise ScenarioError(where, table, phrase("allowed is {key} = a number", key=key))
    return found


def checked_settings(tables: Mapping[str, Any], where: str, other_names: tuple[str, ...]) -> Settings:
    """Checked settings of nested tables, `other_names` left out; raises ScenarioError with all that is wrong."""
    errors, found, own = list[ScenarioError](), Settings(), dict[str, Any]()
    for name, value in tables.items():
        if name in groups() or name in old_groups() or "." in name:
            own[name] = value
        elif name not in other_names:
            near = nearest_names(name, [*other_names, *groups(), *declarations()])
            allowed = phrase("the nearest known name is {name}", name=near[0]) if near else ANY_KEY
            errors.append(ScenarioError(where, phrase("unknown key {key}", key=shortened(name)), allowed))
        if len(errors) == MOST_ERRORS:
            refuse_all(errors)
    try:
        flat = by_todays_keys(flatten(own, where), where)
    except ScenarioError as error:
        flat = {}
        errors.append(error)
    for key, value in flat.items():
        try:
            found[key] = checked_value(key, value, where)
        except ScenarioError as error:
            errors.append(error)
        if len(errors) == MOST_ERRORS:
            refuse_all(errors)
    refuse_all(errors)
    return found


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
