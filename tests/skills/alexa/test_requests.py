"""Every kind of request that Alexa may send, and what may be said in answer."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from ask_sdk_model.request import Request
from flask import Flask
from flask.testing import FlaskClient

from intents.contract import load_contract
from intents.platform_intents import alexa_name
from shared.dialog.values import State, pack
from shared.outcomes import AddressTold, Goodbye
from shared.places.address import Address
from skills.alexa.webhook import declare
from tests.skills.alexa import envelopes
from tests.skills.alexa.envelopes import envelope, intent, session, slot
from tests.skills.fakes import FakeConversation
from tests.small_feed import NOW, snapshot
from tests.web.parts import service


@pytest.fixture
def conversation() -> FakeConversation:
    return FakeConversation()


@pytest.fixture
def client(conversation: FakeConversation) -> Iterator[FlaskClient]:
    """The skill without ALEXA_SKILL_ID: what this machine may try out."""
    app = Flask(__name__)
    made = service(conversation)
    app.register_blueprint(declare(made.settings).routes(made))
    with app.test_client() as client:
        yield client


def send(client: FlaskClient, body: dict[str, Any]) -> dict[str, Any]:
    response = client.post("/alexa", data=envelopes.encode(body))
    assert response.status_code == 200
    assert len(response.data) < 24 * 1024
    answer: dict[str, Any] = response.get_json()
    assert answer["version"] == "1.0"
    return answer


def spoken(answer: dict[str, Any]) -> str:
    return str(answer["response"]["outputSpeech"]["ssml"])


def test_launch_opens_the_conversation(client: FlaskClient, conversation: FakeConversation) -> None:
    """A launch greets, asks, keeps the session open, and puts the state into it."""
    answer = send(client, envelope({"type": "LaunchRequest"}, NOW, session=session()))
    assert spoken(answer) == "<speak>Which district?</speak>"
    assert answer["response"]["reprompt"]["outputSpeech"]["ssml"] == spoken(answer)
    assert answer["response"]["shouldEndSession"] is False
    assert answer["sessionAttributes"] == {"state": {"locale": "en-US", "seed": 7, "unheard": 1}}
    (turn,) = conversation.turns
    assert (turn.opens, turn.locale) == (True, "en-US")
    assert conversation.channels[0].name == "alexa"


@pytest.mark.parametrize(
    ("alexa", "locale"),
    [
        ("en-US", "en-US"),
        ("en-GB", "en-US"),
        ("ja-JP", "ja-JP"),
        ("de-DE", "en-US"),
        (None, "en-US"),
    ],
)
def test_replies_are_english_or_japanese(
    client: FlaskClient, conversation: FakeConversation, alexa: str | None, locale: str
) -> None:
    """Alexa speaks no Chinese: English wherever it is not Japanese."""
    body = envelope({"type": "LaunchRequest", "locale": alexa}, NOW, session=session())
    send(client, body)
    assert conversation.turns[0].locale == locale


def test_the_state_comes_back_from_the_session(
    client: FlaskClient, conversation: FakeConversation
) -> None:
    """The second turn begins where the first one ended."""
    first = send(client, envelope({"type": "LaunchRequest"}, NOW, session=session()))
    body = envelope(intent("AddressIntent"), NOW, session=session(first["sessionAttributes"]))
    send(client, body)
    assert conversation.states == [None, State(locale="en-US", seed=7, unheard=1)]
    assert [turn.opens for turn in conversation.turns] == [True, False]


@pytest.mark.parametrize("state", ["", 7, [], {"seed": "many"}, {"options": [7]}, None])
def test_a_state_that_is_none_starts_anew(
    client: FlaskClient, conversation: FakeConversation, state: object
) -> None:
    """Session attributes of somebody else's, or of an older version, do no harm."""
    attributes = {"state": state} if state is not None else {"other": 1}
    send(client, envelope(intent("AskIntent"), NOW, session=session(attributes)))
    assert conversation.states == [None]
    assert conversation.turns[0].opens


