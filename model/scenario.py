"""What does a scenario say, and is it allowed?

A scenario is a TOML file that says only what differs: `extends` (another file of the same folder), `title`, `question`,
`because`, then tables named after actor and decision; `[[change]]` tables date further settings. Anything that is not
declared, out of its range, of the wrong type or not finite is refused with one line that names file, key and what is allowed.
"""

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from model import calendar
from model.genesis import estimated_bytes
from model.memory import available_bytes
from model.parameters import Parameter, declarations, defaults

LARGEST_FILE = 256_000
DEEPEST_TABLE = 5
LONGEST_KEY = 200
MOST_EXTENDS = 10
TEXTS = ("title", "question", "because", "extends", "group")
RESERVED = (*TEXTS, "change")


class ScenarioError(ValueError):
    """Bad input: one line that names file, key and what is allowed."""


Segments = tuple[tuple[int, dict[str, float | int]], ...]


@dataclass(frozen=True)
class Scenario:
    """A resolved scenario: every parameter has a value from the start, and some change at dates."""

    name: str
    values: dict[str, float | int]
    title: str = ""
    question: str = ""
    because: str = ""
    group: str = ""
    changes: tuple[tuple[date, dict[str, float | int]], ...] = ()
    files: tuple[str, ...] = field(default=(), compare=False)

    def segments(self) -> Segments:
        """All parameter values from each week on in which any changes; the first from week 0."""
        found, values = [(0, self.values)], self.values
        for day, settings in sorted(self.changes, key=lambda change: change[0]):
            values = values | settings
            week = calendar.index_of(day)
            if week == found[-1][0]:
                found[-1] = (week, values)
            else:
                found.append((week, values))
        return tuple(found)

    def segments_until(self, week: int) -> Segments:
        """Those that begin before `week`."""
        return tuple(segment for segment in self.segments() if segment[0] < week)

    def parameter(self, key: str) -> Parameter:
        """The declaration of a parameter with this scenario's value; raises ScenarioError for an unknown key."""
        return replace(declared(key, self.name), value=self.values[key])

    def with_settings(self, settings: Mapping[str, float | int], from_date: date | None = None) -> "Scenario":
        """The same scenario with other values, from the start or from a date; raises ScenarioError."""
        checked = {key: checked_value(key, value, "--set") for key, value in settings.items()}
        if from_date is not None:
            check_date(from_date, "--from", "from")
            return replace(self, changes=(*self.changes, (from_date, checked)))
        changed = replace(self, values=self.values | checked)
        check_whole(changed)
        return changed

    def record(self) -> dict[str, Any]:
        """Everything that makes this scenario, for a run record."""
        return {
            "name": self.name, "title": self.title, "question": self.question, "because": self.because,
            "values": self.values,
            "changes": [{"from": day.isoformat(), "settings": settings} for day, settings in self.changes],
        }  # fmt: skip


def declared(key: str, where: str) -> Parameter:
    """The declaration of a key; raises ScenarioError with the nearest known name."""
    known = declarations()
    if key in known:
        return known[key]
    nearest = get_close_matches(key[:LONGEST_KEY], known, n=1, cutoff=0.0)
    raise ScenarioError(f"{where}: unknown key {shortened(key)}; the nearest known key is {nearest[0]!r}")


def shortened(value: object) -> str:
    """A value as one short line, for an error."""
    text = repr(value)
    return text if len(text) <= LONGEST_KEY else text[: LONGEST_KEY - 3] + "..."


