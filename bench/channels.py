"""Microseconds a turn on each channel, beside the hotline's, in one run and on one core.

Each channel holds the same conversation once, through its real endpoint and with signatures where
the platform signs; then the recorded requests are sent again, many times, without a client in the
way. Assist is measured over TCP, so its figure holds the client's part and the network's too.
"""

import asyncio
import base64
import html
import json
import logging
import re
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from flask import Flask
from twilio.request_validator import RequestValidator
from wyoming.asr import Transcript
from wyoming.client import AsyncTcpClient

from conversation.service import Conversation
from intents.platform_intents import alexa_name
from ivr.twilio import blueprint as hotline
from settings import Settings
from shared.catalog import Snapshot
from shared.dialog.acts import Intent
from shared.feed.load import load_snapshot
from skills.alexa.certificates import MayFetch, SigningKeys
from skills.alexa.webhook import blueprint as alexa
from skills.assist import server as assist
from skills.dialogflow import webhook as dialogflow
from tests.web.parts import service

ROUNDS = 60
TOKEN = "bench"  # noqa: S105  made up for this run
SKILL = "amzn1.ask.skill.bench"
BASE = "http://127.0.0.1"

TURNS: tuple[tuple[str, Intent, dict[str, str]], ...] = (
    ("台北市大安區還有口罩嗎", Intent.ASK, {"county": "台北市", "district": "大安區"}),
    ("下一家", Intent.NEXT, {}),
    ("地址", Intent.ADDRESS, {}),
    ("電話", Intent.PHONE, {}),
    ("三重區還有口罩嗎", Intent.ASK, {"district": "三重區"}),
    ("小孩的", Intent.CHILD, {}),
    ("再說一次", Intent.REPEAT, {}),
    ("從頭開始", Intent.RESTART, {}),
)
"""What is said, and what Alexa makes of it."""

