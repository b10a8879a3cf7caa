"""What people say to a telephone that names no place: never a confident one."""

from pathlib import Path

import pytest
import yaml

from shared.names.everyday import is_everyday
from shared.names.index import NameIndex
from shared.names.resolution import Meant
from shared.names.resolve import resolve
from shared.names.transcript import hear
from shared.places.districts import all_districts
from shared.places.former import former_names
from shared.places.landmarks import landmarks_called

KNOWN = yaml.safe_load(
    (Path(__file__).parents[2] / "shared/names/everyday.yaml").read_text(encoding="utf-8")
)

OTHERS = [
    "我等一下再打",
    "我先去看看",
    "你等我一下",
    "我問一下我兒子",
    "我媽在旁邊",
    "我們家有四個人",
    "這個電話不好按",
    "我年紀大了",
    "我耳朵不好",
    "你講太快了",
    "我沒有在聽",
    "再給我一次機會",
    "我不要聽這個",
    "剛剛那個不對",
    "這不是我要的",
    "怎麼都沒有人接",
    "你們幾點下班",
    "外面在下雨",
    "我在等公車",
    "我走不動",
    "我腳痛",
    "我要去買菜",
    "我女兒叫我打的",
    "隔壁的跟我說的",
    "電視上說的",
    "上次有買到",
    "上禮拜買過了",
    "過年前就沒有了",
    "一盒多少",
    "可以買幾盒",
    "要不要排隊",
    "會不會很遠",
    "騎車要多久",
    "要搭公車嗎",
    "我沒有健保卡",
    "卡片掉了",
    "口罩有顏色嗎",
    "有沒有黑色的",
    "醫療用的嗎",
    "是台灣做的嗎",
    "可以寄來嗎",
    "可以先付錢嗎",
    "我要退錢",
    "這是詐騙嗎",
    "你是不是騙人的",
    "我要檢舉",
    "我要報警",
    "新加坡",
    "泰國",
    "越南",
    "菲律賓",
    "印尼",
    "法國",
    "德國",
    "英國",
    "加拿大",
    "澳洲",
    "天津",
    "廣州",
    "深圳",
    "東京",
    "大阪",
    "首爾",
    "澳門",
]
"""Sentences that no list of ours holds, and places that lie elsewhere."""


@pytest.mark.parametrize("heard", KNOWN)
def test_everyday_sentences_name_no_place(heard: str, index: NameIndex) -> None:
    """「沒關係」 is not 關西鎮 and 「香港」 not 新港鄉: nothing is recognised."""
    assert resolve(heard, index).meant is Meant.NOTHING


@pytest.mark.parametrize("heard", OTHERS)
def test_what_names_no_place_is_never_a_confident_one(heard: str, index: NameIndex) -> None:
    """Asked back at most."""
    assert not resolve(heard, index).sure


def test_no_everyday_sentence_sounds_like_a_name(index: NameIndex) -> None:
    """保重 sounds like 褒忠 and 晚安 like 望安, so they may not stand there."""
    names = {name for district in all_districts() for name in (district.name, district.key)}
    names |= {district.name[:-1] for district in all_districts() if len(district.name) > 2}
    names |= {*former_names().nicknames, *landmarks_called()}
    names |= {pharmacy.name for pharmacy in index.catalog.pharmacies}
    assert [name for name in names if is_everyday(hear(name))] == []
