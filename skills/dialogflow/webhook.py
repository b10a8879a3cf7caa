"""POST /dialogflow: the fulfilment of a Dialogflow ES agent, and so of LINE and Telegram.

Requests and answers are google-cloud-dialogflow's own types; fields that it does not know yet are
ignored. The state travels in an output context. A turn takes milliseconds; Dialogflow waits 5 s.
"""

import hmac
import json
import logging
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask import Blueprint, Request, Response, abort, request
from google.protobuf import json_format
from google.protobuf.struct_pb2 import Struct
from limits import parse
from werkzeug.exceptions import RequestEntityTooLarge

from conversation.sanitizing import typed_keys
from conversation.service import Conversation
from intents.platform_intents import heard_in, keys_in, label_named, unknown_code_in
from settings import Settings
from shared.catalog import Catalog
from shared.dialog.values import Channel, Hint, State, Utterance, pack, unpack
from shared.errors import SettingError
from shared.locales import DEFAULT, all_locales, spoken_as
from shared.outcomes import Busy, NoData
from shared.places.telephone_numbers import area_code_of
from shared.speech.say import say_outcome
from skills.typed import other_language
from web.admission import AdmissionRule, Refusal
from web.channels import HttpChannel, Service, Upload
from web.faults import whereabouts
from web.rate_limit import LimitKind

CONTEXT = "mask-line-state"
"""The output context that carries the state, as JSON in one parameter: numbers would come back as
fractions otherwise."""

CONTEXT_TURNS = 10
"""Turns for which a context lives without being renewed; every answer renews it."""

_PARAMETER = "state"

_READ = frozenset(
    {
        "dialogflow_console",
        "dialogflow_messenger",
        "discord",
        "facebook",
        "kik",
        "line",
        "messenger",
        "skype",
        "slack",
        "spark",
        "telegram",
        "twilio",
        "twitter",
        "viber",
        "web",
        "webdemo",
        "whatsapp",
    }
)
"""Sources whose user reads the answer (twilio: its text messages). Any other may be a voice: words
for the ear can be read too, but not the other way round."""

_WELCOME_ACTION = "input.welcome"
"""Of the agent's own greeting: 「你好」."""

_WELCOME = re.compile(r"\A[A-Z_]*(?<![A-Z])WELCOME")
"""The query text where an integration opens a conversation by an event: FACEBOOK_WELCOME."""

SESSION = LimitKind("session", parse("60 per minute"), spoken=True)
"""Turns of one Dialogflow session."""

log = logging.getLogger(__name__)


def declare(settings: Settings) -> HttpChannel:
    """The agent's fulfilment: each request says whether its answer is read or spoken."""

    def restore_agent(catalog: Callable[[], Catalog]) -> str:
        project = settings.dialogflow_project
        if not project:
            raise SettingError("set DIALOGFLOW_PROJECT")
        from intents.export.dialogflow import agent_zip
        from skills.dialogflow.push import push  # Google's client is large

        push(agent_zip(catalog(), settings.public_url), project)
        return f"the agent of {project} was restored"

    return HttpChannel(
        Channel("dialogflow", operator=settings.operator_number),
        ("/dialogflow",),
        blueprint,
        admission=(admission_rule(settings.operator_number),),
        machines=("/dialogflow",),
        upload=Upload(
            "push",
            "Restore the whole agent from the sentences; wants Google credentials.",
            restore_agent,
        ),
        title="Dialogflow",
        opened_by="DIALOGFLOW_TOKEN",
        opened=bool(settings.dialogflow_token),
    )


def blueprint(service: Service) -> Blueprint:
    """The webhook. It asks for DIALOGFLOW_TOKEN as a bearer token, as the password of basic
    authentication, or in `X-Dialogflow-Token`: 401 without. What is no JSON of a webhook request
    gets 400.
    """
    dialogflow = Blueprint("dialogflow", __name__)
    settings = service.settings
    token = settings.dialogflow_token

    @dialogflow.post("/dialogflow")
    def answer() -> Response:
        if token and not _has_token(request, token):
            refusal = Response("a token is needed", 401, content_type="text/plain")
            refusal.headers["WWW-Authenticate"] = 'Basic realm="dialogflow"'
            return refusal
        asked, operator = _parse(request), settings.operator_number
        if service.allow(SESSION, asked.session):
            answered = _answer(service.conversation, operator, asked)
        else:
            answered = _apologise(Busy(operator), asked)
        body = json_format.MessageToJson(answered, indent=None, ensure_ascii=False)
        return Response(body, content_type="application/json; charset=utf-8")

    return dialogflow


def admission_rule(operator: str) -> AdmissionRule:
    """How requests are admitted; the refusal is in the language of the request."""
    others = tuple(
        (re.compile(rb'"languageCode"\s*:\s*"' + one.language.encode()), _busy(operator, code))
        for code, one in all_locales().items()
    )
    return AdmissionRule(
        "/dialogflow", _busy(operator, DEFAULT), in_conversation=True, by_language=others
    )