def label_of(conversation: FakeConversation) -> str:
    """The label that the first turn was handed on with; "" for none."""
    hint = conversation.turns[0].hint
    return hint.label if hint else ""


def words_of(conversation: FakeConversation) -> str:
    """The names in the slots of the first turn, as one text."""
    hint = conversation.turns[0].hint
    return hint.words if hint else ""


BUILT_IN = {
    "AMAZON.RepeatIntent": "repeat",
    "AMAZON.NextIntent": "next",
    "AMAZON.PreviousIntent": "previous",
    "AMAZON.StopIntent": "stop",
    "AMAZON.CancelIntent": "stop",
    "AMAZON.NavigateHomeIntent": "stop",
    "AMAZON.HelpIntent": "help",
    "AMAZON.YesIntent": "yes",
    "AMAZON.NoIntent": "no",
    "AMAZON.StartOverIntent": "restart",
    "AskIntent": "ask",
    "AddressIntent": "address",
    "SlowerIntent": "slower",
    "ChooseOneIntent": "choose1",
    "ChooseThreeIntent": "choose3",
    "OperatorIntent": "operator",
}


@pytest.mark.parametrize(("name", "wanted"), BUILT_IN.items(), ids=BUILT_IN)
def test_intents_mean_what_amazon_says(
    client: FlaskClient, conversation: FakeConversation, name: str, wanted: str
) -> None:
    """Amazon's own intents and ours arrive as what the caller wants."""
    send(client, envelope(intent(name), NOW, session=session({})))
    assert label_of(conversation) == wanted


@pytest.mark.parametrize(
    ("name", "about", "ends"),
    [("RulesPriceIntent", "price", ""), ("RulesDayOddIntent", "day", "odd")],
)
def test_the_part_of_the_rules_arrives(
    client: FlaskClient, conversation: FakeConversation, name: str, about: str, ends: str
) -> None:
    """Alexa does not tell the words, so the name of the intent tells what is asked."""
    send(client, envelope(intent(name), NOW, session=session({})))
    (turn,) = conversation.turns
    assert turn.hint is not None
    assert (turn.hint.label, turn.hint.ends) == (f"rules.{about}", ends)


OWN = [label for label in load_contract().intents if label not in {"japanese", "mandarin"}]


@pytest.mark.parametrize("wanted", OWN)
def test_every_intent_has_its_name_at_alexa(
    client: FlaskClient, conversation: FakeConversation, wanted: str
) -> None:
    """Whatever can be wanted arrives under the name that the interaction model gives it."""
    name = alexa_name(wanted)
    assert name.replace("AMAZON.", "").isalpha(), "Alexa takes letters alone"
    with_place = wanted == "ask"
    slots = {"district": "大安區"} if with_place else {}
    body = envelope(intent(name, slots), NOW, session=session({}))
    body["context"]["System"].pop("apiAccessToken")
    send(client, body)
    assert label_of(conversation) == wanted


@pytest.mark.parametrize(
    ("name", "locale", "wanted"),
    [
        ("EnglishIntent", "en-US", "english"),
        ("JapaneseIntent", "ja-JP", "japanese"),
        ("JapaneseIntent", "en-US", "topic.language"),
        ("MandarinIntent", "en-US", "topic.language"),
        ("MandarinIntent", "ja-JP", "topic.language"),
    ],
)
def test_a_speaker_keeps_its_language(
    client: FlaskClient,
    conversation: FakeConversation,
    name: str,
    locale: str,
    wanted: str,
) -> None:
    """An English voice cannot read Japanese, none of Alexa's reads Chinese: that is said."""
    send(client, envelope(intent(name), NOW, locale=locale, session=session({})))
    assert label_of(conversation) == wanted


