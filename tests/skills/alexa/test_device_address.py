"""「What is nearest to me?」: the address of the speaker, from Amazon's Device Address API."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from ask_sdk_model.services.api_client import ApiClient
from ask_sdk_model.services.api_client_request import ApiClientRequest
from ask_sdk_model.services.api_client_response import ApiClientResponse
from flask import Flask
from flask.testing import FlaskClient

from shared.dialog.values import Hint
from skills.alexa.device_address import AlexaApi
from skills.alexa.webhook import blueprint
from tests.skills.alexa import envelopes
from tests.skills.alexa.envelopes import envelope, intent, session
from tests.skills.fakes import FakeConversation
from tests.small_feed import NOW
from tests.web.parts import service

FULL = f"{envelopes.API_ENDPOINT}/v1/devices/{envelopes.DEVICE_ID}/settings/address"
SHORT = f"{FULL}/countryAndPostalCode"

DENIED = (403, {"type": "FORBIDDEN", "message": "not authorized"})


class FakeApi(ApiClient):
    """Amazon's services: URL → status and body."""

    def __init__(self) -> None:
        self.answers: dict[str, tuple[int, Any]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []

    def invoke(self, request: ApiClientRequest) -> ApiClientResponse:
        self.asked.append((request.url, dict(request.headers)))
        status, body = self.answers[request.url]
        text = "" if body is None else json.dumps(body)
        return ApiClientResponse(headers=[], status_code=status, body=text)


@pytest.fixture
def api() -> FakeApi:
    return FakeApi()


@pytest.fixture
def conversation() -> FakeConversation:
    return FakeConversation()


@pytest.fixture
def client(conversation: FakeConversation, api: FakeApi) -> Iterator[FlaskClient]:
    app = Flask(__name__)
    app.register_blueprint(blueprint(service(conversation), api=api))
    with app.test_client() as client:
        yield client


def ask_nearby(
    client: FlaskClient, change: Callable[[dict[str, Any]], object] = lambda _: None
) -> dict[str, Any]:
    body = envelope(intent("NearbyIntent"), NOW, session=session({}))
    change(body)
    response = client.post("/alexa", data=envelopes.encode(body))
    assert response.status_code == 200
    answer: dict[str, Any] = response.get_json()["response"]
    return answer


def test_the_full_address_is_heard_as_words(
    client: FlaskClient, conversation: FakeConversation, api: FakeApi
) -> None:
    """City, district and road of the speaker become the question, asked with the user's token."""
    api.answers[FULL] = (
        200,
        {
            "stateOrRegion": "台北市",
            "city": "大安區",
            "addressLine1": "辛亥路三段15號",
            "addressLine2": None,
            "countryCode": "TW",
            "postalCode": "106",
        },
    )
    answer = ask_nearby(client)
    (turn,) = conversation.turns
    assert turn.hint == Hint("ask", words="台北市大安區辛亥路三段15號")
    assert api.asked[0][1]["Authorization"] == "Bearer token-of-the-speaker"
    assert "card" not in answer


ROMANISED = {
    "city": "Taipei",
    "addressLine1": "15 Xinhai Rd",
    "countryCode": "TW",
    "postalCode": "10671",
}


def test_a_romanised_address_counts_by_its_postal_code(
    client: FlaskClient, conversation: FakeConversation, api: FakeApi
) -> None:
    """An address in Latin letters is not heard; its postal code is a key press."""
    api.answers[FULL] = (200, ROMANISED)
    ask_nearby(client)
    assert conversation.turns[0].keys == "106"


def test_a_postal_code_alone_is_enough(
    client: FlaskClient, conversation: FakeConversation, api: FakeApi
) -> None:
    """Where only country and postal code are allowed, they are asked for and used."""
    api.answers |= {FULL: DENIED, SHORT: (200, {"countryCode": "TW", "postalCode": "97058"})}
    ask_nearby(client)
    assert conversation.turns[0].keys == "970"


def test_without_permission_the_card_asks_for_it(
    client: FlaskClient, conversation: FakeConversation, api: FakeApi
) -> None:
    """The permission card is shown and announced, and the place is asked for meanwhile."""
    api.answers |= {FULL: DENIED, SHORT: DENIED}
    answer = ask_nearby(client)
    assert answer["card"] == {
        "type": "AskForPermissionsConsent",
        "permissions": ["read::alexa:device:all:address"],
    }
    assert "Alexa app" in answer["outputSpeech"]["ssml"]
    assert "Which district?" in answer["outputSpeech"]["ssml"]
    assert conversation.turns[0].hint == Hint("nearby")


def test_a_request_without_a_token_asks_for_permission(
    client: FlaskClient, conversation: FakeConversation, api: FakeApi
) -> None:
    """Alexa sends no token where nothing was allowed: nothing is asked of its services."""
    answer = ask_nearby(client, lambda body: body["context"]["System"].pop("apiAccessToken"))
    assert answer["card"]["type"] == "AskForPermissionsConsent"
    assert api.asked == []


ELSEWHERE = {
    "in another country": (
        200,
        {"countryCode": "US", "postalCode": "10601", "city": "White Plains"},
    ),
    "no such postal code": (200, {"countryCode": "TW", "postalCode": "999"}),
    "nothing entered": (204, None),
    "empty entries": (200, {"countryCode": None, "postalCode": None}),
    "throttled": (429, {"type": "THROTTLED", "message": "slow down"}),
    "broken": (500, {"type": "X", "message": "y"}),
}


@pytest.mark.parametrize("found", ELSEWHERE.values(), ids=ELSEWHERE)
def test_without_a_place_in_taiwan_the_place_is_asked(
    client: FlaskClient, conversation: FakeConversation, api: FakeApi, found: tuple[int, Any]
) -> None:
    """Whatever the service says, the conversation goes on; no card where it would not help."""
    api.answers[FULL] = found
    answer = ask_nearby(client)
    (turn,) = conversation.turns
    assert (turn.hint, turn.text, turn.keys) == (Hint("nearby"), "", "")
    assert "card" not in answer


def test_a_service_that_cannot_be_reached_does_no_harm(
    client: FlaskClient, conversation: FakeConversation
) -> None:
    """The fake knows no URL and raises: the turn is taken without an address."""
    ask_nearby(client)
    assert conversation.turns[0].hint == Hint("nearby")


@pytest.mark.parametrize(
    "url",
    [
        "http://api.amazonalexa.com/v1",
        "https://evil.tw/v1",
        "https://api.amazonalexa.com.evil.tw/v1",
    ],
)
def test_only_amazon_is_ever_asked(url: str) -> None:
    """The endpoint stands in the request; one that is not Amazon's is not called."""
    with pytest.raises(ValueError, match="not Amazon's"):
        AlexaApi().invoke(ApiClientRequest(method="GET", url=url, headers=[]))
