"""The pictures of the README, taken from what runs: `make pictures`.

The service is the real one over the demo feed; the day before is counted in beforehand, as 10,000
made-up turns, since a page without a yesterday shows nothing.
"""

import random
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server

from app import create_app
from bench.pages import ARGUMENTS, CHROMIUM
from conversation.observation import Observed, Recognition
from settings import Settings
from shared.clock import taipei_now
from shared.feed.status import FeedStatus
from shared.places.districts import all_districts
from telemetry.count_buffer import CountBuffer
from telemetry.store import FileCountStore

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
CHANNELS = ("twilio",) * 6 + ("browser", "alexa", "dialogflow")
OUTCOMES = ("Found",) * 5 + ("Greeting",) * 3 + ("AddressTold", "AmbiguousPlace", "SoldOut")
RUSH = (1, 1, 0, 0, 1, 2, 5, 12, 14, 11, 9, 8, 7, 7, 6, 6, 7, 8, 7, 6, 5, 4, 3, 2)
"""Turns a minute in each hour of the day: the counts are renewed and the doors opened at eight."""


def main() -> None:
    """Take them all."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        _count_in(Path(folder), taipei_now())
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        with _serving(Path(folder)) as base:
            _phone(browser, base)
            _operator(browser, base)
        browser.close()


def _count_in(folder: Path, now: datetime) -> None:
    """Turns of yesterday and of today until `now`."""
    chance = random.Random(1922)  # noqa: S311  # no secret
    at = (now - timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    moment = at

    def clock() -> datetime:
        return moment

    nobody = FeedStatus({}, "", asks=False)
    buffer = CountBuffer(
        FileCountStore(folder / "figures.sqlite"), clock, lambda: None, lambda: nobody
    )
    while moment < now:
        for _ in range(round(RUSH[moment.hour] * chance.uniform(0.5, 1.5))):
            buffer.turn(_turn(chance))
        if moment.minute == 0:
            buffer.flush()
        moment += timedelta(minutes=1)
    buffer.flush()


def _turn(chance: random.Random) -> Observed:
    outcome = chance.choice(OUTCOMES)
    heard = chance.choices(
        (Recognition.SURE, Recognition.UNSURE, Recognition.UNHEARD), (80, 14, 6)
    )[0]
    return Observed(
        channel=chance.choice(CHANNELS),
        intent="ask",
        outcome="NotHeard" if heard is Recognition.UNHEARD else outcome,
        microseconds=round(chance.lognormvariate(7.4, 0.5)),
        opens=outcome == "Greeting",
        heard=heard,
        district=all_districts()[round(abs(chance.gauss(0, 40)))].key,
        first_count_s=round(chance.gauss(14, 5)) if outcome == "Found" else None,
    )


@contextmanager
def _serving(folder: Path) -> Iterator[str]:
    app = create_app(Settings(data_dir=str(folder), secret_key="pictures"))  # noqa: S106  # no secret
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    app.extensions["feed"].stop()
    app.extensions["telemetry"].buffer.stop()


def _phone(browser: Browser, base: str) -> None:
    page = browser.new_page(viewport={"width": 1120, "height": 720})
    page.goto(base)
    page.fill("#heard", "台北市大安區還有口罩嗎")
    page.press("#heard", "Enter")
    page.wait_for_selector("#captions .line")
    page.screenshot(path=FOLDER / "phone.png")


def _operator(browser: Browser, base: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 1440}, device_scale_factor=0.65)
    page.goto(f"{base}/operator")
    page.wait_for_selector("#map-legend li")
    page.wait_for_timeout(4_000)  # until the calls before are counted
    page.screenshot(path=FOLDER / "operator.png")


if __name__ == "__main__":
    main()
