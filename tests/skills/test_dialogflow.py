"""The Dialogflow webhook: what may be missing, who may ask, for the ear or for the eye."""

import base64
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from google.cloud.dialogflow_v2.types import WebhookResponse
from google.protobuf import json_format

from settings import Settings
from shared.dialog.values import Hint, State
from shared.outcomes import Goodbye
from skills.dialogflow.webhook import declare
from tests.skills.fakes import FakeConversation
from tests.web.parts import service
from web.admission import BODY_LIMIT

SESSION = "projects/mask-line/agent/sessions/call-1"
CONTEXT = f"{SESSION}/contexts/mask-line-state"
TOKEN = "a token of forty characters, more or less"

Json = dict[str, Any]


@pytest.fixture
def conversation() -> FakeConversation:
    return FakeConversation()


def serve(conversation: FakeConversation, settings: Settings) -> FlaskClient:
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = BODY_LIMIT
    app.register_blueprint(declare(settings).routes(service(conversation, settings=settings)))
    return app.test_client()


@pytest.fixture
def client(conversation: FakeConversation) -> Iterator[FlaskClient]:
    with serve(conversation, Settings()) as client:
        yield client


def query(text: str = "", **result: Any) -> Json:
    """A request as Dialogflow ES sends it, after Google's "Fulfillment" reference."""
    return {
        "responseId": "ea3d77e8-ae27-41a4-9e1d-174bd461b68c",
        "session": SESSION,
        "queryResult": {"queryText": text, "languageCode": "zh-tw", **result},
        "originalDetectIntentRequest": {"payload": {}},
    }


def send(client: FlaskClient, body: Json | str) -> Any:
    """The answer, parsed as strictly as Google does: an unknown field would raise."""
    data = body if isinstance(body, str) else json.dumps(body)
    response = client.post("/dialogflow", data=data, content_type="application/json")
    assert response.status_code == 200
    answer = json_format.Parse(response.data, WebhookResponse.pb()())
    assert answer.fulfillment_text.strip()
    assert [text for message in answer.fulfillment_messages for text in message.text.text] == [
        answer.fulfillment_text
    ]
    return answer


def test_an_intent_that_the_agent_matched_is_wanted(
    client: FlaskClient, conversation: FakeConversation
) -> None:
    """The agent's intent counts, and the words go along for the names in them."""
    answer = send(client, query("下一家在哪", intent={"displayName": "next"}))
    assert answer.fulfillment_text == "Which district?"
    (turn,) = conversation.turns
    assert turn.hint == Hint("next")
    assert turn.text == "下一家在哪"
    assert (turn.locale, turn.opens) == ("zh-TW", True)


@pytest.mark.parametrize(
    "intent",
    [{}, {"displayName": "Default Fallback Intent", "isFallback": True}, {"displayName": "tea"}],
    ids=["none", "fallback", "somebody else's"],
)
def test_what_the_agent_does_not_know_we_understand_ourselves(
    client: FlaskClient, conversation: FakeConversation, intent: Json
) -> None:
    """Without an intent of ours the words alone go to our own understanding."""
    send(client, query("大安區還有口罩嗎", intent=intent))
    (turn,) = conversation.turns
    assert (turn.hint, turn.text) == (None, "大安區還有口罩嗎")


LANGUAGES = {
    "zh-tw": "zh-TW",
    "zh-TW": "zh-TW",
    "en": "en-US",
    "en-gb": "en-US",
    "ja": "ja-JP",
    "vi": "zh-TW",
    "id": "zh-TW",
    "": "zh-TW",
}


@pytest.mark.parametrize(("language", "locale"), LANGUAGES.items())
def test_foreign_languages_get_an_answer(
    client: FlaskClient, conversation: FakeConversation, language: str, locale: str
) -> None:
    """English and Japanese in their own words, every other language in Chinese."""
    send(client, query("xin chào", languageCode=language))
    assert conversation.turns[0].locale == locale


def test_the_places_of_a_foreign_sentence_are_heard_in_chinese(
    client: FlaskClient, conversation: FakeConversation
) -> None:
    """The agent's entities carry Chinese values, which our resolver hears best."""
    parameters = {"county": "台北市", "district": "大安區", "pharmacy": "", "product": "child_mask"}
    send(
        client,
        query(
            "Any children's masks in Da'an, Taipei?",
            languageCode="en",
            intent={"displayName": "ask"},
            parameters=parameters,
        ),
    )
    (turn,) = conversation.turns
    assert turn.hint == Hint("ask", words="台北市大安區", product="child_mask")


