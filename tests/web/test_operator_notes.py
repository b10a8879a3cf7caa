"""The operator's page tells how many notes are read, and which words are not known yet."""

import gzip
import json
from dataclasses import replace
from typing import Any

from flask import Flask
from playwright.sync_api import Page, expect

from shared.catalog import Catalog, Hours, Snapshot
from shared.clock import taipei_now
from tests.small_feed import NOW, snapshot
from tests.web.figures import figures
from tests.web.serving import serving
from web import operator
from web.middleware import wrap
from web.operator_data import PageData
from web.operator_login import Login
from web.rate_limit import Limits

NOTES = ("9:00販售口罩", "每日14:00發號碼牌，西藥房旁邊", "西藥房旁邊", "週日9:00販售口罩")


def _feed() -> Snapshot:
    """The small feed, whose first pharmacies have these notes."""
    small = snapshot()
    ours = [
        replace(pharmacy, hours=Hours("", note, topic="mask"))
        for pharmacy, note in zip(small.catalog.pharmacies, NOTES, strict=False)
    ]
    others = small.catalog.pharmacies[len(ours) :]
    return replace(small, catalog=Catalog.of((*ours, *others)))


def _told(feed: Snapshot) -> Any:
    return json.loads(gzip.decompress(PageData().notes(feed).zipped))


def test_what_is_read_and_what_is_not_is_counted() -> None:
    """Three of four say something, two of today, one of Sundays; the unread word stands in two."""
    assert _told(_feed()) == {
        "notes": 4,
        "read": 3,
        "today": 2,
        "unread": [["西藥房旁邊", 2]],
    }


def test_a_feed_without_notes_has_none() -> None:
    """Nothing is divided by nothing."""
    assert _told(snapshot())["notes"] == 0


def test_it_is_made_once_while_only_the_counts_change() -> None:
    """Notes come once a day, counts every half minute."""
    data, feed = PageData(), _feed()
    later = replace(feed, source_time=NOW)
    assert data.notes(feed) is data.notes(later)


def test_the_page_shows_them(desk: Page) -> None:
    """The figures beside their share, and the words in a table."""
    app, feed = Flask("tests.notes", static_folder=None), _feed()
    login = Login("", "key", "", Limits("", "key"))
    app.register_blueprint(operator.blueprint(figures, lambda: feed, taipei_now, login))
    wrap(app, "1922")
    with serving(app) as address:
        desk.goto(f"{address}operator?lang=zh-TW")
        expect(desk.locator("#notes-facts")).to_contain_text("讀得懂（全部或一部分）3（75")
        expect(desk.locator("#unread-table")).to_contain_text("西藥房旁邊")
