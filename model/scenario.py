"""What does a scenario say, and is it allowed?

A scenario is a TOML file that says only what differs: `extends` (another file of the same folder), `title`, `question`,
`because`, `policy_years` (five if it does not say), the same texts in Chinese in a table `[zh]`, then tables named after
actor and decision; `[[change]]` tables date further settings; `[district]` names the folder of a planner's own district
(model/district_scenario.py). A file that says nothing is the declared world. Anything that is not declared, out of its
range, of the wrong type or not finite is refused with one line that names file, key and what is allowed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from model import calendar
from model.district import DISTRICT, District
from model.district_scenario import check_left_to_files, named_district, settings_after
from model.memory import available_bytes, estimated_bytes
from model.parameters import Parameter, defaults
from model.refusal import LONGEST_VALUE, ScenarioError, cut, phrase, shortened
from model.renamed import by_todays_keys
from model.scenario_file import ALLOWED, read_toml
from model.settings import (
    Changes,
    Settings,
    check_datable,
    check_date,
    checked_settings,
    checked_value,
    declared,
)

__all__ = ["Scenario", "ScenarioError", "load_scenario"]

MOST_EXTENDS = 10
LONGEST_TEXT = 2_000
TEXTS = ("title", "question", "because", "extends", "group")
TRANSLATED = ("title", "question", "because")
LANGUAGES = ("zh",)  # texts of a file in another language: a table named after it
RESERVED = (*TEXTS, *LANGUAGES, "policy_years", "change", "district")

Segments = tuple[tuple[int, Settings], ...]


@dataclass(frozen=True)
class Scenario:
    """A resolved scenario: every parameter has a value from the start, and some change at dates."""

    name: str
    values: Settings
    title: str = ""
    question: str = ""
    because: str = ""
    group: str = ""
    translated: Mapping[str, Mapping[str, str]] = field(default_factory=dict, compare=False)
    policy_years: int = calendar.POLICY_YEARS
    changes: Changes = ()
    files: tuple[str, ...] = field(default=(), compare=False)
    district: District | None = None

    @property
    def is_empty(self) -> bool:
        """[bool] Whether it says nothing at all: the declared world."""
        texts = self.title or self.question or self.because or self.group
        return not texts and not self.changes and self.district is None and self.values == defaults()

    def segments(self) -> Segments:
        """All parameter values from each week on in which any changes; the first from week 0.

        With a district they hold a mark of its files, so that another content of the files makes other segments.
        """
        values = self.values if self.district is None else self.values | {DISTRICT: self.district.fingerprint}
        found = [(0, values)]
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

    def text_in(self, name: str, language: str) -> str:
        """Title, question or reason in a language; in the file's own where it has no other."""
        return self.translated.get(language, {}).get(name, "") or getattr(self, name)

    def parameter(self, key: str) -> Parameter:
        """The declaration of a parameter with this scenario's value; raises ScenarioError for an unknown key."""
        return replace(declared(key, self.name), value=self.values[key])

    def with_settings(self, settings: Mapping[str, object], from_date: date | None = None, where: str = "--set") -> "Scenario":
        """The same scenario with other values, from the start or from a date; raises ScenarioError."""
        checked = {key: checked_value(key, value, where) for key, value in by_todays_keys(settings, where).items()}
        check_left_to_files(checked, self.district, where)
        if from_date is not None:
            check_date(from_date, "--from", "the date")
            check_datable(checked, "--from")
            changed = replace(self, changes=(*self.changes, (from_date, checked)))
        else:
            changed = replace(self, values=self.values | checked)
        check_whole(changed, where)
        return changed

    def record(self) -> dict[str, Any]:
        """Everything that makes this scenario, for a run record."""
        district = {} if self.district is None else {"district": self.district.record()}
        return district | {
            "name": self.name, "title": self.title, "question": self.question, "because": self.because,
            "group": self.group, "policy_years": self.policy_years, "files": list(self.files), "values": self.values,
            "changes": [{"from": day.isoformat(), "settings": settings} for day, settings in self.changes],
        }  # fmt: skip


