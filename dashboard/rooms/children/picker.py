"""How does a visitor choose a child? From stories, by number, or by what the child is like."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import solara

from dashboard import figures
from dashboard.heard import component_vue
from dashboard.rooms.children.fates import Both
from dashboard.rooms.children.groups import GROUPINGS
from dashboard.rooms.children.stories import STORIES, age_years, search, stories
from dashboard.rooms.children.told import date_of, short_yuan
from dashboard.session import Session
from dashboard.texts import Texts

SAID = ("search_title", "number", "any", "only_other", "search", "open")


@component_vue("picker.vue")
def PickerCard(
    texts: dict[str, str],
    counts: str,
    hint: str,
    stories: list[dict[str, Any]],
    fields: list[dict[str, Any]],
    highest: int,
    chosen: str,
    problem: str,
    found: dict[str, Any] | None,
    event_pick: Callable[[object], None],
    event_search: Callable[[object], None],
) -> None:
    """Stories as buttons, a form, what was found."""


@solara.component
def Picker(session: Session, both: Both, seed: int, names: tuple[str, str], chosen: str, problem: str) -> None:
    """Show the stories of the first world and a search in it."""
    texts = Texts(session.language.value)
    asked, ask = solara.use_state({})
    picked = solara.use_memo(lambda: stories(both), [id(both)])
    PickerCard(
        texts=texts.several("children", *SAID)
        | {"title": texts("children.stories_title"), "hint": texts("children.number_hint", high=len(both.register) - 1)},
        counts=counts(texts, both, seed, names),
        hint=texts("children.story_hint", first=names[0], second=names[1]),
        stories=[
            {
                "name": name,
                "title": texts(f"children.story_{name}"),
                "none": texts("children.story_none"),
                "children": [card(texts, both, row) for row in picked[name]],
            }
            for name in STORIES
        ],
        fields=[
            {
                "name": grouping,
                "title": texts(f"children_group.{grouping}"),
                "groups": [[name, texts(f"children_group.{grouping}_{name}")] for name in groups],
            }
            for grouping, groups in GROUPINGS.items()
        ],
        highest=len(both.register) - 1,
        chosen=chosen,
        problem=problem,
        found=found(texts, both, asked),
        event_pick=lambda row: session.place("children_id").set(str(row)[:12]) if isinstance(row, int | str) else None,
        event_search=lambda form: ask(form) if isinstance(form, dict) else None,
    )


def counts(texts: Texts, both: Both, seed: int, names: tuple[str, str]) -> str:
    """Say how many children fare better and worse."""
    change, lived = both.change("missed"), both.weeks_lived > 0
    numbers = {"n": int(lived.sum()), "fewer": int((change < 0).sum()), "more": int((change > 0).sum())}
    days = {"from_day": both.start_week, "to_day": both.end_week}
    return texts(
        "children.counts",
        seed=seed,
        second=names[1],
        **{name: figures.decimal(texts, n) for name, n in numbers.items()},
        **{name: figures.day(texts, date_of(7 * week)) for name, week in days.items()},
    )


def age(texts: Texts, years: float) -> str:
    """An age in words."""
    return texts("children.not_yet") if years < 0 else texts("children.aged", years=int(years))


def card(texts: Texts, both: Both, row: int) -> dict[str, Any]:
    """One child in a few words: who it is, and its figures in both worlds."""
    fifth = texts(f"children_group.income_{int(both.register.fifth[row]) + 1}")
    told = []
    for measure, words in (("missed", "missed_pair"), ("untreated", "days_pair")):
        one, two = int(both.first[measure][row]), int(both.second[measure][row])
        told += [texts(f"children.{words}", a=one, b=two)] if one or two else []
    paid = [short_yuan(texts, round(float(side["paid"][row]))) for side in (both.first, both.second)]
    told.append(texts("children.paid_pair", a=paid[0], b=paid[1]))
    return {"row": row, "title": texts("children.child", child=row), "who": [age(texts, age_years(both, row)), fifth], "told": told}


def found(texts: Texts, both: Both, asked: dict[str, Any]) -> dict[str, Any] | None:
    """What a search found."""
    if not asked:
        return None
    n, rows = search(both, asked)
    said = texts("children.found", n=figures.decimal(texts, n), shown=len(rows)) if rows else texts("children.found_none")
    return {"said": said, "children": [card(texts, both, row) for row in rows]}