def checked_value(key: str, value: object, where: str) -> float | int:
    """The value if it is allowed for this key; raises ScenarioError."""
    parameter = declared(key, where)
    allowed = f"allowed is {'a whole number' if parameter.is_whole else 'a number'} from {parameter.low:g} to {parameter.high:g}"
    unit = f" {parameter.unit}" if parameter.unit not in ("1", "flag") else ""
    if isinstance(value, bool) and parameter.unit == "flag":
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ScenarioError(f"{where}: {key} is {shortened(value)}, which is not a number; {allowed}{unit}")
    if not math.isfinite(value):
        raise ScenarioError(f"{where}: {key} is {value}, which is not finite; {allowed}{unit}")
    if parameter.is_whole and value != int(value):
        raise ScenarioError(f"{where}: {key} is {value!r}; {allowed}{unit}")
    if not parameter.low <= value <= parameter.high:
        raise ScenarioError(f"{where}: {key} is {shortened(value)}, out of range; {allowed}{unit}")
    return int(value) if parameter.is_whole else float(value)


def check_date(day: object, where: str, key: str) -> date:
    """The date if it lies within the run; raises ScenarioError."""
    first, last = calendar.CASE_START, calendar.week(calendar.N_WEEKS - 1).start
    if isinstance(day, datetime) or not isinstance(day, date):
        raise ScenarioError(f"{where}: {key} is {shortened(day)}; allowed is a date from {first} to {last}")
    if not first <= day <= last:
        raise ScenarioError(f"{where}: {key} is {day}; allowed is a date from {first} to {last}")
    return day


def check_whole(scenario: Scenario) -> None:
    """Refuse what no single number shows: shares above one, more memory than there is."""
    values, where = scenario.values, scenario.files[-1] if scenario.files else scenario.name
    young, middle = values["population.share_0_4"], values["population.share_5_9"]
    if young + middle >= 1.0:
        raise ScenarioError(f"{where}: population.share_0_4 + population.share_5_9 is {young + middle:g}; allowed is below 1")
    spent = values["hospital.support.share_for_training"] + values["hospital.support.share_for_review"]
    if spent > 1.0:
        raise ScenarioError(f"{where}: hospital.support shares of hours add up to {spent:g}; allowed is at most 1")
    needed, there = estimated_bytes(int(values["population.n_children"])), available_bytes()
    if needed > there:
        raise ScenarioError(
            f"{where}: population.n_children = {values['population.n_children']} needs about {needed / 1e9:.1f} GB of memory; "
            f"allowed is what fits into the {there / 1e9:.1f} GB that are free"
        )


def read_toml(path: Path) -> dict[str, Any]:
    """The tables of a scenario file; raises ScenarioError for anything that is not a small, shallow TOML file."""
    name = path.name
    if not path.is_file():
        raise ScenarioError(f"{name}: no such scenario file; allowed is a TOML file, see 'alliance scenarios'")
    size = path.stat().st_size
    if size > LARGEST_FILE:
        raise ScenarioError(f"{name}: the file has {size} bytes; allowed are at most {LARGEST_FILE}")
    try:
        text = path.read_text(encoding="utf-8")
    except (UnicodeDecodeError, OSError) as error:
        raise ScenarioError(f"{name}: cannot be read as UTF-8 text ({error.__class__.__name__}); allowed is a TOML file") from error
    check_shape(text, name)
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        raise ScenarioError(f"{name}: is not valid TOML: {' '.join(str(error).split())[:LONGEST_KEY]}") from error


def check_shape(text: str, name: str) -> None:
    """Refuse long dotted keys and deep nesting before the parser, which would take long over them."""
    for number, line in enumerate(text.splitlines(), 1):
        key = line.split("#")[0].split("=")[0]
        if key.count(".") > DEEPEST_TABLE and not key.lstrip().startswith(('"', "'")):
            raise ScenarioError(f"{name}: line {number}: a key nested {key.count('.') + 1} deep; allowed are {DEEPEST_TABLE}")
        if line.count("[") > 4 * DEEPEST_TABLE or line.count("{") > 4 * DEEPEST_TABLE:
            raise ScenarioError(f"{name}: line {number}: brackets nested too deep; allowed are {DEEPEST_TABLE} levels")


