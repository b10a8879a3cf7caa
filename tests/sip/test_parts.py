"""The line's smaller parts, by table."""

import asyncio
import socket
import time
from dataclasses import replace
from pathlib import Path

import pytest
from wyoming.client import AsyncClient

from conversation.service import Conversation
from settings import Settings
from shared import outcomes as o
from shared.dialog.values import Channel, Utterance
from shared.errors import SettingError
from shared.places.telephone_numbers import area_code_of
from sip.admission import BURST, Admission, Verdict
from sip.bias import is_listed, is_recited, likely_names, names_in, surer
from sip.called import number_in
from sip.keypad import Keypad
from sip.pack import Pack
from sip.sayable import sayable
from sip.servers import LEFT_OUT_S, NoServerError, Servers
from sip.settings import SipSettings, parse_bind, parse_networks
from sip.synthesis import Synthesis
from sip.voice import Voice, clauses
from tests import small_feed
from tests.sip.dialler import invite
from tests.sip.scripted import ScriptedVoice

SNAPSHOT = small_feed.snapshot()


@pytest.mark.parametrize(
    ("digits", "pressed", "after", "keys"),
    [
        (1, "2", 0.0, "2"),
        (3, "1", 1.0, ""),
        (3, "1", 3.5, "1"),
        (3, "106", 0.0, "106"),
        (3, "0", 0.0, "0"),
        (3, "*", 0.0, "*"),
        (3, "D", 9.0, ""),
    ],
)
def test_keys_are_taken_once_no_more_can_be_meant(
    digits: int, pressed: str, after: float, keys: str
) -> None:
    """A postal code has three; 0, * and # stand alone; the letters of RFC 4733 are none."""
    pad = Keypad(digits)
    for key in pressed:
        pad.press(key, 10.0)
    assert pad.complete(10.0 + after) == keys


@pytest.mark.parametrize(
    ("header", "number", "area_code"),
    [
        ('"Wang" <sip:0227653147@10.0.0.1>;tag=1', "0227653147", "02"),
        ("<sip:+886423720000@trunk.example>", "+886423720000", "04"),
        ("<sip:886423720000@trunk.example;user=phone>", "886423720000", "04"),
        ("<sip:anonymous@anonymous.invalid>", "", ""),
        ("nonsense", "", ""),
    ],
)
def test_the_caller_is_known_by_her_number(header: str, number: str, area_code: str) -> None:
    """As it stands in From, in any of the forms that telephone companies use."""
    assert number_in(header) == number
    assert area_code_of(number) == area_code


def test_settings_name_every_mistake() -> None:
    """All at once, and none is guessed."""
    with pytest.raises(SettingError) as told:
        Settings.from_environment(
            {
                "SIP_ALLOW": "everybody",
                "SIP_CALLS": "0",
                "SIP_PORTS": "80-90",
                "STT_URI": "http://x",
                "SIP_TRUNK": "sip.example.tw",
            }
        )
    for name in ("SIP_ALLOW", "SIP_CALLS", "SIP_PORTS", "STT_URI", "SIP_USER"):
        assert name in str(told.value)


def test_by_default_this_machine_alone_may_call() -> None:
    """In both address families, and mapped from one into the other."""
    settings = Settings.from_environment({}).sip
    assert all(map(settings.allows, ("127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1")))
    assert not any(map(settings.allows, ("192.168.1.2", "8.8.8.8", "2001:db8::1", "line", "")))


@pytest.mark.parametrize("text", ["5060", "localhost:5060", "127.0.0.1:x", "127.0.0.1:70000"])
def test_an_address_that_is_none_is_told(text: str) -> None:
    """Before anything is bound."""
    with pytest.raises(SettingError):
        parse_bind(text)


