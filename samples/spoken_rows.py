"""Spoken questions of our own making, in the form of the real ones.

Nobody spoke them: a name is written with other characters of the same or a confusable sound, as a
recogniser does that has no hints. They hold whether everything runs; figures that count come from
the real rows.
"""

import random
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Protocol

from pypinyin import Style, lazy_pinyin

from shared.places.districts import District, all_districts

_FRAMES = ("{}還有口罩嗎", "請問{}哪裡有口罩", "幫我看一下{}", "我要找{}", "{}的小孩口罩還有嗎")

_COMMANDS = (
    # what was said, what was heard, intent, tier
    ("再說一次", "在說依次", "repeat", "hard"),
    ("說慢一點", "說慢一點", "slower", "clean"),
    ("下一家", "夏一家", "next", "clean"),
    ("還有別家嗎", "還有別加嗎", "next", "hard"),
    ("上一家", "上一佳", "previous", "hard"),
    ("地址", "地只", "address", "hard"),
    ("電話幾號", "電話幾號", "phone", "clean"),
    ("今天有開嗎", "今天有開媽", "hours", "hard"),
    ("小孩的呢", "小孩的呢", "child", "clean"),
    ("大人的呢", "大人的那", "adult", "hard"),
    ("幫我轉接客服", "幫我轉街客服", "operator", "hard"),
    ("一個人可以買幾片", "一個人可以買集片", "rules", "hard"),
    ("第二家", "第二加", "choose2", "clean"),
    ("不是", "不事", "no", "hard"),
    ("謝謝再見", "謝謝在見", "stop", "clean"),
    ("對", "", "yes", "lost"),
)

_LOST = ("字幕由志工提供", "謝謝收看", "嗯嗯嗯", "今天的節目就到這裡", "")

_ACCENT = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ing", "in"), ("eng", "en"), ("ang", "an"))
"""What a Taiwanese accent makes one of."""

_ONLY_IN_NAMES = "藥局區鄉鎮市縣所衛生健康服務中心"
"""Words that a recogniser mostly writes as they are."""

_EVERY = 6
"""One district in so many is asked for, and one pharmacy in twice as many."""


Row = dict[str, str | bool]
"""A line of spoken/dev.jsonl."""


class Asked(Protocol):
    """What a question needs of a pharmacy."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def district(self) -> District: ...


def spoken_rows(pharmacies: Iterable[Asked]) -> Iterator[Row]:
    """Districts, pharmacies and commands, each tier with some."""
    chance = random.Random(16)  # noqa: S311  invented, not secret
    rows = [*_of_districts(chance), *_of_pharmacies(tuple(pharmacies), chance), *_of_commands()]
    for number, row in enumerate(rows):
        yield {"utt": f"own-{number:04}", **row}


def _of_districts(chance: random.Random) -> Iterator[Row]:
    for number, district in enumerate(all_districts()[::_EVERY]):
        with_county = number % 3 == 0
        place = district.key if with_county else district.name
        yield {
            "kind": "district",
            **_heard(place, chance, number),
            "county": district.county.name,
            "district": district.name,
            "county_said": with_county,
        }


def _of_pharmacies(pharmacies: tuple[Asked, ...], chance: random.Random) -> Iterator[Row]:
    for number, one in enumerate(pharmacies[:: 2 * _EVERY]):
        with_district = number % 4 != 0
        text = (one.district.name if with_district else "") + one.name
        yield {
            "kind": "pharmacy",
            **_heard(text, chance, number),
            "county": one.district.county.name,
            "district": one.district.name,
            "pharmacy": one.name,
            "id": one.id,
            "district_said": with_district,
            "county_said": False,
        }


def _of_commands() -> Iterator[Row]:
    for said, heard, intent, tier in _COMMANDS:
        yield {"kind": "command", "said": said, "heard": heard, "intent": intent, "tier": tier}


def _heard(name: str, chance: random.Random, number: int) -> Row:
    """What was said of `name`, and what was written of it: mostly one or two characters off."""
    frame = chance.choice(_FRAMES)
    said = frame.format(name)
    if number % 10 == 9:
        return {"said": said, "heard": chance.choice(_LOST), "tier": "lost"}
    tier = "clean" if number % 3 == 0 else "hard"
    heard = frame.format(misheard(name, chance, 1 if tier == "clean" else 2))
    return {"said": said, "heard": heard, "tier": tier}


def misheard(name: str, chance: random.Random, characters: int) -> str:
    """`name` with so many of its characters written as others that sound like them."""
    places = [place for place, char in enumerate(name) if char not in _ONLY_IN_NAMES]
    written = list(name)
    for place in chance.sample(places, min(characters, len(places))):
        others = [char for char in _alike().get(_sound(name[place]), ()) if char != name[place]]
        if others:
            written[place] = chance.choice(others)
    return "".join(written)


@cache
def _alike() -> dict[str, tuple[str, ...]]:
    """Sound → the characters of district names and of common words that have it."""
    words = "".join(district.key for district in all_districts()) + _COMMON
    found: dict[str, list[str]] = {}
    for char in dict.fromkeys(words):
        found.setdefault(_sound(char), []).append(char)
    return {sound: tuple(chars) for sound, chars in found.items()}


_COMMON = (
    "的一是在不了有和人這中大為上個國我以要他時來用們生到作地於出就分對成會可主發年動同工也能下過"
    "子說產種面而方後多定行學法所民得經十三之進著等部度家電力里如水化高自二理起小物現實加量都兩體"
    "制機當使點從業本去把性好應開它合還因由其些然前外天政四日那社義事平形相全表間樣與關各重新線內"
    "數正心反你明看原又麼利比或但質氣第向道命此變條只沒結解問意建月公無系軍很情者最立代想已通並提"
    "直題黨程展五果料象員革位入常文總次品式活設及管特件長求老頭基資邊流路級少圖山統接知較將組見計"
    "別她手角期根論運農指幾九區強放決西被乾做必戰先回則任取據處隊南給色光門即保治北造百規熱領七海"
    "口東導器壓志世金增爭濟階油思術極交受聯什認六共權收證改清己美再採轉更單風切打白教速花帶安場身"
    "車例真務具萬每目至達走積示議聲報鬥完類八離華名確才科張信馬節話米整空元況今集溫傳土許步群廣石"
    "記需段研界拉林律叫且究觀越織裝影算低持音眾書布復容兒須際商非驗連斷深難近礦千週委素技備半辦青"
    "省列習響約支般史感勞便團往酸歷市克何除消構府稱太準精值號率族維劃選標寫存候毛親快效斯院查江型"
    "眼王按格養易置派層片始卻專狀育廠京識適屬圓包火住調滿縣局照參紅細引聽該鐵價嚴"
)
"""Characters that anybody writes."""


@cache
def _sound(char: str) -> str:
    """Toneless, with what the accent confuses made one."""
    (spelled,) = lazy_pinyin(char, style=Style.NORMAL)
    for ours, theirs in _ACCENT:
        spelled = spelled.replace(ours, theirs)
    return spelled
