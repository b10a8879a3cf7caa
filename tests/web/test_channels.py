"""A channel whose secret is not set answers this machine alone."""

from pathlib import Path

import pytest
from flask import Flask

from app import CHANNELS
from settings import Settings
from tests.skills.fakes import FakeConversation
from tests.web.parts import service
from web.channels import HttpChannel

UNSET = Settings(secret_key="key")
SHUT = [one for declare in CHANNELS if (one := declare(UNSET)).opened_by]
"""The channels that know their platform by a setting, none of which is set."""


@pytest.fixture(params=SHUT, ids=lambda channel: channel.name)
def channel(request: pytest.FixtureRequest) -> HttpChannel:
    found: HttpChannel = request.param
    return found


def test_most_channels_want_a_secret() -> None:
    """The API and the browser phone are for everybody."""
    assert {one.name for one in SHUT} == {"twilio", "jambonz", "alexa", "dialogflow", "line"}


@pytest.mark.parametrize(
    "sender",
    [
        {"environ_overrides": {"REMOTE_ADDR": "203.0.113.5"}},
        {"headers": {"X-Forwarded-For": "203.0.113.5"}},
        {"headers": {"Host": "line.example.tw"}},
    ],
    ids=["elsewhere", "passed on", "another name"],
)
def test_a_stranger_gets_403_and_the_name_of_the_setting(
    channel: HttpChannel, sender: dict[str, dict[str, str]], tmp_path: Path
) -> None:
    """At every path of it, and no turn is taken: nothing can be verified without a secret."""
    talk = FakeConversation()
    made = service(talk, settings=Settings(secret_key="key", data_dir=str(tmp_path)))
    app = Flask(__name__)
    app.register_blueprint(channel.routes(made))
    paths = [rule.rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())]
    assert paths
    for path in paths:
        answer = app.test_client().post(path, **sender)  # type: ignore[arg-type]
        assert (answer.status_code, channel.opened_by in answer.text) == (403, True), path
    assert talk.turns == []