def test_calls_from_one_address_have_a_limit_and_another_address_its_own() -> None:
    """A burst, then so many a second; other requests of a call are not counted."""
    now = [0.0]
    settings = SipSettings(allow=parse_networks("10.0.0.0/8"))
    admission = Admission(settings, lambda _why: None, lambda: now[0])

    def taken(host: str, data: bytes) -> bool:
        return admission.look_at(data, host) is Verdict.TAKEN

    assert sum(taken("10.0.0.1", invite("a")) for _ in range(2 * BURST)) == BURST
    assert taken("10.0.0.2", invite("b"))
    assert taken("10.0.0.1", b"BYE sip:x SIP/2.0\r\n")
    now[0] += 1
    assert taken("10.0.0.1", invite("a"))
    assert admission.look_at(b"ACK sip:x SIP/2.0", "11.0.0.1") is Verdict.DROPPED


PACK = Pack(
    dict.fromkeys(("大安區", "藥局", "還有", "二十", "片", "下一家請按一", "大安"), bytes(80))
)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("大安區藥局，還有二十片。", ["大安區", "藥局", "，", "還有", "二十", "片", "。"]),
        ("下一家請按一；", ["下一家請按一", "；"]),
        ("大安區福星藥局", ["大安區", "福星", "藥局"]),
    ],
)
def test_a_text_is_put_together_from_as_few_clips_as_can_be(text: str, pieces: list[str]) -> None:
    """The longest, over marks too; what no clip says stands alone."""
    assert [piece.text for piece in PACK.pieces(text)] == pieces
    assert PACK.covers(text) == ("福星" not in text)


def test_a_name_without_a_clip_is_told_by_its_road_and_telephone() -> None:
    """The place and the count stay; the caller can find the pharmacy without its name."""
    conversation = Conversation(lambda: SNAPSHOT, lambda: small_feed.NOW)
    channel = Channel("sip", keys=True)
    state, _ = conversation.take(None, Utterance(opens=True), channel)
    _, reply = conversation.take(state, Utterance(text="台北市大安區還有口罩嗎"), channel)
    assert isinstance(reply.outcome, o.Found)
    name = reply.outcome.pharmacy.name
    told = sayable(reply, lambda text: name[:2] not in text, "這家藥局")
    assert name[:2] not in told
    assert "台北市大安區這家藥局" in told
    assert reply.outcome.pharmacy.address.road in told
    assert "電話，零二" in told
    assert told.endswith(reply.prompt)
    assert sayable(reply, lambda _text: True, "這家藥局") == reply.text


def test_a_server_that_failed_is_asked_last_and_later_again() -> None:
    """Until its time is over; where all have failed, all are asked."""
    now = [100.0]
    servers = Servers("voice", ("tcp://127.0.0.1:1", "tcp://127.0.0.1:2"), lambda: now[0])

    servers.all[0].failed = now[0]
    assert [one.uri[-1] for one in servers.in_turn()] == ["2", "1"]
    assert servers.well == 1
    with pytest.raises(NoServerError):
        asyncio.run(servers.ask(1.0, AsyncClient.read_event))  # nobody listens at either
    assert servers.well == 0
    assert len(servers.in_turn()) == 2
    now[0] += LEFT_OUT_S + 1
    assert servers.well == 2


def test_clauses_are_spoken_one_by_one() -> None:
    """Each with its mark; a number's point parts nothing."""
    assert clauses("您好。請問您在哪一區？") == ["您好。", "請問您在哪一區？"]
    assert clauses("It is 2.5 km. Press 1.") == ["It is 2.5 km.", "Press 1."]


def test_the_recogniser_is_told_the_pharmacies_first_and_then_the_districts() -> None:
    """Those just told of, then those of the caller's own counties; in Mandarin alone."""
    conversation = Conversation(lambda: SNAPSHOT, lambda: small_feed.NOW)
    channel = Channel("sip", keys=True)
    state, _ = conversation.take(None, Utterance(opens=True, area_code="02"), channel)
    assert "三重區" in likely_names(state, SNAPSHOT, "02")
    state, reply = conversation.take(state, Utterance(text="台北市大安區還有口罩嗎"), channel)
    names = likely_names(state, SNAPSHOT, "02")
    assert names[0] == reply.outcome.pharmacy.name  # type: ignore[union-attr]
    assert "信義區" in names
    assert likely_names(replace(state, locale="en-US"), SNAPSHOT, "02") == []


