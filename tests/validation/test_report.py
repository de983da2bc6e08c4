"""Does a report say first what fails, and does no text of it act upon its reader?"""

import re
from html.parser import HTMLParser

import pytest

from experiments.validation import report_html, report_md
from experiments.validation.check import Check, Picture
from experiments.validation.report import HEADINGS, Part, Report

pytestmark = pytest.mark.unit
HOSTILE = "<script>alert(1)</script> | a|b `code` [x](javascript:alert(1)) \"quoted\" 'single' & \x1b[31m\nsecond line"
LINK = "http" + "s://example.org/a_b?c=1&d=2"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(2)</script></svg>'
VOID = {"meta", "img", "br", "link"}


def a_check(name: str = "a", verdict: str = "holds", heading: str = "verification", distance: float | None = 0.5) -> Check:
    return Check(heading, name, "Is it so?", "1", "2", distance, verdict, f"because; see {LINK}.")  # type: ignore[arg-type]


CHECKS = (
    a_check("it holds"),
    a_check("it is open", "open", "predictive", None),
    a_check("known one", "fails", "external", -9.0),
    a_check("huaxi: datum", "fails", "external"),
    a_check("surprise", "fails", "cross", None),
)
PART = Part("one", "One", "external", "2026-01-31", CHECKS, (Picture("fit", "Fit", SVG, "What to see."),))
REPORT = Report(
    "The case", "huaxi", "0.1+ab", "full", "alliance validate --out x", (PART,), known={"known one": "Left out.", "datum": "Too."}
)
BAD = Report(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, (
    Part(HOSTILE, HOSTILE, "face", "2026-01-31",
         tuple(Check("face", HOSTILE, HOSTILE, HOSTILE, HOSTILE, None, verdict, HOSTILE) for verdict in ("fails", "open", "holds")),
         (Picture(HOSTILE, HOSTILE, SVG, HOSTILE),)),
), known={HOSTILE: HOSTILE})  # fmt: skip


class Reader(HTMLParser):
    """Reads a page as a browser does, and notes what is not balanced, what is fetched, what is linked, what is said."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.sources: list[str] = []
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.sources += [value or "" for name, value in attrs if name == "src" or (name == "href" and tag != "a")]
        self.links += [value or "" for name, value in attrs if name == "href" and tag == "a"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("report", [REPORT, BAD], ids=["plain", "hostile"])
def test_the_page_is_whole_and_needs_nothing_from_outside(report):
    read = Reader(report_html.page(report))
    assert all(source.startswith("data:image/svg+xml;base64,") for source in read.sources)
    assert all(link.startswith(("#", "http" + "s://")) for link in read.links)
    assert not {"script", "iframe", "object", "svg"} & set(read.tags)
    assert not [name for name in read.attributes if name.startswith("on")]
    assert "prefers-color-scheme: dark" in report_html.page(report)
    assert "viewport" in report_html.page(report)


def test_hostile_texts_are_shown_and_not_obeyed():
    page = report_html.page(BAD)
    assert "<script>" not in page
    assert "\x1b" not in page
    assert "<script>alert(1)</script>" in Reader(page).text
    markdown = report_md.page(BAD)
    assert "<script>" not in markdown
    assert "\x1b" not in markdown
    assert not re.search(r"(?<!\\)\]\(javascript", markdown)
    tables = [line for line in markdown.splitlines() if line.startswith("| ")]
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in tables} == {7, 8}  # six columns of checks, seven of headings


@pytest.mark.parametrize("write", [report_html.page, report_md.page])
def test_failures_come_first_and_the_unexpected_before_the_known(write):
    page = write(REPORT)
    places = [page.index(name) for name in ("5 checks: 3 fail, 2 of them known", "surprise", "known one", "huaxi: datum")]
    assert places == sorted(places)
    assert page.index("surprise") < page.index("it holds")
    assert page.index("surprise") < page.index("it is open")
    assert "Left out." in page
    assert write(REPORT) == page


def test_each_heading_has_its_status_counts_and_date():
    status = {heading: REPORT.standing(heading).status for heading in HEADINGS}
    assert status == {
        "face": "not run", "verification": "holds", "cross": "fails in part", "external": "fails in part", "predictive": "open",
    }  # fmt: skip
    assert REPORT.standing("external").n_known == 2
    assert REPORT.standing("external").when == "2026-01-31"
    read = Reader(report_html.page(REPORT))
    assert all(title in read.text for title, _ in HEADINGS.values())
    assert [check.name for check in REPORT.unexpected()] == ["surprise"]


def test_sources_become_plain_links():
    assert LINK.replace("&", "&amp;") in report_html.page(REPORT)
    assert LINK in Reader(report_html.page(REPORT)).links
    assert f"<{LINK}>" in report_md.page(REPORT)
