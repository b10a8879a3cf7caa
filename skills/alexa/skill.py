"""The skill: what each type of request that Alexa may send is answered."""

import logging
import re

from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_core.skill import CustomSkill
from ask_sdk_core.skill_builder import CustomSkillBuilder
from ask_sdk_model.canfulfill.can_fulfill_intent import CanFulfillIntent
from ask_sdk_model.canfulfill.can_fulfill_intent_request import CanFulfillIntentRequest
from ask_sdk_model.canfulfill.can_fulfill_intent_values import CanFulfillIntentValues
from ask_sdk_model.intent_request import IntentRequest
from ask_sdk_model.launch_request import LaunchRequest
from ask_sdk_model.request import Request
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

_TURNS = (LaunchRequest, IntentRequest)
"""Requests that are a turn, and may be answered in words."""

log = logging.getLogger(__name__)


def channel_of(operator: str) -> Channel:
    """What a speaker of Amazon's can do. `operator`: the number given to callers who want a
    person."""
    return Channel("alexa", operator=operator)


def build_skill(service: Service, api: ApiClient) -> CustomSkill:
    """The skill. `api`: client of Amazon's services."""
    operator = service.settings.operator_number
    channel = channel_of(operator)
    failed = {locale: say_outcome(NoData(operator), locale, keys=False) for locale in SPOKEN}
    builder = CustomSkillBuilder(api_client=api)

    @builder.request_handler(lambda _: True)
    def answer(asked: HandlerInput) -> Response:
        request = asked.request_envelope.request
        if isinstance(request, _TURNS):
            return _turn(service, channel, asked)
        if isinstance(request, CanFulfillIntentRequest):  # for somebody who named no skill
            return Response(can_fulfill_intent=CanFulfillIntent(CanFulfillIntentValues.NO))
        _note(request)
        return Response()  # a player and a session's end allow no other

    @builder.exception_handler(lambda _, __: True)
    def stay_calm(asked: HandlerInput, problem: Exception) -> Response:
        log.error("turn failed channel=alexa %s", whereabouts(problem))
        request = asked.request_envelope.request
        if not isinstance(request, _TURNS):
            return Response()
        return render_text(failed[locale_of(request.locale)])

    skill = builder.create()
    skill.serializer = StrictSerializer()
    return skill


def _turn(service: Service, channel: Channel, asked: HandlerInput) -> Response:
    """One turn of the conversation; the state goes into the session attributes."""
    envelope = asked.request_envelope
    state = state_of(envelope)
    turn = turn_of(envelope, opens=state is None)
    if not service.allow(SPEAKER, user_of(envelope)):
        return render_text(say_outcome(Busy(channel.operator), turn.locale, keys=False))
    card, before = None, ""
    if turn.hint and turn.hint.label == "nearby" and not turn.hint.words:
        try:
            turn = near_device(turn, asked)
        except NotPermitted:
            card = AskForPermissionsConsentCard(permissions=[PERMISSION])
            before = SPOKEN[turn.locale]["permission"]
    state, reply = service.conversation.take(state, turn, channel)
    asked.attributes_manager.session_attributes = {STATE_KEY: pack(state)}
    return render_reply(reply, card, before)


def _note(request: Request | None) -> None:
    """Log what Alexa complains of; players, displays and events say nothing."""
    if isinstance(request, SessionEndedRequest) and request.error:
        log.warning("Alexa ended a session: %s %s", request.reason, request.error.object_type)
    elif request and request.object_type == "System.ExceptionEncountered":
        log.warning("Alexa refused an answer of ours, request %s", _plain(request.request_id))


def _plain(request_id: object) -> str:
    """An id as Amazon makes them; anything else is not written into a log."""
    return str(request_id) if _ID.fullmatch(str(request_id)) else "without an id"
