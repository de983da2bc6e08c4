"""How is an event said, and how are the numbers of a decision written, in each language?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from agents.centre.record import ALLIANCE_HOSPITAL, SITE_KINDS
from agents.units import FEN_PER_YUAN
from dashboard import figures
from dashboard.rooms.children.events import Event
from dashboard.rooms.children.life import Part
from dashboard.rooms.decide.levers import written as written_parameter
from dashboard.texts import Texts
from experiments.trace.watch import Number
from model.calendar import FIRST_DAY
from model.choice import SITE_KEY
from model.parameters import declarations

TURN, CHOICE = "whose_turn", "resident.choose_provider"
Row = tuple[str, str, str]


def date_of(day: int) -> date:
    """The date of a day of the world."""
    return FIRST_DAY + timedelta(days=day)


def short_yuan(texts: Texts, yuan: float) -> str:
    """A family's amount of money [yuan]: whole from a hundred on."""
    return texts("figure.yuan", value=figures.grouped(yuan, 0 if abs(yuan) >= 100 or float(yuan).is_integer() else 1))


def site(texts: Texts, kinds: tuple[int, ...], row: int) -> str:
    """What a place is called."""
    kind = SITE_KINDS[kinds[row]]
    return texts(f"children_place.{kind}") if kinds[row] == ALLIANCE_HOSPITAL else texts(f"children_place.{kind}", n=row)


def provider(texts: Texts, kinds: tuple[int, ...], key: int) -> str:
    """What a provider is called, by the key under which families remember it."""
    return texts("children_place.doctor_only", doctor=key) if key < SITE_KEY else site(texts, kinds, key - SITE_KEY)


def said(texts: Texts, kinds: tuple[int, ...], event: Event) -> str:
    """One event in words."""
    values: dict[str, Any] = {}
    kind = event.kind
    if "site" in event.values:
        values["place"] = site(texts, kinds, int(event.values["site"]))
    if "doctor" in event.values:
        values["place"] = texts("children_place.doctor", doctor=int(event.values["doctor"]), site=values["place"])
    if "yuan" in event.values:
        values["yuan"] = short_yuan(texts, event.values["yuan"])
    if kind == "treated":
        days = int(event.values["days"])
        kind, values["days"] = ("treated", days) if days else ("treated_at_once", 0)
    if kind in ("sent", "advised") and not event.values["goes"]:
        kind = f"{kind}_refused"
    return texts(f"children_event.{kind}", **values)


def day_in_words(texts: Texts, kinds: tuple[int, ...], events: Iterable[Event]) -> str:
    """All events of a day in one line."""
    listed = [said(texts, kinds, event) for event in events]
    return texts("children_event.list_joint").join(dict.fromkeys(listed))


# -- the rule that parted two lives ------------------------------------------------------------------------------------


def question(texts: Texts, rule: str) -> str:
    """What is decided by a rule, as a question; nothing for a rule that is none of a family's, a doctor's or the plan's."""
    actor, _, rest = rule.partition(".")
    decision = rest.partition(".")[0]
    return texts.maybe(f"children_rule.{actor}_{decision}" if rest else f"children_rule.{rule}")


def number_rows(texts: Texts, kinds: tuple[int, ...], part: Part) -> tuple[list[Row], list[Row]]:
    """Rows of name, first and second: those that differ, then those that are the same; what has no name is left out."""
    other, same = [], []
    is_choice = part.rule == CHOICE  # what one provider is worth is read against the others
    for name, key, one, two in part.numbers:
        said_name = number_name(texts, kinds, part.rule, name, key)
        if said_name:
            row = said_name, written(texts, name, one), written(texts, name, two)
            (same if one == two and not is_choice else other).append(row)
    return other, same


def number_name(texts: Texts, kinds: tuple[int, ...], rule: str, name: str, key: int) -> str:
    """What a number of a decision is called."""
    if name == "utility":
        return texts("children_number.utility", place=provider(texts, kinds, key))
    if name == "result" and rule == TURN:
        return texts("children_number.turn")
    return texts.name_of(name) if name in declarations() else texts.maybe(f"children_number.{name}")


def written(texts: Texts, name: str, value: Number | None) -> str:
    """A number of a decision with three digits that matter."""
    if value is None:
        return texts("children_number.none" if name == "utility" else "children_number.undecided")
    if name in declarations():
        return written_parameter(texts, declarations()[name], value)
    if isinstance(value, bool) or name.startswith("is_"):
        return texts("children_number.yes" if value else "children_number.no")
    shown = value / FEN_PER_YUAN if name.endswith("_fen") or name == "benefit" else value
    digits = 0 if float(shown).is_integer() else figures.three_digits(shown) + (1 if abs(shown) < 1 and name != "utility" else 0)
    return figures.grouped(shown, digits)


def why(texts: Texts, kinds: tuple[int, ...], part: Part, first: str, second: str) -> list[str]:
    """What a decision comes to, in words, where words can say it."""
    if part.rule == TURN:
        return [texts("children.why_turn")]
    if not question(texts, part.rule):
        return [texts("children.rule_unknown")]
    if part.rule != CHOICE:
        sides = [all(row[2 + n] is None for row in part.numbers) for n in (0, 1)]
        return [texts("children.why_one", world=second if sides[0] else first)] if any(sides) else []
    liked = [[(value, key) for _, key, *pair in part.numbers if (value := pair[n]) is not None] for n in (0, 1)]
    if not all(liked):
        return []
    best = [max(one)[1] for one in liked]
    names = [provider(texts, kinds, key) for key in best]
    found = [texts("children.why_choice", first=first, second=second, a=names[0], b=names[1])]
    offered = [{key for _, key in one} for one in liked]
    found += [texts("children.why_only", a=names[n]) for n in (0, 1) if best[n] not in offered[1 - n]]
    return [*found, texts("children.why_luck")]
