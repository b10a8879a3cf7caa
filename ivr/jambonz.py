"""The hotline on jambonz, the open platform on one's own machines: POST /jambonz and below it.

The webhooks are those of Twilio in JSON; the conversation, the hints and the limits are the same.
"""

import hmac
import json
import time
from collections.abc import Sequence

from flask import Blueprint, Request, Response

from ivr.calls import CallRoutes, Form, Links, Platform
from ivr.dialling import telephone_channel
from ivr.verbs import Verb, fallback_verbs, verbs_of
from settings import Settings
from shared.dialog.values import Reply, Utterance
from shared.locales import DEFAULT
from shared.outcomes import Busy
from shared.speech.say import say_outcome
from web.admission import AdmissionRule, Pool, Refusal
from web.channels import HttpChannel, Service

SIGNED_SECONDS = 300
"""How old a signature may be: jambonz' own tolerance (@jambonz/node-client)."""

PATH = "/jambonz"

JSON = "application/json"


def declare(settings: Settings) -> HttpChannel:
    """jambonz: it has keys, and dials where our number is Taiwanese."""
    busy = Refusal(_last(say_outcome(Busy(settings.operator_number), DEFAULT)).encode(), JSON)

    return HttpChannel(
        telephone_channel("jambonz", settings),
        (PATH,),
        blueprint,
        admission=(
            AdmissionRule(f"{PATH}/", busy, in_conversation=True, pool=Pool.TELEPHONE),
            AdmissionRule(PATH, busy, pool=Pool.TELEPHONE),
        ),
        machines=(PATH,),
        title="jambonz",
        opened_by="JAMBONZ_SECRET",
        opened=bool(settings.jambonz_secret),
    )


def blueprint(service: Service) -> Blueprint:
    """The routes. What JAMBONZ_SECRET did not sign gets 403."""
    settings = service.settings
    secret = settings.jambonz_secret

    def is_genuine(request: Request) -> bool:
        return is_signed(request.get_data(), request.headers.get("Jambonz-Signature", ""), secret)

    def document(reply: Reply, links: Links, hints: Sequence[str], _turn: Utterance) -> str:
        return _dump(verbs_of(reply, links, settings.caller_id, hints))

    platform = Platform(
        telephone_channel("jambonz", settings),
        path=PATH,
        opening="",
        content_type=JSON,
        is_genuine=is_genuine if secret else None,
        form_of=lambda request: form_of(request.get_json(force=True, silent=True)),
        render=document,
        render_last=_last,
    )
    routes = CallRoutes(platform, service).blueprint()
    routes.post("/status")(_status)
    return routes


def _status() -> Response:
    """jambonz tells how the call goes on; nothing is kept of it."""
    return Response(status=204)


def form_of(body: object) -> Form:
    """What jambonz posts, under the names that Twilio has for the same; "" for what is missing."""
    data = body if isinstance(body, dict) else {}
    speech = data.get("speech")
    found = speech.get("alternatives") if isinstance(speech, dict) else None
    first = found[0] if isinstance(found, list) and found else None
    return {
        "From": _text(data.get("from")),
        "CallSid": _text(data.get("call_sid")),
        "Digits": _text(data.get("digits")),
        "SpeechResult": _text(first.get("transcript")) if isinstance(first, dict) else "",
        "DialCallStatus": _text(data.get("dial_call_status")),
    }


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def is_signed(body: bytes, header: str, secret: str) -> bool:
    """Whether `header` ("t=…,v1=…") signs `body` with `secret`, lately: HMAC-SHA256 of "t.body"."""
    parts = [part.partition("=") for part in header.split(",")]
    stamp = next((value for name, _, value in parts if name.strip() == "t"), "")
    if not stamp.isascii() or not stamp.isdigit() or len(stamp) > len("9999999999"):
        return False
    if abs(time.time() - int(stamp)) > SIGNED_SECONDS:
        return False
    wanted = hmac.new(secret.encode(), f"{stamp}.".encode() + body, "sha256").hexdigest()
    given = [value for name, _, value in parts if name.strip() == "v1"]
    return any(hmac.compare_digest(wanted.encode(), one.strip().encode()) for one in given)


def _last(text: str) -> str:
    return _dump(fallback_verbs(text))


def _dump(verbs: list[Verb]) -> str:
    return json.dumps(verbs, ensure_ascii=False)
