"""The one set of conversations, through every speaker: the outcomes are those of the table."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import repeat
from pathlib import Path

import pytest
from flask import Flask
from wyoming.asr import Transcript
from wyoming.client import AsyncTcpClient

from conversation.service import Conversation
from settings import Settings
from skills.alexa.webhook import blueprint as alexa_blueprint
from skills.dialogflow import webhook as dialogflow
from skills.line import webhook as line
from tests.conversations import Recorder, Row, conversations, facts_of, play
from tests.skills.players import AlexaPlayer, AssistPlayer, DialogflowPlayer, LinePlayer
from tests.skills.serving import HOST, server
from tests.small_feed import NOW, snapshot
from tests.web.parts import service

FEED = snapshot()
"""One for all tests: its index of names is built once."""


@dataclass(frozen=True)
class Speakers:
    """All speakers before one conversation."""

    app: Flask
    assist: AssistPlayer
    recorder: Recorder

    def player(self, name: str) -> AlexaPlayer | DialogflowPlayer | AssistPlayer | LinePlayer:
        if name == "line":
            return LinePlayer(self.app.test_client())
        if name == "alexa":
            return AlexaPlayer(self.app.test_client())
        if name == "assist":
            return self.assist
        return DialogflowPlayer(self.app.test_client(), name)


@pytest.fixture
def speakers(tmp_path: Path) -> Iterator[Speakers]:
    recorder = Recorder()
    conversation = Conversation(lambda: FEED, lambda: NOW, recorder, seeds=repeat(7))
    app = Flask(__name__)
    app.register_blueprint(alexa_blueprint(service(conversation)))
    app.register_blueprint(dialogflow.blueprint(service(conversation)))
    settings = Settings(secret_key="key", data_dir=str(tmp_path))
    app.register_blueprint(line.blueprint(service(conversation, settings=settings)))
    with asyncio.Runner() as runner:
        serving = server(conversation)
        port = runner.run(serving.__aenter__())
        yield Speakers(app, AssistPlayer(runner.get_loop(), port), recorder)
        runner.run(serving.__aexit__(None, None, None))


@pytest.mark.parametrize("name", conversations())
@pytest.mark.parametrize("channel", ["alexa", "line", "telegram", "google_telephony", "assist"])
def test_a_conversation_goes_as_the_table_tells(
    speakers: Speakers, channel: str, name: str
) -> None:
    """Every speaker, every conversation, every turn."""
    play(conversations()[name], speakers.player(channel).say, speakers.recorder)


ENGLISH = (
    Row("Found", say="Are there any masks in Hualien City?", facts={"pharmacy": "洄瀾藥局"}),
    Row("AddressTold", say="Where is it?", facts={"pharmacy": "洄瀾藥局"}),
    Row("PhoneTold", say="What is their phone number?", facts={"pharmacy": "洄瀾藥局"}),
    Row("PhoneTold", say="And in Banqiao?", facts={"place": "新北市板橋區"}),
    Row("Goodbye", say="Thank you, goodbye"),
)
"""What a carer says; the places in official romanisation. After a number she asks for another's."""


@pytest.mark.parametrize("channel", ["telegram", "assist"])
def test_english_is_understood_without_a_platforms_help(speakers: Speakers, channel: str) -> None:
    """Five turns in English, by an agent that matches nothing and by one that has none."""
    player = speakers.player(channel)
    play(ENGLISH, replace(player, language="en").say, speakers.recorder)
    assert {reply.locale for reply in speakers.recorder.replies} == {"en-US"}


FIVE_TURNS = {
    "大安區還有口罩嗎": "AmbiguousPlace",
    "台中市大安區": "Found",
    "地址": "AddressTold",
    "電話幾號": "PhoneTold",
    "謝謝再見": "Goodbye",
}


def test_five_turns_over_one_connection(speakers: Speakers) -> None:
    """A Wyoming client that keeps its connection needs no name for the conversation."""

    async def talk() -> list[str]:
        async with AsyncTcpClient(HOST, speakers.assist.port) as client:
            kinds = []
            for words in FIVE_TURNS:
                await client.write_event(Transcript(words, language="zh-TW").event())
                answer = await client.read_event()
                assert answer is not None
                kinds.append(answer.type)
            return kinds

    assert speakers.assist.loop.run_until_complete(talk()) == ["handled"] * 5
    outcomes = [facts_of(reply.outcome) for reply in speakers.recorder.replies]
    assert [facts["outcome"] for facts in outcomes] == list(FIVE_TURNS.values())
    assert {facts["pharmacy"] for facts in outcomes[1:4]} == {"海風藥局"}


@pytest.mark.parametrize("name", conversations())
def test_all_speakers_find_the_same(speakers: Speakers, name: str) -> None:
    """Turn by turn the same outcome with the same facts: one dialogue answers them all."""
    played = [
        [
            facts_of(outcome)
            for outcome in play(
                conversations()[name], speakers.player(channel).say, speakers.recorder
            )
        ]
        for channel in ("alexa", "telegram", "line", "assist")
    ]
    assert played[0] == played[1] == played[2] == played[3]
