"""Which numbers, or which terms, does a visitor want to see?

Every word is looked for in both languages, whatever the page speaks, in names, meanings, keys, sources and reasons. What an
address asks for and nobody offers is not asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from dashboard.texts import LANGUAGES, Texts
from experiments.evidence.register import actor_of, actors
from experiments.evidence.strength import strength
from model.parameters import KINDS, ROLES, Parameter, declarations

LONGEST_SEARCH = 80
ORDERS: dict[str, Callable[[Parameter], float]] = {"weak": strength, "strong": lambda parameter: -strength(parameter)}
"""In which other orders than that of the declarations numbers can stand."""


@dataclass(frozen=True)
class Wish:
    """What of the numbers is to be shown; '' is all of them, and the order of the declarations."""

    find: str = ""
    actor: str = ""
    kind: str = ""
    role: str = ""
    order: str = ""


def choices() -> dict[str, tuple[str, ...]]:
    """Return what can be chosen besides words."""
    return {"actor": actors(), "kind": KINDS, "role": ROLES, "order": tuple(ORDERS)}


def wish(places: Mapping[str, str]) -> Wish:
    """Return what an address asks for, without what is not on offer."""
    chosen = {name: places.get(name, "") for name in choices()}
    return Wish(places.get("find", ""), **{name: value if value in choices()[name] else "" for name, value in chosen.items()})


def words_of(searched: str) -> list[str]:
    """Return the words of a search."""
    return searched.casefold().replace("_", " ")[:LONGEST_SEARCH].split()


def wanted(asked: Wish) -> list[str]:
    """Return the keys of all numbers that are asked for, in the order that is asked for."""
    words = words_of(asked.find)
    found = [p for key, p in declarations().items() if _is_of(p, asked) and all(word in _said_of(key) for word in words)]
    return [p.name for p in (sorted(found, key=ORDERS[asked.order]) if asked.order else found)]


def _is_of(parameter: Parameter, asked: Wish) -> bool:
    """[bool] Whether a number is of the actor, kind and role that are asked for."""
    pairs = ((asked.actor, actor_of(parameter)), (asked.kind, parameter.kind), (asked.role, parameter.role))
    return all(not one or one == own for one, own in pairs)


@cache
def _said_of(key: str) -> str:
    """Everything that is said of a number, in any language."""
    declared = declarations()[key]
    said = [key, declared.meaning, declared.source, declared.because, declared.unit, declared.moves]
    for texts in map(Texts, LANGUAGES):
        said += [texts.name_of(key), texts.named(key, "meaning", ""), texts.indicator(declared.moves)]
        said += [texts("number.assumption", n=declared.assumption)] if declared.assumption else []
    return " ".join(said).casefold().replace(".", " ").replace("_", " ") + " " + key
