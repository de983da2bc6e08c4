"""Does somebody who opens a lesson predict first, and see what came only then?"""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

HIDDEN = "hidden until you have predicted"
LESSON = "learn?lang=en&learn_lesson=paying_for_fewer_referrals"
LATIN_WORD = re.compile(r"(?<![A-Za-z])(?!PNG|SVG|CSV|Parquet)[A-Za-z]{2,}")
VISIBLE_TEXTS = """() => {
  const walker = document.createTreeWalker(document.querySelector('#main'), NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) {
    const holder = walker.currentNode.parentElement;
    if (holder.closest('[lang=en]') || !holder.checkVisibility()) continue;
    if (walker.currentNode.data.trim()) texts.push(walker.currentNode.data.trim());
  }
  for (const element of document.querySelectorAll('#main [aria-label]')) texts.push(element.getAttribute('aria-label'));
  return texts;
}"""


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Opens a place of the dashboard; fails at the end for every complaint of the browser and every call outside."""
    contexts, complaints = [], []

    def visit(place: str, width: int = 1440, height: int = 900) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, locale="en-GB")
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "request",
            lambda request: None if request.url.startswith((address, "data:", "blob:")) else complaints.append(request.url),
        )
        page.goto(f"{address}{place}")
        expect(page.locator(".learn-room")).to_be_visible()
        return page

    yield visit
    for context in contexts:
        context.close()
    assert complaints == []


def predict(page: Page, number: int = 0) -> None:
    """Choose a prediction and wait for what came."""
    page.get_by_role("radio").nth(number).check()
    page.get_by_role("button", name="This is my prediction").click()
    expect(page.locator(".learn-outcome")).to_be_visible()


def test_figures_stay_hidden_until_a_prediction_is_made(opened: Callable[..., Page]) -> None:
    page = opened(LESSON)
    expect(page.get_by_text(HIDDEN)).to_have_count(5)
    expect(page.locator(".learn-outcome")).to_have_count(0)
    expect(page.get_by_role("button", name="This is my prediction")).to_be_disabled()
    predict(page)
    expect(page.get_by_text(HIDDEN)).to_have_count(0)
    expect(page.locator(".learn-outcome tbody tr")).to_have_count(6)
    expect(page.locator(".learn-verdict")).not_to_be_empty()
    expect(page.get_by_role("heading", name="A question to take home")).to_be_visible()


def test_the_address_reopens_lesson_and_prediction(opened: Callable[..., Page]) -> None:
    page = opened(LESSON)
    predict(page, 2)
    expect(page).to_have_url(re.compile("learn_prediction=kept"))
    again = opened(page.url.split("/", 3)[3])
    expect(again.locator(".learn-outcome")).to_be_visible()
    expect(again.locator(".learn-chosen")).to_contain_text("Children who needed the hospital are kept")


def test_an_address_with_unknown_names_shows_what_there_is(opened: Callable[..., Page]) -> None:
    expect(opened("learn?lang=en&learn_lesson=../../etc&learn_view=x").locator(".learn-card")).not_to_have_count(0)
    page = opened(f"{LESSON}&learn_prediction=%3Cscript%3E")
    expect(page.get_by_text(HIDDEN)).to_have_count(5)


def test_another_prediction_hides_everything_again(opened: Callable[..., Page]) -> None:
    page = opened(LESSON)
    predict(page)
    page.get_by_role("button", name="Predict again").first.click()
    expect(page.locator(".learn-outcome")).to_have_count(0)
    expect(page.get_by_text(HIDDEN)).to_have_count(5)


def test_a_lesson_is_done_by_keyboard_alone(opened: Callable[..., Page]) -> None:
    page = opened("learn?lang=en")
    page.get_by_role("button", name="Open the lesson: Paying for fewer referrals").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Paying for fewer referrals")).to_be_focused()
    page.get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio").nth(1)).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What came")).to_be_focused()


def test_a_number_is_guessed_with_a_slider(opened: Callable[..., Page]) -> None:
    page = opened("learn?lang=en&learn_lesson=price_and_who_stays")
    slider = page.get_by_role("slider")
    slider.focus()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuetext", "Your guess: +20 per cent")
    page.get_by_role("button", name="This is my prediction").click()
    expect(page.locator(".learn-outcome")).to_contain_text("You guessed +20%")


def test_each_figure_shows_its_course(opened: Callable[..., Page]) -> None:
    page = opened(LESSON)
    predict(page)
    page.get_by_role("button", name="Show the course of: Recorded referral rate").click()
    expect(page.locator(".plot .chart-title")).to_have_text("Recorded referral rate")
    expect(page.locator(".plot canvas")).to_have_count(1)


def test_the_policy_goes_on_in_decide(opened: Callable[..., Page]) -> None:
    page = opened(LESSON)
    predict(page)
    page.get_by_role("button", name="Go on in Decide").click()
    expect(page).to_have_url(re.compile(r"fund\.pay\.yuan_per_avoided_referral=200"))
    expect(page.locator(".headline-sentence")).to_be_visible()


def test_guide_and_sheet_are_there_to_print(opened: Callable[..., Page]) -> None:
    page = opened("learn?lang=en")
    page.get_by_role("button", name="Facilitator").click()
    expect(page.get_by_role("cell", name="Contest", exact=True)).to_be_visible()
    page.get_by_role("button", name="All lessons").click()
    page.get_by_role("button", name="Open the lesson: A stricter gate").click()
    page.get_by_role("button", name="Lesson sheet").click()
    expect(page.locator(".learn-boxes li")).to_have_count(4)
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Print")).to_be_hidden()
    expect(page.locator(".masthead")).to_be_hidden()


@pytest.mark.parametrize("place", ["learn?lang=zh", "learn?lang=zh&learn_view=guide", LESSON.replace("=en", "=zh")])
def test_in_chinese_nothing_is_left_in_english(opened: Callable[..., Page], place: str) -> None:
    page = opened(place)
    if "lesson" in place:
        page.get_by_role("radio").first.check()
        page.get_by_role("button", name="这就是我的预测").click()
        expect(page.locator(".learn-outcome")).to_be_visible()
    left = [text for text in page.evaluate(VISIBLE_TEXTS) if LATIN_WORD.search(text.replace("dashboard/rooms/learn/lessons", ""))]
    assert left == []


@pytest.mark.parametrize("width", [390, 820, 1440])
def test_no_page_is_wider_than_its_window(opened: Callable[..., Page], width: int) -> None:
    for place in ("learn", f"{LESSON}&learn_prediction=kept", "learn?learn_view=guide", f"{LESSON}&learn_view=sheet"):
        page = opened(place, width=width)
        if "prediction" in place:
            expect(page.locator(".learn-outcome")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= width, place
