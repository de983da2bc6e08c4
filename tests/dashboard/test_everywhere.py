"""Is every room whole on every screen, in both languages, in light and dark, for everybody, and without a call outside?"""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from dashboard.rooms import ROOMS
from dashboard.texts import Texts

pytestmark = pytest.mark.browser

WIDTHS = {1440: 900, 820: 1180, 390: 844}
GRAVE = ("serious", "critical")
FOREIGN = re.compile(r"(?<![A-Za-z])(?!Parquet|Python|Bib|Mesa|English|Excel|xlsx|zip)[A-Z]?[a-z]{3,}")
VISIBLE_TEXTS = """() => {
  const walker = document.createTreeWalker(document.querySelector('.alliance'), NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) {
    const holder = walker.currentNode.parentElement;
    if (holder.closest('.languages, .citation, [lang=en], pre, code') || !holder.checkVisibility()) continue;
    if (walker.currentNode.data.trim()) texts.push(walker.currentNode.data.trim());
  }
  return texts;
}"""


class Walk:
    """One visitor who walks through all rooms, with everything the page asked for and complained about."""

    def __init__(self, page: Page, address: str, language: str) -> None:
        self.page, self.texts, self.requests, self.complaints = page, Texts(language), [], []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("response", lambda answer: self.complaints.append(answer.url) if answer.status >= 400 else None)
        page.goto(f"{address}?lang={language}&worlds=3&hospital.accredit.pass_rate=0.3")
        expect(page.locator(".headline-sentence")).to_be_visible()
        expect(page.locator(".worlds-done")).to_have_count(0)

    def enter(self, room: str) -> None:
        """Go to a room and wait until it has stopped working."""
        self.page.locator(".rooms").get_by_role("link", name=self.texts(f"room.{room}"), exact=True).click()
        expect(self.page.locator(f".room-{room}")).to_be_visible()
        self.page.wait_for_timeout(300)
        expect(self.page.locator(".work-running")).to_have_count(0)


@pytest.fixture(scope="module", params=["en", "zh"])
def walk(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Walk]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    yield Walk(context.new_page(), address, request.param)
    context.close()


@pytest.mark.parametrize("room", ROOMS)
def test_the_room_fits_every_screen_and_speaks_its_language(walk: Walk, room: str) -> None:
    walk.enter(room)
    for width, height in WIDTHS.items():
        walk.page.set_viewport_size({"width": width, "height": height})
        walk.page.wait_for_timeout(150)
        assert walk.page.evaluate("document.documentElement.scrollWidth") <= width, f"{width} px"
    walk.page.set_viewport_size({"width": 1440, "height": 900})
    assert walk.page.locator(".alliance").inner_text().count("Traceback") == 0
    assert urlsplit(walk.page.url).path == ("/" if room == ROOMS[0] else f"/{room}")
    if walk.texts.language == "zh":
        assert [text for text in walk.page.evaluate(VISIBLE_TEXTS) if FOREIGN.search(text)] == []
    assert walk.complaints == []
    web = [urlsplit(url) for url in walk.requests if not url.startswith(("data:", "blob:"))]
    assert {url.hostname for url in web} == {"127.0.0.1"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("room", ROOMS)
def test_nobody_is_shut_out(walk: Walk, room: str, scheme: str) -> None:
    walk.enter(room)
    walk.page.evaluate("() => window.scrollTo(0, 0)")
    walk.page.locator(".masthead-switches button").nth(0 if scheme == "light" else 1).click()
    walk.page.wait_for_timeout(150)
    found = Axe().run(walk.page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    grave = [
        (one["id"], [node["html"][:160] for node in one["nodes"]][:4])
        for one in found.response["violations"]
        if one["impact"] in GRAVE
    ]  # fmt: skip
    assert grave == []


def test_going_back_and_forth_in_the_browser_goes_back_and_forth_between_rooms(walk: Walk) -> None:
    first, second = ROOMS[0], ROOMS[-1]
    walk.enter(first)
    walk.enter(second)
    walk.page.go_back()
    expect(walk.page.locator(f".room-{first}")).to_be_visible()
    walk.page.go_forward()
    expect(walk.page.locator(f".room-{second}")).to_be_visible()
    walk.enter(first)
    assert "hospital.accredit.pass_rate=0.3" in walk.page.url
