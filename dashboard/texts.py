"""What does the screen say, in each language?

Every text stands in a `texts.toml`, both languages beside each other under one key: those of a room in its folder, those of
all rooms beside this file. A key that is not there is an error, never a silent gap: `Texts("zh")("page.title")`.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES: dict[str, str] = {"en": "English", "zh": "中文"}
LOCALES: dict[str, str] = {"en": "en-GB", "zh": "zh-CN"}
FOLDER = Path(__file__).parent
PARAMETERS_FILE = FOLDER / "parameters.toml"


def catalogue_files() -> list[Path]:
    """Return the files of all texts but those of parameters and indicators."""
    return [FOLDER / "texts.toml", *sorted(FOLDER.glob("*/*/texts.toml"))]


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """Return every text by its key, then by language; KeyError for a key that stands in two places."""
    found: dict[str, dict[str, str]] = {}
    for path in catalogue_files():
        for key, by_language in _texts_of(path):
            if key in found:
                raise KeyError(f"the text {key!r} of {path.parent.name}/{path.name} stands in another file too")
            found[key] = by_language
    return found


def _texts_of(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    for section, names in tomllib.loads(path.read_text(encoding="utf-8")).items():
        for name, by_language in names.items():
            yield f"{section}.{name}", by_language


@cache
def names() -> dict[str, dict[str, Any]]:
    """Return what parameters, indicators and their units are called, by their own names."""
    return tomllib.loads(PARAMETERS_FILE.read_text(encoding="utf-8")) if PARAMETERS_FILE.exists() else {}


@dataclass(frozen=True)
class Texts:
    """The catalogue in one language; call it with a key and the values of the key's placeholders."""

    language: str

    @property
    def locale(self) -> str:
        """The language's name as browsers know it."""
        return LOCALES[self.language]

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the text of `key` with its placeholders filled; KeyError names the nearest key to an unknown one."""
        if key not in catalogue():
            nearest = difflib.get_close_matches(key, catalogue(), n=1)
            raise KeyError(f"no text {key!r} in the catalogue; nearest: {nearest}")
        return catalogue()[key][self.language].format(**values)

    def maybe(self, key: str) -> str:
        """Return the text of `key`, nothing if there is none."""
        return self(key) if key in catalogue() else ""

    def several(self, section: str, *keys: str) -> dict[str, str]:
        """Return some texts of a section by their own names, for a component that says them and fills their placeholders."""
        return {key: catalogue()[f"{section}.{key}"][self.language] for key in keys}

    def name_of(self, parameter: str) -> str:
        """Return what a parameter is called."""
        return self.named(parameter, "name", parameter)

    def sorted_by_name(self, keys: Iterable[str], name: Callable[[str], str]) -> list[str]:
        """Return keys by the names that are shown, in the order in which the language sorts.

        GB 2312 lists its common characters by pinyin, and GB 18030 keeps their codes: no library is needed. A character with
        several readings stands at the one under which it is listed there.
        """
        return sorted(keys, key=lambda key: name(key).casefold().encode("gb18030" if self.language == "zh" else "utf-8"))

    def unit(self, unit: str) -> str:
        """Return how a declared unit is written after a number; a share has none."""
        return names().get("unit", {}).get(unit, {}).get(self.language, "" if unit in ("1", "flag") else unit)

    def indicator(self, name: str, part: str = "name") -> str:
        """Return the name or meaning of an indicator."""
        return names().get("indicator", {}).get(name, {}).get(part, {}).get(self.language, name)

    def named(self, key: str, part: str, otherwise: str) -> str:
        """Return the name or meaning of a parameter, or `otherwise` where the catalogue holds none."""
        return names().get(key, {}).get(part, {}).get(self.language, otherwise)


def language_of_browser(accepted: str) -> str:
    """Return the language to start in, from the browser's Accept-Language header."""
    first = accepted.split(",", maxsplit=1)[0].strip().lower()
    return "zh" if first.startswith("zh") else "en"