@pytest.mark.parametrize("name", ["AMAZON.FallbackIntent", "AMAZON.ScrollDownIntent", "TeaIntent"])
def test_what_fits_no_intent_is_not_understood(
    client: FlaskClient, conversation: FakeConversation, name: str
) -> None:
    """Something was heard, and nothing is wanted: the dialogue asks again."""
    send(client, envelope(intent(name), NOW, session=session({})))
    (turn,) = conversation.turns
    assert turn.hint is None
    assert turn.text


SLOTS = {
    "county and district": ({"county": "台北市", "district": "大安區"}, "台北市大安區"),
    "district with its county": ({"county": "台北市", "district": "台北市大安區"}, "台北市大安區"),
    "road before pharmacy": ({"pharmacy": "長青藥局", "road": "辛亥路"}, "辛亥路長青藥局"),
    "postal code is no name": ({"number": "999"}, ""),
}


@pytest.mark.parametrize(("slots", "heard"), SLOTS.values(), ids=SLOTS)
def test_slots_are_put_together_as_they_are_heard(
    client: FlaskClient, conversation: FakeConversation, slots: dict[str, str], heard: str
) -> None:
    """The resolver gets one text in the order of an address."""
    send(client, envelope(intent("AskIntent", slots), NOW, session=session({})))
    assert words_of(conversation) == heard


def test_a_slot_may_mean_districts_of_several_counties(
    client: FlaskClient, conversation: FakeConversation
) -> None:
    """Two districts of one name: the name alone is heard, so that the caller is asked which."""
    request = intent("AskIntent")
    request["intent"]["slots"]["district"] = slot("district", "台北市大安區", "台中市大安區")
    send(client, envelope(request, NOW, session=session({})))
    assert words_of(conversation) == "大安區"


def test_a_slot_that_alexa_does_not_know_is_heard_as_spoken(
    client: FlaskClient, conversation: FakeConversation
) -> None:
    """Without a match the words themselves go to the resolver."""
    request = intent("AskIntent")
    unmatched = {
        "name": "district",
        "value": "dragon district",
        "resolutions": {
            "resolutionsPerAuthority": [
                {"authority": "a", "status": {"code": "ER_SUCCESS_NO_MATCH"}}
            ]
        },
    }
    request["intent"]["slots"] = {"district": unmatched, "road": {"name": "road"}}
    send(client, envelope(request, NOW, session=session({})))
    assert words_of(conversation) == "dragon district"
    hint = conversation.turns[0].hint
    assert hint is not None
    assert hint.unresolved, "a place that nobody knows is asked back"


def test_product_and_postal_code_have_their_own_slots(
    client: FlaskClient, conversation: FakeConversation
) -> None:
    """「children's masks at one oh six」: the product by id, the code as keys."""
    slots = {"product": "child_mask", "number": "106"}
    send(client, envelope(intent("AskIntent", slots), NOW, session=session({})))
    send(client, envelope(intent("AskIntent", {"product": "child_mask"}), NOW, session=session({})))
    assert conversation.turns[0].keys == "106"
    hint = conversation.turns[1].hint
    assert hint is not None
    assert hint.product == "child_mask"


def test_a_goodbye_ends_the_session(client: FlaskClient, conversation: FakeConversation) -> None:
    """No question, no reprompt, and the speaker stops listening."""
    conversation.reply = replace(
        conversation.reply, outcomes=(Goodbye(),), text="Goodbye.", prompt="", listens=False
    )
    answer = send(client, envelope(intent("AMAZON.StopIntent"), NOW, session=session({})))
    assert answer["response"]["shouldEndSession"] is True
    assert "reprompt" not in answer["response"]


def test_a_pharmacy_comes_with_a_card(client: FlaskClient, conversation: FakeConversation) -> None:
    """Address and telephone stand on a card in the Alexa app, as they are written."""
    pharmacy = snapshot().catalog.by_id["5901010101"]
    conversation.reply = replace(conversation.reply, outcomes=(AddressTold(pharmacy),))
    answer = send(client, envelope(intent("AddressIntent"), NOW, session=session({})))
    card = answer["response"]["card"]
    assert card["type"] == "Simple"
    assert card["title"] == "長青藥局"
    assert "台北市大安區辛亥路3段15號" in card["content"].splitlines()
    assert "02-2700-1001" in card["content"].splitlines()
    assert "https://" not in card["content"]


