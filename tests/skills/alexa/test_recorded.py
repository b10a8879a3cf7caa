"""A session as npm's virtual-alexa 0.7.8 sends it: launch → district → next → address → stop.

`recorded.json` holds the requests of that client, recorded on 22 November 2026 against an
interaction model with our intent names, its state left out: it comes from our own answers.
"""

import json
from pathlib import Path
from typing import Any

from flask import Flask

from conversation.service import Conversation
from skills.alexa.webhook import blueprint
from tests.conversations import Recorder, facts_of
from tests.small_feed import NOW, snapshot
from tests.web.parts import service

REQUESTS: list[dict[str, Any]] = json.loads(
    Path(__file__).with_name("recorded.json").read_text(encoding="utf-8")
)


def test_a_virtual_alexa_holds_a_session() -> None:
    """Greeting, a pharmacy of 花蓮市, no other one there, its address, goodbye; then silence."""
    feed, recorder = snapshot(), Recorder()
    app = Flask(__name__)
    conversation = Conversation(lambda: feed, lambda: NOW, recorder)
    app.register_blueprint(blueprint(service(conversation)))
    client, answers = app.test_client(), []
    for sent in REQUESTS:
        attributes = answers[-1].get("sessionAttributes") if answers else None
        body = {**sent, "session": {**sent["session"], "attributes": attributes or {}}}
        answers.append(client.post("/alexa", json=body).get_json())
    outcomes = [facts_of(reply.outcome) for reply in recorder.replies]
    assert [facts["outcome"] for facts in outcomes] == [
        "Greeting",
        "Found",
        "NoNext",
        "AddressTold",
        "Goodbye",
    ]
    assert outcomes[1]["left"] == [30, 12]
    assert outcomes[3]["pharmacy"] == "洄瀾藥局"
    ends = [answer["response"].get("shouldEndSession") for answer in answers]
    assert ends == [False, False, False, False, True, None]
    assert answers[-1]["response"] == {}