def check_whole(scenario: Scenario, where: str) -> None:
    """Refuse what no single number shows: contradictions, more memory than there is; raises ScenarioError."""
    for _, values in scenario.segments():
        check_together(values, where)
    n_children = int(scenario.values["population.n_children"])
    needed, there = estimated_bytes(n_children), available_bytes()
    if needed > there:
        said = "population.n_children is {n}, which needs about {size} GB of memory"
        found = phrase(said, n=f"{n_children:,}", size=f"{needed / 1e9:.1f}")
        raise ScenarioError(
            where, found, phrase("allowed is what fits into the {size} GB that are free", size=f"{there / 1e9:.1f}")
        )


def check_together(values: Settings, where: str) -> None:
    """Refuse numbers that cannot all be true at once; raises ScenarioError."""
    spent = values["hospital.support.share_for_training"] + values["hospital.support.share_for_review"]
    if spent > 1:
        found = phrase("hospital.support: shares of hours add up to {sum}", sum=f"{spent:g}")
        raise ScenarioError(where, found, phrase("allowed is at most 1"))
    if DISTRICT in values:
        return  # its files were checked, and may say that all children are under 10
    young, middle = values["population.share_0_4"], values["population.share_5_9"]
    if young + middle >= 1:
        found = phrase("population.share_0_4 + population.share_5_9 is {sum}", sum=f"{young + middle:g}")
        raise ScenarioError(where, found, phrase("allowed is below 1"))
    n_in_centres = values["population.n_centres"] * values["population.doctors_per_centre"]
    if n_in_centres > values["population.n_candidates"]:
        allowed = phrase("allowed are at most the {n} doctors of population.n_candidates", n=values["population.n_candidates"])
        raise ScenarioError(where, phrase("population.n_centres x doctors_per_centre is {n}", n=n_in_centres), allowed)


def changes_of(tables: Mapping[str, Any], where: str) -> Changes:
    """Checked dated changes of a file; raises ScenarioError."""
    listed = tables.get("change", [])
    if not isinstance(listed, list) or not all(isinstance(change, Mapping) for change in listed):
        found = phrase("{key} is {value}", key="change", value=shortened(listed))
        raise ScenarioError(where, found, phrase("allowed are [[change]] tables with from = a date"))
    found = []
    for change in listed:
        if "from" not in change:
            allowed = phrase("allowed is from = a date, such as 2023-01-02")
            raise ScenarioError(where, phrase("a [[change]] without from"), allowed)
        day = check_date(change["from"], where, "change.from")
        settings = checked_settings(change, where, ("from",))
        check_datable(settings, where)
        found.append((day, settings))
    return tuple(found)


def texts_of(tables: Mapping[str, Any], where: str) -> dict[str, str]:
    """The texts of a file; raises ScenarioError if one is not a text, or too long."""
    found = {key: tables[key] for key in TEXTS if key in tables}
    for key, text in found.items():
        if not isinstance(text, str):
            found = phrase("{key} is {value}", key=key, value=shortened(text))
            raise ScenarioError(where, found, phrase("allowed is a text in quotes"))
        if len(text) > LONGEST_TEXT:
            found = phrase("{key} has {n} characters", key=key, n=f"{len(text):,}")
            raise ScenarioError(where, found, phrase("allowed are at most {n}", n=f"{LONGEST_TEXT:,}"))
    return found


def translated_of(tables: Mapping[str, Any], where: str) -> dict[str, dict[str, str]]:
    """The texts of a file in other languages; raises ScenarioError as for its own, or for a text that is none."""
    found = {}
    for language in LANGUAGES:
        texts = tables.get(language, {})
        if not isinstance(texts, Mapping) or not set(texts) <= set(TRANSLATED):
            allowed = phrase("allowed is a table [{table}] with {names}", table=language, names=", ".join(TRANSLATED))
            raise ScenarioError(where, phrase("{key} is {value}", key=language, value=shortened(texts)), allowed)
        found[language] = texts_of(texts, f"{where}: {language}")
    return found


