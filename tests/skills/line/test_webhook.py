"""LINE's documented payloads, right and wrong signatures, and what is answered."""

import logging
import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from linebot.v3.messaging import FlexMessage, Message, ReplyMessageRequest

from conversation.service import Conversation
from intents.contract import LOCALES
from settings import Settings
from shared.catalog import Catalog, Location
from shared.clock import taipei_now
from shared.dialog.values import State
from shared.locales import tables
from shared.speech.options import Label, say_label
from skills.line.chat_states import Chats
from skills.line.webhook import blueprint
from tests.skills.fakes import FakeConversation
from tests.skills.line import events as line
from tests.small_feed import NOW, snapshot
from tests.web.parts import service

SIGNED = Settings(line_channel_secret=line.SECRET, line_channel_token="token", secret_key="key")


class Person:
    """Writes to the bot; keeps what it answered."""

    def __init__(self, talk: Any, folder: Path, settings: Settings = SIGNED) -> None:
        self.told: list[tuple[str, list[Message]]] = []
        app = Flask(__name__)
        here = replace(settings, data_dir=str(folder))
        app.register_blueprint(blueprint(service(talk, settings=here), send=self._send))
        self.client = app.test_client()

    def _send(self, token: str, messages: Sequence[Message]) -> None:
        self.told.append((token, list(messages)))

    def posts(self, content: bytes, signature: str | None = None) -> int:
        signed = line.signature(content) if signature is None else signature
        headers = {"X-Line-Signature": signed}
        return self.client.post("/line", data=content, headers=headers).status_code

    def does(self, *events: line.Json) -> list[Message]:
        """The messages that answer the last of `events`; none for silence."""
        before = len(self.told)
        assert self.posts(line.body(*events)) == 200
        return self.told[-1][1] if len(self.told) > before else []


@pytest.fixture
def talk() -> FakeConversation:
    return FakeConversation()


@pytest.fixture
def person(talk: FakeConversation, tmp_path: Path) -> Person:
    return Person(talk, tmp_path)


@pytest.fixture(scope="module")
def real() -> Conversation:
    feed = snapshot()
    return Conversation(lambda: feed, lambda: NOW)


def test_a_text_is_answered_with_its_own_token(person: Person, talk: FakeConversation) -> None:
    """What was written is heard; the answer goes to the token of that event."""
    asked = line.text("大安區還有口罩嗎")
    (told,) = person.does(asked)
    assert person.told[0][0] == asked["replyToken"]
    assert told.to_dict()["text"] == "Which district?"
    assert [turn.text for turn in talk.turns] == ["大安區還有口罩嗎"]
    assert talk.channels[0].for_the_eye


@pytest.mark.parametrize("wrong", ["", "x", line.signature(b"another body"), "é"])
def test_what_line_did_not_sign_is_refused(
    person: Person, talk: FakeConversation, wrong: str
) -> None:
    """400, and no turn is taken."""
    assert person.posts(line.body(line.text("大安區")), wrong.encode().decode("latin-1")) == 400
    assert talk.turns == []


def test_another_channels_secret_does_not_count(person: Person) -> None:
    """The signature is that of this channel."""
    content = line.body(line.text("大安區"))
    assert person.posts(content, line.signature(content, "another secret")) == 400


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{}", b'{"events": 7}', b"\xff", b"[" * 50_000, b'{"events": [{}]}']
)
def test_rubbish_that_is_signed_breaks_nothing(person: Person, content: bytes) -> None:
    """400 or an empty answer, never a fault of ours."""
    assert person.posts(content) in (200, 400)
    assert person.told == []


def test_without_a_secret_the_messages_are_shown(talk: FakeConversation, tmp_path: Path) -> None:
    """For trying out."""
    here = Person(talk, tmp_path, Settings())
    shown = here.client.post("/line", data=line.body(line.text("大安區"))).get_json()["messages"]
    assert shown[0]["text"] == "Which district?"


