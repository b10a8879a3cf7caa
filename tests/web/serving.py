"""The real service and a real Chromium, for the tests of the pages."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from playwright.sync_api import Page
from werkzeug.serving import make_server

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

SHOTS = Path(__file__).parents[2] / "build" / "screenshots"
NARROW, WIDE = 390, 1280
SCRIPT = "<img src=x onerror=document.title=1><script>document.title=1</script>"


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """The address of `app` on this machine."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        if feed := app.extensions.get("feed"):
            feed.stop()
            app.extensions["telemetry"].buffer.stop()


def keep(page: Page, name: str) -> None:
    """Keep a picture of the whole page; it must not scroll sideways."""
    width = page.viewport_size["width"] if page.viewport_size else 0
    page.screenshot(path=SHOTS / f"{name}-{width}.png", full_page=True)
    too_wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert not too_wide, "the page scrolls sideways"
