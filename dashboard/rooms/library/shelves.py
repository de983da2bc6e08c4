"""Which scenarios stand in the folder, and which of them does a word find?

Every TOML file below the folder is looked at, whoever put it there; sweep files are left out. A file that cannot be a
scenario is listed with its one line. Groups are the files' own words; some have a title in the catalogue.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard import figures, worlds
from dashboard.address import LONGEST_NAME
from dashboard.choice import CASE, Choice
from dashboard.refused import line_of, looks_odd, told
from dashboard.rooms.decide.levers import written
from dashboard.texts import LANGUAGES, Texts
from dashboard.worlds import Base
from experiments.inputs import OtherInput, other_inputs
from experiments.sweep.read import is_sweep_file
from model.calendar import POLICY_START
from model.parameters import declarations
from model.refusal import ScenarioError
from model.scenario import Scenario

GROUPS = ("case", "policies", "readings", "district", "stress", "history")
"""The order of groups that are known; others follow by their names."""
LONGEST_SEARCH = 80
MOST_SCENARIOS = 500


@dataclass(frozen=True, eq=False)
class Found:
    """A file of the folder: a scenario, or why it is none."""

    name: str
    base: Base | None = None
    problem: ScenarioError | None = None


def found_scenarios() -> list[Found]:
    """Return every file of the folder that is or should be a scenario, by name."""
    folder = worlds.SCENARIOS
    paths = [
        path for path in sorted(folder.rglob("*.toml")) if not any(part.startswith(".") for part in path.relative_to(folder).parts)
    ]
    found = []
    for path in paths[:MOST_SCENARIOS]:
        if is_sweep_file(str(path)):
            continue
        name = path.relative_to(folder).with_suffix("").as_posix()
        try:
            found.append(Found(name, worlds.base(name)))
        except ScenarioError as error:
            found.append(Found(name, problem=error))
    return found


def shelves(texts: Texts, found: Sequence[Found], own: Sequence[Base], case: Base, choice: Choice, searched: str) -> dict[str, Any]:
    """Return what the room shows: groups of scenarios in which every word is found, and the files that are broken."""
    words = searched.casefold()[:LONGEST_SEARCH].split()
    by_group: dict[str, list[dict[str, Any]]] = {}
    there = sorted(
        (one.base for one in found if one.base), key=lambda base: (base.name != case.name, base.scenario.title, base.name)
    )
    for base, group in [*((base, "own") for base in own), *((base, base.scenario.group) for base in there)]:
        differences = _largest_first(other_inputs(case.scenario, base.scenario)) if base.mark != case.mark else []
        if all(word in _said(base, group, differences) for word in words):
            by_group.setdefault(group, []).append(card(texts, base, differences, choice))
    ordered = sorted(by_group, key=lambda group: (group != "own", GROUPS.index(group) if group in GROUPS else len(GROUPS), group))
    return {
        "groups": [{"name": group, **_title(texts, group), "cards": by_group[group]} for group in ordered],
        "broken": [{"name": f"{one.name}.toml", "problem": line_of(texts, one.problem)} for one in found if one.problem],
        "n": sum(len(cards) for cards in by_group.values()),
    }


def _largest_first(differences: list[OtherInput]) -> list[OtherInput]:
    """Those first that move a number through most of its range."""

    def share(one: OtherInput) -> float:
        declared = declarations()[one.name]
        return abs(one.second - one.first) / (declared.high - declared.low)

    return sorted(differences, key=lambda one: -share(one))


def _title(texts: Texts, group: str) -> dict[str, str]:
    own_word = group.replace("_", " ").capitalize()
    title = texts.maybe(f"library.group_{group}") or own_word or texts("library.group_none")
    return {"title": title, "sentence": texts.maybe(f"library.group_{group}_sentence")}


def _said(base: Base, group: str, differences: Sequence[OtherInput]) -> str:
    """Everything that is said of a scenario, in every language."""
    scenario = base.scenario
    said = [base.name, group]
    for language in LANGUAGES:
        texts = Texts(language)
        said += [scenario.text_in(name, language) for name in ("title", "question", "because")]
        said += [texts.maybe(f"library.group_{group}"), *(texts.name_of(one.name) for one in differences)]
    return " ".join(said).casefold()


def card(texts: Texts, base: Base, differences: Sequence[OtherInput], choice: Choice) -> dict[str, Any]:
    """Return everything that is shown of a scenario."""
    scenario, language = base.scenario, texts.language
    title = title_of(texts, base)
    said = {part: scenario.text_in(part, language) for part in ("question", "because")}
    is_kept = any((one.scenario, one.settings) == (base.name, ()) for one in choice.kept)
    return said | {
        "name": base.name,
        "title": title,
        "facts": [
            texts("library.years", first=POLICY_START.year + 1, last=base.last_year),
            texts("library.children", n=figures.count(texts, base.n_children)),
        ],
        "looks": [texts("notice.look", said=told(texts, said)) for said in looks_odd(scenario)],
        "others_title": _others_title(texts, base, len({one.name for one in differences})),
        "others": [other(texts, scenario, one) for one in differences],
        "is_open": base.name == choice.scenario,
        "is_kept": is_kept,
        "open_label": texts("library.open_label", title=title),
        "keep_label": texts("library.keep_label", title=title),
    }


def title_of(texts: Texts, base: Base) -> str:
    """Return a scenario's title, or its file's name."""
    return base.scenario.text_in("title", texts.language) or base.scenario.name


def kept_name(texts: Texts, base: Base) -> str:
    """Return the name under which a scenario is kept: short, without what separates names in an address."""
    return title_of(texts, base).replace("|", "/").replace("~", "-")[:LONGEST_NAME].strip() or base.name


def _others_title(texts: Texts, base: Base, n: int) -> str:
    if base.name == CASE:
        return texts("library.others_case")
    if base.scenario.district is not None:
        return texts("library.others_district", n=n)
    if n == 0:
        return texts("library.others_none")
    return texts("library.others_one") if n == 1 else texts("library.others_many", n=n)


def other(texts: Texts, scenario: Scenario, found: OtherInput) -> str:
    """Say in which number a scenario differs from the case, and from when on."""
    declared = scenario.parameter(found.name)
    values = {
        "name": texts.name_of(found.name),
        "here": written(texts, declared, found.second),
        "case": written(texts, declared, found.first),
    }
    if found.from_date is None:
        return texts("library.other", **values)
    return texts("library.other_from", day=figures.day(texts, found.from_date), **values)