def test_words_cannot_become_markup(client: FlaskClient, conversation: FakeConversation) -> None:
    """A name with < or & in it is spoken and breaks nothing."""
    conversation.reply = replace(conversation.reply, text="A & B <Pharmacy>", slow=True)
    answer = send(client, envelope(intent("AskIntent"), NOW, session=session({})))
    assert spoken(answer) == (
        '<speak><prosody rate="slow">A &amp; B &lt;Pharmacy&gt;</prosody></speak>'
    )


@pytest.mark.parametrize("text", ["口" * 9_000, "&" * 9_000, "a" * 9_000, "口" * 7_000])
def test_the_longest_answer_keeps_alexas_limits(
    client: FlaskClient, conversation: FakeConversation, text: str
) -> None:
    """8,000 characters of speech and 24 KB in all (`send` looks), whatever is to be said."""
    pharmacy = snapshot().catalog.by_id["5901010101"]
    long = replace(pharmacy, address=Address(text))
    conversation.reply = replace(
        conversation.reply, outcomes=(AddressTold(long),), text=text, prompt=text
    )
    answer = send(client, envelope(intent("AskIntent"), NOW, session=session({})))
    assert len(spoken(answer)) < 8_000


QUIET = sorted(
    set(Request.discriminator_value_class_map)
    - {"LaunchRequest", "IntentRequest", "SessionEndedRequest"}
)
"""Every other kind of request that Amazon's own model knows."""


@pytest.mark.parametrize("kind", QUIET)
@pytest.mark.parametrize("with_session", [True, False], ids=["session", "no session"])
def test_what_alexa_only_tells_gets_an_empty_answer(
    client: FlaskClient, conversation: FakeConversation, kind: str, with_session: bool
) -> None:
    """Players, displays and events allow no speech; the answer is valid and says nothing."""
    body = envelope({"type": kind}, NOW, session=session({}) if with_session else None)
    response = send(client, body)["response"]
    assert "outputSpeech" not in response
    assert "shouldEndSession" not in response
    assert conversation.turns == []


ENDS = {
    "by the user": {"reason": "USER_INITIATED"},
    "by silence": {"reason": "EXCEEDED_MAX_REPROMPTS"},
    "by an error": {
        "reason": "ERROR",
        "error": {"type": "INVALID_RESPONSE", "message": "An exception occurred"},
    },
}


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_nothing_is_said_to_an_ended_session(
    client: FlaskClient, conversation: FakeConversation, end: dict[str, Any]
) -> None:
    """A SessionEndedRequest, also one with an error, gets an answer without speech."""
    state = {"state": pack(State(seed=7))}
    body = envelope({"type": "SessionEndedRequest", **end}, NOW, session=session(state))
    assert send(client, body)["response"] == {}
    assert conversation.turns == []


def test_a_failure_is_one_calm_sentence(
    client: FlaskClient, conversation: FakeConversation, caplog: pytest.LogCaptureFixture
) -> None:
    """When our side breaks, the caller hears where to ask instead, and the log hears why."""
    conversation.fails = True
    answer = send(client, envelope({"type": "LaunchRequest"}, NOW, session=session()))
    assert len(spoken(answer)) > len("<speak></speak>")
    assert answer["response"]["shouldEndSession"] is True
    assert "RuntimeError" in caplog.text
    assert "the conversation broke" not in caplog.text  # a message may quote the caller


def test_alexa_is_only_answered_to_a_post(client: FlaskClient) -> None:
    """GET /alexa is no way in."""
    assert client.get("/alexa").status_code == 405
