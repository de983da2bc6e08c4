"""Which lessons are there, and is every file of them complete?

A lesson is one TOML file in `lessons/`; its name is the file's. The reader is strict: a key that is missing, unknown or of the
wrong kind, a text without one of the languages, a figure, rule, mechanism or setting that does not exist is refused with
file, key and what is allowed. A teacher writes another lesson by copying a file; no code names one.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from itertools import pairwise
from pathlib import Path

from dashboard.rooms.learn.lesson import DIRECTIONS, Guess, Lesson, Look, Policy, Prediction, Settings, Step
from dashboard.rooms.learn.strict_table import StrictTable
from experiments.mechanism_list import MECHANISMS
from model import calendar
from model.indicators import INDICATORS
from model.refusal import ScenarioError, shortened
from model.settings import checked_value, is_of_the_beginning

FOLDER = Path(__file__).with_name("lessons")
ROOT = Path(__file__).resolve().parents[3]
NAME = re.compile(r"[a-z][a-z0-9_]*")
FEWEST_PREDICTIONS, MOST_PREDICTIONS = 3, 4
MOST_WEEKS = calendar.LAST_WEEK - calendar.FIRST_POLICY_WEEK
MOST_LESSONS = 999
GREATEST_GUESS = 1000
MECHANISM_NAMES = tuple(dict.fromkeys(experiment.name.split()[0] for experiment in MECHANISMS))
TEXTS = ("title", "case", "question", "why", "readings", "home", "teacher")


@cache
def lessons() -> tuple[Lesson, ...]:
    """Every lesson of the folder, in order; raises ScenarioError for a file that is not complete."""
    found = sorted((read(path) for path in FOLDER.glob("*.toml")), key=lambda lesson: (lesson.order, lesson.name))
    for one, other in pairwise(found):
        if one.order == other.order:
            raise ScenarioError(
                f"{other.name}.toml, order", f"{other.order} is that of {one.name}.toml", "allowed is an order of its own"
            )
    return tuple(found)


def lesson(name: str) -> Lesson | None:
    """The lesson of that name, or None."""
    return next((one for one in lessons() if one.name == name), None)


def read(path: Path) -> Lesson:
    """Read one lesson file; raises ScenarioError."""
    if not NAME.fullmatch(path.stem):
        raise ScenarioError("lessons", f"a file is called {shortened(path.name)}", "allowed are small letters, digits and _")
    try:
        table = StrictTable(path.name, tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ScenarioError(path.name, f"no TOML: {error}", "allowed is a lesson like the others of the folder") from error
    found = _lesson(path.stem, table)
    table.done()
    return found


def _lesson(name: str, table: StrictTable) -> Lesson:
    looks = _looks(table)
    expected = {look.name: look.expect for look in looks}
    predictions = _predictions(table, expected) if table.has("prediction") else ()
    guess = _guess(table.table("guess", "a table"), expected) if table.has("guess") else None
    if bool(predictions) == bool(guess):
        raise ScenarioError(
            table.where, "predictions and a guess" if guess else "nothing to foresee", "allowed is [prediction.NAME] or [guess]"
        )
    return Lesson(
        name=name,
        order=table.whole("order", 1, MOST_LESSONS),
        scenario=table.name("scenario", _is_scenario, "a file of scenarios/ without its ending, such as huaxi"),
        world=_settings(table.table("world", "settings"), is_first_day=True) if table.has("world") else {},
        first=_policy(table.table("first", "a policy")),
        second=_policy(table.table("second", "a policy")),
        looks=looks,
        predictions=predictions,
        guess=guess,
        rules=table.names("rules", _is_rule, "rule files such as doctor/refer"),
        mechanisms=table.names("mechanisms", MECHANISM_NAMES.__contains__, f"names out of {', '.join(MECHANISM_NAMES)}"),
        **{key: table.said(key) for key in TEXTS},
    )


def _is_scenario(name: str) -> bool:
    return bool(re.fullmatch(r"[a-z_/]+", name)) and (ROOT / "scenarios" / f"{name}.toml").is_file()


def _is_rule(name: str) -> bool:
    return bool(re.fullmatch(r"[a-z_]+/[a-z_]+", name)) and (ROOT / "agents" / f"{name}.toml").is_file()


def _policy(table: StrictTable) -> Policy:
    steps = []
    if table.has("settings"):
        steps.append(Step(0, _settings(table.table("settings", "settings"))))
    if table.has("later"):
        steps += [_later(step) for step in table.tables("later", "tables with week and settings").values()]
    policy = Policy(table.said("name"), tuple(steps))
    table.done()
    return policy


def _later(table: StrictTable) -> Step:
    step = Step(table.whole("week", 1, MOST_WEEKS), _settings(table.table("settings", "settings")))
    table.done()
    return step


def _settings(table: StrictTable, *, is_first_day: bool = False) -> Settings:
    found = {}
    for key in table.keys():  # noqa: SIM118  not a mapping
        found[key] = checked_value(key, table.take(key, object, "a number"), table.where)
        if is_of_the_beginning(key) and not is_first_day:
            raise ScenarioError(table.where, f"{key} shapes the first day of the world", "allowed is [world]")
    return found


def _looks(table: StrictTable) -> tuple[Look, ...]:
    found = tuple(_look(name, one) for name, one in table.tables("look", "tables [look.NAME]").items())
    if not any(look.is_hidden for look in found):
        raise ScenarioError(f"{table.where}, look", "no figure is hidden", "allowed is is_hidden = true at one of them at least")
    return found


def _look(name: str, table: StrictTable) -> Look:
    look = Look(
        name=name,
        indicator=table.name("indicator", INDICATORS.__contains__, "an indicator"),
        weeks=_weeks(table) if table.has("weeks") else None,
        expect=table.word("expect", DIRECTIONS),
        is_hidden=table.take("is_hidden", bool, "true or false"),
        label=table.said("label"),
        note=table.said("note"),
    )
    table.done()
    return look


def _weeks(table: StrictTable) -> tuple[int, int]:
    allowed = f"[first, end]: weeks of the policy years, 0 to {MOST_WEEKS}"
    listed = table.take("weeks", list, allowed)
    if len(listed) != 2 or not all(isinstance(week, int) for week in listed) or not 0 <= listed[0] < listed[1] <= MOST_WEEKS:
        raise table.wrong("weeks", listed, allowed)
    return listed[0], listed[1]


def _predictions(table: StrictTable, expected: dict[str, str]) -> tuple[Prediction, ...]:
    found = tuple(_prediction(name, one, expected) for name, one in table.tables("prediction", "tables [prediction.NAME]").items())
    if not FEWEST_PREDICTIONS <= len(found) <= MOST_PREDICTIONS:
        allowed = f"allowed are {FEWEST_PREDICTIONS} to {MOST_PREDICTIONS}"
        raise ScenarioError(f"{table.where}, prediction", f"{len(found)} predictions", allowed)
    return found


def _prediction(name: str, table: StrictTable, expected: dict[str, str]) -> Prediction:
    listed = table.table("expects", "looks with their directions")
    expects = {look: listed.word(look, DIRECTIONS) for look in listed.keys()}  # noqa: SIM118  not a mapping
    for look in expects:
        if look not in expected:
            raise table.wrong("expects", look, f"looks: {', '.join(expected)}")
    found = Prediction(name, table.said("says"), expects, table.said("reply"))
    table.done()
    return found


def _guess(table: StrictTable, expected: dict[str, str]) -> Guess:
    found = Guess(
        look=table.word("look", tuple(expected)),
        low=table.whole("low", -100, GREATEST_GUESS),
        high=table.whole("high", -100, GREATEST_GUESS),
        step=table.whole("step", 1, 100),
        reply=table.said("reply"),
    )
    if found.low >= found.high:
        raise table.wrong("high", found.high, f"a number above {found.low:g}")
    table.done()
    return found
