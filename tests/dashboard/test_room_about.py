"""Can a visitor read, search and follow links in the room About, in both languages and on a phone?"""

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

BROKEN = "new URLSearchParams(window.location.search).get('about_page')"


class Reading:
    """One visitor's page with everything it asked for and complained about."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.hosts, self.complaints = page, set(), []
        page.on("request", lambda request: self.hosts.add(urlsplit(request.url).hostname))
        page.on("console", lambda message: self.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(address)
        expect(page.locator(".about-title")).to_be_visible()


@pytest.fixture
def reading(browser: Browser, address: str) -> Iterator[Callable[..., Reading]]:
    contexts = []

    def open_page(query: str = "", width: int = 1440) -> Reading:
        context = browser.new_context(viewport={"width": width, "height": 844}, locale="en-GB")
        contexts.append(context)
        return Reading(context.new_page(), f"{address}about{query}")

    yield open_page
    for context in contexts:
        context.close()


def test_the_list_opens_documents_and_their_links_open_others(reading: Callable[..., Reading]) -> None:
    seen = reading()
    page = seen.page
    expect(page.locator(".about-first h3").nth(1)).to_contain_text("numbers are assumed")
    page.get_by_role("link", name="What it cannot say", exact=True).first.click()
    expect(page.locator(".about-title")).to_have_text("What the model cannot say")
    expect(page.locator(".about-title")).to_be_focused()
    page.get_by_role("link", name="What this is").click()
    page.locator(".about-text a", has_text="glossary").click()
    expect(page.locator(".about-title")).to_have_text("Glossary")
    assert page.evaluate(BROKEN) == "glossary"
    assert seen.complaints == []
    assert seen.hosts <= {"127.0.0.1", None, ""}


def test_pictures_of_a_report_come_when_they_are_looked_at(reading: Callable[..., Reading]) -> None:
    page = reading("?about_page=validation").page
    pictures = page.locator("img[data-picture]")
    expect(pictures).to_have_count(4)
    for number in range(4):
        pictures.nth(number).scroll_into_view_if_needed()
        page.wait_for_function("n => document.querySelectorAll('img[data-picture]')[n].naturalWidth > 0", arg=number)


def test_numbers_are_searched_filtered_and_taken_away(reading: Callable[..., Reading]) -> None:
    page = reading("?about_page=numbers").page
    page.get_by_label("Search").fill("trust")
    expect(page.locator(".about-table tbody tr").first).to_contain_text("trust")
    page.get_by_role("button", name="Assumed").click()
    page.get_by_label("Whose").select_option("resident")
    expect(page.locator(".about-table tbody tr code").first).to_contain_text("resident.")
    with page.expect_download() as taken:
        page.get_by_role("button", name="Save these (CSV)").click()
    assert taken.value.suggested_filename == "numbers.csv"
    page.reload()
    expect(page.get_by_label("Search")).to_have_value("trust")
    page.get_by_role("button", name="Show all").click()
    expect(page.locator(".about-counted")).to_contain_text("272 of 272")


def test_a_document_in_english_says_so_in_chinese_and_fits_a_phone(reading: Callable[..., Reading]) -> None:
    page = reading("?about_page=validation&lang=zh", width=390).page
    expect(page.locator(".about-only")).to_contain_text("只有英文版")
    assert page.locator(".about-document").get_attribute("lang") == "en-GB"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("combobox", name="阅读内容").select_option("numbers")
    expect(page.locator(".about-title")).to_have_text("全部数字及其依据")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_an_address_of_no_page_shows_the_first_one(reading: Callable[..., Reading]) -> None:
    seen = reading("?about_page=%3Cscript%3E&about_kind=%00&about_find=%3Cb%3E")
    expect(seen.page.locator(".about-title")).to_have_text("What is this, and what may I believe?")
    assert seen.complaints == []