def test_the_chat_goes_on_where_it_was(person: Person, talk: FakeConversation) -> None:
    """LINE carries no state, so it is kept; another person has her own."""
    other = {"type": "user", "userId": "U2"}
    person.does(line.text("大安區"))
    person.does(line.text("下一家"), line.text("masks", other))
    assert [state and state.unheard for state in talk.states] == [None, 1, None]
    assert [turn.locale for turn in talk.turns] == ["zh-TW", "zh-TW", "en-US"]


def test_what_is_kept_tells_nobody_who_wrote(person: Person, tmp_path: Path) -> None:
    """Neither LINE's id of the person nor a word stands in the file."""
    person.does(line.text("大安區"))
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("chats.sqlite*"))
    assert kept
    assert line.PERSON.encode() not in kept
    assert "大安區".encode() not in kept


def test_an_event_that_comes_again_is_not_taken_again(
    person: Person, talk: FakeConversation
) -> None:
    """LINE redelivers what had no answer in time: 「下一家」 must not go two further."""
    asked = line.text("下一家")
    person.does(asked)
    assert person.does(asked | {"deliveryContext": {"isRedelivery": True}}) == []
    assert len(talk.turns) == 1


@pytest.mark.parametrize("content", [line.STICKER, line.IMAGE, line.AUDIO])
def test_what_cannot_be_read_is_answered_kindly(
    person: Person, talk: FakeConversation, content: line.Json
) -> None:
    """With words and the menu; the conversation stays where it was."""
    person.does(line.text("大安區"))
    (told,) = person.does(line.message(content))
    assert told.to_dict()["text"]
    labels = [item["action"]["label"] for item in told.to_dict()["quickReply"]["items"]]
    assert labels == ["附近", "用說的", "規定", "常用"]
    person.does(line.text("地址"))
    assert [state and state.unheard for state in talk.states] == [None, 1]


def test_a_new_friend_is_greeted(person: Person, talk: FakeConversation) -> None:
    """An empty turn that opens; blocking us forgets the chat."""
    person.does(line.text("大安區"))
    assert person.does(line.event("follow", follow={"isUnblocked": False}))
    assert (talk.turns[-1].text, talk.turns[-1].opens) == ("", True)
    gone = line.event("unfollow")
    del gone["replyToken"]
    assert person.does(gone) == []
    person.does(line.text("大安區"))
    assert talk.states[-1] is None


def test_in_a_group_only_what_is_meant_for_us_is_answered(
    person: Person, talk: FakeConversation
) -> None:
    """A mention, or a word about masks; no sticker, no chatter."""
    assert person.does(line.text("晚上吃什麼", line.GROUP)) == []
    assert person.does(line.message(line.STICKER, line.GROUP)) == []
    mention = {
        "mentionees": [{"index": 0, "length": 3, "type": "user", "userId": "Uus", "isSelf": True}]
    }
    assert person.does(line.text("@口罩 大安區", line.GROUP, mention=mention))
    assert person.does(line.text("哪裡有口罩", line.GROUP))
    assert person.does(line.event("join", line.GROUP))
    assert len(talk.turns) == 3


def test_a_key_that_was_offered_is_pressed(person: Person, talk: FakeConversation) -> None:
    """A quick reply comes back as a postback; so do typed digits as keys."""
    person.does(line.event("postback", postback={"data": "keys=2"}))
    person.does(line.text("106"))
    assert [turn.keys for turn in talk.turns] == ["2", "106"]
    assert person.does(line.event("postback", postback={"data": "another bot's"})) == []


def test_one_who_fails_does_not_take_the_others_along(
    person: Person, talk: FakeConversation, caplog: pytest.LogCaptureFixture
) -> None:
    """A calm sentence, and no words in the log."""
    talk.fails = True
    caplog.set_level(logging.INFO)
    assert person.does(line.text("大安區的秘密"))
    assert "秘密" not in caplog.text
    assert "channel=line" in caplog.text


