"""Which policies are asked about, and what do they change from when on?

A policy is a set of values in force from a week of the policy years. The planner's questions stand in questions.toml, each with
the policies that it compares with things as they are, the figure that it aims at and those that it puts at risk.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from model import calendar
from model.indicators import INDICATORS
from model.refusal import ScenarioError, shortened
from model.settings import Settings, checked_value, is_of_the_beginning

FILE = Path(__file__).with_name("questions.toml")
AS_IT_IS = "as it is"
UP, DOWN = "higher", "lower"


@dataclass(frozen=True)
class Policy:
    """Values in force from a week of the policy years on; `code` is its short name in rankings."""

    name: str
    settings: Settings
    week: int = 0
    code: str = ""


@dataclass(frozen=True)
class Question:
    """What a planner asks: policies, what they are meant to do (`aim` becomes `aim_is`), what they may harm."""

    key: str
    title: str
    policies: tuple[Policy, ...]
    aim: str
    aim_is: str
    at_risk: tuple[str, ...]
    because: str

    @property
    def watched(self) -> tuple[str, ...]:
        """The aim and what is at risk."""
        return (self.aim, *self.at_risk)


@cache
def planners_questions() -> tuple[Question, ...]:
    """The questions of questions.toml, in the order of the file."""
    found = []
    for key, table in tomllib.loads(FILE.read_text(encoding="utf-8")).items():
        policies = tuple(policy_of(one["settings"], name=one["name"], code=one["code"]) for one in table.pop("policy"))
        found.append(Question(key, policies=policies, at_risk=tuple(table.pop("at_risk")), **table))
    return tuple(found)


def policy_of(
    settings: Mapping[str, float | int],
    from_date: date | str | None = None,
    *,
    name: str = "",
    code: str = "",
    where: str = "--set",
) -> Policy:
    """A policy of these values, from the first policy week or the week of a date; raises ScenarioError."""
    if not settings:
        raise ScenarioError(where, "no policy is named", "allowed is KEY=VALUE, such as hospital.accredit.pass_rate=0.3")
    checked = {key: checked_value(key, value, where) for key, value in settings.items()}
    for key in checked:
        if is_of_the_beginning(key):
            allowed = "allowed is what a policy can change at a date, such as hospital.accredit.pass_rate"
            raise ScenarioError(where, f"{key} shapes the world's first day", allowed)
    said = ", ".join(f"{key} = {value:g}" for key, value in checked.items())
    return Policy(name or said, checked, week_of(from_date), code)


def week_of(day: date | str | None, where: str = "--from") -> int:
    """The policy week in which a policy begins; raises ScenarioError for a date outside the policy years."""
    if day is None:
        return 0
    first, last = calendar.POLICY_START, calendar.week(calendar.N_WEEKS - 1).start
    allowed = f"allowed is a date of the policy years, from {first} to {last}"
    try:
        found = date.fromisoformat(day) if isinstance(day, str) else day
    except ValueError as error:
        raise ScenarioError(where, shortened(day), allowed) from error
    if not first <= found <= last:
        raise ScenarioError(where, shortened(found), allowed)
    return calendar.index_of(found) - calendar.FIRST_POLICY_WEEK


def check_indicator(name: str, where: str = "--indicator") -> str:
    """The name if it is that of an indicator; raises ScenarioError with the nearest one."""
    from model.settings import nearest_names

    if name not in INDICATORS:
        near = nearest_names(name, INDICATORS)
        allowed = f"the nearest known is {near[0]}" if near else "allowed are the indicators that docs/odd.md lists"
        raise ScenarioError(where, f"unknown indicator {shortened(name)}", allowed)
    return name
