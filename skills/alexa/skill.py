"""The skill: handlers for each type of request that Alexa may send."""

import logging
import re

from ask_sdk_core.dispatch_components.exception_components import AbstractExceptionHandler
from ask_sdk_core.dispatch_components.request_components import AbstractRequestHandler
from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_core.skill import CustomSkill
from ask_sdk_core.skill_builder import CustomSkillBuilder
from ask_sdk_model.canfulfill.can_fulfill_intent import CanFulfillIntent
from ask_sdk_model.canfulfill.can_fulfill_intent_request import CanFulfillIntentRequest
from ask_sdk_model.canfulfill.can_fulfill_intent_values import CanFulfillIntentValues
from ask_sdk_model.intent_request import IntentRequest
from ask_sdk_model.launch_request import LaunchRequest
from ask_sdk_model.response import Response
from ask_sdk_model.services.api_client import ApiClient
from ask_sdk_model.session_ended_request import SessionEndedRequest
from ask_sdk_model.ui.ask_for_permissions_consent_card import AskForPermissionsConsentCard
from limits import parse

from shared.dialog.values import Channel, pack
from shared.outcomes import Busy, NoData
from shared.speech.say import say_outcome
from skills.alexa.device_address import PERMISSION, NotPermitted, near_device
from skills.alexa.render import render_reply, render_text
from skills.alexa.turns import SPOKEN, STATE_KEY, locale_of, state_of, turn_of, user_of
from skills.alexa.verifier import StrictSerializer
from web.channels import Service
from web.faults import whereabouts
from web.rate_limit import LimitKind

_ID = re.compile(r"amzn1\.echo-api\.request\.[0-9A-Fa-f-]{1,64}")

SPEAKER = LimitKind("speaker", parse("60 per minute"), spoken=True)
"""Turns of one Alexa account; several speakers may belong to it."""

log = logging.getLogger(__name__)


def channel_of(operator: str) -> Channel:
    """What a speaker of Amazon's can do. `operator`: the number given to callers who want a
    person."""
    return Channel("alexa", operator=operator)


def build_skill(service: Service, api: ApiClient) -> CustomSkill:
    """The skill. `api`: client of Amazon's services."""
    operator = service.settings.operator_number
    builder = CustomSkillBuilder(api_client=api)
    builder.add_request_handler(_Speaks(service, channel_of(operator)))
    builder.add_request_handler(_SaysWhetherItCan())
    builder.add_request_handler(_TakesNote())
    builder.add_exception_handler(_StaysCalm(operator))
    skill = builder.create()
    skill.serializer = StrictSerializer()
    return skill


class _Speaks(AbstractRequestHandler):
    """A launch or an intent: one turn of the conversation."""

    def __init__(self, service: Service, channel: Channel) -> None:
        self._service = service
        self._channel = channel

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Whether the request is a turn."""
        return isinstance(handler_input.request_envelope.request, LaunchRequest | IntentRequest)

    def handle(self, handler_input: HandlerInput) -> Response:
        """Take the turn; the state goes into the session attributes."""
        state = state_of(handler_input.request_envelope)
        turn = turn_of(handler_input.request_envelope, opens=state is None)
        if not self._service.allow(SPEAKER, user_of(handler_input.request_envelope)):
            busy = Busy(self._channel.operator)
            return render_text(say_outcome(busy, turn.locale, keys=False))
        card, before = None, ""
        if turn.hint and turn.hint.label == "nearby" and not turn.hint.words:
            try:
                turn = near_device(turn, handler_input)
            except NotPermitted:
                card = AskForPermissionsConsentCard(permissions=[PERMISSION])
                before = SPOKEN[turn.locale]["permission"]
        state, reply = self._service.conversation.take(state, turn, self._channel)
        handler_input.attributes_manager.session_attributes = {STATE_KEY: pack(state)}
        return render_reply(reply, card, before)


class _SaysWhetherItCan(AbstractRequestHandler):
    """Alexa asks which skill could answer somebody who named none: not this one, by itself."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Whether Alexa asks that."""
        return isinstance(handler_input.request_envelope.request, CanFulfillIntentRequest)

    def handle(self, handler_input: HandlerInput) -> Response:  # noqa: ARG002  # the SDK's signature
        """No."""
        return Response(can_fulfill_intent=CanFulfillIntent(CanFulfillIntentValues.NO))


class _TakesNote(AbstractRequestHandler):
    """Notifications: a session's end, players, displays, events. Nothing is said."""

    def can_handle(self, handler_input: HandlerInput) -> bool:  # noqa: ARG002  # the SDK's signature
        """Whatever is left."""
        return True

    def handle(self, handler_input: HandlerInput) -> Response:
        """An empty answer: players and a session's end allow no other."""
        request = handler_input.request_envelope.request
        if isinstance(request, SessionEndedRequest) and request.error:
            log.warning("Alexa ended a session: %s %s", request.reason, request.error.object_type)
        elif request and request.object_type == "System.ExceptionEncountered":
            log.warning("Alexa refused an answer of ours, request %s", _plain(request.request_id))
        return Response()


class _StaysCalm(AbstractExceptionHandler):
    """Any fault: it is logged, and one calm sentence ends the session."""

    def __init__(self, operator: str) -> None:
        self._sentences = {
            locale: say_outcome(NoData(operator), locale, keys=False) for locale in SPOKEN
        }

    def can_handle(self, handler_input: HandlerInput, exception: Exception) -> bool:  # noqa: ARG002
        """Everything."""
        return True

    def handle(self, handler_input: HandlerInput, exception: Exception) -> Response:
        """Say where to ask instead; an empty response where none may be spoken."""
        log.error("turn failed channel=alexa %s", whereabouts(exception))
        request = handler_input.request_envelope.request
        if not isinstance(request, LaunchRequest | IntentRequest):
            return Response()
        return render_text(self._sentences[locale_of(request.locale)])


def _plain(request_id: object) -> str:
    """An id as Amazon makes them; anything else is not written into a log."""
    return str(request_id) if _ID.fullmatch(str(request_id)) else "without an id"
