"""What is the story of one child, doctor or place, in words and in numbers?

    story = trace(scenario, "child", 11, seed=1)

The world is run once unwatched and once watched; both must give the same bits, so the story is that of the world itself.
A child's story goes day by day, a doctor's and a place's quarter by quarter.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

import pandas as pd

from agents.centre.record import SITE_KINDS
from experiments.trace import words_after, words_doctor, words_plan, words_visit
from experiments.trace.providers import DoctorWatch, ProviderWatch, SiteWatch
from experiments.trace.replay import ChildWatch
from experiments.trace.watch import Call, Moment, Number, Rows, row_as_numbers
from experiments.trace.words import Names, Scene, count, date_of, shown
from model import calendar
from model.alliance import AllianceModel
from model.refusal import ScenarioError

if TYPE_CHECKING:
    from model.scenario import Scenario

KINDS = {"child": "children", "doctor": "doctors", "site": "sites"}
SUMMED = ("visits", "visits_of_members", "recorded_referrals", "income_yuan", "net_receipts_yuan")
TELLS_OF = (words_visit, words_after, words_plan, words_doctor)  # importing them registers their tellers


@dataclass(frozen=True)
class Chapter:
    """One day of a child, or one quarter of a provider."""

    day: date
    words: list[str]
    scenes: list[Scene]
    record: dict[str, Number] = field(default_factory=dict)

    @property
    def calls(self) -> list[Call]:
        """What was written down, in order."""
        return [call for scene in self.scenes for call in scene.calls]


@dataclass(frozen=True, repr=False)
class Story:
    """One agent's story in one world; printing it tells it."""

    kind: str
    row: int
    scenario: str
    seed: int
    about: list[str]
    chapters: list[Chapter]
    ending: str
    result_hash: str
    names: Names

    @property
    def title(self) -> str:
        """Whose story it is."""
        who = self.names.site(self.row).capitalize() if self.kind == "site" else f"{self.kind.capitalize()} {self.row}"
        return f"{who} in {self.scenario}, seed {self.seed}"

    def __repr__(self) -> str:
        return f"<story of {self.title}: {len(self.chapters)} chapters>"

    def __str__(self) -> str:
        days = [f"{chapter.day:%A %Y-%m-%d}\n" + "\n".join(f"  {line}" for line in chapter.words) for chapter in self.chapters]
        return "\n".join(part for part in (self.title, *self.about, "", *days, "", self.ending) if part or self.chapters)

    def frame(self) -> pd.DataFrame:
        """A row for each sentence: day, words."""
        return pd.DataFrame([{"day": c.day, "words": line} for c in self.chapters for line in c.words], columns=["day", "words"])

    def rules(self) -> pd.DataFrame:
        """A row for each decision and die, in order: day, rule, inputs, parameters read, result."""
        rows = [
            {
                "day": c.day,
                "rule": call.purpose or call.key,
                "inputs": call.inputs,
                "parameters": call.parameters,
                "result": call.result,
            }
            for c in self.chapters
            for top in c.calls
            for call in top.walk()
            if call.is_rule or call.key == "die"
        ]
        return pd.DataFrame(rows, columns=["day", "rule", "inputs", "parameters", "result"])

    def between(self, first: date | None, last: date | None) -> list[Chapter]:
        """The chapters of some dates, both included."""
        return [c for c in self.chapters if (first is None or c.day >= first) and (last is None or c.day <= last)]


def trace(
    scenario: Scenario, kind: str, row: int, *, seed: int = 1, n_weeks: int | None = None,
    on_week: Callable[[], None] = lambda: None,
) -> Story:  # fmt: skip
    """The story of one agent, so many weeks or all of the scenario's; `on_week` is called twice a week.

    Raises ScenarioError if there is no such agent.
    """
    n_weeks = calendar.end_of_policy(scenario.policy_years) if n_weeks is None else n_weeks
    unwatched = AllianceModel(scenario, seed)
    check_row(unwatched, kind, row)
    while unwatched.week < n_weeks:
        unwatched.step()
        on_week()
    model = AllianceModel(scenario, seed)
    watch = {"child": ChildWatch, "doctor": DoctorWatch, "site": SiteWatch}[kind](model, row)
    while model.week < n_weeks:
        watch.step()
        if isinstance(watch, ProviderWatch):
            watch.look()
        on_week()
    if model.result_hash() != unwatched.result_hash():
        raise AssertionError("the watched world is not the world: its bits differ")
    names = Names(tuple(int(kind) for kind in model.world.sites.kind))
    chapters = days(watch.moments, names) if isinstance(watch, ChildWatch) else quarters(watch, names)
    about, ending = ABOUT[kind](model, row), endings(model, row, chapters) if kind == "child" else ""
    return Story(kind, row, scenario.title or scenario.name, seed, about, chapters, ending, model.result_hash(), names)


def check_row(model: AllianceModel, kind: str, row: int) -> None:
    """Refuse an agent that does not exist; raises ScenarioError."""
    n = len(getattr(model.world, KINDS[kind]))
    if not 0 <= row < n:
        raise ScenarioError(f"--{kind}", f"{row}", f"allowed is a number from 0 to {n - 1:,} in this world")


