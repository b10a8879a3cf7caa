"""The pages in a real Chromium: weight, time to the first prompt, frames a second of the map."""

import statistics
from itertools import pairwise

from playwright.sync_api import Browser, Page, Response, sync_playwright

from bench.serving import FEED, serving

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu"]

PHONE_BYTES = 300_000
PROMPT_MS = 500
FRAMES_A_SECOND = 30
"""What the pages must hold (issue 7)."""

TRIES = 5
DRAG_STEPS = 90
DRAG_ZOOMS = 2
"""Drags over the whole country, and then over its north with the largest dots."""

_COUNT_FRAMES = """() => {
  window.frames_ = [];
  const tick = (now) => { window.frames_.push(now); window.ticking = requestAnimationFrame(tick); };
  window.ticking = requestAnimationFrame(tick);
}"""


def main() -> None:
    """Print each figure beside its limit."""
    locations = {"LOCATIONS_URL": str(FEED.parent / "locations.csv"), "WEB_CONCURRENCY": "1"}
    with serving(environment=locations) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        prompts = [_first_prompt(browser, f"{server.base}/") for _ in range(TRIES)]
        weight = prompts[0][0]
        print(f"phone: {weight / 1000:.1f} kB with all it loads (limit {PHONE_BYTES / 1000:.0f})")
        _print_times("phone: page to first prompt", [ms for _, ms in prompts])
        _map(browser, f"{server.base}/operator")
        browser.close()


def _print_times(what: str, times: list[float]) -> None:
    median, worst = statistics.median(times), max(times)
    print(f"{what}: median {median:.0f} ms, worst {worst:.0f} of {TRIES} (limit {PROMPT_MS})")


def _weighed(browser: Browser) -> tuple[Page, list[int]]:
    """A fresh page and the bytes of each answer that it gets."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    sizes: list[int] = []

    def weigh(response: Response) -> None:
        sent = response.headers.get("content-length", "")
        sizes.append(int(sent) if sent.isdigit() else 0)

    page.on("response", weigh)
    return page, sizes


def _first_prompt(browser: Browser, address: str) -> tuple[int, float]:
    """Bytes of the page, and milliseconds from opening it, calling at once, to the greeting."""
    page, sizes = _weighed(browser)
    page.goto(address)
    weight = sum(sizes)
    page.evaluate("document.getElementById('call').click()")
    page.wait_for_selector("#captions .line")
    taken = float(page.evaluate(_PROMPT_MS))
    page.context.close()
    return weight, taken


_PROMPT_MS = """() => {
  const timing = performance.getEntriesByType("navigation")[0];
  const turn = performance.getEntriesByType("resource")
    .find((it) => new URL(it.name).pathname === "/phone");
  return timing.domContentLoadedEventEnd + turn.duration;
}"""
"""From the start of the navigation until the page can be called, and from the call to its answer;
what passes between the two is this program's and no caller's."""


def _map(browser: Browser, address: str) -> None:
    """Weight of the page, time until the map is drawn, and frames while it is dragged."""
    page, sizes = _weighed(browser)
    page.goto(address)
    page.wait_for_selector("#map-legend li")
    ready = float(page.evaluate("performance.now()"))
    dots = page.get_attribute("#map", "data-pharmacies")
    print(f"operator: {sum(sizes) / 1000:.0f} kB, {dots} pharmacies drawn after {ready:.0f} ms")
    page.locator("[name=view][value=pharmacies]").evaluate("it => it.click()")
    page.locator("#map").scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    for zoom in range(DRAG_ZOOMS):
        frames = _dragged(page)
        rate = 1000 * (len(frames) - 1) / (frames[-1] - frames[0])
        gaps = sorted(after - before for before, after in pairwise(frames))
        slow = gaps[int(len(gaps) * 0.95)]
        where = ("the whole country", "the north, closer")[zoom]
        print(
            f"operator: {where} dragged at {rate:.0f} frames a second, "
            f"95 % within {slow:.0f} ms (limit {FRAMES_A_SECOND})"
        )
        page.fill("#search", "台北市大安區")
        page.press("#search", "Enter")
        page.wait_for_timeout(800)
    page.context.close()


def _dragged(page: Page) -> list[float]:
    """The time of every frame, in ms, while a pointer drags the map to and fro and lets it go."""
    box = page.locator("#map").bounding_box()
    assert box is not None
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.evaluate(_COUNT_FRAMES)
    for way in (1, -1):
        page.mouse.move(*middle)
        page.mouse.down()
        for step in range(DRAG_STEPS):
            page.mouse.move(middle[0] + way * step * 2, middle[1] + way * step)
        page.mouse.up()
    page.evaluate("cancelAnimationFrame(window.ticking)")
    frames: list[float] = page.evaluate("window.frames_")
    return frames


if __name__ == "__main__":
    main()
