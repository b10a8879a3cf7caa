"""The API alone, over a snapshot of the tests."""

from datetime import datetime

from flask import Flask
from flask.testing import FlaskClient

from intents.conversation import Conversation
from shared.catalog import Snapshot
from tests.small_feed import NOW
from web.api import routes


def api(snapshot: Snapshot | None, now: datetime = NOW) -> Flask:
    """An app that serves nothing but the API, at `now`."""
    app = Flask(__name__, static_folder=None)
    conversation = Conversation(lambda: snapshot, lambda: now, lambda *_: None)
    app.register_blueprint(
        routes.blueprint(lambda: snapshot, lambda: now, conversation, seconds=30, operator="1922")
    )
    return app


def client(snapshot: Snapshot | None, now: datetime = NOW) -> FlaskClient:
    """A caller of that app."""
    return api(snapshot, now).test_client()
