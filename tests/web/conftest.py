"""A browser, and a page of it at two widths."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.web.serving import ARGUMENTS, CHROMIUM, NARROW, WIDE

BUSY_MS = 60_000
"""What must come is waited for, however busy the machine is."""

expect.set_options(timeout=BUSY_MS)

REFUSED = "Content Security Policy"
"""What Chromium writes on its console where the page's policy kept something from loading."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; tests/install_chromium.sh installs it."""
    assert Path(CHROMIUM).exists(), "Chromium is missing: run tests/install_chromium.sh as root"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield running
        running.close()


@contextmanager
def _page(browser: Browser, width: int) -> Iterator[Page]:
    faults: list[str] = []
    context = browser.new_context(viewport={"width": width, "height": 844})
    opened = context.new_page()
    opened.set_default_timeout(BUSY_MS)
    opened.on("pageerror", lambda fault: faults.append(str(fault)))
    opened.on("console", lambda said: faults.extend([said.text] * (REFUSED in said.text)))
    yield opened
    context.close()
    assert not faults


@pytest.fixture(params=[NARROW, WIDE])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page as wide as a telephone's screen or a desk's; no script of it may fail,
    and nothing of it may be against its own policy."""
    with _page(browser, request.param) as opened:
        yield opened


@pytest.fixture
def desk(browser: Browser) -> Iterator[Page]:
    """A page as wide as a desk's screen alone, for what no width changes."""
    with _page(browser, WIDE) as opened:
        yield opened
