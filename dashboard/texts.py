"""What does the screen say, in each language?

Every text stands in `texts.toml`, both languages beside each other under one key. A key that is not there is an error,
never a silent gap: `Texts("zh")("page.title")`.
"""

from __future__ import annotations

import difflib
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LANGUAGES: dict[str, str] = {"en": "English", "zh": "中文"}
LOCALES: dict[str, str] = {"en": "en-GB", "zh": "zh-CN"}
CATALOGUE_FILE = Path(__file__).with_name("texts.toml")


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """Return every text by its key, then by language."""
    sections = tomllib.loads(CATALOGUE_FILE.read_text(encoding="utf-8"))
    return {f"{section}.{name}": by_language for section, names in sections.items() for name, by_language in names.items()}


@dataclass(frozen=True)
class Texts:
    """The catalogue in one language; call it with a key and the values of the key's placeholders."""

    language: str

    @property
    def locale(self) -> str:
        """The language's name as browsers know it."""
        return LOCALES[self.language]

    def __call__(self, key: str, **values: object) -> str:
        """Return the text of `key` with its placeholders filled; KeyError names the nearest key to an unknown one."""
        if key not in catalogue():
            nearest = difflib.get_close_matches(key, catalogue(), n=1)
            raise KeyError(f"no text {key!r} in {CATALOGUE_FILE.name}; nearest: {nearest}")
        return catalogue()[key][self.language].format(**values)


def language_of_browser(accepted: str) -> str:
    """Return the language to start in, from the browser's Accept-Language header."""
    first = accepted.split(",", maxsplit=1)[0].strip().lower()
    return "zh" if first.startswith("zh") else "en"
