"""Is everything in this table of a lesson file there, of the right kind, and nothing else?

Each key is taken once; what is missing, wrong or left over is refused with file, key and what is allowed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any

from dashboard.texts import LANGUAGES
from model.refusal import ScenarioError, shortened
from model.settings import nearest_names

Kind = type | tuple[type, ...]
ALIKE_ENOUGH = 0.8


class StrictTable:
    """A table of a lesson file, from the first key that is taken to `done`, which refuses what nobody took."""

    def __init__(self, where: str, content: Mapping[str, Any]) -> None:
        self.where = where
        self._left = dict(content)
        self._known: list[str] = []

    def has(self, key: str) -> bool:
        """[bool] Whether a key that may be left out is there."""
        self._known.append(key)
        return key in self._left

    def take(self, key: str, kind: Kind, allowed: str) -> Any:
        """Take a key's value, which must be of that kind; raises ScenarioError."""
        self._known.append(key)
        if key not in self._left:
            slips = get_close_matches(key, self._left, n=1, cutoff=ALIKE_ENOUGH)
            raise ScenarioError(
                self.where, f"no {key}" + (f", but {shortened(slips[0])}" if slips else ""), f"allowed is {allowed}"
            )
        value = self._left.pop(key)
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise self.wrong(key, value, allowed)
        return value

    def whole(self, key: str, low: int, high: int) -> int:
        """Take a whole number of a range."""
        allowed = f"a whole number from {low} to {high}"
        value = self.take(key, int, allowed)
        if not low <= value <= high:
            raise self.wrong(key, value, allowed)
        return value

    def said(self, key: str) -> dict[str, str]:
        """Take a text in every language."""
        found = self.table(key, " and ".join(f"{key}.{language}" for language in LANGUAGES))
        texts = {language: found.take(language, str, "a text") for language in LANGUAGES}
        found.done()
        for language, text in texts.items():
            if not text.strip():
                raise found.wrong(language, text, "a text")
        return {language: text.strip() for language, text in texts.items()}

    def word(self, key: str, allowed: tuple[str, ...]) -> str:
        """Take one of some words."""
        value = self.take(key, str, f"one of {', '.join(allowed)}")
        if value not in allowed:
            raise self.wrong(key, value, f"one of {', '.join(allowed)}")
        return value

    def name(self, key: str, is_known: Callable[[str], bool], allowed: str) -> str:
        """Take a name that something else knows."""
        value = self.take(key, str, allowed)
        if not is_known(value):
            raise self.wrong(key, value, allowed)
        return value

    def names(self, key: str, is_known: Callable[[str], bool], allowed: str) -> tuple[str, ...]:
        """Take a list of such names."""
        listed = self.take(key, list, f"a list of {allowed}")
        for value in listed:
            if not isinstance(value, str) or not is_known(value):
                raise self.wrong(key, value, f"a list of {allowed}")
        return tuple(listed)

    def table(self, key: str, allowed: str) -> StrictTable:
        """Take a table within the table."""
        return StrictTable(f"{self.where}, {key}", self.take(key, dict, allowed))

    def tables(self, key: str, allowed: str) -> dict[str, StrictTable]:
        """Take a table of tables, by their names in the order of the file."""
        listed = self.table(key, allowed)
        return {name: listed.table(name, allowed) for name in listed.keys()}  # noqa: SIM118  not a mapping

    def keys(self) -> tuple[str, ...]:
        """The keys that nobody took yet."""
        return tuple(self._left)

    def done(self) -> None:
        """Refuse what nobody took."""
        for key in self._left:
            if key not in self._known:
                nearest = nearest_names(key, self._known)
                allowed = (
                    f"the nearest known key is {nearest[0]}"
                    if nearest
                    else f"allowed are {', '.join(self._known)}"
                    if self._known
                    else "allowed is nothing"
                )
                raise ScenarioError(self.where, f"unknown key {shortened(key)}", allowed)

    def wrong(self, key: str, found: object, allowed: str) -> ScenarioError:
        """What to raise for a value that is not allowed."""
        return ScenarioError(f"{self.where}, {key}", f"found {shortened(found)}", f"allowed is {allowed}")