def flatten(tables: Mapping[str, Any], where: str, prefix: str = "", depth: int = 1) -> dict[str, Any]:
    """Dotted keys of nested tables; raises ScenarioError when nested too deep."""
    found: dict[str, Any] = {}
    if depth > DEEPEST_TABLE:
        raise ScenarioError(f"{where}: tables nested more than {DEEPEST_TABLE} deep at {shortened(prefix)}; allowed are {DEEPEST_TABLE}")
    for name, value in tables.items():
        key = f"{prefix}{name}"
        if isinstance(value, Mapping):
            found |= flatten(value, where, f"{key}.", depth + 1)
        else:
            found[key] = value
    return found


def settings_of(tables: Mapping[str, Any], where: str) -> dict[str, float | int]:
    """Checked settings of the actor tables of a file."""
    flat = flatten({name: value for name, value in tables.items() if name not in RESERVED and name != "from"}, where)
    return {key: checked_value(key, value, where) for key, value in flat.items()}


def changes_of(tables: Mapping[str, Any], where: str) -> tuple[tuple[date, dict[str, float | int]], ...]:
    """Checked dated changes of a file."""
    listed = tables.get("change", [])
    if not isinstance(listed, list) or not all(isinstance(change, Mapping) for change in listed):
        raise ScenarioError(f"{where}: change is {shortened(listed)}; allowed are [[change]] tables with 'from' and settings")
    found = []
    for change in listed:
        if "from" not in change:
            raise ScenarioError(f"{where}: a [[change]] without 'from'; allowed is from = a date such as 2023-01-02")
        day = check_date(change["from"], where, "change.from")
        found.append((day, settings_of(change, where)))
    return tuple(found)


def texts_of(tables: Mapping[str, Any], where: str) -> dict[str, str]:
    """The texts of a file; raises ScenarioError if one is not a text."""
    for key in TEXTS:
        if key in tables and not isinstance(tables[key], str):
            raise ScenarioError(f"{where}: {key} is {shortened(tables[key])}; allowed is a text in quotes")
    return {key: tables[key] for key in TEXTS if key in tables}


def base_path(path: Path, extends: str, folder: Path) -> Path:
    """The file that a scenario extends; raises ScenarioError when it leaves the scenario's folder."""
    base = (path.parent / extends).resolve()
    if not base.is_relative_to(folder):
        raise ScenarioError(f"{path.name}: extends = {shortened(extends)} leaves the scenario's folder; allowed are files inside it")
    return base


def load_scenario(path: str | Path) -> Scenario:
    """Load a scenario with everything it extends; raises ScenarioError."""
    try:
        path = Path(path).resolve()
    except (OSError, ValueError, RuntimeError) as error:
        raise ScenarioError(f"{shortened(str(path))}: not a path; allowed is a TOML file, see 'alliance scenarios'") from error
    chain, seen, at = [], [], path
    while True:
        if at in seen:
            raise ScenarioError(f"{path.name}: extends goes in a circle: {' -> '.join(p.name for p in [*seen, at])}; allowed is a chain")
        if len(seen) > MOST_EXTENDS:
            raise ScenarioError(f"{path.name}: extends a chain of more than {MOST_EXTENDS} files; allowed are {MOST_EXTENDS}")
        seen.append(at)
        tables = read_toml(at)
        chain.append((at.name, tables))
        extends = texts_of(tables, at.name).get("extends")
        if extends is None:
            break
        at = base_path(at, extends, path.parent)
    return resolve(path.stem, chain[::-1])


def resolve(name: str, chain: list[tuple[str, dict[str, Any]]]) -> Scenario:
    """One scenario from a chain of files, the base first."""
    values, changes, texts = defaults(), (), {}
    for where, tables in chain:
        values = values | settings_of(tables, where)
        changes = (*changes, *changes_of(tables, where))
        texts |= texts_of(tables, where)
    texts.pop("extends", None)
    scenario = Scenario(name, values, changes=changes, files=tuple(where for where, _ in chain), **texts)
    check_whole(scenario)
    return scenario