@pytest.mark.parametrize("event", ["WELCOME", "FACEBOOK_WELCOME", "TELEPHONY_WELCOME"])
def test_a_welcome_event_opens(
    client: FlaskClient, conversation: FakeConversation, event: str
) -> None:
    """An integration that opens with an event is greeted; the event's name is no sentence."""
    send(client, query(event, intent={"displayName": "Default Welcome Intent"}))
    (turn,) = conversation.turns
    assert (turn.opens, turn.text, turn.hint) == (True, "", None)


def test_a_greeting_opens(client: FlaskClient, conversation: FakeConversation) -> None:
    """What the agent takes for a greeting is answered with ours."""
    send(client, query("你好", action="input.welcome", intent={"displayName": "Default Welcome"}))
    (turn,) = conversation.turns
    assert (turn.opens, turn.text, turn.hint) == (True, "", None)


def test_a_postal_code_among_the_parameters_is_keys(
    client: FlaskClient, conversation: FakeConversation
) -> None:
    """JSON has no whole numbers: 106.0 is 106. One that no district has is no key."""
    send(client, query("郵遞區號106", parameters={"number": 106}))
    send(client, query("郵遞區號999", parameters={"number": 999}))
    assert [turn.keys for turn in conversation.turns] == ["106", ""]


@pytest.mark.parametrize("keys", ["106", "1", "*", "0", "#"])
def test_typed_digits_are_keys(
    client: FlaskClient, conversation: FakeConversation, keys: str
) -> None:
    """Keys mean the same everywhere, also typed into LINE."""
    send(client, query(keys))
    assert conversation.turns[0].keys == keys


def test_the_state_travels_in_a_context(
    client: FlaskClient, conversation: FakeConversation
) -> None:
    """The context of an answer, sent back with the next request, brings the same state."""
    first = send(client, query("大安區"))
    (context,) = first.output_contexts
    assert context.name == CONTEXT
    assert 5 <= context.lifespan_count <= 10
    back = json_format.MessageToDict(context)
    foreign = {"name": f"{SESSION}/contexts/__system_counters__", "parameters": {"no-match": 0}}
    send(client, query("下一家", outputContexts=[foreign, back]))
    assert conversation.states == [None, State(locale="zh-TW", seed=7, unheard=1)]
    assert [turn.opens for turn in conversation.turns] == [True, False]


@pytest.mark.parametrize("state", ["", "no JSON", "[]", '{"seed": "x"}', 7, None, {"seed": 7}])
def test_a_forged_context_starts_anew(
    client: FlaskClient, conversation: FakeConversation, state: object
) -> None:
    """A context that holds no state of ours does no harm."""
    context = {"name": CONTEXT, "lifespanCount": 3, "parameters": {"state": state}}
    send(client, query("大安區", outputContexts=[context]))
    assert conversation.states == [None]


def test_a_goodbye_clears_the_context(client: FlaskClient, conversation: FakeConversation) -> None:
    """After the end the next word opens a new conversation."""
    conversation.reply = replace(conversation.reply, outcomes=(Goodbye(),), listens=False)
    (context,) = send(client, query("再見")).output_contexts
    assert (context.name, context.lifespan_count, dict(context.parameters)) == (CONTEXT, 0, {})


def source(name: str, payload: Json | None = None) -> Json:
    return query("大安區") | {
        "originalDetectIntentRequest": {"source": name, "version": "2", "payload": payload or {}}
    }


FOR_THE_EYE = {
    "line": True,
    "LINE": True,
    "telegram": True,
    "facebook": True,
    "slack": True,
    "DIALOGFLOW_CONSOLE": True,
    "google": False,
    "GOOGLE_TELEPHONY": False,
    "audiocodes": False,
    "": False,
}


@pytest.mark.parametrize(("name", "read"), FOR_THE_EYE.items())
def test_text_channels_are_answered_for_the_eye(
    client: FlaskClient, conversation: FakeConversation, name: str, read: bool
) -> None:
    """LINE, Telegram and their like read; a telephone and an unknown source hear."""
    send(client, source(name))
    assert conversation.channels[0].for_the_eye is read


def test_a_proxys_source_counts(client: FlaskClient, conversation: FakeConversation) -> None:
    """Who puts a sentence to the agent for LINE names it inside the payload."""
    send(client, source("", {"source": "line", "data": {"source": {"userId": "U1"}}}))
    assert conversation.channels[0].for_the_eye


@pytest.mark.parametrize(
    "telephony", [{"caller_id": "+886227653147"}, {"caller_id": 7}, {}, "+886227653147", None]
)
def test_a_telephone_gateway_may_tell_the_caller(
    client: FlaskClient, conversation: FakeConversation, telephony: object
) -> None:
    """The caller's number gives the area code where it is a Taiwanese one, and nothing else."""
    send(client, source("GOOGLE_TELEPHONY", {"telephony": telephony}))
    told = isinstance(telephony, dict) and telephony.get("caller_id") == "+886227653147"
    assert conversation.turns[0].area_code == ("02" if told else "")


