"""Has every number a name in both languages, and every Chinese text the words of the screen and the glossary?"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dashboard.texts import LANGUAGES, Texts, catalogue
from model.indicators import INDICATORS
from model.parameters import ROLES, declarations

pytestmark = pytest.mark.convention

ROOT = Path(__file__).resolve().parents[2]
TEXTS = tomllib.loads((ROOT / "dashboard" / "parameters.toml").read_text(encoding="utf-8"))
WORD_TABLES = {
    "unit": {parameter.unit for parameter in declarations().values()},
    "actor": {key.split(".", maxsplit=1)[0] for key in declarations()},
    "role": set(ROLES),
    "indicator_unit": {indicator.unit for indicator in INDICATORS.values()},
}
PARAMETERS = {key: texts for key, texts in TEXTS.items() if key not in WORD_TABLES and key != "indicator"}
NAMED = {"parameter": PARAMETERS, "indicator": TEXTS["indicator"]}
MOST_WORDS = {"parameter": 6, "indicator": 7}
WITHOUT_A_WORD = ("1", "flag")  # units: shares are written as percent, ratios as bare numbers, flags as switches
SCREEN_SECTIONS = ("lever", "tile", "fund")
NAMED_FOR_THEIR_PLACE = {  # short labels of tiles, and one under the fund's title
    "tile.fund_reserve_yuan", "fund.fund_reserve_yuan", "tile.lapse_share", "tile.own_payment_yuan", "tile.wait_hours_others",
    "tile.n_missed_serious_per_1000_serious",
}  # fmt: skip
# Where a Chinese name says the same without the word, or with a more usual one.
WITHOUT = {
    ("n_self_referred", "alliance visit"),  # after the tile, which leaves the alliance to its title
    ("share_self_referred", "alliance visit"),
}


def names() -> Iterator[tuple[str, dict[str, str]]]:
    """Key and name in both languages of every parameter and indicator."""
    for texts in NAMED.values():
        yield from ((key, entry["name"]) for key, entry in texts.items())


def leaves(table: dict[str, Any], key: str = "") -> Iterator[tuple[str, str]]:
    """Every text of the file with its full key."""
    for part, inner in table.items():
        if isinstance(inner, dict):
            yield from leaves(inner, f"{key}/{part}")
        else:
            yield f"{key}/{part}", inner


def glossary() -> dict[str, list[str]]:
    """The Chinese words of each English term, long terms first: they hide the short ones in them."""
    lines = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
    cells = [line.strip("| ").split(" | ") for line in lines if line.startswith("| ")][1:]
    return {english.lower(): chinese.split(" / ") for english, chinese, *_ in sorted(cells, key=lambda cell: -len(cell[0]))}


def test_every_parameter_has_its_texts_in_the_order_of_the_declarations() -> None:
    assert list(PARAMETERS) == list(declarations())


def test_every_indicator_has_its_texts_and_no_other_has() -> None:
    assert list(TEXTS["indicator"]) == list(INDICATORS)


@pytest.mark.parametrize("table", WORD_TABLES)
def test_every_unit_actor_and_role_has_its_word_and_no_other_has(table: str) -> None:
    assert set(TEXTS[table]) == WORD_TABLES[table]
    assert all(set(words) == set(LANGUAGES) for words in TEXTS[table].values())


def test_the_tables_stand_in_the_file_as_declared() -> None:
    assert [key for key in TEXTS if "." not in key] == [*WORD_TABLES, "indicator"]


def test_a_number_has_a_name_in_both_languages_and_a_chinese_meaning_and_no_more() -> None:
    for texts in NAMED.values():
        wrong = [
            key
            for key, entry in texts.items()
            if {k: set(v) for k, v in entry.items()} != {"name": {*LANGUAGES}, "meaning": {"zh"}}
        ]
        assert wrong == []


def test_no_text_is_empty_but_the_units_of_shares_and_switches() -> None:
    empty = {key for key, text in leaves(TEXTS) if not text.strip()}
    assert empty == {
        f"/{table}/{unit}/{language}" for table in ("unit", "indicator_unit") for unit in WITHOUT_A_WORD for language in LANGUAGES
    }


def test_no_text_is_padded_ends_in_a_stop_or_has_a_placeholder() -> None:
    assert [
        key for key, text in leaves(TEXTS) if text != text.strip() or text.endswith((".", "。")) or set("{}|") & set(text)
    ] == []


def test_chinese_texts_are_chinese() -> None:
    wrong = [key for key, text in leaves(TEXTS) if key.endswith("/zh") and re.search(r"[A-Za-z]{2,}|[,;:?!()']", text)]
    assert wrong == []
    assert [key for key, name in names() if not re.search(r"[\u4e00-\u9fff]", name["zh"])] == []


def test_english_names_are_english() -> None:
    assert [key for key, text in leaves(TEXTS) if key.endswith("/en") and re.search(r"[\u2e80-\u9fff\uff00-\uffef']", text)] == []


@pytest.mark.parametrize("sort", NAMED)
def test_names_are_unique_within_a_language(sort: str) -> None:
    for language in LANGUAGES:
        counts = Counter(entry["name"][language].lower() for entry in NAMED[sort].values())
        assert [name for name, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("sort", NAMED)
def test_english_names_are_short(sort: str) -> None:
    n_words = {key: len(entry["name"]["en"].split()) for key, entry in NAMED[sort].items()}
    assert {key: n for key, n in n_words.items() if not 2 <= n <= MOST_WORDS[sort]} == {}


def test_chinese_names_are_short() -> None:
    assert [name["zh"] for _, name in names() if len(name["zh"]) > 20] == []


def test_a_number_that_is_on_the_screen_already_keeps_its_name() -> None:
    by_last = {key.rsplit(".", 1)[-1]: name for key, name in names()}
    shown = {key: text for key, text in catalogue().items() if key.split(".")[-2] in SCREEN_SECTIONS}
    last = {key: key.rsplit(".", 1)[-1] for key in shown if key not in NAMED_FOR_THEIR_PLACE}
    compared = {key: by_last[name] for key, name in last.items() if name in by_last}
    assert {key: name for key, name in compared.items() if name != shown[key]} == {}
    assert len(compared) >= 6


def test_chinese_names_use_the_terms_of_the_glossary() -> None:
    n_compared = 0
    parted: list[tuple[str, str]] = []
    for key, name in names():
        english = name["en"].lower().replace("’", " ")
        for term, chinese in glossary().items():
            pattern = rf"\b{re.escape(term)}(s|es)?\b"
            if re.search(pattern, english):
                english = re.sub(pattern, " ", english)
                n_compared += 1
                if not any(word in name["zh"] for word in chinese):
                    parted.append((key, term))
    assert set(parted) == WITHOUT
    assert n_compared > 200


def test_chinese_names_hold_only_characters_that_are_listed_by_pinyin() -> None:
    """The first level of GB 2312, rows 16 to 55: by their codes names are sorted."""
    characters = {character for _, name in names() for character in re.findall(r"[\u4e00-\u9fff]", name["zh"])}
    codes = {character: character.encode("gb18030") for character in characters}
    assert {one for one, code in codes.items() if len(code) > 2 or not 0xB0 <= code[0] <= 0xD7 or code[1] < 0xA1} == set()


def test_names_are_sorted_as_their_readers_sort() -> None:
    assert Texts("zh").sorted_by_name(["转诊", "保费", "医生", "基金"], str) == ["保费", "基金", "医生", "转诊"]
    assert Texts("en").sorted_by_name(["yearly", "Bans", "access"], str) == ["access", "Bans", "yearly"]
