"""How the speakers play a conversation: each through its real endpoint, with its real client."""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any

from flask.testing import FlaskClient
from google.cloud.dialogflow_v2.types import WebhookResponse
from google.protobuf import json_format
from wyoming.asr import Transcript
from wyoming.client import AsyncTcpClient

from intents.platform_intents import alexa_name
from tests.conversations import Row
from tests.skills.alexa.envelopes import encode, envelope, intent, session
from tests.skills.line import events as line
from tests.small_feed import NOW

CALL_ID = "call-1"
"""The same in every channel: callers are spread by it."""


@dataclass
class AlexaPlayer:
    """A session of the skill; Alexa understands by itself and sends intent and slots."""

    client: FlaskClient
    attributes: dict[str, Any] | None = None

    def say(self, row: Row) -> str:
        """Send the row's intent; the spoken text comes back, without its markup."""
        name = alexa_name(row.intent) if row.intent else "AMAZON.FallbackIntent"
        body = envelope(
            intent(name, dict(row.slots)), NOW, session=session(self.attributes, CALL_ID)
        )
        response = self.client.post("/alexa", data=encode(body))
        assert response.status_code == 200
        answer = response.get_json()
        self.attributes = answer["sessionAttributes"]
        return str(answer["response"]["outputSpeech"]["ssml"]).removeprefix("<speak>")


@dataclass
class DialogflowPlayer:
    """A session of an agent that matches nothing: the webhook understands by itself."""

    client: FlaskClient
    source: str = "line"
    language: str = "zh-tw"
    contexts: list[Any] = field(default_factory=list)

    def say(self, row: Row) -> str:
        """Send the row's words; the fulfilment text comes back."""
        result = {
            "queryText": row.say or row.keys,
            "languageCode": self.language,
            "intent": {"displayName": "Default Fallback Intent", "isFallback": True},
            "outputContexts": self.contexts,
        }
        body = {
            "session": f"projects/mask-line/agent/sessions/{CALL_ID}",
            "queryResult": result,
            "originalDetectIntentRequest": {"source": self.source},
        }
        response = self.client.post("/dialogflow", data=json.dumps(body))
        assert response.status_code == 200
        answer = json_format.Parse(response.data, WebhookResponse.pb()())
        self.contexts = [json_format.MessageToDict(context) for context in answer.output_contexts]
        return str(answer.fulfillment_text)


@dataclass
class AssistPlayer:
    """A named conversation over TCP, a connection a sentence, as Home Assistant does it."""

    loop: asyncio.AbstractEventLoop
    port: int
    language: str = "zh-TW"

    def say(self, row: Row) -> str:
        """Send the row's words; the words to say come back."""
        return self.loop.run_until_complete(self._say(row.say or row.keys))

    async def _say(self, words: str) -> str:
        context = {"conversation_id": CALL_ID}
        async with AsyncTcpClient("127.0.0.1", self.port) as client:
            await client.write_event(
                Transcript(words, context=context, language=self.language).event()
            )
            answer = await client.read_event()
        assert answer is not None
        return str(answer.data["text"])


@dataclass
class LinePlayer:
    """A chat with the bot itself, without an agent; what was offered is pressed as a postback."""

    client: FlaskClient

    def say(self, row: Row) -> str:
        """Send the row's words; the text comes back."""
        event = line.text(row.say or row.keys, {"type": "user", "userId": CALL_ID})
        response = self.client.post("/line", data=line.body(event))
        assert response.status_code == 200
        return str(response.get_json()["messages"][0]["text"])
