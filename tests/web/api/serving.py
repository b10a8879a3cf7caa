"""The API alone, over a snapshot of the tests."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from flask import Flask
from flask.testing import FlaskClient

from conversation.service import Conversation
from shared.catalog import Catalog, Hours, Location, Snapshot
from tests import small_feed
from tests.small_feed import NOW
from tests.web.parts import service
from web.api import routes
from web.rate_limit import Allow


def api(snapshot: Snapshot | None, now: datetime = NOW) -> Flask:
    """An app that serves nothing but the API, at `now`."""
    return renewed_api(lambda: snapshot, now)


def renewed_api(
    current: Callable[[], Snapshot | None], now: datetime = NOW, allow: Allow = lambda *_: True
) -> Flask:
    """The same over a feed that goes on, for whoever is allowed."""
    app = Flask(__name__, static_folder=None)
    conversation = Conversation(current, lambda: now, lambda *_: None)
    app.register_blueprint(routes.blueprint(service(conversation, current, lambda: now, allow)))
    return app


def mapped() -> Snapshot:
    """The small feed with a point and hours for each pharmacy, around Taipei."""
    before = small_feed.snapshot()
    pharmacies = tuple(
        replace(
            pharmacy,
            location=Location(121.5 + number % 20 * 0.01, 25 + number // 20 * 0.01),
            hours=Hours("NNNNNNYNNNNNNYNNNNNNY", "08:30開始販售"),
        )
        for number, pharmacy in enumerate(before.catalog.pharmacies)
    )
    return replace(before, catalog=Catalog.of(pharmacies))


def client(snapshot: Snapshot | None, now: datetime = NOW) -> FlaskClient:
    """A caller of that app."""
    return api(snapshot, now).test_client()
