"""Is every text of the screen there in every language?"""

import re
import string

import pytest

from agents.centre.record import SITE_KINDS
from dashboard.rooms.decide.levers import GROUPS, panel
from dashboard.texts import FOLDER, LANGUAGES, Texts, catalogue, language_of_browser

pytestmark = pytest.mark.convention

SOURCES = [*FOLDER.rglob("*.py"), *FOLDER.rglob("*.vue"), *FOLDER.rglob("*.js")]
NAMES = re.compile(
    r"(?<![A-Za-z])(PNG|SVG|CSV|Parquet|Python|TOML|HTML|COVID|Mesa|BibTeX|APA|ODD|WCAG|Sankey|Wilson|Excel|XLSX|xlsx|zip)(?![A-Za-z])"
)
"""Names that Chinese writes as they are."""
NAMED_BY_THE_ENGINE = (
    "kind", "subject", "money_account", "money_kind", "children_event", "children_group", "children_number", "children_place",
    "children_rule",
)  # fmt: skip
"""Sections whose keys are names of the engine, or groups of its children: nothing in the page spells them."""


def placeholders(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def test_every_text_has_every_language_and_no_other() -> None:
    wrong = [
        key
        for key, texts in catalogue().items()
        if set(texts) != set(LANGUAGES) or (not key.endswith("_joint") and not all(map(str.strip, texts.values())))
    ]
    assert wrong == []


def test_placeholders_are_the_same_in_every_language() -> None:
    wrong = [key for key, texts in catalogue().items() if len({placeholders(text) for text in texts.values()}) != 1]
    assert wrong == []


def test_chinese_texts_are_chinese() -> None:
    wrong = [
        key for key, texts in catalogue().items() if re.search(r"[A-Za-z]{2,}", NAMES.sub("", re.sub(r"{\w+}", "", texts["zh"])))
    ]
    assert wrong == []


def test_no_text_stands_in_the_catalogue_unused() -> None:
    """A text is used where its name stands, or where names are built from its beginning or its end."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    built = [f"lever.{key.rsplit('.', 1)[-1]}_sentence" for group in GROUPS for key in panel()[group]]
    built += [f"network.{kind}{end}" for kind in (*SITE_KINDS, "alliance_hospital") for end in ("", "_short")]
    wrong = []
    for key in catalogue():
        section, name = key.split(".")
        stems = re.findall(rf'"{section}\.([a-z0-9_]+){{', code)
        ends = re.findall(rf'"{section}\.{{[^{{}}"]+}}([a-z0-9_]+)"', code)
        is_built = key in built or any(map(name.startswith, stems)) or any(map(name.endswith, ends))
        if section not in NAMED_BY_THE_ENGINE and not is_built and not re.search(rf'["./]{name}\b', code):
            wrong.append(key)
    assert wrong == []


def test_no_component_carries_words_of_its_own() -> None:
    for path in FOLDER.rglob("*.vue"):
        template = path.read_text(encoding="utf-8").split("<script>", maxsplit=1)[0]
        written = re.findall(r">([^<>{}]+)<", re.sub(r'"[^"]*"', '""', re.sub(r"{{.*?}}", "", template)))
        assert not [text for text in written if re.search(r"\w", text.replace(".", ""))], path.name


def test_an_unknown_text_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(KeyError, match=r"page\.title"):
        Texts("en")("page.titel")


@pytest.mark.parametrize(("accepted", "language"), [("zh-CN,zh;q=0.9", "zh"), ("de,zh", "en"), ("", "en")])
def test_the_browser_chooses_the_first_language(accepted: str, language: str) -> None:
    assert language_of_browser(accepted) == language