def days(moments: list[Moment], names: Names) -> list[Chapter]:
    """A chapter for each day of which something is to be told, and for each end of a month."""
    found = []
    for (week, day), group in groupby(moments, key=lambda moment: (moment.week, moment.day)):
        scene = Scene.of(list(group), names)
        words = scene.sentences()
        if words:
            found.append(Chapter(date_of(day if day >= 0 else 7 * week + 6), words, [scene]))
    return found


def quarters(watch: ProviderWatch, names: Names) -> list[Chapter]:
    """A chapter for each quarter: its record, then the last word of each decision in it."""
    found, say = [], words_doctor.quarter_of_doctor if isinstance(watch, DoctorWatch) else words_doctor.quarter_of_site
    for _, group in groupby(watch.weeks, key=lambda row: _quarter(int(row["week"]))):
        weeks = list(group)
        inside = range(int(weeks[0]["week"]), int(weeks[-1]["week"]) + 1)
        scenes = [Scene.of([moment], names) for moment in watch.moments if moment.week in inside]
        total = {name: sum(row[name] for row in weeks) for name in SUMMED if name in weeks[0]}
        last: dict[str, str] = {}
        for scene in scenes:
            for text in scene.sentences():
                key = text.partition(" ")[0] + text.split()[1]
                last.pop(key, None)
                last[key] = text
        words = [say(weeks[0], weeks[-1], total), *last.values()]
        found.append(Chapter(date_of(7 * inside[-1] + 6), words, scenes, weeks[-1] | total))
    return found


def _quarter(week: int) -> tuple[int, int]:
    day = calendar.thursday(week)
    return day.year, (day.month - 1) // 3


# -- who it is about ------------------------------------------------------------------------------------------------


def about_child(model: AllianceModel, row: int) -> list[str]:
    """The child and its household."""
    child = model.world.children[row]
    home = row_as_numbers(model.world.households[int(child.household)])
    begins = "from the start" if child.first_week == 0 else f"from {calendar.week(int(child.first_week)).start}"
    return [
        f"In the register {begins} until {date_of(7 * int(child.last_week))}.",
        f"Ill {shown(float(child.frailty))} times as often as other children of its age.",
        f"Household {child.household} in neighbourhood {home['community']}: yearly income {home['income_yuan']:,.0f} yuan.",
    ]


def about_doctor(model: AllianceModel, row: int) -> list[str]:
    """The doctor before any training."""
    doctor = model.world.doctors[row]
    kind = SITE_KINDS[int(model.world.sites["kind"][int(doctor.site)])]
    skill = f"innate skill {shown(float(doctor.innate_skill))}, log caution {shown(float(doctor.log_caution))}"
    return [f"Works at {kind.replace('_', ' ')} {doctor.site}, {'private' if doctor.is_private else 'public'}; {skill}."]


def about_site(model: AllianceModel, row: int) -> list[str]:
    """The place."""
    site = model.world.sites[row]
    separate = ", under separate revenue and expenditure" if site.is_separate else ""
    return [f"{count(int(site.n_doctors), 'family doctor')}, at {site.x_km:.1f} km east and {site.y_km:.1f} km north{separate}."]


ABOUT: dict[str, Callable[[AllianceModel, int], list[str]]] = {"child": about_child, "doctor": about_doctor, "site": about_site}


def endings(model: AllianceModel, row: int, chapters: list[Chapter]) -> str:
    """A child's life in one line."""
    child = model.world.children[row]
    paid = words_after.own_payments([call for chapter in chapters for call in chapter.calls])
    missed = (
        f", {count(int(child.n_missed_serious), 'serious illness', 'serious illnesses')} missed" if child.n_missed_serious else ""
    )
    lived = f"{count(int(child.n_illnesses), 'illness', 'illnesses')}, {count(int(child.n_visits), 'visit')}{missed}"
    return f"In all: {lived}; the family paid {paid:,.2f} yuan."


# -- everything -----------------------------------------------------------------------------------------------------


def as_dict(story: Story, chapters: list[Chapter] | None = None) -> dict[str, Any]:
    """The story with every rule's inputs and numbers, for JSON."""
    shown_ = story.chapters if chapters is None else chapters
    return {
        "kind": story.kind, "row": story.row, "scenario": story.scenario, "seed": story.seed, "about": story.about,
        "result_hash": story.result_hash, "ending": story.ending,
        "chapters": [
            {"date": c.day.isoformat(), "words": c.words, "record": c.record, "rules": [told(call) for call in c.calls],
             "before": first_rows(c), "after": c.scenes[-1].after if c.scenes else {}}
            for c in shown_
        ],
    }  # fmt: skip


def first_rows(chapter: Chapter) -> Rows:
    """The rows at the beginning of a chapter."""
    return chapter.scenes[0].before if chapter.scenes else {}


def told(call: Call) -> dict[str, Any]:
    """One call with all that it led to."""
    found = {
        "name": call.name.partition(".")[2],
        "says": call.says,
        "inputs": call.inputs,
        "parameters": call.parameters,
        "result": call.result,
    }
    found |= {"die": call.purpose} if call.purpose else {}
    return found | {"calls": [told(inner) for inner in call.calls if not inner.name.endswith(".hashed") or call.purpose == ""]}
