"""Does the first screen do in a real browser what a planner is promised?"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

pytestmark = pytest.mark.browser

EXAMINATION = "Doctors who pass the examination"
LATIN_WORD = re.compile(r"(?!PNG|SVG|CSV|Parquet)(?<![A-Za-z])[A-Za-z]{2,}")
VISIBLE_TEXTS = """() => {
  const walker = document.createTreeWalker(document.querySelector('.alliance'), NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) {
    const holder = walker.currentNode.parentElement;
    if (holder.closest('.languages, .citation, [lang=en]') || !holder.checkVisibility()) continue;
    if (walker.currentNode.data.trim()) texts.push(walker.currentNode.data.trim());
  }
  for (const element of document.querySelectorAll('.alliance [aria-label], .alliance [aria-valuetext]'))
    texts.push(element.getAttribute('aria-label') ?? element.getAttribute('aria-valuetext'));
  return texts;
}"""


class Visit:
    """One visitor's page, with everything it asked for and complained about."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.requests, self.complaints = page, [], []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("response", lambda answer: self.complaints.append(answer.url) if answer.status >= 400 else None)
        page.goto(address)
        expect(self.headline).to_be_visible()

    @property
    def headline(self) -> Locator:
        return self.page.locator(".headline-sentence")

    def press(self, slider: str, key: str, times: int) -> None:
        """Move a slider by keyboard and wait for the sentence about the new run."""
        before = self.headline.inner_text()
        self.page.get_by_role("slider", name=slider).focus()
        for _ in range(times):
            self.page.keyboard.press(key)
        expect(self.headline).not_to_have_text(before)

    def policy_column(self) -> Locator:
        """The policy's recorded referral rate, half-year by half-year, in the table behind the first chart."""
        chart = self.page.locator(".chart").first
        if chart.locator("table").count() == 0:
            chart.locator("summary").click()
        expect(chart.locator("tbody tr").first).to_be_visible()
        return chart.locator("tbody tr td:nth-child(3)")


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Callable[..., Visit]]:
    contexts = []

    def open_page(width: int = 1440, height: int = 900, to: str = address) -> Visit:
        context = browser.new_context(viewport={"width": width, "height": height}, locale="en-GB")
        contexts.append(context)
        return Visit(context.new_page(), to)

    yield open_page
    for context in contexts:
        context.close()


def test_the_page_opens_without_a_call_outside_or_a_complaint(visit: Callable[..., Visit]) -> None:
    seen = visit()
    expect(seen.page.locator(".chart canvas")).to_have_count(7)
    web = [urlsplit(url) for url in seen.requests if not url.startswith(("data:", "blob:"))]
    assert {url.hostname for url in web} == {"127.0.0.1"}
    assert seen.complaints == []
    assert seen.page.locator("html").get_attribute("lang") == "en"


def test_moving_a_slider_by_keyboard_changes_the_curve_and_the_sentence(visit: Callable[..., Visit]) -> None:
    seen = visit()
    slider = seen.page.get_by_role("slider", name=EXAMINATION)
    assert slider.get_attribute("aria-valuetext") == "10%"
    before = seen.policy_column().all_inner_texts()
    seen.press(EXAMINATION, "ArrowRight", times=30)
    assert slider.get_attribute("aria-valuetext") == "40%"
    expect(seen.headline).to_contain_text("under your policy")
    # the sentence may already speak of a move on the way to 40 %: the table follows with the last one
    expect(seen.policy_column()).not_to_have_text(before)
    expect(seen.policy_column()).to_have_count(len(before))
    assert seen.complaints == []


def test_reset_brings_the_baseline_back(visit: Callable[..., Visit]) -> None:
    seen = visit()
    baseline = seen.headline.inner_text()
    seen.press(EXAMINATION, "ArrowRight", times=20)
    seen.page.get_by_role("button", name=f"Reset “{EXAMINATION}”").click()
    expect(seen.headline).to_have_text(baseline)
    assert seen.page.get_by_role("slider", name=EXAMINATION).get_attribute("aria-valuetext") == "10%"


