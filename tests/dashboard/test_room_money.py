"""Does the money room show a year, its two sides, and single payments, by mouse and by keyboard?"""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

MOVED = "fund.pay.yuan_per_avoided_referral=200"


@pytest.fixture
def room(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    contexts = []

    def open_room(query: str = "", width: int = 1440, language: str = "en") -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, locale="en-GB", accept_downloads=True)
        contexts.append(context)
        page = context.new_page()
        page.complaints = []  # pyright: ignore[reportAttributeAccessIssue]
        page.on("pageerror", lambda error: page.complaints.append(str(error)))  # pyright: ignore[reportAttributeAccessIssue]
        page.goto(f"{address}money?lang={language}&seed=2&worlds=1&{query}")
        expect(page.locator("#money-kinds")).to_be_visible()
        return page

    yield open_room
    for context in contexts:
        context.close()


def test_the_year_follows_the_slider_and_stands_in_the_address(room: Callable[..., Page]) -> None:
    page = room()
    expect(page.locator("#money-kinds")).to_have_text("Every kind of payment in 2025")
    page.get_by_role("slider", name="Year").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#money-kinds")).to_have_text("Every kind of payment in 2024")
    page.get_by_role("button", name="One year earlier").click()
    expect(page.locator("#money-sheet")).to_contain_text("2023")
    page.wait_for_url("**money_year=2023**")
    expect(page.locator(".money-foot").first).to_contain_text("agree to the last fen")
    assert page.complaints == []  # pyright: ignore[reportAttributeAccessIssue]


def test_both_sides_and_their_difference_are_shown_when_a_lever_is_moved(room: Callable[..., Page]) -> None:
    page = room(MOVED)
    expect(page.locator(".money-statement").nth(1).locator("thead th")).to_have_text(
        ["Yuan", "Your policy", "Baseline", "Difference"]
    )
    page.get_by_role("button", name="Baseline", exact=True).click()
    expect(page.locator("#money-sheet")).to_contain_text("Baseline")
    expect(page.locator("#plot-ruin")).to_be_visible()


def test_a_number_can_be_followed_down_to_single_payments(room: Callable[..., Page]) -> None:
    page = room("money_year=2022")
    page.get_by_role("button", name="Fund’s share of members’ visits").click()
    week = page.get_by_label("Week", exact=True)
    expect(week).to_be_visible()
    week.select_option(index=5)
    page.get_by_role("button", name="Show single payments").click()
    expect(page.locator("#money-postings")).to_be_visible()
    postings = page.locator(".money-statement", has=page.locator("#money-postings"))
    expect(postings.locator(".money-foot")).to_contain_text("to the fen")
    with page.expect_download() as caught:
        postings.locator(".saves button").first.click()
    assert caught.value.suggested_filename.startswith("postings-week-")
    assert "fund_claims" in caught.value.path().read_text(encoding="utf-8")


def test_a_hostile_address_shows_the_usual_year_and_nothing_breaks(room: Callable[..., Page]) -> None:
    page = room("money_year=1e9&money_world=-4&money_kind=%3Cscript%3E&money_week=999999&money_side=%27")
    expect(page.locator("#money-kinds")).to_have_text("Every kind of payment in 2025")
    expect(page.locator(".money-weeks")).to_have_count(0)
    assert page.complaints == []  # pyright: ignore[reportAttributeAccessIssue]


def test_a_phone_shows_the_room_in_chinese_without_scrolling_sideways(room: Callable[..., Page]) -> None:
    page = room(MOVED, width=390, language="zh")
    expect(page.locator("#money-kinds")).to_have_text("2025年各类支付")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_year_after_the_plans_end_is_said_in_words(room: Callable[..., Page]) -> None:
    page = room("fund.plan.covered_share=0.9&fund.plan.premium_yuan=40&government.subsidise.yuan_per_year=0")
    expect(page.get_by_text("In 2025 the fund neither received nor paid anything.")).to_be_visible()
    page.get_by_role("button", name="Baseline", exact=True).click()
    expect(page.locator(".plot", has_text="The fund in 2025 – Baseline").locator("canvas")).to_be_visible()
