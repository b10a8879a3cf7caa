"""The operator's page in a real Chromium: alive, honest when it is cut off, and never fooled."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import requests
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from app import create_app
from samples import FEED
from settings import Settings
from shared.catalog import Snapshot
from shared.clock import TAIPEI, taipei_now
from shared.feed.demo import demo_feed
from shared.feed.load import load_demo, load_snapshot
from shared.places.districts import all_districts
from tests.real import rows_of
from tests.web.figures import figures
from tests.web.serving import SCRIPT, WIDE, keep, serving
from web import operator
from web.middleware import wrap
from web.operator_login import Login
from web.rate_limit import Limits

PASSWORD = "菊花茶"
WHEN = datetime(2020, 3, 3, 11, tzinfo=TAIPEI)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, material: Path) -> Iterator[str]:
    """The whole service on a whole feed, behind a password."""
    where = Settings(
        feed_url=str(material / "data" / FEED),
        locations_url=str(material / "data" / "locations.csv"),
        data_dir=str(tmp_path_factory.mktemp("whole")),
        secret_key="key",
        operator_password=PASSWORD,
    )
    with serving(create_app(where)) as address:
        yield address


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page alone, over made-up figures with markup in them and a feed full of scripts."""
    folder = tmp_path_factory.mktemp("hostile")
    feed = demo_feed(WHEN)[0].decode("utf-8-sig").replace("藥局,連江縣", f"藥局{SCRIPT},連江縣")
    (folder / "feed.csv").write_text(feed, encoding="utf-8")
    snapshot = load_snapshot(str(folder / "feed.csv"))
    with _page_over(figures, snapshot) as address:
        yield address


@contextmanager
def _page_over(told: Callable[[datetime], dict[str, Any]], snapshot: Snapshot) -> Iterator[str]:
    """The page alone, over such figures."""
    app = Flask("tests.hostile", static_folder=None)

    def current() -> Snapshot:
        return snapshot

    login = Login("", "key", "", Limits("", "key"))
    app.register_blueprint(operator.blueprint(told, current, taipei_now, login))
    wrap(app, "1922")
    with serving(app) as address:
        yield address


_DRAWN = """
const fill = CanvasRenderingContext2D.prototype.fillText;
window.drawn = [];
CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
  const wide = this.measureText(text).width;
  const from = { left: 0, start: 0, center: wide / 2, right: wide, end: wide }[this.textAlign];
  window.drawn.push([text, x - from]);
  return fill.apply(this, arguments);
};
"""
"""Notes each text that is drawn, and where its left edge is."""


def test_labels_of_five_digits_are_whole(desk: Page) -> None:
    """A whole country rings ten thousand times an hour: no label begins left of the chart."""

    def many(now: datetime) -> dict[str, Any]:
        told = figures(now)
        for day in ("today", "yesterday"):
            told[day]["hours"] = [11_000 + 500 * hour for hour in range(24)]
        return told

    desk.add_init_script(_DRAWN)
    with _page_over(many, load_demo(WHEN).snapshot) as address:
        _open(desk, address)
        drawn = desk.evaluate("window.drawn")
    large = [(text, left) for text, left in drawn if len(text.replace(",", "")) == 5]
    assert large
    assert min(left for _, left in large) >= 0, large


def _open(page: Page, address: str, lang: str = "zh-TW") -> None:
    """Log in where that is asked for, and wait for the map."""
    page.goto(f"{address}operator?lang={lang}")
    if page.locator("#password").count():
        page.fill("#password", PASSWORD)
        page.press("#password", "Enter")
    expect(page.locator("#map-legend li")).to_have_count(5)


def test_it_renews_itself_without_a_reload(desk: Page, whole: str) -> None:
    """A call made meanwhile is seen within a few seconds, in the figures and in both tables."""
    _open(desk, whole)
    desk.evaluate("window.notReloaded = true")
    calls = desk.locator("#tile-calls_today .figure")
    before = int(calls.inner_text())
    asked = {"heard": "大安區還有口罩嗎"}
    requests.post(f"{whole}phone", json=asked, timeout=60).raise_for_status()
    expect(calls).to_have_text(str(before + 1))
    expect(desk.locator("#channels-table")).to_contain_text("網頁電話")
    expect(desk.locator("#outcomes-table")).to_contain_text("確認是哪一區")
    assert desk.evaluate("window.notReloaded")


def test_calls_with_sound_are_seen(desk: Page, hostile: str) -> None:
    """How many now, how long callers wait, and who was not taken."""
    _open(desk, hostile)
    facts = desk.locator("#sound-facts")
    expect(facts).to_contain_text("現在通話7")
    expect(facts).to_contain_text("≤ 1.2 秒；一成超過 2 秒")
    expect(facts).to_contain_text("滿線 3")


def test_the_whole_country_is_on_the_map(page: Page, whole: str, material: Path) -> None:
    """All pharmacies (6,588), 368 shapes; those without coordinates are said."""
    _open(page, whole)
    box = page.locator("#map")
    rows = rows_of(material / "data" / FEED)
    expect(box).to_have_attribute("data-pharmacies", str(len(rows)))
    expect(box).to_have_attribute("data-shapes", str(len(all_districts())))
    placed = {row[0] for row in rows_of(material / "data" / "locations.csv")}
    unplaced = [row for row in rows if row[0] not in placed]
    expect(page.locator("#map-note")).to_contain_text(f"{len(unplaced):,} 家沒有座標")
    page.click("text=各藥局")
    keep(page, "operator-pharmacies")


