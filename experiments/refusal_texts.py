"""How is a refusal, or what looks odd in a district, said in a language other than the terminal's English?

Every text of a refusal that a page can show stands in refusals.toml, under the English text of the terminal; `en` is there
where a page says it in other English, since who sees a page has no command line.
"""

import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "refusals.toml"


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """Every text by the terminal's English, then by language."""
    read = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {said: {"en": read["en"].get(said, said), "zh": chinese} for said, chinese in read["zh"].items()}


def translator(language: str, otherwise: Callable[[str], str] = str) -> Callable[[str], str]:
    """What puts a text of the terminal into a language; `otherwise` is asked for a text that the catalogue does not hold."""

    def translate(text: str) -> str:
        by_language = catalogue().get(text)
        return otherwise(text) if by_language is None else by_language[language]

    return translate