def policy_years_of(tables: Mapping[str, Any], where: str) -> int:
    """Policy years that a file asks for; raises ScenarioError."""
    years = tables["policy_years"]
    if type(years) is not int or not 1 <= years <= calendar.MOST_POLICY_YEARS:
        allowed = phrase("allowed is a whole number from {low} to {high}", low=1, high=calendar.MOST_POLICY_YEARS)
        raise ScenarioError(where, phrase("{key} is {value}", key="policy_years", value=shortened(years)), allowed)
    return years


def base_path(path: Path, extends: str, folder: Path) -> Path:
    """The file that a scenario extends; raises ScenarioError when it leaves the scenario's folder."""
    allowed = phrase("allowed is a file of the scenario's folder, such as 'huaxi.toml'")
    said = {"key": "extends", "value": shortened(extends)}
    try:
        base = (path.parent / extends).resolve()
    except (OSError, ValueError, RuntimeError) as error:
        found = phrase("{key} is {value}, which {problem}", problem=phrase("is no path"), **said)
        raise ScenarioError(path.name, found, allowed) from error
    problem = phrase("is empty") if not extends.strip() else None
    if problem is None and Path(extends).is_absolute():
        problem = phrase("is an absolute path")
    if problem is None and not base.is_relative_to(folder):
        problem = phrase("leaves the scenario's folder")
    if problem is not None:
        raise ScenarioError(path.name, phrase("{key} is {value}, which {problem}", problem=problem, **said), allowed)
    return base


def load_scenario(path: str | Path) -> Scenario:
    """Load a scenario with everything it extends; raises ScenarioError."""
    try:
        first = at = Path(path).resolve()
    except (OSError, ValueError, RuntimeError) as error:
        raise ScenarioError(shortened(str(path)), phrase("is no path"), ALLOWED) from error
    chain: list[tuple[Path, dict[str, Any]]] = []
    while True:
        seen = [file for file, _ in chain]
        if at in seen:
            circle = " -> ".join(file.name for file in [*seen, at])
            found = phrase("extends goes in a circle, {circle}", circle=cut(circle, LONGEST_VALUE))
            raise ScenarioError(first.name, found, phrase("allowed is a chain that ends"))
        if len(seen) > MOST_EXTENDS:
            found = phrase("extends a chain of more than {n} files", n=MOST_EXTENDS)
            raise ScenarioError(first.name, found, phrase("allowed are {n}", n=MOST_EXTENDS))
        tables = read_toml(at)
        chain.append((at, tables))
        extends = texts_of(tables, at.name).get("extends")
        if extends is None:
            return resolve(first.stem, chain[::-1], first.parent)
        at = base_path(at, extends, first.parent)


def resolve(name: str, chain: list[tuple[Path, dict[str, Any]]], folder: Path) -> Scenario:
    """One scenario from a chain of files, the base first; raises ScenarioError."""
    values, changes, texts, years = defaults(), (), {}, calendar.POLICY_YEARS
    translated: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}
    for file, tables in chain:
        where = file.name
        values = values | checked_settings(tables, where, RESERVED)
        changes = (*changes, *changes_of(tables, where))
        own, others = texts_of(tables, where), translated_of(tables, where)
        texts |= own
        for language, known in translated.items():  # a text that is new here is not the translation of the old one
            translated[language] = {name: text for name, text in known.items() if name not in own} | others[language]
        years = policy_years_of(tables, where) if "policy_years" in tables else years
    texts.pop("extends", None)
    district = named_district(chain, folder)
    if district is not None:
        for where, settings in settings_after(chain, RESERVED):
            check_left_to_files(settings, district, where)
        values = values | district.values()
    files = tuple(file.name for file, _ in chain)
    scenario = Scenario(
        name, values, policy_years=years, changes=changes, district=district, files=files, translated=translated, **texts
    )
    check_whole(scenario, files[-1])
    return scenario
