"""The hotline in a Flask application of its own, as `create_app` mounts it."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from conversation.service import Conversation
from ivr.twilio import declare
from settings import Settings
from shared.catalog import Snapshot
from tests.ivr.caller import PUBLIC_URL, TOKEN
from tests.ivr.fakes import FakeConversation
from tests.web.parts import service
from web.admission import BODY_LIMIT

SETTINGS = Settings(secret_key="a-key-of-the-tests", twilio_auth_token=TOKEN, public_url=PUBLIC_URL)


def client_of(
    conversation: FakeConversation | Conversation,
    settings: Settings = SETTINGS,
    snapshot: Snapshot | None = None,
) -> FlaskClient:
    """A client of an application that has the hotline and nothing else."""
    app = Flask("hotline")
    app.config["MAX_CONTENT_LENGTH"] = BODY_LIMIT
    made = service(conversation, lambda: snapshot, settings=settings)
    app.register_blueprint(declare(settings).routes(made))
    return app.test_client()


@pytest.fixture
def conversation() -> FakeConversation:
    return FakeConversation()


@pytest.fixture
def client(conversation: FakeConversation) -> FlaskClient:
    return client_of(conversation)
