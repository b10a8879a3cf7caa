"""Six of Amazon's public examples have no `context`: they are answered like any other."""

from pathlib import Path

import pytest

from app import create_app
from settings import Settings


@pytest.mark.parametrize("kind", ["LaunchRequest", "SessionEndedRequest"])
def test_a_request_without_context_is_answered(tmp_path: Path, kind: str) -> None:
    """200, as the examples of the Alexa Skills Kit expect."""
    asked = {
        "version": "1.0",
        "session": {
            "new": True,
            "sessionId": "s",
            "application": {"applicationId": "a"},
            "user": {"userId": "u"},
        },
        "request": {
            "type": kind,
            "requestId": "r",
            "timestamp": "2020-03-03T03:22:00Z",
            "locale": "en-US",
        },
    }
    app = create_app(Settings(data_dir=str(tmp_path), secret_key="k"))
    try:
        assert app.test_client().post("/alexa", json=asked).status_code == 200
    finally:
        app.extensions["feed"].stop()