def test_another_world_has_another_baseline_and_keeps_the_policy(visit: Callable[..., Visit]) -> None:
    seen = visit()
    seen.press(EXAMINATION, "ArrowRight", times=20)
    before = seen.headline.inner_text()
    seen.page.get_by_role("button", name="Next world").click()
    expect(seen.headline).not_to_have_text(before)
    expect(seen.headline).to_contain_text("under your policy")
    assert seen.page.get_by_role("slider", name=EXAMINATION).get_attribute("aria-valuetext") == "30%"


def test_two_visitors_do_not_see_each_others_moves(visit: Callable[..., Visit]) -> None:
    one, other = visit(), visit()
    before = other.headline.inner_text()
    one.press(EXAMINATION, "ArrowRight", times=20)
    one.page.get_by_role("button", name="中文").click()
    expect(one.page.locator("html")).to_have_attribute("lang", "zh-CN")
    assert other.headline.inner_text() == before
    assert other.page.get_by_role("slider", name=EXAMINATION).get_attribute("aria-valuetext") == "10%"


def test_a_world_that_does_not_exist_is_refused_in_plain_words(visit: Callable[..., Visit]) -> None:
    seen = visit()
    field = seen.page.get_by_label("World number")
    field.fill("0")
    field.blur()
    expect(seen.page.get_by_role("alert")).to_have_text("The world number must be a whole number from 1 to 9999.")


def test_switching_to_chinese_changes_every_label(visit: Callable[..., Visit]) -> None:
    seen = visit()
    expect(seen.page.locator(".insurance")).to_contain_text("than without an alliance")
    seen.page.get_by_role("button", name="中文").click()
    expect(seen.page.locator("html")).to_have_attribute("lang", "zh-CN")
    expect(seen.page.locator("h1")).to_have_text("医联体政策模拟器")
    expect(seen.page.locator(".chart summary").last).to_have_text("以表格显示数字")
    assert [text for text in seen.page.evaluate(VISIBLE_TEXTS) if LATIN_WORD.search(text)] == []
    expect(seen.page).to_have_title("决策 · 医联体政策模拟器")
    assert seen.complaints == []


@pytest.mark.parametrize("width", [1440, 820, 390])
def test_sliders_and_charts_fit_the_window(visit: Callable[..., Visit], width: int) -> None:
    seen = visit(width=width, height=844)
    expect(seen.page.locator(".canvas canvas")).to_have_count(7)
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
    sliders = [slider.bounding_box() for slider in seen.page.get_by_role("slider").all()]
    charts = [canvas.bounding_box() for canvas in seen.page.locator(".canvas").all()]
    assert len(sliders) == 3
    assert len(charts) == 7
    assert all(box and box["x"] >= 0 and box["x"] + box["width"] <= width for box in [*sliders, *charts])
    assert all(box and box["width"] > 200 and box["height"] > 150 for box in charts)
    if width == 390:
        assert max(box["y"] for box in sliders if box) < min(box["y"] for box in charts if box)


def test_a_fund_without_surplus_says_that_there_is_nothing_to_reinvest(
    visit: Callable[..., Visit], serve: Callable[[str], str]
) -> None:
    sentence = "No surplus to reinvest in these years"
    seen = visit(to=serve("tests/dashboard/app_without_surplus.py"))
    expect(seen.page.locator(".chart-remark", has_text=sentence)).to_be_visible()
    expect(seen.page.locator(".lever-note", has_text=sentence)).to_be_visible()


def test_a_report_is_one_file_with_pictures_as_often_as_it_is_asked_for(visit: Callable[..., Visit], tmp_path: Path) -> None:
    here = visit()
    expect(here.page.locator(".chart canvas").last).to_be_visible()  # a picture that is not drawn yet cannot be in it
    for n in range(2):
        with here.page.expect_download() as taken:
            here.page.get_by_role("button", name="Report").click()
        file = tmp_path / f"{n}.html"
        taken.value.save_as(file)
        text = file.read_text(encoding="utf-8")
        assert text.count("<svg") >= 4
        assert not re.search(r"\bsrc=[\"']?(?!data:)|\bhref=[\"']?(?!https?:|data:|#)|@import|<link", text)
    assert here.complaints == []
