"""The browser phone in a real Chromium, on the real service over a recording of the demo feed."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from app import create_app
from conversation.service import Conversation
from settings import Settings
from shared.feed.demo import demo_feed
from tests import small_feed
from tests.web.parts import service
from tests.web.serving import SCRIPT, WIDE, keep, serving
from web import phone
from web.middleware import wrap

WHEN = datetime(2020, 3, 3, 11, tzinfo=ZoneInfo("Asia/Taipei"))


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the whole service; in 東引鄉 the pharmacy's name is a script."""
    folder = tmp_path_factory.mktemp("line")
    feed = demo_feed(WHEN)[0].decode("utf-8-sig").replace("平宜藥局,連江縣", f"{SCRIPT},連江縣")
    (folder / "feed.csv").write_text(feed, encoding="utf-8")
    where = Settings(feed_url=str(folder / "feed.csv"), data_dir=str(folder), secret_key="key")
    with serving(create_app(where)) as address:
        yield address


@pytest.fixture(scope="module")
def dead_line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service that has never got a feed."""
    folder = tmp_path_factory.mktemp("dead")
    where = Settings(feed_url=str(folder / "none.csv"), data_dir=str(folder), secret_key="key")
    with serving(create_app(where)) as address:
        yield address


def _answers(page: Page, count: int) -> str:
    """The last of `count` answers, once it is there."""
    lines = page.locator("#captions .line")
    expect(lines).to_have_count(count)
    return str(lines.last.inner_text())


def _say(page: Page, words: str) -> None:
    page.fill("#heard", words)
    page.press("#heard", "Enter")


def test_a_call_with_the_pointer(page: Page, line: str) -> None:
    """Dial, ask for a same-named district, choose, next, address by key, hang up."""
    page.goto(line)
    keep(page, "idle")
    page.click("#call")
    assert "口罩專線" in _answers(page, 1)
    _say(page, "大安區還有口罩嗎")
    assert "台中市大安區" in _answers(page, 2)
    keep(page, "same-name")
    page.click('[data-key="1"]')
    first = _answers(page, 3)
    page.click('[data-key="1"]')
    assert _answers(page, 4) != first
    page.click('[data-key="2"]')
    assert "號" in _answers(page, 5)
    keep(page, "address")
    page.click("#hang-up")
    expect(page.locator("#status")).to_have_text("通話結束")
    expect(page.locator("#call")).to_be_focused()
    keep(page, "hung-up")


def test_a_call_with_the_keyboard_alone(page: Page, line: str) -> None:
    """From the first Tab to the goodbye, without a pointer."""
    page.goto(line)
    for _ in range(12):
        if page.locator("#call").evaluate("it => it === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    _answers(page, 1)
    page.keyboard.type("106")
    assert "大安區" in _answers(page, 2)
    page.keyboard.press("2")
    assert "號" in _answers(page, 3)
    page.keyboard.press("#")
    _answers(page, 4)
    expect(page.locator("#status")).to_have_text("通話結束")
    expect(page.locator("#captions")).to_be_focused()  # the place of who reads there is kept
    keep(page, "keyboard")


def test_nothing_heard_three_times(page: Page, line: str) -> None:
    """Sent empty, the caller is silent: said differently each time, then a person is offered."""
    page.goto(line)
    page.click("#call")
    answers = [_answers(page, 1)]
    for turn in (2, 3, 4):
        page.click("#words button[type=submit]")
        answers.append(_answers(page, turn))
    assert len(set(answers)) == 4
    assert "請按零" in answers[-1]
    keep(page, "nothing-heard")


def test_a_call_without_a_feed(page: Page, dead_line: str) -> None:
    """The caller is told whom to ring instead."""
    page.goto(dead_line)
    page.click("#call")
    assert "查不到" in _answers(page, 1)
    keep(page, "no-feed")


def test_a_script_in_a_name_is_text(page: Page, line: str) -> None:
    """It may be read, and is never run."""
    page.goto(line)
    title = page.title()
    _say(page, "東引鄉還有口罩嗎")
    _answers(page, 1)
    keep(page, "script")
    assert page.title() == title
    assert page.locator("#captions img, #captions script").count() == 0


def test_ten_thousand_characters(page: Page, line: str) -> None:
    """Typed or pasted, they are answered, and do not widen the page."""
    page.goto(line)
    _say(page, "x口" * 5_000)
    _answers(page, 1)
    keep(page, "long")


def test_what_is_refused_is_told_in_words(desk: Page) -> None:
    """Who asks too fast reads that, not of a lost connection; what was typed stays."""
    patient = [True]
    snapshot = small_feed.snapshot()
    talk = Conversation(lambda: snapshot, lambda: small_feed.NOW, lambda *_: None)
    app = Flask("limited", static_folder=None)
    app.register_blueprint(phone.blueprint(service(talk, allow=lambda *_: patient[0])))
    wrap(app, "1922", machines=("/phone",))
    with serving(app) as address:
        desk.goto(f"{address}?lang=ja-JP")
        desk.click("#call")
        _answers(desk, 1)
        patient[0] = False
        _say(desk, "花蓮市")
        expect(desk.locator("#status")).to_contain_text("回数が多すぎます")
        expect(desk.locator("#heard")).to_have_value("花蓮市")
        patient[0] = True
        desk.press("#heard", "Enter")
        _answers(desk, 2)


def test_a_lost_connection(page: Page, line: str) -> None:
    """The page says so, keeps what was typed, and goes on when the connection is back."""
    page.goto(line)
    page.click("#call")
    _answers(page, 1)
    page.context.set_offline(True)
    _say(page, "花蓮市還有口罩嗎")
    expect(page.locator("#status")).to_have_text("連線中斷，請再試一次。")
    expect(page.locator("#heard")).to_have_value("花蓮市還有口罩嗎")
    keep(page, "lost")
    page.context.set_offline(False)
    page.press("#heard", "Enter")
    assert "花蓮市" in _answers(page, 2)


def test_two_tabs_hold_two_calls(page: Page, line: str) -> None:
    """Each goes on where it was, whatever the other does."""
    page.goto(line)
    other = page.context.new_page()
    other.goto(line)
    _say(page, "花蓮市還有口罩嗎")
    _answers(page, 1)
    _say(other, "東引鄉還有口罩嗎")
    _answers(other, 1)
    _say(page, "地址")
    assert "花蓮市" in _answers(page, 2)


def test_what_was_misheard_can_be_tried(desk: Page, line: str) -> None:
    """The test caller says one thing, the recogniser hears another, or nothing; both are shown."""
    desk.goto(line)
    desk.click("#call")
    _answers(desk, 1)
    desk.click("summary")
    desk.fill("#misheard", "花連是還有口罩嗎")
    desk.check("[name=ear][value=misheard]")
    _say(desk, "花蓮市還有口罩嗎")
    assert "花蓮市" in _answers(desk, 2)
    expect(desk.locator("#captions .you")).to_contain_text("花連是")
    keep(desk, "misheard")
    desk.check("[name=ear][value=nothing]")
    _say(desk, "地址")
    assert "號" not in _answers(desk, 3)


def test_at_two_hundred_per_cent(browser: Browser, line: str) -> None:
    """At twice the size on a desk's screen nothing is cut off, and the call button is in sight."""
    context = browser.new_context(
        viewport={"width": WIDE // 2, "height": 422}, device_scale_factor=2
    )
    page = context.new_page()
    page.goto(line)
    expect(page.locator("#call")).to_be_in_viewport(ratio=1)
    page.click("#call")
    _answers(page, 1)
    keep(page, "zoomed")
    page.locator('[data-key="#"]').click()
    _answers(page, 2)
    context.close()


def test_without_scripts_nothing_is_shown_that_does_nothing(browser: Browser, line: str) -> None:
    """The plain page: a field and one button; a conversation can be held."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(line)
    visible = page.locator("button:visible")
    expect(visible).to_have_count(1)
    page.fill("#heard", "花蓮市還有口罩嗎")
    visible.click()
    expect(page.locator("#captions")).to_contain_text("花蓮市")
    keep(page, "plain")
    context.close()


@pytest.mark.parametrize("lang", ["zh-TW", "en-US", "ja-JP"])
def test_axe_finds_no_violation(page: Page, line: str, lang: str) -> None:
    """Before the call, and in it with the settings open."""
    page.goto(f"{line}?lang={lang}")
    assert Axe().run(page).response["violations"] == []
    page.click("#call")
    _answers(page, 1)
    page.click("summary")
    assert Axe().run(page).response["violations"] == []
    keep(page, f"settings-{lang}")
