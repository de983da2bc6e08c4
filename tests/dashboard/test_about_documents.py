"""Are the documents of the room About shown whole, safely and with links that lead somewhere?"""

import base64
import re
from pathlib import Path

import pytest

from dashboard.rooms.about import pages
from dashboard.rooms.about.markdown import document, made
from dashboard.rooms.about.pages import OF_FILE, READINGS, found, language_of, reading_of
from dashboard.rooms.about.reader import as_data, seen

pytestmark = pytest.mark.unit

DOCS = Path(__file__).resolve().parents[2] / "docs"
FILES = sorted({file for reading in READINGS for file in (*reading.files.values(), *reading.also)})


@pytest.mark.parametrize("file", FILES)
def test_a_document_is_found_and_begins_below_the_headings_of_the_page(file: str) -> None:
    path = found(f"docs/{file}")
    assert path
    html = document(path).html
    assert not re.search(r"<h[12]\b", html)
    assert html.count("<h3 ") == 1
    assert "&lt;!--" not in html


@pytest.mark.parametrize("file", FILES)
def test_links_between_documents_open_pages_and_parts_that_exist(file: str) -> None:
    html = document(DOCS / file).html
    assert set(re.findall(r'data-page="([^"]*)"', html)) <= set(OF_FILE.values())
    assert set(re.findall(r'data-part="([^"]*)"', html)) <= set(re.findall(r'id="doc-([^"]*)"', html))


def test_nothing_is_fetched_from_outside_and_every_picture_is_there() -> None:
    for file in FILES:
        shown, text = document(DOCS / file), (DOCS / file).read_text(encoding="utf-8")
        assert "src=" not in shown.html
        assert len(shown.pictures) == text.count("![")


def test_what_a_document_holds_of_html_is_shown_as_text() -> None:
    html = made(
        "# T\n\n<script>alert(1)</script> <img src=x onerror=y> [run](javascript:alert(1)) ![p](../../../etc/passwd.svg)", DOCS
    ).html
    assert "<script" not in html
    assert "<img src" not in html
    assert "href" not in html
    assert "data-picture" not in html


def test_columns_of_numbers_stand_to_the_right_and_others_do_not() -> None:
    html = made("| a | b | c |\n|---|---|---|\n| word | 1.5 | 6 (6 known) |\n| 3 | \u22122 % | 0 |\n", DOCS).html
    assert html.count('class="about-number"') == 6
    assert "<td>word</td>" in html


def test_a_picture_is_handed_over_as_data_and_only_if_the_document_has_it() -> None:
    shown = document(DOCS / "validation.md")
    sent = seen("validation.md", shown, 0)
    assert sent
    assert sent["source"].startswith("data:image/svg+xml;base64,")
    assert as_data(DOCS / "district.png").startswith("data:image/png;base64,")
    assert [seen("validation.md", shown, number) for number in (-1, len(shown.pictures), "0", None, 1.5)] == [None] * 5


def test_pictures_stay_dark_on_white_whatever_the_colours_of_the_machine() -> None:
    for file in FILES:
        for path in document(DOCS / file).pictures:
            content = base64.b64decode(as_data(path).partition("base64,")[2])
            assert b"prefers-color-scheme" not in content, path.name


def test_a_page_that_does_not_exist_is_the_first_one_and_english_is_read_where_there_is_no_chinese() -> None:
    assert reading_of("<script>").name == reading_of("").name == "lay"
    assert language_of(reading_of("lay"), "zh") == "zh"
    assert language_of(reading_of("odd"), "zh") == "en"
    assert language_of(reading_of("numbers"), "zh") == "zh"


def test_documents_are_also_found_beside_an_installation(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "lay.md").write_text("# A", encoding="utf-8")
    (tmp_path / "CITATION.cff").write_text("title: A", encoding="utf-8")
    monkeypatch.setattr(pages, "FOLDERS", (tmp_path / "nothing", tmp_path))
    assert found("docs/lay.md") == tmp_path / "docs" / "lay.md"
    assert found("docs/odd.md") is None