def test_only_what_may_have_been_misheard_is_asked_for_again() -> None:
    """Not a place that is clear, nor one of two of its name, nor what names nothing."""
    assert "健安藥局" in names_in("建安", SNAPSHOT)
    for clear in ("台北市大安區還有口罩嗎", "大安區還有口罩嗎", "下一家", "今天輪到單號還是雙號"):
        assert names_in(clear, SNAPSHOT, "02") == []
    for nameless in ("嘉義", "全聯還有口罩嗎", "我要找天然獎"):
        assert names_in(nameless, SNAPSHOT) == []
    assert names_in("公館還有口罩嗎", SNAPSHOT) == []  # of 台北 or of 苗栗: heard again no clearer
    assert names_in("建安", None) == []


@pytest.mark.parametrize(
    ("words", "recited"),
    [
        ("三重區、", True),
        ("重區、板橋區、新莊", False),
        ("重區、板橋區、", True),
        ("三重區", False),
        ("三重區還有口罩嗎", False),
        ("三重區、還有嗎", False),
        ("、", True),
        ("", False),
    ],
)
def test_a_list_that_is_given_back_is_known(words: str, recited: bool) -> None:
    """Nothing but names or their ends, parted as the list parts them."""
    assert is_recited(words, ["三重區", "板橋區", "新莊區"]) is recited


def test_a_name_that_stands_as_in_the_list_is_not_believed_at_the_second_hearing() -> None:
    """It was told for it; who speaks says 跟, or goes on."""
    assert is_listed("健安藥局、幾點發號碼", ["健安藥局"])
    assert not is_listed("健安藥局幾點發號碼", ["健安藥局"])
    assert not is_listed("建安藥局、幾點發號碼", ["健安藥局"])


def test_of_two_hearings_the_surer_counts() -> None:
    """Sure before likely, likely before what names nothing; as sure: with the names told."""
    clear, near, far = "高雄市三民區健安藥局還有嗎", "建安", "今天天氣不錯"
    assert surer(near, clear, SNAPSHOT) == clear
    assert surer(clear, far, SNAPSHOT) == clear
    assert surer(near, far, SNAPSHOT) == near
    assert surer(near, "台北市大安區還有口罩嗎", SNAPSHOT) == near  # of the list, not of the sounds
    assert surer("下一家", "再一家", SNAPSHOT) == "再一家"


def test_a_voice_that_hangs_is_waited_for_once_and_asked_again_later(tmp_path: Path) -> None:
    """The pack takes its place for the rest of the answer, and nothing of that is kept."""
    served = ScriptedVoice()
    pack = Pack({"藥局": b"\x00" * 800, "地址": b"\x00" * 800})
    now = 1_000.0

    async def said(voice: Voice, text: str) -> bytes:
        return b"".join([pcm async for pcm in voice.read(text, "zh-TW")])

    async def call() -> tuple[float, bytes]:
        nonlocal now
        await served.start()
        voice = Voice(
            pack,
            Synthesis(Servers("voice", (served.uri,), lambda: now), wait_s=0.3),
            tmp_path,
        )
        served.delay_s = 20.0
        started = time.monotonic()
        without = await said(voice, "藥局。地址。藥局。地址。")
        took = time.monotonic() - started
        served.delay_s, now = 0.0, now + LEFT_OUT_S + 1
        await said(voice, "藥局。地址。")
        await served.die()
        return took, without

    took, without = asyncio.run(call())
    assert took < 10
    assert any(without)
    assert served.said[-2:] == ["藥局。", "地址。"]


def test_this_machine_may_call_a_line_on_loopback_from_any_address_it_has() -> None:
    """baresip calls 127.0.0.1 from the address of the network: a newcomer's first call got 403."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))
        ours = str(probe.getsockname()[0])
    loopback = parse_networks("127.0.0.0/8")
    assert SipSettings(allow=loopback).allows(ours)
    assert not SipSettings(allow=loopback).allows("192.0.2.77")
    assert not SipSettings(host="0.0.0.0", allow=loopback).allows(ours)  # noqa: S104
    assert not SipSettings(allow=parse_networks("10.9.8.0/24")).allows(ours)
