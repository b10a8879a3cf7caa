"""Places as Japanese speakers write them."""

import re

import pytest

from intents.contract import everyday, sentences
from shared.names.index import NameIndex
from shared.names.japanese_text import as_written, place_in_kana, readings
from shared.names.resolution import Meant
from shared.names.resolve import resolve
from shared.places.districts import all_districts
from shared.speech.japanese import say_place_ja


@pytest.mark.parametrize(
    ("heard", "names"),
    [
        ("シーリンの薬局に在庫はありますか", "士林"),
        ("台中の西屯に住んでいます", "台中、西屯"),
        ("双渓の保健所にはありますか", "雙溪、衛生所"),
        ("パンチャオでまだ買えますか", "板橋"),
        ("カオシュンのサンミン区はどうですか", "高雄、三民區"),
        ("たかおに住んでいる母が", "高雄"),
        ("ちゅうれきにはありますか", "中壢"),
        ("前鎮と内湖ではどちらが多いですか", "前鎮、內湖"),
        ("漢諾威薬局の電話番号を教えて", "漢諾威藥局"),
        ("末尾が五ですが今日南港で買えますか", "南港"),
        ("マスクとカードを持って行きます", ""),
        ("日曜日の夜七時以降に買える薬局は", ""),
        ("夜やってる七堵の薬局", "七堵"),
        ("士林夜市の近く", "士林夜市"),
        ("新埔駅のほう", "新埔站"),
        ("台北駅の近く", "台北車站"),
        ("台北駅", "台北車站"),
        ("板橋駅", "板橋車站"),
        ("台北の新埔駅", "台北、新埔站"),
        ("ジウフー薬局", "ジウフー藥局"),
        ("タイペイソンシャン", "台北松山"),
        ("マスクマスクマスクマスクマスクマスク", "マスクマスクマスクマスクマスクマスク"),
        ("かぎに住んでいます", ""),
        ("台中のなんとんです", "台中、南屯"),
        ("せいとんに住んでいます", "西屯"),
        ("しんぎ区、まつやま区", "信義區、松山區"),
        ("かぎ市", "嘉義市"),
        ("へいとうしの薬局", "屏東市"),
        ("サエイ区です", "左營區"),
        ("サエイ薬局", "サエイ藥局"),
        ("台南のちゅうせい区", "台南、中西區"),
        ("ちゅうせい区", "中正區"),
        ("えっとたかおの", "高雄"),
        ("いまたいなんにいます", "台南"),
        ("ほくとん区かせいとん区", "北屯區、西屯區"),
        ("いかがでしょうか", ""),
        ("一番多い区はどこですか", ""),
        ("新築の駅の近く", "新竹車站"),
        ("ルーズベルト路三段", "羅斯福路三段"),
        ("双連駅", "雙連站"),
        ("円山駅のあたり", "圓山站"),
        ("ジョンシャンの駅のそば", "中山站"),
        ("シュワンリエン駅", "雙連站"),
        ("シュワンリエンの近く", "雙連"),
        ("シアンシャン駅", "象山站"),
        ("シーメンの近く", "西門"),
        ("シーメン区", "石門區"),
        ("ジョンリーでまだ買えますか", "中壢"),
    ],
)
def test_only_the_names_of_a_sentence_are_left(heard: str, names: str) -> None:
    """In the signs of Taiwan, whether written in those of Japan, in kana or by reading."""
    assert as_written(heard) == names


def test_a_place_keeps_the_numeral_or_word_in_its_name() -> None:
    """斗六, 瑪家 and 駁二 before です, where 「末尾が六です」 and 「家です」 name nothing."""
    names = [one.name for one in all_districts() if len(one.name) > 2]
    names += [name[:-1] for name in names] + ["駁二", "大遠百"]
    assert [name for name in names if as_written(name + "です") != name] == []
    assert as_written("末尾が六です") == as_written("家です") == ""


def test_what_the_line_says_it_hears() -> None:
    """Each of the 368 districts is understood as Japanese answers name it; a few are alike."""
    lost = [
        one.key
        for one in all_districts()
        if len(one.name) > 2 and as_written(say_place_ja(one.name) + "です") != one.name
    ]
    assert len(lost) < 15, lost


@pytest.mark.parametrize("alike", ["ドンシャン", "ナンガン"])
def test_kana_of_two_places_are_neither(alike: str) -> None:
    """東山 and 冬山, 南港 and 南竿: to be asked, by their sound."""
    assert place_in_kana(alike) == ""


@pytest.mark.parametrize(
    ("kana", "place"),
    [("タイペイ", "台北"), ("キールン", "基隆"), ("パンキャオ", "板橋"), ("バンキョウ", "板橋")],
)
def test_a_place_may_be_written_as_it_was_heard(kana: str, place: str) -> None:
    """By what is usual in Japan, and what recognisers make of it (`japanese.yaml`)."""
    assert place_in_kana(kana) == place


def test_the_level_tells_them_apart() -> None:
    """南港區 and 南竿鄉."""
    assert as_written("ナンガン区") == "南港區"
    assert as_written("ナンガン郷") == "南竿鄉"


def test_loanwords_are_no_places() -> None:
    """No katakana word of the sentences and of everyday Japanese is taken for a place."""
    texts = [text for _, text in everyday("ja-JP")]
    texts += [text for many in sentences("ja-JP").templates.values() for text in many]
    words = {word for text in texts for word in re.findall(r"[ァ-ヺー]{2,}", text)}
    assert len(words) > 150
    assert [word for word in sorted(words) if place_in_kana(word)] == []


@pytest.mark.parametrize(
    ("heard", "place"),
    [
        ("シートゥンにマスクはありますか", "台中市西屯區"),
        ("西屯区に住んでいます", "台中市西屯區"),
        ("ヨンホーはどう", "新北市永和區"),
    ],
)
def test_a_place_in_japanese_is_sure(heard: str, place: str, index: NameIndex) -> None:
    """Written clearly, it is not asked back."""
    found = resolve(heard, index)
    assert (found.meant, found.sure) == (Meant.DISTRICT, True)
    assert found.districts[0].district.key == place


def test_readings_are_told_the_longest_first() -> None:
    """So that a name is never read by a part of it."""
    lengths = [len(name) for name in readings()]
    assert lengths == sorted(lengths, reverse=True)
    assert lengths[0] > lengths[-1]
