"""Webhook bodies as LINE's "Messaging API reference" shows them, signed as it says."""

import base64
import hashlib
import hmac
import json
from itertools import count
from typing import Any

Json = dict[str, Any]

SECRET = "8c570fa6dd201bb328f1c1eac23a96d8"
PERSON = "U8189cf6745fc0d808977bdb0b9f22995"

_NUMBERS = count()


def body(*events: Json) -> bytes:
    """A webhook's body."""
    return json.dumps({"destination": "xxxxxxxxxx", "events": list(events)}).encode()


def signature(content: bytes, secret: str = SECRET) -> str:
    """What LINE puts into X-Line-Signature."""
    return base64.b64encode(hmac.digest(secret.encode(), content, hashlib.sha256)).decode()


def event(kind: str, source: Json | None = None, **more: Any) -> Json:
    """An event with a token to answer it."""
    number = next(_NUMBERS)
    return {
        "type": kind,
        "mode": "active",
        "timestamp": 1462629479859,
        "source": source or {"type": "user", "userId": PERSON},
        "webhookEventId": f"01FZ74A0TDDPYRVKNK77X{number:05}",
        "deliveryContext": {"isRedelivery": False},
        "replyToken": f"nHuyWiB7yP5Zw52FIkcQobQuGDXCTA{number}",
        **more,
    }


def text(words: str, source: Json | None = None, **more: Any) -> Json:
    """A text message."""
    return message({"type": "text", "text": words, "quoteToken": "q3Plxr4AgKd", **more}, source)


def message(content: Json, source: Json | None = None) -> Json:
    """A message event."""
    return event("message", source, message={"id": "444573844083572737", **content})


STICKER = {
    "type": "sticker",
    "packageId": "446",
    "stickerId": "1988",
    "stickerResourceType": "ANIMATION",
    "quoteToken": "q3Plxr4AgKd",
}
IMAGE = {"type": "image", "contentProvider": {"type": "line"}, "quoteToken": "q3Plxr4AgKd"}
AUDIO = {"type": "audio", "duration": 60000, "contentProvider": {"type": "line"}}
LOCATION = {
    "type": "location",
    "title": "my location",
    "address": "106台北市大安區和平東路一段129號",
    "latitude": 25.02662,
    "longitude": 121.52758,
}
GROUP = {"type": "group", "groupId": "Ca56f94637c", "userId": PERSON}
