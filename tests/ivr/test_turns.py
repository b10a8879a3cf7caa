"""Twilio's form fields → turns."""

import pytest

from ivr.turns import dialled_turn, later_turn, opening_turn
from shared.dialog.values import Utterance


@pytest.mark.parametrize(
    ("number", "area_code"),
    [
        ("+886227653147", "02"),
        ("+886423720000", "04"),
        ("886423720000", "04"),
        ("0227653147", "02"),
        ("+886912345678", ""),
        ("+12025550123", ""),
        ("anonymous", ""),
        ("+266696687", ""),
        ("sip:alice@line.example", ""),
        ("", ""),
        ("\x00", ""),
    ],
)
def test_a_call_opens_with_the_callers_area_code(number: str, area_code: str) -> None:
    """A landline tells the region; a mobile, a foreign or a withheld number tells nothing."""
    turn = opening_turn({"From": number, "CallSid": "CA1", "SpeechResult": "x", "Digits": "1"})
    assert turn == Utterance(opens=True, area_code=area_code)


def test_a_call_may_open_with_no_field_at_all() -> None:
    """Nothing is required of the form."""
    assert opening_turn({}) == Utterance(opens=True)


@pytest.mark.parametrize(
    ("form", "turn"),
    [
        ({"SpeechResult": "大安區還有口罩嗎"}, Utterance(text="大安區還有口罩嗎")),
        ({"SpeechResult": "  大安區。\n"}, Utterance(text="大安區。")),
        ({"SpeechResult": "大\x00安\x1b[31m區"}, Utterance(text="大 安 [31m區")),
        ({"SpeechResult": "大安區😷"}, Utterance(text="大安區😷")),
        ({"SpeechResult": "\ufffd\x00"}, Utterance()),
        ({"SpeechResult": "好" * 10_000}, Utterance(text="好" * 10_000)),
        ({"SpeechResult": "地址", "Confidence": "0.0"}, Utterance(text="地址")),
        ({"SpeechResult": "地址", "Confidence": "absurd"}, Utterance(text="地址")),
        ({"SpeechResult": ""}, Utterance()),
        ({"SpeechResult": "", "Digits": ""}, Utterance()),
        ({}, Utterance()),
        ({"Digits": "106"}, Utterance(keys="106")),
        ({"Digits": "*"}, Utterance(keys="*")),
        ({"Digits": "#"}, Utterance(keys="#")),
        ({"Digits": "0#"}, Utterance(keys="0#")),
        ({"Digits": "1", "SpeechResult": "嗯"}, Utterance(keys="1")),
        ({"Digits": "1" * 10_000}, Utterance(keys="1" * 8)),
        ({"Digits": "一二三", "SpeechResult": "地址"}, Utterance(text="地址")),
        ({"Digits": "\x001w0A6"}, Utterance(keys="106")),
    ],
)
def test_what_was_said_or_pressed(form: dict[str, str], turn: Utterance) -> None:
    """Keys win over words, words come without what cannot be spoken, silence is an empty turn."""
    assert later_turn(form) == turn


@pytest.mark.parametrize("status", ["busy", "no-answer", "failed", "canceled", "", "ringing", "x"])
def test_nobody_answered(status: str) -> None:
    """Whatever is not a talk that took place goes on with the conversation."""
    assert dialled_turn({"DialCallStatus": status}) == Utterance(unanswered=True)


@pytest.mark.parametrize("status", ["completed", "answered", "in-progress"])
def test_after_a_talk_the_call_is_over(status: str) -> None:
    """Who has spoken with the person or the pharmacy is done."""
    assert dialled_turn({"DialCallStatus": status}) == Utterance(hung_up=True)