INCOMPLETE: dict[str, Json] = {
    "nothing at all": {},
    "no query": {"session": SESSION},
    "an empty query": {"session": SESSION, "queryResult": {}},
    "no session": {"queryResult": {"queryText": "大安區"}},
    "no language": {"session": SESSION, "queryResult": {"queryText": "大安區"}},
    "null fields": {"session": SESSION, "queryResult": None, "originalDetectIntentRequest": None},
    "unknown fields": {
        "session": SESSION,
        "mood": {"happy": True},
        "queryResult": {"queryText": "大安區", "sentimentOfTomorrow": [1, 2, 3]},
    },
    "parameters of every kind": {
        "session": SESSION,
        "queryResult": {
            "queryText": "x",
            "languageCode": "en",
            "intent": {"displayName": "ask"},
            "parameters": {"county": ["a", "b"], "district": {"x": 1}, "road": None, "product": 7},
        },
    },
    "10,000 characters": {"session": SESSION, "queryResult": {"queryText": "口" * 10_000}},
    "emoji and NUL": {"session": SESSION, "queryResult": {"queryText": "😷\x00"}},
}


@pytest.mark.parametrize("body", INCOMPLETE.values(), ids=INCOMPLETE)
def test_whatever_is_missing_there_is_an_answer(client: FlaskClient, body: Json) -> None:
    """Fields that are missing, empty or unknown: a valid answer all the same."""
    answer = send(client, body)
    assert bool(answer.output_contexts) is bool(body.get("session"))


@pytest.mark.parametrize(
    "body", [b"", b"hello", b"7", b"\xff\xfe", b'{"queryResult": 7}', b"[" * 50_000]
)
def test_what_is_no_request_is_refused(client: FlaskClient, body: bytes) -> None:
    """400 for what Dialogflow never sends."""
    assert client.post("/dialogflow", data=body).status_code == 400


def test_a_request_without_end_is_refused(client: FlaskClient) -> None:
    """400 above a quarter of a megabyte; Dialogflow's requests have a few kilobytes."""
    body = json.dumps(query("x" * 300_000))
    assert client.post("/dialogflow", data=body).status_code == 400


def test_a_failure_is_one_calm_sentence(
    client: FlaskClient, conversation: FakeConversation, caplog: pytest.LogCaptureFixture
) -> None:
    """When our side breaks, the user is told where to ask, and the log hears why."""
    conversation.fails = True
    send(client, query("大安區"))
    assert "RuntimeError" in caplog.text
    assert "the conversation broke" not in caplog.text  # a message may quote the caller


def basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


GOOD = {
    "bearer": {"Authorization": f"Bearer {TOKEN}"},
    "basic": {"Authorization": basic("dialogflow", TOKEN)},
    "basic, any user": {"Authorization": basic("", TOKEN)},
    "header": {"X-Dialogflow-Token": TOKEN},
}
BAD = {
    "none": {},
    "wrong bearer": {"Authorization": "Bearer " + TOKEN[:-1]},
    "empty bearer": {"Authorization": "Bearer "},
    "wrong password": {"Authorization": basic("dialogflow", "guess")},
    "token as user": {"Authorization": basic(TOKEN, "")},
    "bad base64": {"Authorization": "Basic !!!"},
    "no UTF-8": {"Authorization": "Basic " + base64.b64encode(b"\xff:\xff").decode()},
    "another scheme": {"Authorization": f"Digest {TOKEN}"},
    "wrong header": {"X-Dialogflow-Token": TOKEN.upper()},
    "in the URL": {"X-Original-Token": TOKEN},
}


@pytest.mark.parametrize("headers", GOOD.values(), ids=GOOD)
def test_the_token_opens(conversation: FakeConversation, headers: dict[str, str]) -> None:
    """As bearer token, as password, or in its own header, from anywhere."""
    client = serve(conversation, Settings(dialogflow_token=TOKEN, public_url="https://line.tw"))
    response = client.post(
        "/dialogflow",
        json=query("大安區"),
        headers=headers,
        environ_overrides={"REMOTE_ADDR": "203.0.113.5"},
    )
    assert response.status_code == 200


@pytest.mark.parametrize("headers", BAD.values(), ids=BAD)
def test_without_the_token_nothing_is_answered(
    conversation: FakeConversation, headers: dict[str, str]
) -> None:
    """401, and no turn is taken; this machine is no exception where a token is set."""
    client = serve(conversation, Settings(dialogflow_token=TOKEN))
    response = client.post("/dialogflow", json=query("大安區"), headers=headers)
    assert response.status_code == 401
    assert conversation.turns == []
