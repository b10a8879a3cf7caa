"""What every outcome sounds like, in every locale."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import get_args

import pytest

from shared import outcomes as o
from shared.locales import codes
from shared.speech.options import Label, say_options, say_prompt
from shared.speech.say import say_outcome
from shared.speech.texts import texts
from tests.products import ADULT
from tests.speech.samples import (
    AT,
    BANQIAO,
    CENTRE,
    DAAN,
    XINYI,
    XINYI_DISTRICT,
    all_outcomes,
    found,
)

LOCALES = codes()
LONGEST = 500
"""Characters; Twilio's <Say> takes as many Chinese ones."""
LONGEST_HEARD = {"zh-TW": 200, "en-US": 320, "ja-JP": 200}
"""The rules of a day are the longest: about half a minute."""


def test_every_outcome_stands_in_the_samples() -> None:
    """A new outcome needs a sample, so that the promises below hold for it too."""
    assert {type(outcome) for outcome in all_outcomes()} == set(get_args(o.Outcome))


@pytest.mark.parametrize("eye", [False, True], ids=["ear", "eye"])
@pytest.mark.parametrize("locale", LOCALES)
def test_no_answer_is_empty_endless_or_the_same_twice(locale: str, eye: bool) -> None:
    """Not empty, under 500 characters, no blank left, and never equal to the one before it."""
    for outcome in all_outcomes():
        for keys in (True, False):
            said = [
                say_outcome(outcome, locale, times=times, keys=keys, for_the_eye=eye)
                for times in range(6)
            ]
            for text in said:
                assert text.strip(), outcome
                assert len(text) < (LONGEST if eye else LONGEST_HEARD[locale]), text
                assert not re.search(r"[{}]|None|\.\.|。。|，。| \.", text), text
            assert all(before != after for before, after in pairwise(said)), said


def test_mandarin_for_the_ear_is_written_in_characters() -> None:
    """No ASCII digit or letter and no line break: engines differ in how they read them."""
    for outcome in all_outcomes():
        text = say_outcome(outcome, "zh-TW")
        assert not re.search(r"[0-9A-Za-z\n]", text), text


def test_english_has_no_chinese_for_the_ear() -> None:
    """An English voice cannot read Chinese."""
    for outcome in all_outcomes():
        text = say_outcome(outcome, "en-US")
        assert not re.search(r"[\u3000-\u9fff，。]", text), text


@pytest.mark.parametrize("locale", LOCALES)
def test_every_sentence_is_said_somewhere(locale: str) -> None:
    """No sentence stands in a file that no caller can hear."""
    said = set(_everything_said(locale))
    for key, sentences in texts(locale).items():
        for sentence in sentences:
            parts = [re.escape(part) for part in re.split(r"\{\w+\}", sentence)]
            pattern = re.compile(".+".join(parts), re.DOTALL)
            assert any(pattern.search(text) for text in said), f"{key}: {sentence}"


def _everything_said(locale: str) -> Iterator[str]:
    for outcome in all_outcomes():
        for times in range(3):
            for keys in (True, False):
                yield say_outcome(outcome, locale, times=times, keys=keys)
    actions = [Label("next", "1"), Label("address", "2"), Label("phone", "3")]
    names = [
        Label("named", "1", "台北市大安區"),
        Label("named", "2", "豐濱鄉花蓮縣豐濱鄉衛生所"),
    ]
    connect = [Label("next", "1"), Label("connect", "2")]
    for labels in (actions, connect, names, [Label("yes", "1"), Label("no", "2")]):
        for keys, full in ((True, True), (True, False), (False, True)):
            yield say_options(labels, locale, keys=keys, full=full)
    yield say_prompt("which_side", locale)
    yield say_prompt("other_place", locale)
    yield say_prompt("any_place", locale)


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        (found(), "大安區信義藥局，大人的還有兩百零五片。在信義路四段。"),
        (found(0, 0), "大安區信義藥局，大人的賣完了。在信義路四段。"),
        (
            found(name_county=True, as_of=AT),
            "台北市大安區信義藥局，大人的還有兩百零五片。在信義路四段。"
            "這是三月三號早上十一點二十三分的資料。",
        ),
        (
            found(as_of=AT, as_of_day=False),
            "大安區信義藥局，大人的還有兩百零五片。在信義路四段。這是早上十一點二十三分的資料。",
        ),
        (
            found(neighbour_of=XINYI_DISTRICT),
            "信義區都賣完了。隔壁大安區信義藥局，大人的還有兩百零五片。在信義路四段。",
        ),
        (found(ordinal=2), "第二家，大安區信義藥局，大人的還有兩百零五片。"),
        (found(in_row=1), "第一家，大安區信義藥局，大人的還有兩百零五片。"),
        (found(in_row=2, ordinal=2), "第二家，信義藥局，兩百零五片。在信義路四段。"),
        (found(0, in_row=2, ordinal=3), "第三家，大安區信義藥局，大人的賣完了。"),
        (
            o.Compared(
                (o.Side(DAAN, 205), o.Side(BANQIAO, 90), o.Side(XINYI_DISTRICT, 300)), ADULT
            ),
            "信義區最多，大人的有三百片；大安區有兩百零五片；板橋區有九十片。",
        ),
        (
            o.Compared((o.Side(DAAN, 0), o.Side(BANQIAO, 0), o.Side(XINYI_DISTRICT, 0)), ADULT),
            "大安區、板橋區和信義區一樣多，大人的都是零片。",
        ),
        (
            o.AddressTold(XINYI),
            "信義藥局在台北市大安區，信義路四段兩百六十五巷十二弄，三之一號二樓。",
        ),
        (o.AddressTold(CENTRE), "衛生所在花蓮縣豐濱鄉，豐濱村三鄰，四十一號。"),
        (o.PhoneTold(XINYI), "信義藥局的電話，零二，二七六五，三一四七。"),
        (o.SoldOut(DAAN, found().counts[0].product), "抱歉，大安區大人的口罩都賣完了"),
        (o.UnknownPostalCode("999"), "找不到郵遞區號九九九。"),
        (o.ToPerson("1922", False), "要找人幫忙，請打一九二二。"),
    ],
)
def test_mandarin_answers(outcome: o.Outcome, expected: str) -> None:
    """The shape of §6 and §7: place, pharmacy, count; then the rest, the road, and since when."""
    assert say_outcome(outcome, "zh-TW").startswith(expected)