_ACTION = re.compile(rb'action="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Recorded:
    """A request that was answered, ready to be sent again."""

    environ: dict[str, Any]
    body: bytes


def main() -> None:
    """Print each channel's microseconds a turn, and how many times the hotline's they are."""
    logging.disable(logging.INFO)
    snapshot = load_snapshot("")
    conversation = Conversation(lambda: snapshot, lambda: datetime.now(ZoneInfo("Asia/Taipei")))
    figures = {
        "hotline": _hotline(conversation, snapshot),
        "alexa": _alexa(conversation),
        "dialogflow": _dialogflow(conversation),
        "assist": asyncio.run(_assist(conversation)),
    }
    logging.disable(logging.NOTSET)
    for name, microseconds in figures.items():
        times = microseconds / figures["hotline"]
        print(f"{name}: {microseconds:,.0f} µs a turn, {times:.2f} × the hotline's (under 3)")


def _hotline(conversation: Conversation, snapshot: Snapshot) -> float:
    settings = Settings(secret_key="bench", twilio_auth_token=TOKEN)  # noqa: S106  made up
    app = Flask("hotline")
    app.register_blueprint(hotline(service(conversation, lambda: snapshot, settings=settings)))
    client, validator = app.test_client(), RequestValidator(TOKEN)
    recorded, path = [], "/ivr/call"
    for words in ("", *(said for said, _, _ in TURNS)):
        form = {"CallSid": "CA" + "0" * 32, "From": "+886912345678", "SpeechResult": words}
        body = urlencode(form).encode()
        signature = validator.compute_signature("http://localhost" + path, form)
        response = client.post(
            path,
            data=body,
            content_type="application/x-www-form-urlencoded",
            headers={"X-Twilio-Signature": signature},
        )
        action = _ACTION.search(response.data)
        if response.status_code != 200 or not action:
            raise RuntimeError(f"the hotline answers {response.status}")
        recorded.append(Recorded(dict(response.request.environ), body))
        path = html.unescape(action[1].decode()).removeprefix("http://localhost")
    return _replay(app, recorded[1:])


class _OneKey(SigningKeys):
    """Amazon's key, already verified, as it is for all but the first request."""

    def __init__(self, key: rsa.RSAPublicKey) -> None:
        super().__init__(roots=None)
        self._key = key

    def key_of(self, url: str, now: datetime, may_fetch: MayFetch = bool) -> rsa.RSAPublicKey:  # noqa: ARG002
        return self._key


def _alexa(conversation: Conversation) -> float:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    now = datetime.now(UTC)
    app = Flask("alexa")
    settings = Settings(alexa_skill_id=SKILL)
    keys = _OneKey(key.public_key())
    app.register_blueprint(alexa(service(conversation, clock=lambda: now, settings=settings), keys))
    client, recorded = app.test_client(), []
    attributes: dict[str, Any] = {}
    for _, intent, slots in TURNS:
        body = json.dumps(_alexa_request(intent, slots, attributes, now)).encode()
        signature = base64.b64encode(key.sign(body, PKCS1v15(), SHA256())).decode()
        response = client.post("/alexa", data=body, headers={"Signature-256": signature})
        attributes = response.get_json()["sessionAttributes"]
        recorded.append(Recorded(dict(response.request.environ), body))
    return _replay(app, recorded)


def _alexa_request(
    intent: Intent, slots: dict[str, str], attributes: dict[str, Any], now: datetime
) -> dict[str, Any]:
    application = {"application": {"applicationId": SKILL}}
    return {
        "version": "1.0",
        "session": {
            "new": not attributes,
            "sessionId": "bench",
            "attributes": attributes,
            **application,
        },
        "context": {"System": {**application, "device": {"deviceId": "bench"}}},
        "request": {
            "type": "IntentRequest",
            "requestId": "bench",
            "locale": "en-US",
            "timestamp": now.isoformat(),
            "intent": {
                "name": alexa_name(intent),
                "slots": {name: {"name": name, "value": value} for name, value in slots.items()},
            },
        },
    }


def _dialogflow(conversation: Conversation) -> float:
    app = Flask("dialogflow")
    settings = Settings(dialogflow_token=TOKEN)
    app.register_blueprint(dialogflow.blueprint(service(conversation, settings=settings)))
    client, recorded = app.test_client(), []
    contexts: list[Any] = []
    for words, _, _ in TURNS:
        result = {"queryText": words, "languageCode": "zh-tw", "outputContexts": contexts}
        body = json.dumps({"session": "projects/p/agent/sessions/bench", "queryResult": result})
        headers = {"Authorization": f"Bearer {TOKEN}"}
        response = client.post("/dialogflow", data=body, headers=headers)
        contexts = response.get_json()["outputContexts"]
        recorded.append(Recorded(dict(response.request.environ), body.encode()))
    return _replay(app, recorded)


def _replay(app: Flask, recorded: list[Recorded]) -> float:
    """Microseconds a request, all of them ROUNDS times, after one round to warm up."""

    def start(status: str, *_: object) -> Callable[[bytes], object]:
        if not status.startswith("200"):
            raise RuntimeError(status)
        return lambda _: None

    def once() -> None:
        for request in recorded:
            environ = {**request.environ, "wsgi.input": BytesIO(request.body)}
            environ.pop("werkzeug.request", None)
            b"".join(app.wsgi_app(environ, start))

    once()
    started = time.perf_counter()
    for _ in range(ROUNDS):
        once()
    return (time.perf_counter() - started) / (ROUNDS * len(recorded)) * 1e6


async def _assist(conversation: Conversation) -> float:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    server = asyncio.create_task(assist.serve(f"tcp://127.0.0.1:{port}", conversation))
    await asyncio.sleep(0.2)
    async with AsyncTcpClient("127.0.0.1", port) as client:

        async def once() -> None:
            for words, _, _ in TURNS:
                await client.write_event(Transcript(words, language="zh-TW").event())
                await client.read_event()

        await once()
        started = time.perf_counter()
        for _ in range(ROUNDS):
            await once()
        passed = time.perf_counter() - started
    server.cancel()
    with suppress(asyncio.CancelledError):
        await server
    return passed / (ROUNDS * len(TURNS)) * 1e6


if __name__ == "__main__":
    main()
