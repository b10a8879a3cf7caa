"""The hotline on jambonz, the open platform on one's own machines: POST /jambonz and below it.

The webhooks are those of Twilio in JSON; the conversation, the hints and the limits are the same.
"""

import hmac
import json
import logging
import time
from collections.abc import Callable, Mapping

from flask import Blueprint, Response, abort, jsonify, request
from werkzeug.exceptions import HTTPException

from conversation.service import Conversation
from ivr.hints import HintBook
from ivr.settings import TwilioSettings
from ivr.turns import call_of, caller_of, dialled_turn, later_turn, opening_turn
from ivr.twiml import Links
from ivr.verbs import fallback_verbs, verbs_of
from settings import Settings
from shared.catalog import Snapshot
from shared.dialog.values import Channel, State, Utterance
from shared.locales import DEFAULT
from shared.outcomes import Busy, NoData
from shared.places.telephone_numbers import subscriber_of
from shared.speech.say import say_outcome
from web.access import is_trying_out
from web.admission import AdmissionRule, Pool, Refusal
from web.channels import HttpChannel, Service
from web.faults import whereabouts
from web.rate_limit import CALL, OPENED, TURN, Allow, everybody
from web.seal import StateSeal

log = logging.getLogger(__name__)

BODY_LIMIT = 256 * 1024

SIGNED_SECONDS = 300
"""How old a signature may be: jambonz' own tolerance (@jambonz/node-client)."""

PATH = "/jambonz"


def declare(settings: Settings) -> HttpChannel:
    """jambonz: it has keys, and dials where our number is Taiwanese."""
    operator = settings.operator_number
    busy = Refusal(
        jsonified(fallback_verbs(say_outcome(Busy(operator), DEFAULT))), "application/json"
    )

    def build(service: Service) -> Blueprint:
        return blueprint(service.conversation, settings, service.snapshot, service.allow)

    return HttpChannel(
        channel_of(settings),
        (PATH,),
        build,
        admission=(
            AdmissionRule(f"{PATH}/", busy, in_conversation=True, pool=Pool.TELEPHONE),
            AdmissionRule(PATH, busy, pool=Pool.TELEPHONE),
        ),
        limits=(TURN, CALL, OPENED),
        machines=(PATH,),
        title="jambonz",
        opened_by="JAMBONZ_SECRET",
        opened=bool(settings.jambonz_secret),
    )


def channel_of(settings: Settings) -> Channel:
    """What a call over jambonz can do: the same as over Twilio."""
    like = TwilioSettings.of(settings).channel
    return Channel(
        "jambonz",
        operator=like.operator,
        keys=True,
        dials=like.dials,
        dials_pharmacies=like.dials_pharmacies,
    )


def blueprint(
    conversation: Conversation,
    settings: Settings,
    snapshot: Callable[[], Snapshot | None],
    allow: Allow = everybody,
) -> Blueprint:
    """The routes. What JAMBONZ_SECRET did not sign gets 403."""
    line = _Routes(conversation, settings, snapshot, allow)
    routes = Blueprint("jambonz", __name__, url_prefix=PATH)
    routes.before_request(line.refuse_others)
    routes.post("")(line.call)
    routes.post("/turn")(line.turn)
    routes.post("/dialled")(line.dialled)
    routes.post("/status")(line.status)
    return routes


class _Routes:
    def __init__(
        self,
        conversation: Conversation,
        settings: Settings,
        snapshot: Callable[[], Snapshot | None],
        allow: Allow,
    ) -> None:
        self._conversation = conversation
        self._settings = settings
        self._channel = channel_of(settings)
        self._snapshot = snapshot
        self._allow = allow
        self._hints = HintBook()
        self._seal = StateSeal(settings.secret_key, "jambonz")
        operator = settings.operator_number
        self._fallback = fallback_verbs(say_outcome(NoData(operator), DEFAULT))
        self._busy = fallback_verbs(say_outcome(Busy(operator), DEFAULT))

    def refuse_others(self) -> None:
        """403 and nothing else for a request that is not our platform's."""
        request.max_content_length = BODY_LIMIT
        secret = self._settings.jambonz_secret
        genuine = (
            is_signed(request.get_data(), request.headers.get("Jambonz-Signature", ""), secret)
            if secret
            else is_trying_out(request, self._settings.public_url)
        )
        if not genuine:
            abort(Response(status=403))

    def call(self) -> Response:
        """A new call."""
        return self._answer(lambda form: (None, opening_turn(form)))

    def turn(self) -> Response:
        """What the caller said or pressed; with a state that cannot be read, the greeting."""
        return self._answer(lambda form: self._resumed(form, later_turn))

    def dialled(self) -> Response:
        """A number was rung for the caller, and that is over."""
        return self._answer(lambda form: self._resumed(form, dialled_turn))

    def status(self) -> Response:
        """Told how the call goes on; nothing is kept of it."""
        return Response(status=204)

    def _resumed(
        self, form: Mapping[str, str], read: Callable[[Mapping[str, str]], Utterance]
    ) -> tuple[State | None, Utterance]:
        state = self._seal.open(request.args.get("state", ""))
        return state, (opening_turn if state is None else read)(form)

    def _answer(
        self, ask: Callable[[Mapping[str, str]], tuple[State | None, Utterance]]
    ) -> Response:
        """The one catch: whatever goes wrong below, the caller hears the fallback."""
        try:
            form = form_of(request.get_json(force=True, silent=True))
            if self._is_flood(form):
                return jsonify(self._busy)
            state, turn = ask(form)
            after, reply = self._conversation.take(state, turn, self._channel)
            hints = self._hints.hints(after, self._snapshot()) if reply.listens else ""
            links = self._links(after)
            return jsonify(verbs_of(reply, links, self._settings.caller_id, hints.split(",")))
        except HTTPException:  # a body over the limit
            raise
        except Exception as problem:
            log.error("turn failed channel=jambonz %s", whereabouts(problem))
            return jsonify(self._fallback)

    def _is_flood(self, form: Mapping[str, str]) -> bool:
        call = call_of(form)
        if not self._allow(TURN, call):
            return True
        opens = request.path == PATH and self._allow(OPENED, call)
        return opens and not self._allow(CALL, subscriber_of(caller_of(form)))

    def _links(self, state: State) -> Links:
        base, sealed = self._settings.public_url + PATH, self._seal.seal(state)
        return Links(f"{base}/turn?state={sealed}", f"{base}/dialled?state={sealed}")


def form_of(body: object) -> dict[str, str]:
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


def is_signed(body: bytes, header: str, secret: str, now: float | None = None) -> bool:
    """Whether `header` ("t=…,v1=…") signs `body` with `secret`, lately: HMAC-SHA256 of "t.body"."""
    parts = [part.partition("=") for part in header.split(",")]
    stamp = next((value for name, _, value in parts if name.strip() == "t"), "")
    if not stamp.isascii() or not stamp.isdigit() or len(stamp) > len("9999999999"):
        return False
    if abs((time.time() if now is None else now) - int(stamp)) > SIGNED_SECONDS:
        return False
    wanted = hmac.new(secret.encode(), f"{stamp}.".encode() + body, "sha256").hexdigest()
    given = [value for name, _, value in parts if name.strip() == "v1"]
    return any(hmac.compare_digest(wanted.encode(), one.strip().encode()) for one in given)


def jsonified(verbs: list[dict[str, object]]) -> bytes:
    """`verbs` as a body, where there is no request to answer yet."""
    return json.dumps(verbs, ensure_ascii=False).encode()