@pytest.mark.parametrize(
    ("outcome", "english", "japanese"),
    [
        (
            found(name_county=True),
            "In Da'an District, Taipei City, Xinyi Pharmacy has 205 adult masks. "
            "It is on Xinyi Road Section 4.",
            "タイペイ市ダーアン区",
        ),
        (
            o.PhoneTold(XINYI),
            "The number of Xinyi Pharmacy is 0 2, 2 7 6 5, 3 1 4 7.",
            "シンイー薬局の電話番号は、0 2、2 7 6 5、3 1 4 7です。",
        ),
        (
            o.AddressTold(XINYI),
            "Xinyi Pharmacy is in Da'an District, Taipei City: 2nd floor, No. 3 dash 1, Alley 12, "
            "Lane 265, Xinyi Road Section 4.",
            "シンイー薬局は、タイペイ市ダーアン区、シンイー路4段265巷12弄、3の1号、2階です。",
        ),
        (
            found(1, 0),
            "In Da'an District, Xinyi Pharmacy has 1 adult mask.",
            "ダーアン区",
        ),
    ],
)
def test_other_languages(outcome: o.Outcome, english: str, japanese: str) -> None:
    """Romanised by the official system in English; in Japanese known readings, or Mandarin."""
    assert say_outcome(outcome, "en-US").startswith(english)
    assert say_outcome(outcome, "ja-JP").startswith(japanese)


def test_for_the_eye_there_are_digits_lines_the_address_and_a_map() -> None:
    """What LINE and Telegram show: to be read, tapped and shown to a driver."""
    lines = say_outcome(found(name_county=True), "zh-TW", for_the_eye=True).splitlines()
    assert lines[0] == "台北市大安區信義藥局，大人的還有 205 片。"
    assert "台北市大安區信義路4段265巷12弄3之1號2樓" in lines
    assert "02-2765-3147" in lines
    assert lines[-1].startswith("https://www.google.com/maps/search/?api=1&query=%E5%8F%B0")


@pytest.mark.parametrize("outcome", [o.NotHeard, o.NotUnderstood])
@pytest.mark.parametrize("locale", LOCALES)
def test_help_grows_when_nothing_is_understood(
    outcome: type[o.NotHeard | o.NotUnderstood], locale: str
) -> None:
    """Other words each time; at the second the keypad, from the third a person by key 0."""
    keypad = {"zh-TW": "郵遞區號", "en-US": "postal code", "ja-JP": "郵便番号"}[locale]
    person = {"zh-TW": "按零", "en-US": "press zero", "ja-JP": "ゼロ"}[locale]
    said = [say_outcome(outcome(times), locale) for times in range(1, 9)]
    assert all(before != after for before, after in pairwise(said))
    assert keypad in said[1]
    assert all(person in text for text in said[2:])
    spoken = [say_outcome(outcome(times), locale, keys=False) for times in range(1, 9)]
    assert not any(keypad in text or person in text for text in spoken), "a speaker has no keys"
    assert all(before != after for before, after in pairwise(spoken))


def test_a_locale_without_words_speaks_mandarin() -> None:
    """Rather than nothing."""
    assert say_outcome(o.Help(), "fr-FR") == say_outcome(o.Help(), "zh-TW")
