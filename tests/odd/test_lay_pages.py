"""Do the pages for everybody say the same in both languages, in the words of the screen?"""

import re
from pathlib import Path

import pytest

from dashboard.texts import catalogue

pytestmark = pytest.mark.convention

DOCS = Path(__file__).resolve().parents[2] / "docs"
# Where a Chinese sentence of the screen goes without the word, or has another for a good reason.
WITHOUT = {
    ("lever.reinvested_share_sentence", "family doctor"),  # the level of care is named instead
    ("tile.share_self_referred", "alliance visit"),  # a short label under a title that names the alliance
    ("fund.note", "fund"),  # it stands under the fund's title
    ("reach.wait_hours_members", "fund"),  # the word for a member has it in it
    ("subject.members", "fund"),
    ("tile.lapse_share", "member"),  # short labels, and sentences that need no noun in Chinese
    ("headline_name.share_self_referred", "alliance visit"),
    ("about_first_text.assumed", "measured"),
    ("children_measure.alliance", "accredited doctor"),
    ("children_unit.alliance", "accredited doctor"),
    ("children_place.doctor_only", "accredited doctor"),
    ("children_number.severity", "illness"),
    ("children_number.is_again", "illness"),
    ("children_number.member_share", "neighbourhood"),
    ("compare_why.together", "lever"),
    ("compare_why.together_one", "lever"),
    ("reading.asking", "policy"),
    ("learn.decide_note", "lever"),
    ("library.count_none", "scenario"),
    ("network.event_renewed", "certificate"),
    ("network.separate", "treasury"),
    ("network.line_first_visits", "illness"),
}

COMMON = {"open", "plan", "run", "world", "reading", "visit", "interval"}
"""Terms that are also everyday words: the screen uses them in both ways."""


def glossary() -> list[list[str]]:
    """English, Chinese, meaning in English, meaning in Chinese, line by line."""
    lines = (DOCS / "glossary.md").read_text(encoding="utf-8").splitlines()
    return [line.strip("| ").split(" | ") for line in lines if line.startswith("| ")][1:]


def shape(name: str) -> list[tuple[str, int]]:
    """What each block of a page is (heading, list, paragraph), and how often it speaks up."""
    found = []
    for block in (DOCS / name).read_text(encoding="utf-8").strip().split("\n\n"):
        first = block.split(maxsplit=1)[0]
        found.append((first if first in ("#", "##", "1.") else "paragraph", block.count("**")))
    return found


def test_the_lay_page_has_the_same_parts_in_both_languages():
    assert shape("lay.md") == shape("lay.zh.md")
    for mark in ("`", "](", "\n1. ", "\n4. "):
        counts = [(DOCS / name).read_text(encoding="utf-8").count(mark) for name in ("lay.md", "lay.zh.md")]
        assert counts[0] == counts[1], mark


def test_every_term_is_there_once_in_order_and_explained_in_both_languages():
    terms = glossary()
    assert len(terms) > 100
    assert all(len(line) == 4 and all(map(str.strip, line)) for line in terms)
    names = [line[0].lower() for line in terms]
    assert names == sorted(set(names))
    assert all(re.search(r"[\u4e00-\u9fff]", line[1] + line[3]) and not re.search(r"[A-Za-z]{2,}", line[1]) for line in terms)


def test_the_screen_uses_the_chinese_terms_of_the_glossary():
    chinese = {line[0].lower(): line[1].split(" / ") for line in glossary()}
    n_compared, parted = 0, []
    for key, texts in catalogue().items():
        english = re.sub(r"{\w+}", " ", texts["en"]).lower()
        for term in sorted(chinese, key=len, reverse=True):  # a long term hides the short ones in it
            pattern = rf"\b{re.escape(term)}(s|es)?\b"
            if re.search(pattern, english):
                english = re.sub(pattern, " ", english)
                n_compared += 1
                is_free = term in COMMON or (key, term) in WITHOUT
                if not is_free and not any(word in texts["zh"] for word in chinese[term]):
                    parted.append(f"{key}: {term} is {' or '.join(chinese[term])}, the screen says {texts['zh']}")
    assert parted == []
    assert n_compared > 80


def test_the_pages_say_what_must_be_said():
    lay, chinese, limits = ((DOCS / name).read_text(encoding="utf-8") for name in ("lay.md", "lay.zh.md", "limits.md"))
    assert "low referral rate is not success" in lay
    assert "转诊率低不等于成功" in chinese
    for said in (
        "1.19 % identifies nothing",
        "No safety outcome",
        "no comparator",
        "No adults",
        "One city district",
        "Separate revenue",
    ):
        assert said.lower() in limits.lower()
