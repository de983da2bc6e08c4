"""Does the facilitator's guide fill ninety minutes, and is it the same in both languages?"""

import pytest

from dashboard.rooms.learn.guide import blocks_of
from dashboard.rooms.learn.lessons import lessons

pytestmark = pytest.mark.unit

MINUTES = [10, 10, 20, 15, 10, 20, 5]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_guide_goes_by_minutes(language: str) -> None:
    table = next(block for block in blocks_of(language) if block["kind"] == "table")
    assert [int(row[0]) for row in table["rows"]] == MINUTES
    assert sum(MINUTES) == 90


def test_both_languages_have_the_same_parts() -> None:
    english, chinese = ([block["kind"] for block in blocks_of(language)] for language in ("en", "zh"))
    assert english == chinese
    assert [len(block["lines"]) for block in blocks_of("en")] == [len(block["lines"]) for block in blocks_of("zh")]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_guide_names_every_lesson_and_holds_no_marks_of_its_file(language: str) -> None:
    text = "\n".join(line for block in blocks_of(language) for line in block["lines"])
    missing = [one.name for one in lessons() if one.title[language].lower() not in text.lower()]
    assert missing == []
    assert not set("*`[]|") & set(text)
