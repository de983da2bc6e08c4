"""Is every text of the screen there in every language?"""

import re
import string
from pathlib import Path

import pytest

from dashboard.texts import CATALOGUE_FILE, LANGUAGES, Texts, catalogue, language_of_browser

pytestmark = pytest.mark.convention

SOURCES = [*CATALOGUE_FILE.parent.glob("*.py"), *CATALOGUE_FILE.parent.glob("*.vue")]


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("key", catalogue())
def test_every_text_has_every_language_and_no_other(key: str) -> None:
    assert set(catalogue()[key]) == set(LANGUAGES)
    assert all(text.strip() for text in catalogue()[key].values())


@pytest.mark.parametrize("key", catalogue())
def test_placeholders_are_the_same_in_every_language(key: str) -> None:
    english, chinese = (placeholders(catalogue()[key][language]) for language in ("en", "zh"))
    assert english == chinese


@pytest.mark.parametrize("key", catalogue())
def test_chinese_texts_are_chinese(key: str) -> None:
    text = re.sub(r"{\w+}", "", catalogue()[key]["zh"])
    assert not re.search(r"[A-Za-z]{2,}", text)


def test_no_text_stands_in_the_catalogue_unused() -> None:
    written = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    ends = {key: key.split(".")[1] for key in catalogue()}
    sections = {key: key.split(".")[0] for key in catalogue()}
    unused = [
        key
        for key in catalogue()
        if key not in written
        and f'"{ends[key]}"' not in written
        and not re.search(rf'f"{sections[key]}\.{{', written)
        and f".{ends[key]}\"" not in written
    ]
    assert unused == []


def test_no_component_carries_words_of_its_own() -> None:
    for path in Path(CATALOGUE_FILE.parent).glob("*.vue"):
        template = path.read_text(encoding="utf-8").split("<script>", maxsplit=1)[0]
        between_tags = re.sub(r"{{.*?}}", "", re.sub(r"<[^>]*>", "", template.replace("=>", "")), flags=re.DOTALL)
        assert not re.search(r"[A-Za-z]{3,}", between_tags), path.name


def test_an_unknown_text_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(KeyError, match=r"page\.title"):
        Texts("en")("page.titel")


@pytest.mark.parametrize(("accepted", "language"), [("zh-CN,zh;q=0.9", "zh"), ("de,zh", "en"), ("", "en")])
def test_the_browser_chooses_the_first_language(accepted: str, language: str) -> None:
    assert language_of_browser(accepted) == language
