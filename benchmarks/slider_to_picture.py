"""How long does a planner wait between moving a slider and seeing what follows?

Fifty moves by keyboard in a real Chromium against the dashboard with the full population (ALLIANCE_CHILDREN replaces
it). Times run inside the page, from the slider's input event to the first animation frame after (a) all charts show the
first new year and (b) all charts show all years and the sentence has followed. Then one drag of two seconds by mouse.
The bar is for a machine of two cores: first points 300 ms, whole picture 700 ms in the median, 1,200 ms at p95.
"""

import argparse
import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
BARS = {"first points, median": 300.0, "whole picture, median": 700.0, "whole picture, p95": 1200.0}
STOPWATCH = """() => {
  const key = (settings) => JSON.stringify(settings);
  window.stopwatch = { moves: [], drawn: [] };
  addEventListener('input', () => stopwatch.moves.push(performance.now()), true);
  const note = (what, event) => requestAnimationFrame((now) => stopwatch.drawn.push(
    { what, settings: key(event.detail.settings), is_whole: event.detail.is_whole ?? true, at: performance.now() }));
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


@contextmanager
def served() -> Iterator[str]:
    """The dashboard in a process of its own, as `make app` would start it."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    options = ["--production", "--no-open", "--no-check-version", "--host", "127.0.0.1", "--port", str(port)]
    environment = os.environ | {"SOLARA_TELEMETRY_MIXPANEL_ENABLE": "false"}
    command = [sys.executable, "-m", "solara", "run", "app.py", *options]
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        address = f"http://127.0.0.1:{port}/"
        for _ in range(600):
            try:
                urllib.request.urlopen(address, timeout=5).close()
                break
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.1)
        yield address
    finally:
        server.terminate()
        server.wait(30)


def open_page(page: Page, address: str) -> float:
    """Open the page and wait until nothing is computed any more; returns seconds to the first picture."""
    began = time.monotonic()
    page.goto(address)
    page.locator(".headline-sentence").wait_for(timeout=180_000)
    page.locator(".chart canvas").last.wait_for()
    first_picture = time.monotonic() - began
    page.wait_for_function("() => !/being computed/.test(document.querySelector('.insurance').textContent)", timeout=60_000)
    page.evaluate(STOPWATCH)
    return first_picture


def move_and_measure(page: Page, n_moves: int) -> list[tuple[float, float]]:
    """Press the arrow key `n_moves` times, each time waiting for the whole picture [ms from the input event]."""
    slider = page.get_by_role("slider").first
    slider.focus()
    times = []
    for _ in range(n_moves):
        page.keyboard.press("ArrowRight")
        settings = f'{{"hospital.accredit.pass_rate":{float(slider.input_value()):g}}}'
        found = page.wait_for_function(LATEST, arg=settings, timeout=60_000).json_value()
        times.append((found[0], found[1]))
        page.wait_for_timeout(100)
    return times


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
    parser.add_argument("--moves", type=int, default=50)
    n_moves = parser.parse_args().moves
    with served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="en-GB")
        first_picture = open_page(page, address)
        times = move_and_measure(page, n_moves)
        dragged = drag(page, 2.0)
        browser.close()
    first, whole = [time for time, _ in times], [time for _, time in times]
    found = {
        "first points, median": statistics.median(first),
        "first points, p95": statistics.quantiles(first, n=20)[-1],
        "whole picture, median": statistics.median(whole),
        "whole picture, p95": statistics.quantiles(whole, n=20)[-1],
    }
    print(f"first picture after opening the page: {first_picture:.1f} s; then {n_moves} moves")
    for name, value in found.items():
        bar = BARS.get(name)
        print(f"{name:24s} {value:6.0f} ms" + (f"   bar {bar:.0f} ms: {'kept' if value <= bar else 'MISSED'}" if bar else ""))
    print(f"drag: {dragged}")
    return int(any(found[name] > bar for name, bar in BARS.items()))


if __name__ == "__main__":
    sys.exit(main())