def _busy(operator: str, locale: str) -> Refusal:
    told = say_outcome(Busy(operator), locale, keys=False, for_the_eye=True)
    body = json.dumps({"fulfillmentText": told}, ensure_ascii=False)
    return Refusal(body.encode(), "application/json; charset=utf-8")


def _has_token(asked: Request, token: str) -> bool:
    scheme, _, rest = asked.headers.get("Authorization", "").partition(" ")
    basic = asked.authorization if scheme.lower() == "basic" else None
    offered = (
        asked.headers.get("X-Dialogflow-Token", ""),
        rest.strip() if scheme.lower() == "bearer" else "",
        (basic.password or "") if basic else "",
    )
    return any(hmac.compare_digest(text.encode(), token.encode()) for text in offered if text)


def _messages() -> Any:
    """Google's types, imported at the first request: they would delay the start of a worker by
    0.4 s, for which callers on the telephone wait after a crash."""
    from google.cloud.dialogflow_v2 import types

    return types


def _parse(asked: Request) -> Any:
    try:
        text = asked.get_data().decode("utf-8")
        return json_format.Parse(
            text, _messages().WebhookRequest.pb()(), ignore_unknown_fields=True
        )
    except (RequestEntityTooLarge, UnicodeDecodeError, json_format.ParseError, RecursionError):
        abort(400, "this is no webhook request")


def _answer(conversation: Conversation, operator: str, asked: Any) -> Any:
    """A WebhookResponse for `asked`, whatever fields it lacks; a calm sentence where we fail."""
    channel = Channel("dialogflow", operator=operator, for_the_eye=_is_read(asked))
    state = _state_of(asked)
    turn = _turn_of(asked, opens=state is None)
    if state and (spoken := other_language(turn.text, state.locale)):
        state = replace(state, locale=spoken)
    try:
        state, reply = conversation.take(state, turn, channel)
    except Exception as problem:
        log.error("turn failed channel=dialogflow %s", whereabouts(problem))
        return _apologise(NoData(operator), asked)
    return _render(reply.text, asked, state if reply.listens else None)


def _apologise(outcome: Busy | NoData, asked: Any) -> Any:
    """A calm sentence in the language of the request, which ends the conversation."""
    locale = _locale_of(asked.query_result.language_code)
    return _render(say_outcome(outcome, locale, keys=False, for_the_eye=True), asked, None)


def _render(text: str, asked: Any, state: State | None) -> Any:
    """`text` for every integration. `state` None ends the conversation and clears the context."""
    answer = _messages().WebhookResponse.pb()(fulfillment_text=text)
    answer.fulfillment_messages.add().text.text.append(text)
    if asked.session:
        context = answer.output_contexts.add(name=f"{asked.session}/contexts/{CONTEXT}")
        if state is not None:
            context.lifespan_count = CONTEXT_TURNS
            context.parameters[_PARAMETER] = json.dumps(pack(state), ensure_ascii=False)
    return answer


def _state_of(asked: Any) -> State | None:
    for context in asked.query_result.output_contexts:
        if context.name.endswith(f"/contexts/{CONTEXT}") and _PARAMETER in context.parameters:
            try:
                return unpack(json.loads(str(context.parameters[_PARAMETER])))
            except ValueError:  # also JSONDecodeError: a context that somebody else wrote
                return None
    return None


def _turn_of(asked: Any, opens: bool) -> Utterance:
    """The turn of a query: the agent's intent where it is one of ours, else the words alone."""
    result = asked.query_result
    turn = Utterance(
        opens=opens,
        locale=_locale_of(result.language_code),
        area_code=area_code_of(_caller_of(asked)),
    )
    words = result.query_text.strip()
    if result.action == _WELCOME_ACTION or _WELCOME.fullmatch(words):
        return replace(turn, opens=True)
    slots = dict(result.parameters)
    if keys := typed_keys(words) or keys_in(slots):
        return replace(turn, keys=keys)
    label = "" if result.intent.is_fallback else label_named(result.intent.display_name)
    if not label:
        return replace(turn, text=words)
    hint = Hint(
        label,
        words=heard_in(slots),
        product=_text(slots.get("product")),
        unresolved=unknown_code_in(slots),
    )
    return replace(turn, text=words, hint=hint)


def _locale_of(language: str) -> str:
    """The locale to begin in: Chinese for a language that we do not speak."""
    return spoken_as(language) or DEFAULT


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _is_read(asked: Any) -> bool:
    """Whether the user reads the answer. Proxies name the source inside the payload."""
    original = asked.original_detect_intent_request
    sources = [original.source]
    if "source" in original.payload:
        sources.append(str(original.payload["source"]))
    return any(source.lower() in _READ for source in sources)


def _caller_of(asked: Any) -> str:
    """The caller's telephone number, where a telephone gateway sends it: +886227653147."""
    payload = asked.original_detect_intent_request.payload
    if "telephony" not in payload or not isinstance(payload["telephony"], Struct):
        return ""
    return _text(dict(payload["telephony"]).get("caller_id"))
