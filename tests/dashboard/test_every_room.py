"""Does every room say numbers or a plain "no value", whatever the scenario and wherever a lever stands?

A handful is walked always, every scenario through every room in a real browser and each lever's ends once in `make test-all`;
`python -m tests.dashboard.walk` walks the whole product.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard import worlds
from dashboard.choice import CASE, Settings, refusal
from dashboard.rooms import ROOMS
from dashboard.rooms.library.shelves import found_scenarios
from dashboard.texts import Texts
from tests.dashboard import faults, walk
from tests.dashboard.walked import PASS_RATE, Errors, State, at_once, walk_state

FIRST, NEXT = 120_000, 90_000  # milliseconds
HANDFUL = [
    ("no_alliance", ()), (CASE, ((PASS_RATE, 0.02),)), (CASE, ((PASS_RATE, 0.8),)), (CASE, walk.RUIN),
    ("readings/skilled_doctors", ()),
]  # fmt: skip
MOVE_TO = """([key, value, to]) => new Promise((done, fail) => {
  window.addEventListener('headline-shown', function heard(event) {
    if (event.detail.settings[key] !== value) return;
    window.removeEventListener('headline-shown', heard);
    done();
  });
  setTimeout(() => fail(`${key} never stood at ${value}`), 90000);
  history.pushState(null, '', to);
  history.pushState(null, '', '/');
  history.back();
})"""
SCENARIOS = [found.name for found in found_scenarios()]


@pytest.fixture(scope="module")
def errors() -> Iterator[tuple[Errors, Path]]:
    with walk.small_world() as folder, at_once() as kept:
        yield kept, folder


# --- without a browser -----------------------------------------------------------------------------------------------


@pytest.mark.unit
@pytest.mark.slow
@pytest.mark.parametrize(("name", "settings"), HANDFUL, ids=lambda one: str(one)[:40])
def test_a_handful_of_policies_in_every_room(errors: tuple[Errors, Path], name: str, settings: Settings) -> None:
    _, found = walk_state(State(worlds.base(name), settings), "en", errors[0])
    assert found == []


@pytest.mark.unit
@pytest.mark.slow
def test_every_scenario_in_every_room_in_both_languages(errors: tuple[Errors, Path]) -> None:
    kept, folder = errors
    for base in walk.bases(folder):
        for language in ("en", "zh"):
            assert walk_state(State(base, (), 3), language, kept)[1] == []


@pytest.mark.unit
@pytest.mark.slow
@pytest.mark.parametrize("key", walk.levers())
def test_both_ends_of_each_lever_in_every_room(errors: tuple[Errors, Path], key: str) -> None:
    base = worlds.base()
    for settings in walk.ends(base, key):
        assert walk_state(State(base, settings), "zh", errors[0])[1] == []


@pytest.mark.unit
def test_the_walk_finds_what_it_looks_for() -> None:
    """A text with a number that is none, a number that is none, and one hidden in what travels as text."""
    for bad in ("about nan doctors", {"a": [1.0, float("nan")]}, '{"data": [1, NaN]}', "None", ["undefined yuan"], "inf h"):
        assert faults.faults_of_value(bad) != []
    for good in ("no value", {"a": [1.0, None]}, '{"data": [1, null]}', "None of these people is real", "information"):
        assert faults.faults_of_value(good) == []


# --- in a browser ----------------------------------------------------------------------------------------------------


class Here:
    """A visitor in a browser, with everything that the page complained about."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address, self.complaints = page, address, []
        self.texts = Texts("en")
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda message: self.complaints.append(message.text) if message.type == "error" else None)
        page.on("response", lambda answer: self.complaints.append(answer.url) if answer.status >= 500 else None)

    def open(self, query: str) -> None:
        """Open Decide and wait until all worlds are there."""
        self.page.goto(f"{self.address}?worlds=1&lang=en&{query}")
        self.is_well("decide")

    def enter(self, room: str) -> None:
        """Go on to another room and wait until it has stopped working."""
        self.page.locator(".rooms").get_by_role("link", name=self.texts(f"room.{room}"), exact=True).click()
        expect(self.page.locator(f".room-{room}")).to_be_visible()
        self.is_well(room)

    def move_to(self, key: str, value: float) -> None:
        """Have one lever alone stand at a value, by a link, and wait until the headline speaks of it."""
        self.page.evaluate(MOVE_TO, [key, value, f"/?worlds=1&lang=en&{key}={value!r}"])
        self.is_well("decide")

    def is_well(self, room: str) -> None:
        """Nothing is computed any more, and everything that stands there is a number, a word, or a plain no value."""
        if room == "decide":
            expect(self.page.locator(".headline-sentence")).to_be_visible()
        self.page.wait_for_timeout(200)  # a work that is about to begin
        for busy in (".work-running", ".worlds-done", ".standing.is-old", ".standing[aria-busy=true]"):
            expect(self.page.locator(busy)).to_have_count(0)
        assert faults.faults_of_text(self.page.locator(".alliance").inner_text()) == []
        assert self.complaints == []


@pytest.fixture
def here(browser: Browser, address: str) -> Iterator[Here]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    yield Here(context.new_page(), address)
    context.close()


@pytest.mark.browser
def test_no_alliance_opens_from_the_library(here: Here) -> None:
    here.open("")
    here.enter("library")
    here.page.get_by_role("button", name="Open “No alliance” in Decide").click()
    expect(here.page.locator(".toolbar-scenario")).to_contain_text("No alliance")
    here.is_well("decide")
    expect(here.page.locator(".headline-sentence")).to_contain_text("no child is seen by an accredited doctor")
    here.page.locator(".chart summary").first.click()
    expect(here.page.locator(".chart").first.locator("tbody")).to_contain_text("no value")


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("name", SCENARIOS)
def test_every_scenario_walks_through_every_room_in_a_browser(here: Here, name: str) -> None:
    here.open(f"scenario={name}")
    for room in ROOMS[1:]:
        here.enter(room)


@pytest.mark.browser
@pytest.mark.slow
def test_a_plan_that_closes_walks_through_every_room_in_a_browser(here: Here) -> None:
    here.open("&".join(f"{key}={value:g}" for key, value in walk.RUIN))
    for room in ROOMS[1:]:
        here.enter(room)


@pytest.mark.browser
@pytest.mark.slow
def test_both_ends_of_every_lever_stand_in_decide_in_a_browser(here: Here) -> None:
    here.open("")
    for key in walk.levers():
        for settings in walk.ends(worlds.base(), key):
            if settings and not refusal(worlds.base().scenario, settings):
                here.move_to(*settings[0])