def test_an_answer_is_text_card_and_choices(real: Conversation, tmp_path: Path) -> None:
    """Counts, address, telephone and map; and what LINE's own models take for valid."""
    person = Person(real, tmp_path)
    messages = person.does(line.text("三重區還有口罩嗎"))
    request = ReplyMessageRequest(replyToken="t", messages=messages)
    assert ReplyMessageRequest.from_dict(request.to_dict()) == request
    text, card = (one.to_dict() for one in messages)
    assert text["text"] == text["text"].strip()
    assert isinstance(messages[1], FlexMessage)
    actions = [button["action"]["uri"] for button in card["contents"]["footer"]["contents"]]
    assert actions[0].startswith("tel:0")
    assert actions[1].startswith("https://")
    options = [item["action"] for item in card["quickReply"]["items"]]
    assert [one["data"] for one in options[:3]] == ["keys=1", "keys=2", "keys=3"]
    assert all(len(one["label"]) <= 20 for one in options)
    assert len(options) <= 13


def test_a_location_is_a_question(real: Conversation, tmp_path: Path) -> None:
    """Where she stands: a pharmacy there."""
    messages = Person(real, tmp_path).does(line.message(line.LOCATION))
    assert "大安區" in messages[0].to_dict()["text"]


def test_a_location_is_answered_with_the_nearest_and_how_far(tmp_path: Path) -> None:
    """In whatever district: the name, the distance, a link to the map; then the next one."""
    feed = snapshot()
    near, far, elsewhere = "5901010102", "5901010101", "5945010101"
    points = {
        near: Location(121.5301, 25.0266),
        far: Location(121.5406, 25.0266),
        elsewhere: Location(121.6, 23.98),
    }
    pharmacies = tuple(replace(one, location=points.get(one.id)) for one in feed.catalog.pharmacies)
    feed = replace(feed, catalog=Catalog.of(pharmacies))
    person = Person(Conversation(lambda: feed, lambda: NOW), tmp_path)
    first = person.does(line.message(line.LOCATION))
    text = first[0].to_dict()["text"]
    assert text.startswith("台北市大安區福星藥局")
    assert "走路大約五分鐘（300 m）" in text  # 250 m along the Earth, on foot 1.3 times that
    assert "https://www.google.com/maps/search/?api=1&query=25.02660%2C121.53010" in text
    assert first[1].to_dict()["altText"].startswith("福星藥局")
    assert "長青藥局" in person.does(line.text("下一家"))[0].to_dict()["text"]
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("chats.sqlite*"))
    assert b"25.02662" not in kept
    assert b"121.52758" not in kept


def test_a_location_far_from_taiwan_is_an_address_that_is_not_known(
    real: Conversation, tmp_path: Path
) -> None:
    """Somebody in Tokyo is not sent over the sea."""
    tokyo = line.LOCATION | {"address": "東京都港区", "latitude": 35.65, "longitude": 139.75}
    messages = Person(real, tmp_path).does(line.message(tokyo))
    assert not any(isinstance(one, FlexMessage) for one in messages)


WRITTEN = (
    *(
        "大安區還有口罩嗎",
        "下一家",
        "地址",
        "電話幾號",
        "有開嗎",
        "購買規定",
        "和上次一樣",
        "救命啊",
    ),
    *("你會說台語嗎", "有貨通知我", "喵", "英文", "where is it", "謝謝再見"),
)


def test_nothing_is_said_as_if_by_telephone(real: Conversation, tmp_path: Path) -> None:
    """For the eye: no blank at either end of a line, nobody has called, nobody can hang up or press
    a key; and every answer is what LINE's own models take."""
    person = Person(real, tmp_path)
    person.does(line.event("follow", follow={"isUnblocked": False}))
    for words in WRITTEN:
        messages = person.does(line.text(words))
        request = ReplyMessageRequest(replyToken="t", messages=messages)
        assert ReplyMessageRequest.from_dict(request.to_dict()) == request
        text = messages[0].to_dict()["text"]
        assert text == "\n".join(one.strip() for one in text.splitlines())
        assert not re.search("打來|掛斷|請按|calling|hang up|press", text), text


