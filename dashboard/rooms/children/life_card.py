"""Whose two lives are these, where do they part, which decision parted them, and what does it come to?"""

from __future__ import annotations

from typing import Any

import solara

from dashboard import figures
from dashboard.heard import component_vue
from dashboard.parts.plot import PlotPart
from dashboard.rooms.children.fates import MEASURES, Both
from dashboard.rooms.children.life import Lives, Part
from dashboard.rooms.children.timeline import split, timeline
from dashboard.rooms.children.told import date_of, number_rows, question, said, short_yuan, why
from dashboard.session import Session
from dashboard.texts import Texts
from model.calendar import FIRST_DAY

Names = tuple[str, str]


@component_vue("life.vue")
def LifeCard(life: dict[str, Any]) -> None:
    """The child, and the day on which the lives part."""


@component_vue("reasons.vue")
def ReasonsCard(life: dict[str, Any]) -> None:
    """The decision that parted them with its numbers, and what both lives come to."""


@solara.component
def Life(session: Session, lives: Lives, both: Both | None, names: Names) -> None:
    """Both lives: in words, on a timeline, in a table."""
    texts = Texts(session.language.value)
    life = described(texts, lives, both, names)
    with solara.Div(classes=["room-grid"]):
        LifeCard(life=life)
        PlotPart(session, timeline(texts, lives, names))
        ReasonsCard(life=life)


def described(texts: Texts, lives: Lives, both: Both | None, names: Names) -> dict[str, Any]:
    """Everything that the card says."""
    return {
        "title": texts("children.life_title", child=lives.about.child),
        "about": about(texts, lives),
        "names": list(names),
        **(parted(texts, lives, lives.part, names) if lives.part else never(texts, lives)),
        "sums": sums(texts, lives, both) if both else None,
        "one_luck": texts("children.one_luck"),
    }


def about(texts: Texts, lives: Lives) -> str:
    """Who the child is."""
    who, day = lives.about, figures.day(texts, date_of(7 * lives.start_week))
    is_born = who.age_years >= 0
    return texts(
        "children.about",
        age=texts("children.age_on", years=int(who.age_years), day=day) if is_born else texts("children.not_yet_on", day=day),
        community=who.community,
        minutes=figures.decimal(texts, who.minutes),
        income=short_yuan(texts, round(who.income_yuan, -2)),
        fifth=texts(f"children_group.income_{who.fifth + 1}"),
        frailty=figures.decimal(texts, who.frailty, 1),
    )


def never(texts: Texts, lives: Lives) -> dict[str, Any]:
    """What is said of two lives that never part."""
    years = {"from_year": date_of(7 * lives.start_week + 6).year, "to_year": date_of(7 * lives.end_week - 7).year}
    return {"parting": texts("children.part_never", **years), "days": [], "rule": None}


def parted(texts: Texts, lives: Lives, part: Part, names: Names) -> dict[str, Any]:
    """The day of parting in both worlds, and the decision with its numbers."""
    _, *own = split(lives)
    day = (part.day - FIRST_DAY).days
    days = [[said(texts, lives.kinds, event) for event in events if event.day == day] for events in own]
    other, same = number_rows(texts, lives.kinds, part)
    return {
        "parting": texts("children.part_on", day=figures.day(texts, part.day)),
        "days": [list(dict.fromkeys(lines)) or [texts("children.nothing")] for lines in days],
        "rule": {
            "title": texts("children.rule"),
            "question": question(texts, part.rule),
            "why": why(texts, lives.kinds, part, *names),
            "numbers_title": texts("children.rule_numbers"),
            "other": other,
            "same": same,
            "same_title": texts("children.rule_same", n=len(same)),
            "figure": texts("children.end_figure"),
        },
    }


def sums(texts: Texts, lives: Lives, both: Both) -> dict[str, Any]:
    """What both lives come to."""
    row = lives.about.child
    days = {"from_day": 7 * both.start_week, "to_day": 7 * both.end_week}
    pairs = {measure: [float(side[measure][row]) for side in (both.first, both.second)] for measure in MEASURES}
    written = [
        [texts(f"children_measure.{name}"), *(figures.decimal(texts, value) for value in pair)] for name, pair in pairs.items()
    ]
    title = texts("children.end_title", **{name: figures.day(texts, date_of(day)) for name, day in days.items()})
    return {"title": title, "rows": written, "figure": texts("children.end_figure")}
