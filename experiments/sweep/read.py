"""What does a command line or a sweep file ask for, and is it allowed?

A sweep file is a small TOML file with a closed list of names; what the command line says comes before what the file says.
Everything is checked here, before a folder is touched or a world is made: one line for the first mistake, naming option or file.
"""

import itertools
import os
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from experiments.request import CHILDREN, LARGEST_SEED, MOST_SEEDS, MOST_WEEKS, check_period, whole_number
from experiments.sweep.design import MOST_RUNS, Design, Frame, is_mark
from experiments.sweep.grid import Values, check_number, read_vary, read_vary_table
from model import calendar
from model.district_scenario import check_left_to_files
from model.look import loaded
from model.parameters import defaults
from model.refusal import ScenarioError, shortened
from model.scenario import Scenario, check_together, check_whole, texts_of
from model.scenario_file import read_toml
from model.settings import check_date, is_of_the_beginning, nearest_names

NAME_OF_START = "start"  # in place of a date: varied values are in force from the first day
TEXTS = ("title", "question", "because")
OPTIONS = {"seed": "first_seed", "seeds": "seeds", "from": "from", "weeks": "weeks", "children": "children", "period": "period",
           "weekly": "weekly"}  # fmt: skip
TOLD = ("engine", "source", "made")  # what the sweep file of a folder says, and nobody asks
NAMES = (*TEXTS, "scenario", "vary", *OPTIONS.values(), *TOLD)
DEFAULTS = {"first_seed": "1", "seeds": "1", "from": calendar.POLICY_START.isoformat(),
            "period": "policy", "weekly": "false"}  # fmt: skip

Said = Mapping[str, tuple[str, str]]  # what was said: by name, where, and in which words


def said_in_options(options: Mapping[str, str | None], dashes: str = "--") -> dict[str, tuple[str, str]]:
    """What a command line says, from its options by name."""
    return {OPTIONS[name]: (f"{dashes}{name}", text) for name, text in options.items() if text is not None}


def is_sweep_file(path: str) -> bool:
    """[bool] Whether it is a sweep file, told from a scenario by what only the one has; False if it cannot be read."""
    try:
        tables = read_toml(Path(path))
    except (ScenarioError, ValueError):
        return False
    return "scenario" in tables or "vary" in tables


def read_design(path: str, vary: Sequence[str] = (), said: Said | None = None) -> tuple[Design, str]:
    """The design of a scenario or of a sweep file, and the scenario's name for `alliance run`; raises ScenarioError."""
    varied = read_vary(vary)
    if is_sweep_file(path):
        return _read_sweep(Path(path), varied, said or {})
    return design_of(loaded(path), varied, said or {}), path


def read_sweep_file(path: Path) -> Design:
    """The design of a sweep file; raises ScenarioError."""
    return _read_sweep(path, {}, {})[0]


def _read_sweep(path: Path, varied: Mapping[str, Values], said: Said) -> tuple[Design, str]:
    tables, where = read_toml(path), path.name
    for name in tables:
        if name not in NAMES:
            near = nearest_names(name, NAMES)
            allowed = f"the nearest known name is {near[0]}" if near else f"allowed are {', '.join(NAMES)}"
            raise ScenarioError(where, f"unknown name {shortened(name)} in a sweep file", allowed)
    texts_of({name: tables[name] for name in TEXTS if name in tables}, where)
    source = _scenario_path(tables.get("scenario"), path)
    vary = read_vary_table(tables.get("vary", {}), where) | dict(varied)
    in_file = {name: (f"{where}: {name}", _words(tables[name])) for name in OPTIONS.values() if name in tables}
    if "seeds" in said and is_list(said["seeds"][1]):
        in_file.pop("first_seed", None)
    return design_of(loaded(source), vary, in_file | dict(said)), source


def _words(value: Any) -> str:
    """A value of a file as a command line would have it; a text where a number is due stays in quotes, and is refused."""
    is_word = isinstance(value, date) or (isinstance(value, str) and value.isidentifier())
    is_seeds = isinstance(value, list) and all(type(seed) is int for seed in value)
    return str(value) if is_word or is_seeds else shortened(value)


def _scenario_path(name: object, path: Path) -> str:
    allowed = "allowed is the path of a scenario from the folder of the sweep file, such as '../huaxi.toml'"
    if not isinstance(name, str) or not name.strip() or not name.isprintable() or Path(name).is_absolute():
        raise ScenarioError(path.name, f"scenario is {shortened(name)}" if name is not None else "names no scenario", allowed)
    return os.path.normpath(path.parent / name)


