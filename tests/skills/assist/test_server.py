"""Assist: a real Wyoming client over TCP, and peers that are none."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace

import pytest
from wyoming.asr import Transcript
from wyoming.client import AsyncTcpClient
from wyoming.error import Error
from wyoming.event import Event
from wyoming.handle import Handled, NotHandled
from wyoming.info import Describe, Info
from wyoming.ping import Ping, Pong

from shared.dialog.values import State
from shared.outcomes import AskPlace, Goodbye, Help, NoPharmacy, NotUnderstood
from shared.places.districts import by_key
from skills.assist import server as assist
from skills.assist.sessions import KEPT_CONVERSATIONS, Session, Sessions
from skills.assist.subject import is_ours
from tests.skills.fakes import FakeConversation
from tests.skills.serving import HOST, server

PATIENCE = 60.0


async def answer_to(client: AsyncTcpClient, event: Event) -> Event:
    await client.write_event(event)
    answer = await asyncio.wait_for(client.read_event(), PATIENCE)
    assert answer is not None
    return answer


async def says(port: int, *sentences: Transcript) -> list[Event]:
    async with AsyncTcpClient(HOST, port) as client:
        return [await answer_to(client, sentence.event()) for sentence in sentences]


def run(conversation: FakeConversation, talk: Callable[[int], Awaitable[None]]) -> None:
    async def whole() -> None:
        async with server(conversation) as port:
            await talk(port)

    asyncio.run(whole())


@pytest.fixture
def conversation() -> FakeConversation:
    """It answers every sentence as one in which a place was named."""
    return FakeConversation(NoPharmacy(by_key()["台北市大安區"]))


def test_describe_tells_what_we_are(conversation: FakeConversation) -> None:
    """Home Assistant learns of one program that handles sentences in Chinese and English."""

    async def talk(port: int) -> None:
        async with AsyncTcpClient(HOST, port) as client:
            info = Info.from_event(await answer_to(client, Describe().event()))
        (program,) = info.handle
        assert program.installed
        languages = {language for model in program.models for language in model.languages}
        assert {"zh-TW", "en"} <= languages
        assert [*info.asr, *info.tts, *info.intent, *info.wake] == []

    run(conversation, talk)


def test_a_connection_is_one_conversation(conversation: FakeConversation) -> None:
    """The state stays with the connection; another connection begins its own."""

    async def talk(port: int) -> None:
        answers = await says(
            port, Transcript("大安區還有口罩嗎", language="zh-TW"), Transcript("下一家")
        )
        assert [Handled.from_event(answer).text for answer in answers] == ["Which district?"] * 2
        await says(port, Transcript("hello", language="en"))

    run(conversation, talk)
    assert conversation.states == [None, State(locale="zh-TW", seed=7, unheard=1), None]
    assert [turn.text for turn in conversation.turns] == ["大安區還有口罩嗎", "下一家", "hello"]
    assert [turn.opens for turn in conversation.turns] == [True, False, True]
    assert [turn.locale for turn in conversation.turns] == ["zh-TW", "zh-TW", "en-US"]


def test_a_named_conversation_goes_on_in_the_next_connection(
    conversation: FakeConversation,
) -> None:
    """Home Assistant opens a connection for each sentence and names the conversation."""
    here, there = {"conversation_id": "01HS6SP2"}, {"conversation_id": "01HS6SP3"}

    async def talk(port: int) -> None:
        (first,) = await says(port, Transcript("大安區", context=here))
        assert Handled.from_event(first).context == here | {"listens": True}
        await says(port, Transcript("下一家", context=here))
        await says(port, Transcript("三重區", context=there))

    run(conversation, talk)
    assert [state and state.unheard for state in conversation.states] == [None, 1, None]


def test_a_goodbye_ends_the_conversation(conversation: FakeConversation) -> None:
    """The sentence after it opens a new one."""
    conversation.reply = replace(conversation.reply, outcomes=(Goodbye(),), listens=False)

    async def talk(port: int) -> None:
        await says(port, Transcript("再見"), Transcript("大安區"))

    run(conversation, talk)
    assert conversation.states == [None, None]


def test_what_is_not_understood_is_not_handled(conversation: FakeConversation) -> None:
    """NotHandled, with the words to say all the same."""
    conversation.reply = replace(
        conversation.reply, outcomes=(NotUnderstood(1),), text="請再說一次"
    )

    async def talk(port: int) -> None:
        (answer,) = await says(port, Transcript("恰恰恰"))
        assert NotHandled.is_type(answer.type)
        assert NotHandled.from_event(answer).text == "請再說一次"

    run(conversation, talk)


def test_typed_digits_are_keys(conversation: FakeConversation) -> None:
    """A postal code typed into Home Assistant is pressed."""

    async def talk(port: int) -> None:
        await says(port, Transcript("106"))

    run(conversation, talk)
    assert conversation.turns[0].keys == "106"


def test_a_failure_is_one_calm_sentence(
    conversation: FakeConversation, caplog: pytest.LogCaptureFixture
) -> None:
    """When our side breaks, the speaker says where to ask, and the connection lives on."""
    conversation.fails = True

    async def talk(port: int) -> None:
        answers = await says(port, Transcript("大安區"), Transcript("大安區"))
        assert all(NotHandled.from_event(answer).text for answer in answers)

    run(conversation, talk)
    assert "the conversation broke" in caplog.text


def test_what_is_not_for_us_is_dropped(conversation: FakeConversation) -> None:
    """Unknown events get no answer and end nothing; a ping gets its pong."""

    async def talk(port: int) -> None:
        async with AsyncTcpClient(HOST, port) as client:
            await client.write_event(Event("run-satellite"))
            await client.write_event(Event("audio-chunk", {"rate": 16000}, b"\0" * 1024))
            assert Pong.is_type((await answer_to(client, Ping(text="here").event())).type)
            answer = await answer_to(client, Event("transcript", {"words": 7}))
            assert Error.is_type(answer.type)
            assert Handled.is_type((await answer_to(client, Transcript("大安區").event())).type)

    run(conversation, talk)


def line(**event: object) -> bytes:
    return json.dumps(event).encode() + b"\n"


RUBBISH = {
    "nothing": b"",
    "an empty line": b"\n",
    "garbage": bytes(range(256)),
    "an HTTP request": b"GET / HTTP/1.1\r\nHost: assist\r\n\r\n",
    "half a line": b'{"type": "transcr',
    "half an event": line(type="transcript", data_length=100) + b'{"text": ',
    "no type": line(data={}),
    "a list": b"[]\n",
    "a number": b"7\n",
    "a type of another kind": line(type=7),
    "data of another kind": line(type="transcript", data=[]),
    "data that is a list": line(type="transcript", data_length=2) + b"[]",
    "length of another kind": line(type="transcript", data_length="many"),
    "payload of another kind": line(type="transcript", payload_length=[]),
    "a line without end": b"x" * 200_000,
    "data without end": line(type="transcript", data_length=10**12) + b"x" * 100_000,
    "payload without end": line(type="audio-chunk", payload_length=10**12) + b"x" * 100_000,
    "nested without end": b"[" * 60_000 + b"\n",
    "context of another kind": line(type="transcript", data={"text": "x", "context": "mine"}),
    "name of another kind": line(
        type="transcript", data={"text": "x", "context": {"conversation_id": [1]}, "language": 7}
    ),
    "text of another kind": line(type="transcript", data={"text": {"a": 1}}),
    "text without end": line(type="transcript", data={"text": "口" * 5_000}),
}


@pytest.mark.parametrize("hangs_up", [True, False], ids=["hangs up", "stays"])
def test_rubbish_harms_nobody_else(
    conversation: FakeConversation, caplog: pytest.LogCaptureFixture, hangs_up: bool
) -> None:
    """Whatever a peer sends, and whether it leaves or not, others are answered as before."""

    async def talk(port: int) -> None:
        async with AsyncTcpClient(HOST, port) as honest:
            await answer_to(honest, Transcript("大安區").event())
            writers = []
            for rubbish in RUBBISH.values():
                _, writer = await asyncio.open_connection(HOST, port)
                writer.write(rubbish)
                with suppress(ConnectionError):
                    await writer.drain()
                if hangs_up:
                    writer.close()
                writers.append(writer)
            await answer_to(honest, Transcript("下一家").event())
            assert Handled.is_type((await says(port, Transcript("台北市大安區")))[0].type)
            for writer in writers:
                writer.close()
            await asyncio.sleep(0.1)
            await answer_to(honest, Transcript("地址").event())

    run(conversation, talk)
    heard = [turn.text for turn in conversation.turns if turn.text in {"大安區", "下一家", "地址"}]
    assert heard == ["大安區", "下一家", "地址"]
    assert not [record for record in caplog.records if record.levelname in {"ERROR", "CRITICAL"}]


@pytest.mark.parametrize("part", ["data", "payload"])
def test_an_event_that_announces_too_much_ends_at_once(
    conversation: FakeConversation, part: str
) -> None:
    """Nothing is gathered for a peer that would send a terabyte: the connection is closed."""

    async def talk(port: int) -> None:
        reader, writer = await asyncio.open_connection(HOST, port)
        writer.write(line(type="transcript", **{f"{part}_length": 10**12}))
        assert await asyncio.wait_for(reader.read(), PATIENCE) == b""
        writer.close()

    run(conversation, talk)


def test_conversations_with_a_name_have_a_limit() -> None:
    """The one that was silent longest goes first."""
    sessions = Sessions()
    for number in range(KEPT_CONVERSATIONS + 1):
        sessions.put(str(number), Session(State(seed=number)))
    assert sessions.get("0") == Session()
    assert sessions.get("1") == Session(State(seed=1))
    sessions.put("1", Session())
    assert sessions.get("1") == Session()


OURS = {
    "哪裡有口罩": AskPlace(),
    "藥局幾點開": Help(),
    "do they have any masks": AskPlace(),
    "マスクはどこ": AskPlace(),
    "大安區": NoPharmacy(by_key()["台北市大安區"]),
    "": AskPlace(),
}
NOT_OURS = {
    "現在幾點": Help(),
    "打開客廳燈": AskPlace(),
    "關掉": Goodbye(),
    "把口罩加到購物清單": AskPlace(),
    "add masks to my list": AskPlace(),
    "unmask the lamp": AskPlace(),
    "將車庫門開啟": NoPharmacy(by_key()["台北市大安區"]),
    "口罩恰恰恰": NotUnderstood(1),
}


@pytest.mark.parametrize("words", OURS | NOT_OURS)
def test_a_first_sentence_is_ours_where_it_names_what_we_tell_of(words: str) -> None:
    """Whatever else may be meant by it belongs to the house."""
    locale = "ja-JP" if "マ" in words else "en-US" if words[:1].isascii() and words else "zh-TW"
    assert is_ours(words, (OURS | NOT_OURS)[words], locale, opens=True) == (words in OURS)


def test_within_a_conversation_what_is_understood_is_ours() -> None:
    """「再見」 after an answer is said to us; what nobody understood may be for the house."""
    assert is_ours("再見", Goodbye(), "zh-TW", opens=False)
    assert not is_ours("打開客廳燈", NotUnderstood(1), "zh-TW", opens=False)


def test_the_house_begins_no_conversation_with_us(conversation: FakeConversation) -> None:
    """After a sentence that was for the house the next one may be for it again."""
    conversation.reply = replace(conversation.reply, outcomes=(Help(),))

    async def talk(port: int) -> None:
        here = {"conversation_id": "01HS6SP2"}
        answers = await says(
            port, Transcript("打開客廳燈", context=here), Transcript("關掉", context=here)
        )
        assert all(NotHandled.is_type(answer.type) for answer in answers)

    run(conversation, talk)


@pytest.mark.parametrize(
    ("words", "language", "locale"),
    [
        ("大安區", None, "zh-TW"),
        ("masks in Banqiao", None, "en-US"),
        ("マスク", None, "ja-JP"),
        ("106", None, "zh-TW"),
        ("大安區", "en", "en-US"),
        ("大安區", "de", "zh-TW"),
    ],
)
def test_without_a_language_the_letters_tell(
    conversation: FakeConversation, words: str, language: str | None, locale: str
) -> None:
    """Home Assistant 2025.4 sends no language."""

    async def talk(port: int) -> None:
        await says(port, Transcript(words, language=language))

    run(conversation, talk)
    assert conversation.turns[0].locale == locale


def test_a_uri_that_is_none_is_refused(conversation: FakeConversation) -> None:
    """ValueError names what a URI may be."""
    with pytest.raises(ValueError, match="tcp"):
        asyncio.run(assist.serve("http://127.0.0.1:10400", conversation))
