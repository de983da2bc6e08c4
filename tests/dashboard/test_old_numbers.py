"""After another world was chosen, does anything of the old one stand there as if it were the new one's?

The machine of these tests computes nothing but the case's first world until a file says go: what would last a moment lasts
until it was looked at.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from benchmarks.visitor import served

pytestmark = pytest.mark.browser

OLD = re.compile(r"\bis-old\b")
SHOWN = ".headline-sentence, .tile, .insurance, .chart, .all-figures, .money-statement, .network-body"
STRENGTHS = """(shown) => [...document.querySelectorAll(shown)].map((one) => {
  let strength = 1;
  for (let at = one; at; at = at.parentElement) strength *= Number(getComputedStyle(at).opacity);
  return strength;
})"""
GO_BACK_TO = "(to) => { history.pushState(null, '', to); history.pushState(null, '', location.pathname); history.back(); }"
OWN = 'extends = "loose_alliance.toml"\ntitle = "Mine"\n[fund.plan]\npremium_yuan = 300\n'


class Here:
    """A page that shows the case's first world, on a machine that computes no other until it is told to."""

    def __init__(self, page: Page, address: str, go: Path) -> None:
        self.page, self.address, self.go = page, address, go
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda message: self.complaints.append(message.text) if message.type == "error" else None)

    def open(self, room: str = "", query: str = "") -> None:
        self.page.goto(f"{self.address}/{room}?worlds=1{query}")
        expect(self.page.locator(".alliance-room")).to_be_visible()

    def strengths(self) -> list[float]:
        """How strongly each sentence, figure, picture and table is drawn [0 to 1]."""
        return self.page.evaluate(STRENGTHS, SHOWN)

    def is_grey(self, n_parts: int = 2) -> None:
        """Everything that came of the old world is grey, called so, and told to whoever listens."""
        expect(self.page.locator(".standing")).to_have_count(n_parts)
        for part in self.page.locator(".standing").all():
            expect(part).to_have_class(OLD)
            expect(part).to_have_attribute("aria-busy", "true")
            expect(part.locator(".computing")).to_have_text("Computing …")
        shown = self.strengths()
        assert shown
        assert max(shown) < 0.5

    def becomes_new(self) -> None:
        """With the new world everything is plain again."""
        self.go.touch()
        expect(self.page.locator(".standing.is-old")).to_have_count(0)
        expect(self.page.locator(".standing[aria-busy=true]")).to_have_count(0)
        assert min(self.strengths()) == 1


@pytest.fixture(scope="module")
def slow_machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of such a server and the file that says go."""
    folder = tmp_path_factory.mktemp("server")
    go, log = folder / "go", folder / "log"
    said = {"ALLIANCE_CHILDREN": "1000", "ALLIANCE_TEST_GO": str(go), "ALLIANCE_SWEEPS": str(folder / "sweeps")}
    with served("--app", "tests/dashboard/app_that_waits.py", log=log, **said) as (address, _):
        yield address, go
    assert "Traceback" not in log.read_text(encoding="utf-8")


@pytest.fixture
def here(browser: Browser, slow_machine: tuple[str, Path]) -> Iterator[Here]:
    address, go = slow_machine
    go.unlink(missing_ok=True)
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    made = Here(context.new_page(), address, go)
    yield made
    context.close()
    assert made.complaints == []


def from_the_library(page: Page) -> None:
    page.get_by_role("link", name="Library", exact=True).click()
    page.get_by_role("button", name="Open “No alliance” in Decide").click()
    expect(page.locator(".toolbar-scenario")).to_contain_text("No alliance")


def another_reading(page: Page) -> None:
    page.get_by_role("button", name="B Skilled doctors").click()
    expect(page.locator(".toolbar-scenario")).to_contain_text("B")


def another_seed(page: Page) -> None:
    page.get_by_role("button", name="Next world").click()


def an_upload(page: Page) -> None:
    page.get_by_role("link", name="Library", exact=True).click()
    page.locator("input[type=file]").set_input_files(
        FilePayload(name="mine.toml", mimeType="application/toml", buffer=OWN.encode())
    )
    expect(page.locator(".toolbar-scenario")).to_contain_text("Mine")


WAYS: dict[str, Callable[[Page], None]] = {
    "the library": from_the_library, "a reading": another_reading, "a seed": another_seed, "an upload": an_upload,
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_nothing_of_the_old_world_stands_in_decide_undimmed(here: Here, way: str) -> None:
    here.open()
    expect(here.page.locator(".headline-sentence")).to_be_visible()
    assert min(here.strengths()) == 1
    before = here.page.locator(".headline-sentence").inner_text()
    WAYS[way](here.page)
    here.is_grey()
    assert here.page.locator(".headline-sentence").inner_text() == before
    here.becomes_new()
    assert here.page.locator(".headline-sentence").inner_text() != before


def test_undo_and_the_browsers_back_are_no_other_way(here: Here) -> None:
    here.open()
    expect(here.page.locator(".headline-sentence")).to_be_visible()
    another_seed(here.page)
    here.is_grey()
    here.page.get_by_role("button", name="Undo", exact=True).click()
    expect(here.page.locator(".standing.is-old")).to_have_count(0)
    here.page.get_by_role("button", name="Redo", exact=True).click()
    here.is_grey()
    here.becomes_new()
    here.go.unlink()
    another_reading(here.page)
    here.is_grey()
    here.page.evaluate(GO_BACK_TO, "/?worlds=1&scenario=loose_alliance")
    expect(here.page.locator(".toolbar-scenario")).to_contain_text("A loose alliance")
    here.is_grey()
    here.becomes_new()


@pytest.mark.parametrize(("room", "shown"), [("money", ".money-statement"), ("network", ".network-body")])
def test_nor_in_a_room_that_watches_one_world(here: Here, room: str, shown: str) -> None:
    here.open(room)
    expect(here.page.locator(shown).first).to_be_visible()
    here.page.evaluate(GO_BACK_TO, f"/{room}?worlds=1&seed=7")
    expect(here.page.locator(".standing.is-old")).to_be_visible()
    here.is_grey(n_parts=1)
    here.becomes_new()


def test_a_report_and_a_file_hold_no_figure_of_another_world(here: Here, tmp_path: Path) -> None:
    here.open()
    expect(here.page.locator(".headline-sentence")).to_be_visible()
    sentence = here.page.locator(".headline-sentence").inner_text()
    another_reading(here.page)
    here.is_grey()
    with here.page.expect_download() as taken:
        here.page.get_by_role("button", name="Report").click()
    taken.value.save_as(tmp_path / "report.html")
    text = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert sentence not in text
    assert "Truly needed the hospital" not in text
    here.becomes_new()
