"""How long does a planner wait between moving a slider and seeing what follows?

A hundred moves by keyboard in a real Chromium against the dashboard with the full population (ALLIANCE_CHILDREN replaces
it); no two moves ask for the same world. Times run inside the page, from the slider's input event to the first animation
frame after (a) all charts show the first new year and (b) all charts show all years and the sentences have followed. Then
some moves until the band of ten worlds is complete, and one drag of two seconds by mouse. The bars are for a machine of two
cores: first points 300 ms, whole picture 700 ms in the median and 1,200 ms at p95, band 8 s with warm baselines.
"""

import argparse
import shutil
import statistics
import sys
import time

from playwright.sync_api import Page, sync_playwright
from visitor import served

BARS = {"first points, p95": 300.0, "whole picture, median": 700.0, "whole picture, p95": 1200.0, "band of ten, largest": 8000.0}
EXAMINATION, PAY = "hospital.accredit.pass_rate", "fund.pay.yuan_per_avoided_referral"
STOPWATCH = """() => {
  const key = (settings) => JSON.stringify(settings);
  window.stopwatch = { moves: [], drawn: [] };
  addEventListener('input', () => stopwatch.moves.push(performance.now()), true);
  const note = (what, event) => requestAnimationFrame((now) => stopwatch.drawn.push(
    { what, settings: key(event.detail.settings), is_whole: event.detail.is_whole ?? true,
      is_complete: event.detail.is_complete, at: performance.now() }));
  addEventListener('charts-drawn', (event) => note('charts', event));
  addEventListener('headline-shown', (event) => note('headline', event));
}"""
LATEST = """(settings) => {
  const drawn = stopwatch.drawn.filter((one) => one.settings === settings);
  const first = new Map(), whole = new Map();
  for (const one of drawn) {
    if (!first.has(one.what)) first.set(one.what, one.at);
    if (one.is_whole && !whole.has(one.what)) whole.set(one.what, one.at);
  }
  if (whole.size < 2) return null;
  const moved = stopwatch.moves[stopwatch.moves.length - 1];
  return [first.get('charts') - moved, Math.max(...whole.values()) - moved];
}"""
COMPLETE = """(settings) => {
  const drawn = stopwatch.drawn.filter((one) => one.settings === settings && one.is_complete);
  if (new Set(drawn.map((one) => one.what)).size < 2) return null;
  return Math.max(...drawn.map((one) => one.at)) - stopwatch.moves[stopwatch.moves.length - 1];
}"""


def open_page(page: Page, address: str) -> float:
    """Open the page and wait until nothing is computed any more; returns seconds to the first picture."""
    began = time.monotonic()
    page.goto(address)
    page.locator(".headline-sentence").wait_for(timeout=180_000)
    page.locator(".chart canvas").last.wait_for()
    first_picture = time.monotonic() - began
    page.wait_for_function("() => !document.querySelector('.worlds-done')", timeout=180_000)
    page.wait_for_function("() => !/being computed/.test(document.querySelector('.insurance').textContent)", timeout=60_000)
    page.wait_for_timeout(8_000)  # the worlds without an alliance
    page.evaluate(STOPWATCH)
    return first_picture


class Moves:
    """Presses arrow keys on two sliders, so that no two moves ask for the same world."""

    def __init__(self, page: Page) -> None:
        self.page, self.n_made = page, 0
        self.sliders = {key: page.locator(f"#lever-{key.replace('.', '-')}") for key in (EXAMINATION, PAY)}

    def make(self) -> str:
        """Move a slider by one step; returns the settings of the page as JSON."""
        key = EXAMINATION if self.n_made < 60 else PAY
        self.n_made += 1
        self.sliders[key].focus()
        self.page.keyboard.press("ArrowRight")
        values = {one: float(slider.input_value()) for one, slider in self.sliders.items()}
        changed = {one: f"{value:g}" for one, value in sorted(values.items()) if value != {EXAMINATION: 0.1, PAY: 0.0}[one]}
        return "{" + ",".join(f'"{one}":{value}' for one, value in changed.items()) + "}"

    def measure(self) -> tuple[float, float]:
        """Move and wait for the whole picture [ms from the input event to the first points, to all]."""
        found = self.page.wait_for_function(LATEST, arg=self.make(), timeout=60_000).json_value()
        return found[0], found[1]

    def measure_band(self) -> float:
        """Move and wait until the band is complete [ms]."""
        return self.page.wait_for_function(COMPLETE, arg=self.make(), timeout=120_000).json_value()


def drag(page: Page, seconds: float) -> str:
    """Drag the third slider across its range and back; returns what was drawn meanwhile, in words."""
    slider = page.get_by_role("slider").nth(2)
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    assert box is not None
    page.evaluate("stopwatch.drawn = []")
    y, left, width = box["y"] + box["height"] / 2, box["x"] + 12, box["width"] - 24
    page.mouse.move(left + width * 0.4, y)
    page.mouse.down()
    n_steps = int(seconds * 30)
    for step in range(n_steps):
        page.mouse.move(left + width * (0.4 + 0.55 * step / n_steps), y)
        page.wait_for_timeout(1000 / 30)
    page.mouse.up()
    during = page.evaluate("stopwatch.drawn.filter((one) => one.what === 'charts').map((one) => one.is_whole)")
    return f"{len(during)} repaints in {seconds:g} s, {sum(during)} of them whole pictures"


def main() -> int:
    """Print the figures; 1 if a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--moves", type=int, default=100)
    parser.add_argument("--bands", type=int, default=5)
    asked = parser.parse_args()
    with served("--sessions", "5") as (address, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="en-GB")
        first_picture = open_page(page, address)
        moves, times = Moves(page), []
        for _ in range(asked.moves):
            times.append(moves.measure())
            page.wait_for_timeout(100)
        bands = [moves.measure_band() for _ in range(asked.bands)]
        dragged = drag(page, 2.0)
        browser.close()
    first, whole = [time for time, _ in times], [time for _, time in times]
    found = {
        "first points, median": statistics.median(first),
        "first points, p95": statistics.quantiles(first, n=20)[-1],
        "whole picture, median": statistics.median(whole),
        "whole picture, p95": statistics.quantiles(whole, n=20)[-1],
        "band of ten, median": statistics.median(bands),
        "band of ten, largest": max(bands),
    }
    print(f"first picture after opening the page: {first_picture:.1f} s; then {asked.moves} moves and {asked.bands} bands")
    for name, value in found.items():
        bar = BARS.get(name)
        print(f"{name:24s} {value:6.0f} ms" + (f"   bar {bar:.0f} ms: {'kept' if value <= bar else 'MISSED'}" if bar else ""))
    print(f"drag: {dragged}")
    return int(any(found[name] > bar for name, bar in BARS.items()))


if __name__ == "__main__":
    sys.exit(main())
