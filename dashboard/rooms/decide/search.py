"""Which levers does a word find?

Names and meanings are searched in both languages, whatever the page speaks; levers come before numbers of behaviour and of
the world. What only shapes the first day of the world cannot be changed by a policy and is not found.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from dashboard.texts import LANGUAGES, Texts
from model.parameters import ROLES, declarations
from model.settings import is_of_the_beginning

LONGEST_SEARCH = 80


def found_levers(texts: Texts, searched: str) -> list[str]:
    """Return the keys of all levers in which every word is found: in a name first, then in a meaning."""
    words = searched.casefold().replace("_", " ")[:LONGEST_SEARCH].split()
    scored = [(rank, key) for key in _searchable() if (rank := _rank(texts.language, key, words)) is not None]
    return [key for _, key in sorted(scored, key=lambda found: found[0])]


def _rank(language: str, key: str, words: list[str]) -> tuple[int, int] | None:
    role = ROLES.index(declarations()[key].role)
    for depth, text in enumerate(_texts_of(key, language)):
        if all(word in text for word in words):
            return depth, role
    return None


@cache
def _searchable() -> tuple[str, ...]:
    return tuple(key for key in declarations() if not is_of_the_beginning(key))


@cache
def _texts_of(key: str, language: str) -> tuple[str, str]:
    """A lever's name, then everything said of it in any language."""
    return Texts(language).name_of(key).casefold(), " ".join(_said_of(key)).casefold()


def _said_of(key: str) -> Iterator[str]:
    yield key.replace(".", " ").replace("_", " ")
    yield declarations()[key].meaning
    for language in LANGUAGES:
        yield Texts(language).name_of(key)
        yield Texts(language).named(key, "meaning", "")
