"""The hotline on Twilio (and, by keypad, on Somleng): Flask routes below /ivr."""

import logging
from collections.abc import Callable
from dataclasses import replace

from flask import Blueprint, Request, Response, abort, request
from werkzeug.exceptions import HTTPException

from conversation.service import Conversation
from ivr.hints import HintBook
from ivr.settings import TwilioSettings
from ivr.turns import call_of, caller_of, dialled_turn, later_turn, opening_turn
from ivr.twiml import Links, render, render_fallback
from ivr.verify import Verifier
from restock.values import Tell
from settings import Settings
from shared.catalog import Snapshot
from shared.dialog.values import State, Utterance
from shared.locales import DEFAULT
from shared.outcomes import Busy, NoData
from shared.places.telephone_numbers import subscriber_of
from shared.speech.say import say_outcome
from telemetry.probe import is_probe
from web.admission import AdmissionRule, Pool, Refusal
from web.channels import HttpChannel, Service
from web.faults import whereabouts
from web.rate_limit import CALL, OPENED, TURN, Allow, everybody
from web.seal import StateSeal

log = logging.getLogger(__name__)

BODY_LIMIT = 256 * 1024
"""Bytes. A call's form has some 1,500; ten thousand Chinese characters of speech take 90,000."""

_POSTAL_CODE_KEYS = 3


def declare(settings: Settings) -> HttpChannel:
    """The hotline: it has keys, and dials where its number is Taiwanese."""
    hotline = TwilioSettings.of(settings)

    def build(service: Service) -> Blueprint:
        return blueprint(service.conversation, hotline, service.snapshot, service.allow)

    def tell() -> Tell:
        from ivr.restock import teller  # Twilio's REST client takes half a second to load

        return teller(hotline)

    return HttpChannel(
        hotline.channel,
        ("/ivr",),
        build,
        admission=admission_rules(settings.operator_number),
        limits=(TURN, CALL, OPENED),
        machines=("/ivr/",),
        tell=tell if hotline.channel.notifies else None,
        title="Twilio",
        opened_by="TWILIO_AUTH_TOKEN",
        opened=bool(settings.twilio_auth_token),
    )


def blueprint(
    conversation: Conversation,
    settings: TwilioSettings,
    snapshot: Callable[[], Snapshot | None],
    allow: Allow = everybody,
) -> Blueprint:
    """The routes of the hotline. `snapshot`: the one in use now, for the names in the hints."""
    hotline = _Hotline(conversation, settings, snapshot, allow)
    routes = Blueprint("ivr", __name__, url_prefix="/ivr")
    routes.before_request(hotline.refuse_others)
    routes.post("/call")(hotline.call)
    routes.post("/turn")(hotline.turn)
    routes.post("/dialled")(hotline.dialled)
    routes.post("/fallback")(hotline.fallback)
    return routes


def admission_rules(operator: str) -> tuple[AdmissionRule, ...]:
    """How calls are admitted, and what a caller hears where too many call."""
    told = render_fallback(say_outcome(Busy(operator), DEFAULT))
    busy = Refusal(told.encode(), "text/xml; charset=utf-8")
    return (
        AdmissionRule("/ivr/fallback", None),
        AdmissionRule("/ivr/call", busy, pool=Pool.TELEPHONE),
        AdmissionRule("/ivr/", busy, in_conversation=True, pool=Pool.TELEPHONE),
    )


class _Hotline:
    def __init__(
        self,
        conversation: Conversation,
        settings: TwilioSettings,
        snapshot: Callable[[], Snapshot | None],
        allow: Allow,
    ) -> None:
        self._conversation = conversation
        self._settings = settings
        self._channel = settings.channel
        self._probed = replace(self._channel, counted=False)
        self._snapshot = snapshot
        self._allow = allow
        self._hints = HintBook()
        self._verifier = Verifier(settings)
        self._seal = StateSeal(settings.secret_key, "ivr")
        # Made now, so that nothing is left that could fail when it is needed.
        self._fallback = render_fallback(say_outcome(NoData(settings.operator), DEFAULT))
        self._busy = render_fallback(say_outcome(Busy(settings.operator), DEFAULT))

    def refuse_others(self) -> None:
        """403 and nothing else for a request that is not Twilio's."""
        asked = _request()
        asked.max_content_length = BODY_LIMIT
        if not self._verifier.is_genuine(asked):
            abort(Response(status=403))

    def call(self) -> Response:
        """A new call."""
        return self._answer(lambda asked: (None, opening_turn(asked.form)))

    def turn(self) -> Response:
        """What the caller said or pressed; with a state that cannot be read, the greeting."""
        return self._answer(lambda asked: self._resumed(asked, later_turn))

    def dialled(self) -> Response:
        """A number was rung for the caller, and that is over."""
        return self._answer(lambda asked: self._resumed(asked, dialled_turn))

    def fallback(self) -> Response:
        """One calm sentence and whom to ring instead; looks nothing up."""
        return _xml(self._fallback)

    def _resumed(
        self, asked: Request, read: Callable[..., Utterance]
    ) -> tuple[State | None, Utterance]:
        state = self._seal.open(asked.args.get("state", ""))
        return state, (opening_turn if state is None else read)(asked.form)

    def _answer(self, ask: Callable[[Request], tuple[State | None, Utterance]]) -> Response:
        """The one catch: whatever goes wrong below, the caller hears the fallback."""
        try:
            asked = _request()
            call = call_of(asked.form)
            if self._is_flood(asked, call):
                return _xml(self._busy)
            state, turn = ask(asked)
            return _xml(self._take(state, turn, call))
        except HTTPException:  # a body over the limit
            raise
        except Exception as problem:
            log.error("turn failed channel=twilio %s", whereabouts(problem))
            return _xml(self._fallback)

    def _is_flood(self, asked: Request, call: str) -> bool:
        """Whether this call, or this telephone, asks more often than anybody would."""
        if not self._allow(TURN, call):
            return True
        opens = asked.path.endswith("/call") and self._allow(OPENED, call)
        return opens and not self._allow(CALL, subscriber_of(caller_of(asked.form)))

    def _take(self, state: State | None, turn: Utterance, call: str) -> str:
        rings_itself = is_probe(self._settings.auth_token, call)
        channel = self._probed if rings_itself else self._channel
        new_state, reply = self._conversation.take(state, turn, channel)
        return render(
            reply,
            self._links(new_state),
            self._settings.caller_id,
            self._hints.hints(new_state, self._snapshot()) if reply.listens else "",
            after_code=len(turn.keys) == _POSTAL_CODE_KEYS,
        )

    def _links(self, state: State) -> Links:
        base, sealed = self._settings.public_url + "/ivr/", self._seal.seal(state)
        return Links(f"{base}turn?state={sealed}", f"{base}dialled?state={sealed}")


def _request() -> Request:
    """The request itself: Flask's stand-in for it looks it up anew at each of 25 looks a turn."""
    return request._get_current_object()  # type: ignore[attr-defined,no-any-return]  # of LocalProxy


def _xml(document: str) -> Response:
    return Response(document, content_type=_XML, headers=_UNKEPT)


_XML = "text/xml; charset=utf-8"
_UNKEPT = (("Cache-Control", "no-store"),)