def test_a_pharmacy_is_found_with_the_keyboard(desk: Page, whole: str, material: Path) -> None:
    """By its id, as one types: arrows, Enter; its counts are those of the file."""
    row = rows_of(material / "data" / FEED)[100]
    _open(desk, whole)
    desk.focus("#search")
    desk.keyboard.type(row[0])
    expect(desk.locator("#results li")).to_have_count(1)
    desk.keyboard.press("Enter")
    chosen = desk.locator("#chosen")
    expect(chosen.locator("h3")).to_have_text(row[1])
    for count in (row[4], row[5]):
        expect(chosen).to_contain_text(f"{int(count):,} 片")
    desk.fill("#search", "臺北市大安區")
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("ArrowUp")
    desk.keyboard.press("Enter")
    expect(chosen.locator("h3")).to_have_text("台北市大安區")
    keep(desk, "operator-found")
    desk.fill("#search", "沒有這種地方")
    expect(desk.locator("#search-said")).to_contain_text("找不到")
    desk.keyboard.press("Escape")
    expect(desk.locator("#results")).to_be_hidden()


def test_the_map_has_a_table_beside_it(desk: Page, whole: str) -> None:
    """All districts with words for the colours; a row leads to its pharmacies."""
    _open(desk, whole)
    desk.click("#district-details summary")
    rows = desk.locator("#district-table tbody tr")
    expect(rows).to_have_count(len(all_districts()))
    rows.nth(0).locator("button").click()
    expect(desk.locator("#chosen h3")).to_have_text(rows.nth(0).locator("button").inner_text())
    expect(desk.locator("#chosen tbody tr").first).to_be_visible()


def test_a_script_in_the_feed_is_text(desk: Page, hostile: str) -> None:
    """In a name, an address, the cause of a refusal, a district: read, and never run."""
    _open(desk, hostile)
    desk.fill("#search", "onerror")
    desk.locator("#results li").first.click()
    expect(desk.locator("#chosen h3")).to_contain_text("<script>")
    expect(desk.locator("#feed-facts")).to_contain_text("<img src=x")
    expect(desk.locator("#misheard-table")).to_contain_text("<b>")
    keep(desk, "operator-script")
    assert desk.locator("main img, main script, main b").count() == 0
    assert desk.title() != "1"


def test_a_line_without_data_says_so(desk: Page, tmp_path: Path) -> None:
    """In large letters, and where the map would be; nothing of the page fails."""
    where = Settings(feed_url=str(tmp_path / "none.csv"), data_dir=str(tmp_path), secret_key="key")
    with serving(create_app(where)) as address:
        desk.goto(f"{address}operator")
        expect(desk.locator("#map-note")).to_contain_text("沒有藥局可以畫")
        expect(desk.locator("#state-word")).to_have_text("沒有資料")
        keep(desk, "operator-no-data")


def test_a_lost_connection_is_said_in_large_letters(desk: Page, hostile: str) -> None:
    """Instead of figures that look alive; and taken back when the server is there again."""
    desk.clock.install()
    _open(desk, hostile)
    word = desk.locator("#state-word")
    expect(word).to_have_text("專線正常")
    desk.context.set_offline(True)
    desk.clock.run_for(4_000)
    expect(word).to_have_text("連線中斷")
    keep(desk, "operator-lost")
    desk.context.set_offline(False)
    desk.clock.run_for(4_000)
    expect(word).to_have_text("專線正常")


def test_an_ended_session_leads_to_the_login(desk: Page, whole: str) -> None:
    """The other tab logged out: this one says so, asks no more, and shows the way back."""
    desk.clock.install()
    _open(desk, whole)
    other = desk.context.new_page()
    _open(other, whole)
    other.click("header form button")
    expect(other.locator("#password")).to_be_visible()
    desk.clock.run_for(4_000)
    expect(desk.locator("#state-word")).to_have_text("請重新登入")
    desk.click("#log-in-again")
    desk.fill("#password", "wrong")
    desk.press("#password", "Enter")
    expect(desk.get_by_role("alert")).to_contain_text("密碼不對")
    keep(desk, "operator-login")
    assert Axe().run(desk).response["violations"] == []


def _everything(page: Page, address: str, lang: str) -> None:
    """Every table open, a district chosen, a search going on."""
    _open(page, address, lang)
    for summary in page.locator("summary").all():
        summary.click()
    page.locator("#district-table button").first.click()
    page.fill("#search", "5")
    keep(page, f"operator-{lang}")
    assert Axe().run(page).response["violations"] == []


def test_axe_finds_no_violation(page: Page, hostile: str) -> None:
    """At both widths."""
    _everything(page, hostile, "zh-TW")


@pytest.mark.parametrize("lang", ["en-US", "ja-JP"])
def test_axe_finds_no_violation_in_other_languages(desk: Page, hostile: str, lang: str) -> None:
    """Whose words are longer."""
    _everything(desk, hostile, lang)


def test_axe_finds_no_violation_in_the_dark(browser: Browser, hostile: str) -> None:
    """Where the desk's screen is set to dark."""
    context = browser.new_context(
        viewport={"width": WIDE, "height": 844}, color_scheme="dark", reduced_motion="reduce"
    )
    page = context.new_page()
    _open(page, hostile)
    page.click("text=各藥局")
    page.screenshot(path="build/screenshots/operator-dark.png", full_page=True)
    assert Axe().run(page).response["violations"] == []
    context.close()
