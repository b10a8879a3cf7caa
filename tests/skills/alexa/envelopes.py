"""Requests as Alexa sends them, after the examples in its JSON reference."""

import json
from datetime import datetime
from typing import Any

SKILL_ID = "amzn1.ask.skill.0f5d7ab0-mask-line"
SESSION_ID = "amzn1.echo-api.session.call-1"
DEVICE_ID = "amzn1.ask.device.KITCHEN"
API_ENDPOINT = "https://api.fe.amazonalexa.com"

Json = dict[str, Any]


def envelope(
    request: Json,
    now: datetime,
    locale: str = "en-US",
    session: Json | None = None,
    skill_id: str = SKILL_ID,
) -> Json:
    """A whole request. `session` None leaves it out, as Alexa does for players and events."""
    body: Json = {
        "version": "1.0",
        "context": {
            "System": {
                "application": {"applicationId": skill_id},
                "user": {"userId": "amzn1.ask.account.GRANDMOTHER"},
                "device": {"deviceId": DEVICE_ID, "supportedInterfaces": {"AudioPlayer": {}}},
                "apiEndpoint": API_ENDPOINT,
                "apiAccessToken": "token-of-the-speaker",
            },
            "AudioPlayer": {"playerActivity": "IDLE"},
        },
        "request": {
            "requestId": "amzn1.echo-api.request.1",
            "timestamp": now.astimezone().isoformat(),
            "locale": locale,
            **request,
        },
    }
    if session is not None:
        body["session"] = session
    return body


def session(
    attributes: Json | None = None, session_id: str = SESSION_ID, skill_id: str = SKILL_ID
) -> Json:
    """A session; `attributes` None for a new one."""
    return {
        "new": attributes is None,
        "sessionId": session_id,
        "application": {"applicationId": skill_id},
        "attributes": attributes or {},
        "user": {"userId": "amzn1.ask.account.GRANDMOTHER"},
    }


def intent(name: str, slots: dict[str, str] | None = None) -> Json:
    """An IntentRequest; a slot's value that the skill's own list knows carries itself as its id."""
    return {
        "type": "IntentRequest",
        "intent": {
            "name": name,
            "confirmationStatus": "NONE",
            "slots": {key: slot(key, value) for key, value in (slots or {}).items()},
        },
    }


def slot(name: str, *ids: str, spoken: str = "daan district") -> Json:
    """A slot in which Alexa found the skill's values `ids`."""
    authority = f"amzn1.er-authority.echo-sdk.{SKILL_ID}.{name}"
    return {
        "name": name,
        "value": spoken,
        "confirmationStatus": "NONE",
        "source": "USER",
        "resolutions": {
            "resolutionsPerAuthority": [
                {
                    "authority": authority,
                    "status": {"code": "ER_SUCCESS_MATCH"},
                    "values": [{"value": {"name": spoken, "id": value}} for value in ids],
                }
            ]
        },
    }


def encode(body: Json) -> bytes:
    """The bytes that are signed and sent."""
    return json.dumps(body).encode()