def test_a_chinese_goodbye_ends_english(real: Conversation, tmp_path: Path) -> None:
    """Who was answered in English and writes 「再見」 is understood, and answered in Chinese."""
    person = Person(real, tmp_path)
    assert "district" in person.does(line.text("Are there any masks?"))[0].to_dict()["text"].lower()
    assert "再見" in person.does(line.text("謝謝，再見"))[0].to_dict()["text"]


def test_usual_goes_back_to_what_the_chat_was_about(real: Conversation, tmp_path: Path) -> None:
    """「常用」 of the menu: the place of this chat, where nothing else is remembered."""
    person = Person(real, tmp_path)
    person.does(line.text("花蓮市還有口罩嗎"))
    person.does(line.text("購買規定"))
    assert "洄瀾藥局" in person.does(line.text("和上次一樣"))[0].to_dict()["text"]


def test_a_goodbye_ends_the_chat_and_not_its_memory_of_the_event(
    person: Person, talk: FakeConversation
) -> None:
    """The next message opens a new one."""
    talk.reply = replace(talk.reply, listens=False)
    person.does(line.text("謝謝再見"))
    person.does(line.text("大安區"))
    assert talk.states == [None, None]


def test_a_state_is_only_taken_back_as_it_was_signed(tmp_path: Path) -> None:
    """What somebody else wrote into the store is nothing."""
    chats = Chats(Settings(secret_key="key", data_dir=str(tmp_path)))
    chats.put("U1", "e1", State(seed=7))
    assert chats.get("U1", "e2") == (State(seed=7), False)
    chats._store.put(chats._key("U1"), "state", "e1 forged", taipei_now())
    assert chats.get("U1", "e1") == (None, True)


def test_a_chat_of_an_earlier_version_goes_on(tmp_path: Path) -> None:
    """The file of version 1 held a state a person."""
    chats = Chats(Settings(secret_key="key", data_dir=str(tmp_path)))
    chats.put("U1", "e1", State(seed=7))
    with closing(sqlite3.connect(tmp_path / "chats.sqlite")) as file, file:
        file.execute("CREATE TABLE talk (person BLOB PRIMARY KEY, at INTEGER, kept TEXT)")
        file.execute("INSERT INTO talk SELECT key, at, text FROM kept")
        file.execute("DROP TABLE kept")
        file.execute("PRAGMA user_version = 1")
    assert chats.get("U1", "e2") == (State(seed=7), False)


def test_every_sentence_stands_in_every_language() -> None:
    """The same keys, with the same blanks; labels that LINE's buttons hold."""
    texts = tables("skills.line")
    assert set(texts) == set(LOCALES)
    blanks = {
        locale: {key: re.findall(r"\{(\w+)\}", text) for key, text in words.items()}
        for locale, words in texts.items()
    }
    assert len({str(sorted(found.items())) for found in blanks.values()}) == 1
    for words in texts.values():
        assert all(
            0 < len(words[key]) <= 20 for key in ("near", "speak", "rules", "usual", "call", "map")
        )


@pytest.mark.parametrize(
    ("locale", "words"),
    [("zh-TW", ("是", "不是")), ("en-US", ("Yes", "No")), ("ja-JP", ("はい", "いいえ"))],
)
def test_yes_and_no_may_be_tapped(locale: str, words: tuple[str, str]) -> None:
    """What was not heard surely is asked back, with a button for either answer."""
    said = [say_label(Label(word, key), locale) for word, key in (("yes", "1"), ("no", "2"))]
    assert tuple(said) == words