def design_of(scenario: Scenario, vary: Mapping[str, Values], said: Said) -> Design:
    """The design that is asked for; raises ScenarioError."""
    weeks = calendar.end_of_policy(scenario.policy_years) - calendar.BURN_IN_WEEKS
    asked = {name: ("--" + name, text) for name, text in (DEFAULTS | {"weeks": str(weeks)}).items()} | dict(said)
    n_weeks = whole_number(*asked["weeks"], 1, MOST_WEEKS)
    check_period(asked["period"][1], n_weeks, asked["period"][0])
    seeds = _listed_seeds(*asked["seeds"], said) if is_list(asked["seeds"][1]) else _counted_seeds(asked)
    from_date = _date(*asked["from"], n_weeks)
    if "children" in asked:
        scenario = _with_children(scenario, vary, *asked["children"])
    frame = Frame(scenario, from_date, n_weeks, asked["period"][1], _flag(*asked["weekly"]))
    design = Design(frame, dict(vary), seeds)
    _check(design)
    return design


def is_list(text: str) -> bool:
    """[bool] Whether seeds are named one by one, and not how many there are."""
    return "," in text or text.startswith("[")


def _counted_seeds(asked: Said) -> range:
    n = whole_number(*asked["seeds"], 1, MOST_RUNS)
    first = whole_number(*asked["first_seed"], 0, LARGEST_SEED - n + 1)
    return range(first, first + n)


def _listed_seeds(where: str, text: str, said: Said) -> tuple[int, ...]:
    if "first_seed" in said:
        raise ScenarioError(said["first_seed"][0], "seeds are named one by one", "allowed is one of the two")
    parts = text.removeprefix("[").removesuffix("]").split(",")
    if len(parts) > MOST_SEEDS:
        raise ScenarioError(where, f"{len(parts):,} seeds are named", f"allowed are {MOST_SEEDS:,} by name, or how many")
    seeds = tuple(whole_number(where, part.strip(), 0, LARGEST_SEED) for part in parts)
    if len(set(seeds)) < len(seeds):
        twice = next(seed for seed in seeds if seeds.count(seed) > 1)
        raise ScenarioError(where, f"seed {twice} is named twice", "allowed is each seed once")
    return seeds


def _date(where: str, text: str, n_weeks: int) -> date | None:
    """The date from which varied values are in force; None for the first day; raises ScenarioError."""
    if text == NAME_OF_START:
        return None
    last = calendar.week(calendar.BURN_IN_WEEKS + n_weeks - 1).start
    allowed = f"allowed is {NAME_OF_START}, or a date from {calendar.CASE_START} to {last}"
    try:
        day = check_date(date.fromisoformat(text), where, "the date")
    except ValueError as error:
        raise ScenarioError(where, shortened(text), allowed) from error
    if calendar.index_of(day) >= calendar.BURN_IN_WEEKS + n_weeks:
        raise ScenarioError(where, f"{day} lies after the last of {n_weeks} weeks", allowed)
    return day


def _flag(where: str, text: str) -> bool:
    if text not in ("true", "false"):
        raise ScenarioError(where, shortened(text), "allowed is true or false")
    return text == "true"


def _with_children(scenario: Scenario, vary: Mapping[str, Values], where: str, text: str) -> Scenario:
    if CHILDREN in vary:
        raise ScenarioError(where, f"{CHILDREN} varies", "allowed is one of the two")
    return scenario.with_settings({CHILDREN: whole_number(where, text, 0, LARGEST_SEED)}, where=where)


def _check(design: Design) -> None:
    """Refuse what only the whole shows: too many runs, contradictions at a point, too large a world; raises ScenarioError."""
    frame, vary = design.frame, design.vary
    check_number(vary, "--vary")
    check_left_to_files(vary, frame.scenario.district, "--vary")
    if design.n_runs > MOST_RUNS:
        found = f"{design.n_points:,} points x {len(design.seeds):,} seeds are {design.n_runs:,} runs"
        raise ScenarioError("--vary", found, f"allowed are {MOST_RUNS:,} in one sweep")
    for key in vary:
        if frame.from_date is not None and is_of_the_beginning(key):
            raise ScenarioError("--vary", f"{key} shapes the world's first day", f"allowed is --from {NAME_OF_START}")
    _check_points(design)
    largest = {CHILDREN: max(vary[CHILDREN])} if CHILDREN in vary else {}
    check_whole(frame.scenario_at(largest), "--vary")


def _check_points(design: Design) -> None:
    """Refuse values that cannot all be true at a point, looking once at what many points have in common; raises ScenarioError."""
    vary = design.vary
    for _, values in design.frame.marked_segments(vary):
        asked = [key for key in vary if is_mark(values[key]) and key in _keys_checked_together()]
        for chosen in itertools.product(*(vary[key] for key in asked)):
            check_together(values | dict(zip(asked, chosen, strict=True)), "--vary")


class _Asked(dict[str, float | int]):
    """Values that remember which of them were asked for."""

    def __init__(self, values: Mapping[str, float | int]) -> None:
        super().__init__(values)
        self.asked: set[str] = set()

    def __getitem__(self, key: str) -> float | int:
        self.asked.add(key)
        return super().__getitem__(key)


@cache
def _keys_checked_together() -> frozenset[str]:
    """The parameters that can contradict one another."""
    values = _Asked(defaults())
    check_together(values, "")
    return frozenset(values.asked)
